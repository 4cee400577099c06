package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/bookcheck/bookcheck"
)

// Rules as the reports see them: a name, a page and a level.
var (
	deadURL = &bookcheck.Rule{
		Name:     "dead-url",
		Severity: bookcheck.Error,
		Needs:    bookcheck.Status,
		Doc: `# dead-url: link to a page that is gone

A link is **dead** if the server says so (` + "`404`, `410`" + `) or if the host no
longer exists. See [the list](https://example.org/verdicts).

<!-- a remark to editors --> The ` + "`<a>`" + ` tag<br> counts too.

## Reported

` + "```markdown" + `
See [the paper](http://gone.test/paper). <!-- want "dead link" at "http" -->
` + "```" + `
`,
	}
	danglingRef = &bookcheck.Rule{
		Name:     "unresolved-reference",
		Severity: bookcheck.Error,
		Doc:      "# unresolved-reference: reference to nothing\n\nNothing in the book has the name that is referred to.\n",
	}
	stale = &bookcheck.Rule{
		Name:     "stale-statement",
		Severity: bookcheck.Warning,
		Needs:    bookcheck.History,
		Doc:      "# stale-statement: statement that time may have made untrue\n\nIt was written long ago.\n",
	}
	todo = &bookcheck.Rule{
		Name:     "todo",
		Severity: bookcheck.Warning,
		Doc:      "# todo: unfinished work\n\nIt would reach the reader.\n",
	}
	unused = &bookcheck.Rule{
		Name: "unused-label",
		Doc:  "# unused-label: label that nothing refers to\n\nOff unless asked for.\n",
	}
)

const gone = "https://ai.example.com/2020/12/vit.html"

// book returns a result with everything that a report has a form for: findings of
// several rules and levels, one on a line of Japanese and emoji, one that an
// author allows, one at many places, one over several lines; files with CRLF, with
// a byte order mark, with a name that needs encoding, and a notebook.
func book() *bookcheck.Result {
	dir := "content/"
	long := bookcheck.NewChapter(dir+"03-models.md", []byte("# Models\r\n\r\n"+strings.Repeat("Before the link stand many words of prose. ", 8)+
		"It was described in a long [blog post]("+gone+") that also links the data, and "+
		strings.Repeat("after it stand many more. ", 6)+"\r\nAgain: "+gone+"\r\n"))
	japanese := bookcheck.NewChapter(dir+"ja/intro.md", []byte("\ufeff# 序\n\n    - 日本語の章は\t{ref}`chap-evals` 👩‍🔬 を参照してください。\n"))
	closed := bookcheck.NewChapter(dir+"04 – closed #1.md", []byte("As of March 2023, GPT-4 is the largest\nmodel that is\nopen to the public.\n"))
	eval := bookcheck.NewChapter(dir+"05-eval.md", []byte("(chap-eval)=\n# Evaluation\n"+strings.Repeat("See "+gone+" twice.\n", 7)))
	notebook := bookcheck.NewChapter(dir+"n.ipynb", []byte("{\"cells\": [\n\"one\",\n\"Currently, "+"it works\"\n]}\n"))
	notebook.Cells = []bookcheck.Span{in(notebook, "one", 0), in(notebook, "Currently, it works", 0)}

	dead := func(c *bookcheck.Chapter, nth int) bookcheck.Diagnostic {
		return bookcheck.Diagnostic{
			Rule: deadURL, Chapter: c, Severity: bookcheck.Error, Span: in(c, gone, nth), Subject: gone,
			Message:  "dead link: " + gone + " answers 404 Not Found",
			Evidence: []string{"last seen alive on 2025-11-02"},
			Fixes: []bookcheck.Fix{{
				Title: "Link to the archived copy",
				Edits: []bookcheck.Edit{{Span: in(c, gone, nth), New: "https://web.archive.org/web/20251102093000/" + gone}},
			}},
		}
	}
	r := &bookcheck.Result{
		Book:  &bookcheck.Book{Root: "content", Chapters: []*bookcheck.Chapter{long, closed, eval, japanese, notebook}},
		Rules: []*bookcheck.Rule{deadURL, stale, danglingRef, todo, unused},
		Pages: map[string]*bookcheck.Page{
			gone: {
				URL: gone, Verdict: bookcheck.Dead, Reason: "answers 404 Not Found", Code: 404,
				Hops:    []bookcheck.Hop{{URL: gone, Code: 301}, {URL: gone + "?x=1&y=<2>", Code: 404}},
				Checked: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC),
			},
			"https://example.org/":     {Verdict: bookcheck.Alive, Reason: "answers 200 OK", Code: 200, Cached: true, MovedTo: "https://example.org/en/"},
			"https://example.net/wall": {Verdict: bookcheck.Unsure, Doubt: bookcheck.Blocked, Reason: "refuses robots", Code: 403},
		},
		Faults:   []bookcheck.Fault{{Path: "content/bad.md", Line: 3, Column: 1, Message: "permission denied", Excerpt: "x"}, {Message: "git is not there"}},
		Now:      time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC),
		Complete: false,
		Reason:   "a file could not be read",
		Stats:    bookcheck.Stats{Files: 5, Indexed: 47, Links: 11, Elapsed: 8200 * time.Millisecond},
	}
	r.Reported = append(r.Reported, long, closed, eval, bookcheck.NewChapter(dir+"06-clean.md", nil), japanese, notebook)
	r.Diagnostics = []bookcheck.Diagnostic{dead(long, 0), dead(long, 1)}
	allowed := bookcheck.Diagnostic{
		Rule: stale, Chapter: closed, Severity: bookcheck.Warning, Span: in(closed, "As of March 2023", 0),
		Subject: "As of March 2023", Message: "a statement of 2023", Allowed: &bookcheck.Allow{
			Span: in(closed, "model", 0), Rule: "stale-statement", Reason: "history", Until: time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC),
		},
	}
	lines := bookcheck.Diagnostic{
		Rule: stale, Chapter: closed, Severity: bookcheck.Warning, Span: bookcheck.Span{Start: len("As of March 2023, "), End: len(closed.Source)},
		Subject: "the largest", Message: "a statement without a date, {as} it [stands](1)",
		Related: []bookcheck.Related{{Span: in(closed, "model", 0), Message: "another word"}},
	}
	r.Diagnostics = append(r.Diagnostics, allowed, lines)
	for i := range 7 {
		r.Diagnostics = append(r.Diagnostics, dead(eval, i))
	}
	r.Diagnostics = append(r.Diagnostics, bookcheck.Diagnostic{
		Rule: danglingRef, Chapter: japanese, Severity: bookcheck.Error, Span: in(japanese, "chap-evals", 0), Subject: "chap-evals",
		Message: "no label `chap-evals` in the book: did you mean `chap-eval`?",
		Related: []bookcheck.Related{{Chapter: eval, Span: in(eval, "(chap-eval)=", 0), Message: "`chap-eval` is set here"}},
		Fixes:   []bookcheck.Fix{{Title: "Refer to `chap-eval`", Safe: true, Edits: []bookcheck.Edit{{Span: in(japanese, "chap-evals", 0), New: "chap-eval"}}}},
	}, bookcheck.Diagnostic{
		Rule: stale, Chapter: notebook, Severity: bookcheck.Note, Span: in(notebook, "Currently", 0), Subject: "Currently",
		Message: "a statement of unknown age",
	})
	return r
}

// in returns the span of the nth occurrence of a text, counted from 0.
func in(c *bookcheck.Chapter, text string, nth int) bookcheck.Span {
	at := 0
	for {
		i := bytes.Index(c.Source[at:], []byte(text))
		if i < 0 {
			panic(fmt.Sprintf("no %q in %s", text, c.Path))
		}
		at += i
		if nth == 0 {
			return bookcheck.Span{Start: at, End: at + len(text)}
		}
		nth--
		at += len(text)
	}
}

// clean47 is a run that found nothing.
func clean47() *bookcheck.Result {
	return &bookcheck.Result{
		Book: &bookcheck.Book{}, Rules: []*bookcheck.Rule{deadURL, stale}, Complete: true,
		Stats:    bookcheck.Stats{Files: 47, Indexed: 47, Links: 412},
		Reported: []*bookcheck.Chapter{bookcheck.NewChapter("content/a.md", nil), bookcheck.NewChapter("content/ü & <b>.md", nil)},
	}
}

// schemas are what the files of an extension must satisfy.
var schemas = map[string]string{
	".json":  "findings.schema.json",
	".sarif": "testdata/sarif-schema-2.1.0.json",
}

func TestGolden(t *testing.T) {
	tests := []struct {
		golden string
		format Format
		result *bookcheck.Result
		style  Style
	}{
		{"concise.txt", Concise, book(), Style{}},
		{"full.txt", Full, book(), Style{}},
		{"full-from-a-folder.txt", Full, book(), Style{Width: 120, Dir: "content/ja", ShowAll: true}},
		{"full-color.txt", Full, book(), Style{Width: 80, Color: true, Links: true, Top: "/home/me/my book"}},
		{"findings.json", JSON, book(), Style{}},
		{"findings.sarif", SARIF, book(), Style{Version: "1.2.3", ExitCode: new(2)}},
		{"suppressed.sarif", SARIF, book(), Style{
			Suppressed: true, Category: "weekly",
			Commit: Commit{Repository: "https://github.com/o/r", Revision: "0123abc", Branch: "main"},
		}},
		{"github.txt", GitHub, book(), Style{}},
		{"summary.md", Summary, book(), Style{}},
		{"summary-linked.md", Summary, book(), Style{Blob: "https://github.com/o/r/blob/0123abc"}},
		{"clean-summary.md", Summary, clean47(), Style{}},
		{"findings.gitlab", GitLab, book(), Style{}},
		{"findings.junit", JUnit, book(), Style{}},
		{"findings.rdjson", RDJSON, book(), Style{}},
		{"findings.html", HTML, shelf(), Style{Version: "1.2.3", Blob: "https://github.com/o/r/blob/0123abc", Trend: pasts}},
		{"clean.html", HTML, clean47(), Style{}},
		{"clean.txt", Concise, clean47(), Style{}},
		{"clean.gitlab", GitLab, clean47(), Style{}},
		{"clean.junit", JUnit, clean47(), Style{}},
		{"clean.rdjson", RDJSON, clean47(), Style{}},
		{"clean.json", JSON, clean47(), Style{}},
		{"clean.sarif", SARIF, clean47(), Style{}},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			var got bytes.Buffer
			if err := test.format(&got, test.result, test.style); err != nil {
				t.Fatal(err)
			}
			golden(t, test.golden+".golden", got.Bytes())
			if schema := schemas[filepath.Ext(test.golden)]; schema != "" {
				validate(t, schema, got.Bytes())
			}
		})
	}
}

var compiled = sync.OnceValue(func() map[string]*jsonschema.Schema {
	all := make(map[string]*jsonschema.Schema)
	for _, file := range schemas {
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		all[file] = compiler.MustCompile(file)
	}
	return all
})

// validate checks JSON against the schema in a file.
func validate(t *testing.T, schema string, report []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(report))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled()[schema].Validate(value); err != nil {
		t.Errorf("%s: %#v\n%s", schema, err, report)
	}
}

// golden compares output with a file in testdata; UPDATE=1 rewrites the file.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what was written (UPDATE=1 go test ./report rewrites it):\n%s", path, got)
	}
}
