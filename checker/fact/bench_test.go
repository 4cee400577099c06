package fact

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// BenchmarkRead reads a realistic chapter, and a page of a megabyte.
func BenchmarkRead(b *testing.B) {
	source, err := os.ReadFile(filepath.Join("..", "..", "testdata", "bench.md"))
	if err != nil {
		b.Fatal(err)
	}
	chapter := string(source)
	for name, text := range map[string]string{"chapter": chapter, "megabyte": strings.Repeat(chapter, 1<<20/len(chapter))} {
		b.Run(name, func(b *testing.B) {
			var r Reader
			var facts []bookcheck.Fact
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				facts = r.Append(facts[:0], text)
			}
		})
	}
}

// BenchmarkHostile reads what would take long if some step looked at the whole text
// for each word.
func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"a", "1", "1 ", "1-", "1,", "1.", ",000", "\"", "“", "“a b c d ", "A ", "A-", "8 a ", "8 a-", "one ", "hundred ", "one hundred and ", "May ", "1 to ", "5% and ", "www.", "a@b", "[", "“[", "2020-", "$", "v1.", "Apache ", "\u00a0", "3/", "CC-"} {
		b.Run(unit, func(b *testing.B) {
			text := strings.Repeat(unit, 1<<20/len(unit))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Read(text)
			}
		})
	}
}

// Whatever the bytes, facts stand in the text, in order, and say what they are.
func FuzzRead(f *testing.F) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		f.Fatalf("no texts: %v", err)
	}
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, fact := range Read(text) {
			if fact.Start < last || fact.Start >= fact.End || fact.End > len(text) {
				t.Fatalf("%q: %v is not in its place, behind %d", text, fact.Span, last)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[fact.Start:fact.End]) {
				t.Fatalf("%q: %v cuts a character", text, fact.Span)
			}
			last = fact.Start
			switch fact.Kind {
			case bookcheck.Amount:
				if fact.Op == "" || fact.Low > fact.High || fact.Low != fact.Low {
					t.Errorf("%q: %q is %s %g %g", text, fact.Text, fact.Op, fact.Low, fact.High)
				}
			case bookcheck.Day:
				if fact.To.Before(fact.From) {
					t.Errorf("%q: %q is from %s to %s", text, fact.Text, fact.From, fact.To)
				}
			case bookcheck.Name, bookcheck.License:
				if fact.Key == "" {
					t.Errorf("%q: %q has no key", text, fact.Text)
				}
			case bookcheck.Quotation:
			}
		}
	})
}
