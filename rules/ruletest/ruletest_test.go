package ruletest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// cats reports every cat, and proposes a dog.
var cats = &bookcheck.Rule{
	Name:     "cat",
	Doc:      "# cat: a cat\n",
	Severity: bookcheck.Warning,
	Run: func(pass *bookcheck.Pass) error {
		for at := 0; ; {
			next := bytes.Index(pass.Chapter.Source[at:], []byte("cat"))
			if next < 0 {
				return nil
			}
			span := bookcheck.Span{Start: at + next, End: at + next + 3}
			pass.Report(bookcheck.Diagnostic{
				Span:    span,
				Message: "a cat",
				Fixes:   []bookcheck.Fix{{Title: "Write dog", Edits: []bookcheck.Edit{{Span: span, New: "dog"}}}},
			})
			at = span.End
		}
	},
}

// gone reports links to pages that are dead.
var gone = &bookcheck.Rule{
	Name:     "gone",
	Doc:      "# gone: a dead link\n",
	Severity: bookcheck.Error,
	Needs:    bookcheck.Status,
	Run: func(pass *bookcheck.Pass) error {
		for _, link := range pass.Chapter.Links {
			if page, known := pass.Page(link); known && page.Verdict == bookcheck.Dead {
				pass.Reportf(link.Dest, "%s", page.Reason)
			}
		}
		return nil
	},
}

// A case of TestProblems is an archive, and what is wrong with it.
var cases = []struct {
	name    string
	rule    *bookcheck.Rule
	archive string
	want    []string // each a part of one problem, in order
}{
	{
		name:    "all as announced",
		rule:    cats,
		archive: `A cat. <!-- want "a cat" at "cat" -->` + "\n",
	},
	{
		name:    "two on a line",
		rule:    cats,
		archive: `A cat and a cat. <!-- want "a cat" --> <!-- want "a cat" -->` + "\n",
	},
	{
		name:    "a finding is missing",
		rule:    cats,
		archive: `A dog. <!-- want "a cat" -->` + "\n",
		want:    []string{`chapter.md:1: want "a cat", got nothing that fits`},
	},
	{
		name:    "a finding is not wanted",
		rule:    cats,
		archive: "A dog.\nA cat.\n",
		want:    []string{`chapter.md:2: got "a cat" at "cat", which is not wanted there`},
	},
	{
		name:    "one of two is not wanted",
		rule:    cats,
		archive: `A cat and a cat. <!-- want "a cat" -->` + "\n",
		want:    []string{`got "a cat" at "cat"`},
	},
	{
		name:    "the wrong text is underlined",
		rule:    cats,
		archive: `A cat. <!-- want "a cat" at "A cat" -->` + "\n",
		want:    []string{`got "a cat" at "cat"`, `want "a cat" at "A cat"`},
	},
	{
		name:    "the message is another",
		rule:    cats,
		archive: `A cat. <!-- want "a dog" -->` + "\n",
		want:    []string{`got "a cat"`, `want "a dog"`},
	},
	{
		name:    "the line is another",
		rule:    cats,
		archive: `A cat.` + "\n" + `<!-- want "a cat" -->` + "\n",
		want:    []string{`chapter.md:1: got "a cat"`, `chapter.md:2: want "a cat"`},
	},
	{
		name:    "a comment is malformed",
		rule:    cats,
		archive: "\n" + `A cat. <!-- want 'a cat' -->` + "\n",
		want:    []string{`chapter.md:2: not of the form <!-- want "regexp" at "text" -->`},
	},
	{
		name:    "an expression is malformed",
		rule:    cats,
		archive: `A cat. <!-- want "a (cat" -->` + "\n",
		want:    []string{"missing closing )"},
	},
	{
		name:    "a quote in the text",
		rule:    cats,
		archive: `A "cat". <!-- want "^a cat$" at "\"cat\"" -->` + "\n",
		want:    []string{`got "a cat" at "cat"`, `want "^a cat$" at "\"cat\""`},
	},
	{
		name:    "other files count",
		rule:    cats,
		archive: "A dog.\n-- other.md --\nA cat.\n",
		want:    []string{`other.md:1: got "a cat"`},
	},
	{
		name:    "fixed",
		rule:    cats,
		archive: `A cat. <!-- want "a cat" -->` + "\n-- chapter.md.fixed --\nA dog.\n",
	},
	{
		name:    "fixed to something else",
		rule:    cats,
		archive: `A cat. <!-- want "a cat" -->` + "\n-- chapter.md.fixed --\nA cow.\n",
		want:    []string{"chapter.md after its fixes:\nA dog.\n\nwant:\nA cow."},
	},
	{
		name:    "the network answers",
		rule:    gone,
		archive: `<https://a.test/> <!-- want "answers 404 Not Found" at "https://a.test/" -->` + "\n\n<https://b.test/>\n-- web --\nhttps://a.test/ 404\nhttps://b.test/ 200\n",
	},
	{
		name:    "the network redirects",
		rule:    gone,
		archive: `<https://a.test/> <!-- want "redirects to https://b.test/, which answers 410 Gone" -->` + "\n-- web --\nhttps://b.test/ 410\nhttps://a.test/ 302 https://b.test/\n",
	},
	{
		name:    "a URL is not described",
		rule:    gone,
		archive: "<https://a.test/>\n-- web --\nhttps://b.test/ 200\n",
		want:    []string{"web: https://a.test/ is not described"},
	},
	{
		name:    "an answer is not understood",
		rule:    gone,
		archive: "<https://a.test/>\n-- web --\nhttps://a.test/ fine\n",
		want:    []string{`web: "fine" is no answer`},
	},
}

func TestProblems(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e, err := readArchive(c.name, []byte("An idea.\n-- chapter.md --\n"+c.archive))
			if err != nil {
				t.Fatal(err)
			}
			got := e.problems(t.Context(), c.rule, nil)
			if len(got) != len(c.want) {
				t.Fatalf("got %d problems, want %d:\n%s", len(got), len(c.want), strings.Join(got, "\n"))
			}
			for i := range got {
				if !strings.Contains(got[i], c.want[i]) {
					t.Errorf("got problem %q, want one with %q", got[i], c.want[i])
				}
			}
		})
	}
}

func TestPromises(t *testing.T) {
	const page = "# cat: a cat\n\n## Reported\n\n```markdown\nA dog.\n```\n\n" +
		"## Not reported\n\n```markdown\nA cat. <!-- want \"a cat\" -->\n```\n"
	examples, err := readPage(page)
	if err != nil {
		t.Fatal(err)
	}
	if len(examples) != 2 {
		t.Fatalf("got %d examples, want 2", len(examples))
	}
	for i, want := range []string{
		"an example of what is reported wants nothing",
		"an example of what is not reported wants a finding",
	} {
		got := examples[i].problems(t.Context(), cats, nil)
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: got %q, want %q", examples[i].name, got, want)
		}
	}
}

func TestPageFilesBelongToTheirSection(t *testing.T) {
	const page = "# cat: a cat\n\n```markdown path=all.md\n1\n```\n\n" +
		"## Reported\n\n```markdown\n2\n```\n\n```markdown path=late.md\n3\n```\n\n````markdown\n```\n4\n````\n\n" +
		"## Not reported\n\n```markdown\n5\n```\n"
	examples, err := readPage(page)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		name  string
		files int
		text  string
	}{
		{"doc.md:9", 2, "2\n"},
		{"doc.md:17", 3, "```\n4\n"},
		{"doc.md:24", 2, "5\n"},
	}
	for i, e := range examples {
		if e.name != want[i].name || len(e.files) != want[i].files || e.files["chapter.md"] != want[i].text {
			t.Errorf("got %s with %d files and chapter %q, want %v", e.name, len(e.files), e.files["chapter.md"], want[i])
		}
	}
	if _, err := readPage("# cat: a cat\n\n## Reported\n"); err == nil {
		t.Error("a page that shows nothing harmless passed")
	}
}

func TestBlankMovesNothing(t *testing.T) {
	const text = "é <!-- want \"x\" --> and <!-- want \"y\" at \"z  z\" -->\nnext\n"
	got, wants, err := blank("a.md", text)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(text) || !strings.HasSuffix(got, "\nnext\n") || strings.Contains(got, "want") {
		t.Errorf("got %q, want as many bytes without comments", got)
	}
	if len(wants) != 2 || wants[1].at != "z z" {
		t.Errorf("got %v, want two, the second at %q", wants, "z z")
	}
}

func TestHistory(t *testing.T) {
	h, err := readHistory("2 2023-07-20\n3 not committed yet\nb.md:1 2024-01-02\n* 2022-02-02\n")
	if err != nil {
		t.Fatal(err)
	}
	chapter := bookcheck.NewChapter("chapter.md", []byte("one\ntwo\nthree\n"))
	other := bookcheck.NewChapter("b.md", []byte("one\n"))
	lines := []bookcheck.Span{chapter.Line(1), chapter.Line(2), chapter.Line(3)}
	got := append(h.Ages(t.Context(), chapter, lines), h.Ages(t.Context(), other, lines[:1])...)
	want := []string{"line last changed 2022-02-02", "line last changed 2023-07-20", "not committed yet", "line last changed 2024-01-02"}
	for i := range want {
		if got[i].Evidence != want[i] {
			t.Errorf("got evidence %q, want %q", got[i].Evidence, want[i])
		}
	}
	if got[2].Known() || !got[3].Known() {
		t.Errorf("got ages %v, want the third unknown and the fourth known", got)
	}
}
