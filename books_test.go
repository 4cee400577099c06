package bookcheck_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/report"
	"github.com/bookcheck/bookcheck/rules"
)

// The small books in testdata/books: one with a flaw of every kind, one that uses
// every construct as it is meant, and one in plain Markdown. What is found in each
// is the golden file beside it.
func TestBooks(t *testing.T) {
	for _, name := range []string{"example", "clean", "plain", "mdbook", "mkdocs", "docusaurus", "quarto", "hugo", "vitepress"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("testdata", "books", name)
			c := checker.Checker{
				Rules: rules.All(),
				Now:   time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC),
			}
			result, err := c.Check(t.Context(), os.DirFS(folder), nil)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := report.Concise(&got, result, report.Style{}); err != nil {
				t.Fatal(err)
			}
			golden(t, folder+".golden", got.Bytes())
		})
	}
}

// golden compares a text with a file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got:\n%s\nwant, by %s:\n%s\nUPDATE=1 go test rewrites it", got, file, want)
	}
}
