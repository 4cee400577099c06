package report

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// compared returns a chapter whose third line makes two claims that were compared with
// pages, and a result that says what became of them.
func compared() (*bookcheck.Result, *bookcheck.Chapter) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	chapter := bookcheck.NewChapter("book/models.md", []byte("# Models\n\n"+
		"Currently, Kiwi saw [1.4 trillion tokens](https://example.org/kiwi) by July 2023 [@kiwi]. It speaks 12 languages. See [the rest](rest.md).\n\nNothing.\n"))
	span := func(text string) bookcheck.Span { return in(chapter, text, 0) }
	link := &bookcheck.Link{Span: span("[1.4 trillion tokens](https://example.org/kiwi)"), Dest: span("https://example.org/kiwi"), Target: "https://example.org/kiwi", Text: "1.4 trillion tokens"}
	cite := &bookcheck.Link{Span: span("@kiwi"), Kind: bookcheck.Cite, Target: "kiwi"}
	rest := &bookcheck.Link{Span: span("[the rest](rest.md)"), Dest: span("rest.md"), Target: "rest.md"}
	chapter.Links = []*bookcheck.Link{link, cite, rest}
	tokens := bookcheck.Fact{Span: span("1.4 trillion tokens"), Kind: bookcheck.Amount, Text: "1.4 trillion tokens", Op: bookcheck.Exactly, Low: 1.4e12, High: 1.4e12, Unit: "tokens"}
	july := bookcheck.Fact{Span: span("July 2023"), Kind: bookcheck.Day, Text: "July 2023", From: day(2023, 7, 1), To: day(2023, 7, 31)}
	name := bookcheck.Fact{Span: span("Kiwi"), Kind: bookcheck.Name, Text: "Kiwi", Key: "kiwi"}
	chapter.Claims = []*bookcheck.Claim{{
		Span: span("Currently, Kiwi saw [1.4 trillion tokens](https://example.org/kiwi) by July 2023 [@kiwi]."),
		Text: "Currently, Kiwi saw 1.4 trillion tokens by July 2023.", Worth: bookcheck.WorthQuantity,
		Facts: []bookcheck.Fact{name, tokens, july}, Cites: []*bookcheck.Link{link, cite},
		Cues: []bookcheck.Cue{{Span: span("Currently"), Kind: bookcheck.CurrentState, Text: "Currently"}},
	}, {
		Span: span("It speaks 12 languages."), Text: "It speaks 12 languages.",
		Facts: []bookcheck.Fact{{Kind: bookcheck.Amount, Text: "12 languages", Op: bookcheck.Exactly, Low: 12, High: 12, Unit: "languages"}},
	}}
	chapter.Allows = []*bookcheck.Allow{{Span: in(chapter, "# Models", 0), Rule: "stale-statement", Reason: "the next edition says more", Scope: bookcheck.Span{Start: 0, End: len(chapter.Source)}, Until: day(2027, 1, 31)}}

	page := &bookcheck.Page{URL: link.Target, Verdict: bookcheck.Alive, Reason: "answers 200 OK", Title: "The Kiwi model", Cached: true, Checked: day(2026, 11, 20)}
	first := &bookcheck.Source{Link: link, URL: link.Target, Page: page, Gone: "Kiwi saw 1.4 trillion tokens.", Seen: day(2026, 8, 2), Near: "Kiwi saw 1 trillion tokens."}
	second := &bookcheck.Source{Link: cite, URL: "https://example.org/paper", Recorded: day(2026, 8, 2)}
	r := &bookcheck.Result{
		Book: &bookcheck.Book{Chapters: []*bookcheck.Chapter{chapter}}, Now: day(2026, 11, 23),
		Pages: map[string]*bookcheck.Page{link.Target: page},
		Judgements: map[*bookcheck.Claim]*bookcheck.Judgement{chapter.Claims[0]: {
			Support: bookcheck.Contradicted, Sources: []*bookcheck.Source{first, second},
			Parts: []bookcheck.Part{
				{Fact: name, Find: bookcheck.Found, Source: first, Says: "Kiwi saw 1 trillion tokens.", Score: .82},
				{Fact: tokens, Find: bookcheck.Clash, Source: first, Owned: true, Says: "Kiwi saw 1 trillion tokens.", Instead: "1 trillion tokens", Score: .82},
				{Fact: july, Find: bookcheck.Absent},
			},
			Opinion: &bookcheck.Opinion{Model: "llama3.1", Prompt: "1f2e3d4c", Asked: day(2026, 11, 23), Support: bookcheck.NotFound, Says: "the page gives another number"},
		}},
		Diagnostics: []bookcheck.Diagnostic{{
			Rule: stale, Chapter: chapter, Severity: bookcheck.Warning, Span: span("Currently"), Message: "\"Currently\" is of 2023-07-20",
			Age: bookcheck.Age{Since: day(2023, 7, 20), Evidence: "line last changed 2023-07-20"}, Allowed: chapter.Allows[0],
		}, {
			Rule: todo, Chapter: chapter, Severity: bookcheck.Warning, Span: in(chapter, "Nothing", 0), Message: "on another line",
		}},
	}
	return r, chapter
}

func TestExplain(t *testing.T) {
	r, chapter := compared()
	var b bytes.Buffer
	for _, at := range []struct{ line, column int }{{3, 0}, {3, 100}, {4, 0}} {
		if err := Explain(&b, r, chapter, at.line, at.column, Style{Dir: "book"}); err != nil {
			t.Fatal(err)
		}
		b.WriteString("----\n")
	}
	golden(t, "explain.txt.golden", b.Bytes())
}

func TestExplainIsFitForATerminal(t *testing.T) {
	r, chapter := compared()
	hostile := "a\x1b[31mb\u202ec\nd"
	j := r.Judgements[chapter.Claims[0]]
	chapter.Claims[0].Text, j.Reason, j.Parts[0].Says, j.Sources[0].Page.Title, j.Opinion.Says = hostile, hostile, hostile, hostile, hostile
	j.Sources[0].URL, r.Diagnostics[0].Message, chapter.Allows[0].Reason = "https://me:hunter2@example.org/"+hostile, hostile, hostile
	var b strings.Builder
	if err := Explain(&b, r, chapter, 3, 0, Style{}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.ContainsAny(got, "\x1b\u202e") || strings.Contains(got, "hunter2") {
		t.Errorf("got %q", got)
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 12: "12", 999: "999", 1000: "1,000", 1.4e12: "1,400,000,000,000", -2500.5: "-2,500.5", -100: "-100", 0.368: "0.368", 6.02e23: "6.02e+23",
	} {
		if got := number(v); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
