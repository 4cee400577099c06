package dialect_test

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/parallel"
)

// Links are resolved from several chapters at once, and always alike.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	book, _ := load(t, large(10, map[string]string{"conf.py": "extensions = ['myst_parser']"}), ".")
	want := parallel.Each(1, book.Chapters, func(chapter *bookcheck.Chapter) string { return all(book, chapter) })
	book, _ = load(t, large(10, map[string]string{"conf.py": "extensions = ['myst_parser']"}), ".")
	got := parallel.Each(8, book.Chapters, func(chapter *bookcheck.Chapter) string { return all(book, chapter) })
	for i, chapter := range book.Chapters {
		if got[i] != want[i] {
			t.Errorf("%s: got %s, want %s", chapter.Path, got[i], want[i])
		}
	}
}

func all(book *bookcheck.Book, chapter *bookcheck.Chapter) string {
	var text strings.Builder
	for _, link := range chapter.Links {
		text.WriteString(where(book.Resolve(chapter, link)) + "\n")
	}
	return text.String()
}
