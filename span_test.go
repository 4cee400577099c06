package bookcheck

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// Columns are those that counting from the line's start gives, however long the
// line is and whatever its bytes are.
func TestPositionInLongLines(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", "é", "日", "👩", "\xff", "\x80\x80\x80\x80\x80", "\xf0\x9f", "\n", "\r\n"}
	for range 20 {
		var text strings.Builder
		text.WriteString([]string{"", "\ufeff"}[random.IntN(2)])
		endings := random.IntN(20)
		for text.Len() < 5*longLine {
			i := random.IntN(len(pieces))
			if pieces[i][len(pieces[i])-1] == '\n' {
				if endings == 0 || random.IntN(1000) > 0 {
					continue
				}
				endings--
			}
			text.WriteString(pieces[i])
		}
		c := NewChapter("a.md", []byte(text.String()))
		for range 200 {
			offset := random.IntN(len(c.Source) + 1)
			at := c.Position(offset)
			line := strings.TrimPrefix(string(c.Source[c.starts[at.Line-1]:offset]), "\ufeff")
			if want := 1 + utf8.RuneCountInString(line); at.Column != want {
				t.Fatalf("offset %d of %q: got column %d, want %d", offset, c.Source, at.Column, want)
			}
			if got, want := c.PositionIn(offset, UTF16).Column, 1+len(utf16.Encode([]rune(line))); got != want {
				t.Fatalf("offset %d of %q: got column %d in UTF-16, want %d", offset, c.Source, got, want)
			}
		}
	}
}

func BenchmarkNewChapter(b *testing.B) {
	for name, source := range map[string]string{
		"prose":     strings.Repeat("A line of prose, with 日本語 and a link.\n", 6000),
		"long line": strings.Repeat("A line of prose, with 日本語 and a link. ", 6000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				NewChapter("a.md", []byte(source))
			}
		})
	}
}

func BenchmarkPositionInALongLine(b *testing.B) {
	c := NewChapter("a.md", []byte(strings.Repeat("A line of prose, with 日本語 and a link. ", 100_000)))
	for b.Loop() {
		c.PositionIn(len(c.Source)-1, UTF16)
	}
}
