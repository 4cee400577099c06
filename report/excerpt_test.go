package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"github.com/bookcheck/bookcheck"
)

// The marked text stands between « and ».
func TestExcerpt(t *testing.T) {
	words := strings.Repeat("many words ", 20)
	tests := []struct {
		name   string
		source string
		width  int
		want   string
	}{
		{"a line that fits", "one «two» three\n", 40, "" +
			"one two three\n" +
			"    ^^^"},
		{"the end of a line without an ending", "one «two»", 40, "" +
			"one two\n" +
			"    ^^^"},
		{"nothing but a place", "one «»two\n", 40, "" +
			"one two\n" +
			"    ^"},
		{"an empty file", "«»", 40, "" +
			"\n" +
			"^"},
		{"behind the last character", "one«»\n", 40, "" +
			"one\n" +
			"   ^"},
		{"a window between words", words + "the «place» here " + words, 44, "" +
			"…many words the place here many words…\n" +
			"                ^^^^^"},
		{"a window at the start", "«place» " + words, 34, "" +
			"place many words many words…\n" +
			"^^^^^"},
		{"a window at the end", words + "«place»", 34, "" +
			"…many words many words place\n" +
			"                       ^^^^^"},
		{"longer than the window", "aa «" + words + "» bb", 34, "" +
			"…many words many words many w…\n" +
			" ^^^^^^^^^^^^^^^^^^^^^^^^^^^^"},
		{"no spaces to cut at", strings.Repeat("x", 100) + "«Y»" + strings.Repeat("z", 100), 20, "" +
			"…xxxxxxYzzzzzzz…\n" +
			"       ^"},
		{"characters two cells wide", "日本語の章は「«評価»」です。\n", 60, "" +
			"日本語の章は「評価」です。\n" +
			"              ^^^^"},
		{"emoji of several code points", "👩‍🔬 1️⃣ ❤️ «x»\n", 60, "" +
			"👩‍🔬 1️⃣ ❤️ x\n" +
			"         ^"},
		{"a part of a cluster", "a e«\u0301» b\n", 60, "" +
			"a e\u0301 b\n" +
			"  ^"},
		{"tabs", "\ta\t«b»\n", 60, "" +
			"    a    b\n" +
			"         ^"},
		{"what acts on terminals", "\x1b[31m\u202e«red»\u009b\x00\n", 60, "" +
			"�[31m�red��\n" +
			"      ^^^"},
		{"a broken character", "a\xffb «c»\n", 60, "" +
			"a�b c\n" +
			"    ^"},
		{"a byte order mark", "\ufeff«# T»\n", 60, "" +
			"# T\n" +
			"^^^"},
		{"CRLF", "one «two»\r\nthree\r\n", 60, "" +
			"one two\n" +
			"    ^^^"},
		{"a whole line with its ending", "«one\r\n»two\r\n", 60, "" +
			"one\n" +
			"^^^"},
		{"two lines", "a «b\n  c» d\n", 60, "" +
			"a b\n" +
			"  ^\n" +
			"  c d\n" +
			"  ^"},
		{"many lines", "a «b\nx\ny\nc» d\n", 60, "" +
			"a b\n" +
			"  ^\n" +
			"c d\n" +
			"^"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, span := marked(test.source)
			var got []string
			for _, e := range excerpts(c, span, test.width) {
				got = append(got, e.text, strings.Repeat(" ", e.from)+strings.Repeat("^", e.cells))
				if cells := displaywidth.String(e.text) + len("1 | "); cells > test.width {
					t.Errorf("%d cells, want at most %d", cells, test.width)
				}
			}
			if got := strings.Join(got, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// marked returns a chapter and the span between « and ».
func marked(source string) (*bookcheck.Chapter, bookcheck.Span) {
	before, rest, _ := strings.Cut(source, "«")
	inside, after, _ := strings.Cut(rest, "»")
	c := bookcheck.NewChapter("a.md", []byte(before+inside+after))
	return c, bookcheck.Span{Start: len(before), End: len(before) + len(inside)}
}

// A line of megabytes costs no more than another.
func BenchmarkExcerptOfALongLine(b *testing.B) {
	c := bookcheck.NewChapter("a.md", bytes.Repeat([]byte("日本語 words "), 200_000))
	span := bookcheck.Span{Start: 10, End: 15}
	for b.Loop() {
		excerpts(c, span, 100)
	}
}
