package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// GitHub shows ten of a level. Every file has one before another has two, and the
// last says how many are left.
func TestAnnotationsAreSpread(t *testing.T) {
	r := &bookcheck.Result{}
	for file := range 12 {
		c := bookcheck.NewChapter(fmt.Sprintf("%02d.md", file), []byte("one two three\n"))
		for i := range 3 {
			r.Diagnostics = append(r.Diagnostics, bookcheck.Diagnostic{
				Rule: todo, Chapter: c, Severity: bookcheck.Warning, Message: "unfinished", Span: bookcheck.Span{Start: i, End: i + 1},
			})
		}
	}
	lines := strings.Split(strings.TrimSpace(text(t, GitHub, r, Style{})), "\n")
	if len(lines) != manyAnnotations {
		t.Fatalf("got %d annotations, want %d", len(lines), manyAnnotations)
	}
	for i, line := range lines {
		if want := fmt.Sprintf("::warning title=todo,file=%02d.md,line=1,endLine=1,col=1,endColumn=2::unfinished", i); !strings.HasPrefix(line, want) {
			t.Errorf("got %s, want %s", line, want)
		}
	}
	if want := "%0Aand 26 more warnings: see the job summary or the log"; !strings.HasSuffix(lines[9], want) {
		t.Errorf("the last is %s, want %s at its end", lines[9], want)
	}
	r.Diagnostics = r.Diagnostics[:10]
	if got := text(t, GitHub, r, Style{}); strings.Contains(got, "more") {
		t.Errorf("nothing is left, but it says so:\n%s", got)
	}
}

// What stands in a book ends neither a command nor a property.
func TestCommandsAreEscaped(t *testing.T) {
	c := bookcheck.NewChapter("a,b:c\n100%.md", []byte("text\n"))
	r := &bookcheck.Result{Diagnostics: []bookcheck.Diagnostic{{
		Rule: todo, Chapter: c, Severity: bookcheck.Note, Message: "50%0A\n::error::no\x1b[2J", Span: bookcheck.Span{Start: 0, End: 4},
	}}}
	want := "::notice title=todo,file=a%2Cb%3Ac%0A100%25.md,line=1,endLine=1,col=1,endColumn=5::50%250A ::error::no\ufffd[2J\n"
	if got := text(t, GitHub, r, Style{}); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}

// isCommands fails unless each line is a command of the runner.
func isCommands(t *testing.T, out []byte) {
	t.Helper()
	for line := range strings.Lines(string(out)) {
		properties, _, found := strings.Cut(strings.TrimPrefix(line, "::"), "::")
		word, properties, named := strings.Cut(properties, " ")
		if !strings.HasPrefix(line, "::") || !strings.HasSuffix(line, "\n") || !found || !named {
			t.Fatalf("not a command: %q", line)
		}
		if word != "error" && word != "warning" && word != "notice" {
			t.Errorf("no command is called %q: %q", word, line)
		}
		for property := range strings.SplitSeq(properties, ",") {
			if name, value, _ := strings.Cut(property, "="); name == "" || strings.Contains(value, ":") {
				t.Errorf("not a property: %q in %q", property, line)
			}
		}
	}
}
