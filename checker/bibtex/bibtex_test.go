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
	for _, work := range chapter.Works {
		fmt.Fprintf(&b, "%s %s", work.Kind, work.Target.Name)
		if work.Title != "" {
			fmt.Fprintf(&b, ": %s", work.Title)
		}
		b.WriteByte('\n')
		for _, field := range work.Fields {
			at := chapter.Position(field.Value.Start)
			fmt.Fprintf(&b, "\t%d:%d %s = %s\n", at.Line, at.Column, field.Name, field.Text)
			if written := strings.Join(strings.Fields(chapter.Text(field.Value)), " "); written != field.Text {
				fmt.Fprintf(&b, "\t\tof %s\n", written)
			}
		}
		for _, link := range work.Links {
			if link.Dest.Len() == 0 {
				fmt.Fprintf(&b, "\t-> %s\n", link.Target)
			}
		}
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
	for _, name := range []string{"testdata/entries.bib", "testdata/faults.bib", "testdata/works.bib"} {
		source, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(source)
	}
	f.Add([]byte("@a{b,c=\"{\"}\"#{d}"))
	f.Add([]byte("@string{a=\"x\"}@string{b=a#a}@a{b,c=b#b#\"{\\'\"#1}"))
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
		if len(chapter.Works) != len(chapter.Targets) {
			t.Errorf("%d works for %d keys", len(chapter.Works), len(chapter.Targets))
		}
		whole := bookcheck.Span{Start: 0, End: len(source)}
		for _, work := range chapter.Works {
			for _, field := range work.Fields {
				if !whole.Contains(field.Value) || field.Name != strings.ToLower(field.Name) || field.Name == "" {
					t.Errorf("the field %q of %q stands at %v", field.Name, work.Target.Name, field.Value)
				}
			}
			for _, link := range work.Links {
				if why, _ := link.Malformed(); !link.External() && why == "" {
					t.Errorf("%q has the address %q", work.Target.Name, link.Target)
				}
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
		"macros":   "see doubling",
		"groups":   `@a{b,c="\href{\'{\i` + "}}\"}\n",
		"openings": `@a{b,c={\url{\url{}}}}`,
	} {
		source := []byte(strings.Repeat(unit, 100_000/len(unit)))
		if name == "macros" {
			source = doubling(100_000)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				Parse("x.bib", source)
			}
		})
	}
}

// doubling returns a file in which each macro is twice the one before it.
func doubling(size int) []byte {
	var b bytes.Buffer
	b.WriteString("@string{m0 = {twice}}\n")
	for i := 1; b.Len() < size; i++ {
		fmt.Fprintf(&b, "@string{m%d = m%d # m%d}\n@misc{k%d, note = m%d # m%d}\n", i, i-1, i-1, i, i, i)
	}
	return b.Bytes()
}

// What macros stand for is bounded, however they are stacked.
func TestMacrosAreBounded(t *testing.T) {
	t.Parallel()
	chapter, _ := Parse("refs.bib", doubling(100_000))
	all := 0
	for _, work := range chapter.Works {
		for _, field := range work.Fields {
			all += len(field.Text)
		}
	}
	if most := mostExpanded + 100_000; all > most {
		t.Errorf("the fields say %d bytes, want at most %d", all, most)
	}
}

func TestReadable(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`G{\"o}del`:                            "Gödel",
		`Erd\H{o}s and \v{C}ech`:               "Erdős and Čech",
		`{\'E}cole, \'{e}t\'e, na{\"{\i}}ve`:   "École, été, naïve",
		`\~n \c{c} \k{a} \c c \r a \ss{}`:      "ñ ç ą ç å ß",
		`\.{I}stanbul, \d{t}`:                  "İstanbul, ṭ"[:len("İstanbul, ")] + "t\u0323",
		`{\O}rsted, {\L}ukasz, \AA ngstr\"om`:  "Ørsted, Łukasz, Ångström",
		`{BERT}: Pre-training of {D}eep`:       "BERT: Pre-training of Deep",
		`Q\&A -- 10--20\,\% --- a~b`:           "Q&A – 10–20 % — a b",
		"``Attention'' is `all'":               "“Attention” is ‘all'",
		`\emph{Very} \textbf{deep} {\it it}`:   "Very deep it",
		`Sued for {$3B} after`:                 "Sued for $3B after",
		`$\beta$-VAE with H$_2$O and 10$^{9}$`: "β-VAE with H2O and 10^9",
		`costs \$3 to \$5`:                     "costs $3 to $5",
		`see \url{https://a.org/~b--c_d\_e}`:   "see https://a.org/~b--c_d_e",
		`see \href{https://a.org/}{the page}`:  "see the page",
		`\LaTeX{} and {\TeX}`:                  "LaTeX and TeX",
		"two\n   lines":                        "two lines",
		`50% of it`:                            "50% of it",
		`\`:                                    "",
		`\'`:                                   "",
		`\'{} x`:                               "x",
	} {
		if got := readable(value); got != want {
			t.Errorf("readable(%q)\ngot  %q\nwant %q", value, got, want)
		}
	}
}
