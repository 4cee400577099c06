package bibtex

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// What is found in each file of testdata is in the golden beside it.
func TestParse(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.bib")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(Parse("refs.bib", source))
			golden := strings.TrimSuffix(name, ".bib") + ".golden"
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s\nUPDATE=1 go test rewrites it", got, want)
			}
			if crlf := describe(Parse("refs.bib", bytes.ReplaceAll(source, []byte("\n"), []byte("\r\n")))); crlf != got {
				t.Errorf("with CRLF got\n%s\nwant\n%s", crlf, got)
			}
		})
	}
}

func describe(chapter *bookcheck.Chapter, faults []bookcheck.Fault) string {
	var b strings.Builder
	for _, target := range chapter.Targets {
		at := chapter.Position(target.Start)
		fmt.Fprintf(&b, "%d:%d %s %q = %q, %q\n", at.Line, at.Column, target.Of, target.Name, chapter.Text(target), target.Title)
	}
	for _, link := range chapter.Links {
		at := chapter.Position(link.Start)
		fmt.Fprintf(&b, "%d:%d %q -> %s\n", at.Line, at.Column, chapter.Text(link.Dest), link.Target)
	}
	for _, f := range faults {
		fmt.Fprintf(&b, "%d:%d: %s | %s\n", f.Line, f.Column, f.Message, f.Excerpt)
	}
	return b.String()
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../../shared/corpora/premai/references.bib")
	if err != nil {
		t.Skipf("no real text here: %v", err)
	}
	chapter, faults := Parse("references.bib", source)
	if len(chapter.Targets) != 152 || len(faults) != 0 {
		t.Errorf("%d entries and faults %v, want 152 and none", len(chapter.Targets), faults)
	}
	if n := bytes.Count(source, []byte("\nurl=")); len(chapter.Links) != n {
		t.Errorf("%d links, want %d", len(chapter.Links), n)
	}
}

// Every key and every address stands where the parser says, and reading ends.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"testdata/entries.bib", "testdata/faults.bib"} {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte("@a{b,c=\"{\"}\"#{d}"))
	f.Add([]byte("@a{b, url = {https://exa....mple.org/}}"))
	f.Fuzz(func(t *testing.T, source []byte) {
		chapter, faults := Parse("x.bib", source)
		for _, target := range chapter.Targets {
			if got := chapter.Text(target); got != target.Name || got == "" {
				t.Errorf("the key %q stands at %q", target.Name, got)
			}
		}
		for _, link := range chapter.Links {
			why, _ := link.Malformed()
			if got := chapter.Text(link.Dest); !strings.HasPrefix(strings.ToLower(got), "http") || !link.External() && why == "" {
				t.Errorf("the address %q stands at %q", link.Target, got)
			}
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > chapter.Lines() || fault.Message == "" {
				t.Errorf("a fault without a place: %+v", fault)
			}
		}
	})
}

// Time is in proportion to the size, whatever is left open.
func BenchmarkParse(b *testing.B) {
	for name, unit := range map[string]string{
		"entries":  "@misc{key, title={T}, url={https://example.org/x}}\n",
		"unclosed": "@misc{key, title={T, url=\"{\n",
		"quotes":   "@misc{key, title=\"",
		"at":       "@a{",
	} {
		source := []byte(strings.Repeat(unit, 100_000/len(unit)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				Parse("x.bib", source)
			}
		})
	}
}
