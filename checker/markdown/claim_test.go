package markdown

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
)

// Each archive in testdata/claims holds chapters, each followed by the list of
// their claims.
func TestClaims(t *testing.T) {
	paths, err := filepath.Glob("testdata/claims/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			chapter, want := archive.Files[i], &archive.Files[i+1]
			got := listClaims(Parse(chapter.Name, chapter.Data))
			if os.Getenv("UPDATE") != "" {
				want.Data = []byte(got)
				continue
			}
			if string(want.Data) != got {
				t.Errorf("%s: %s has the claims\n%s\nwant\n%s\nUPDATE=1 go test rewrites the file", path, chapter.Name, got, want.Data)
			}
		}
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// listClaims writes a sentence a line, and below it its cues, amounts and
// links.
func listClaims(chapter *bookcheck.Chapter) string {
	var b strings.Builder
	for _, c := range chapter.Claims {
		fmt.Fprintf(&b, "%d: %s", chapter.Position(c.Start).Line, c.Text)
		if c.Quoted {
			b.WriteString(" (quoted)")
		}
		if c.Dated {
			b.WriteString(" (dated)")
		}
		b.WriteString("\n")
		for _, cue := range c.Cues {
			if cue.Kind == bookcheck.Measure {
				continue
			}
			fmt.Fprintf(&b, "  %s %q", cue.Kind, chapter.Text(cue))
			if !cue.Date.IsZero() {
				fmt.Fprintf(&b, " %s", cue.Date.Format("2006-01-02"))
			}
			b.WriteString("\n")
		}
		for _, f := range c.Facts {
			if f.Kind == bookcheck.Amount {
				fmt.Fprintf(&b, "  %q is %s %g %s\n", chapter.Text(f), f.Op, f.Low, f.Unit)
			}
		}
		for _, link := range c.Cites {
			fmt.Fprintf(&b, "  to %s\n", link.Target)
		}
	}
	return b.String()
}

// The chapter that the project is judged on first, as it was in September 2023.
func TestClaimsOfRealChapter(t *testing.T) {
	source, err := os.ReadFile("../../../shared/seed/models.md")
	if err != nil {
		t.Skipf("the chapter is not here: %v", err)
	}
	chapter := Parse("models.md", source)
	found := make(map[string]bool)
	for _, claim := range chapter.Claims {
		for _, cue := range claim.Cues {
			found[fmt.Sprintf("%d %s", chapter.Position(cue.Start).Line, cue.Kind)] = true
			if chapter.Position(cue.Start).Line == 36 {
				t.Errorf("line 36 speaks of the text, not of the world: %s", cue.Text)
			}
		}
	}
	for _, want := range []string{
		"313 not-yet", "317 yearless-date", "376 yearless-date", "376 current-state", "412 current-state",
		"419 current-state", "491 current-state", "504 latest-version",
	} {
		if !found[want] {
			t.Errorf("not found: line %s", want)
		}
	}
}

// Every span lies in the chapter and in its sentence, and hostile text takes time
// in proportion to its length.
func FuzzClaims(f *testing.F) {
	paths, _ := filepath.Glob("testdata/claims/*.txtar")
	for _, path := range paths {
		if archive, err := txtar.ParseFile(path); err == nil {
			for _, file := range archive.Files {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		chapter := bookcheck.NewChapter("a.md", []byte(text))
		p := new(passage)
		p.write([]byte(text), 0)
		whole := bookcheck.Span{Start: 0, End: len(text)}
		for _, claim := range claimsOf(chapter, []*passage{p}) {
			if !whole.Contains(claim.Span) {
				t.Fatalf("the claim %v is outside the chapter", claim.Span)
			}
			last := 0
			for _, cue := range claim.Cues {
				if !claim.Contains(cue.Span) || cue.Len() == 0 || cue.Start < last {
					t.Fatalf("the cue %v %q is not in its place in %v", cue.Span, cue.Text, claim.Span)
				}
				last = cue.Start
			}
			for _, f := range claim.Facts {
				if !claim.Contains(f.Span) || f.Len() == 0 {
					t.Fatalf("the fact %v %q is outside of %v", f.Span, f.Text, claim.Span)
				}
			}
		}
	})
}

func BenchmarkClaims(b *testing.B) {
	source := bytes.Repeat([]byte(benchProse), 200)
	chapter := bookcheck.NewChapter("a.md", source)
	var passages []*passage
	for at := 0; at < len(source); at += len(benchProse) {
		p := new(passage)
		p.write(source[at:at+len(benchProse)-1], at)
		passages = append(passages, p)
	}
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		claimsOf(chapter, passages)
	}
}

// What would take long if some step looked at the whole sentence for each word.
func BenchmarkHostileClaims(b *testing.B) {
	for _, unit := range []string{"currently ", "not ", "(", ") ", ". ", "as of 2023 ", "1.", "\"", "a ", "if the ", "next May 3, ", "’", "that is currently ", "it may in the future ", "we are still not yet ", "it is the most "} {
		b.Run(fmt.Sprintf("%q", unit), func(b *testing.B) {
			source := bytes.Repeat([]byte(unit), (1<<18)/len(unit))
			chapter := bookcheck.NewChapter("a.md", source)
			p := new(passage)
			p.write(source, 0)
			b.SetBytes(int64(len(source)))
			for b.Loop() {
				claimsOf(chapter, []*passage{p})
			}
		})
	}
}

const benchProse = `It is the successor to GPT-3 and has been made publicly available via the paid
product and via an API. It exhibits human-level performance on various professional and academic
benchmarks and can follow complex instructions in natural language and solve difficult problems with
accuracy. It can handle input prompts of up to 32k tokens, which is a significant increase. The model
is created by fine-tuning on a generated instruction dataset, which was created by hand. A paper
detailing the models specifically has not yet been released. They are sensitive to tweaks to the input
phrasing or attempting the same prompt multiple times.
`
