package report

import (
	"bytes"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func TestExtract(t *testing.T) {
	c := bookcheck.NewChapter("content/a.md", []byte("\ufeff(top)=\r\n# 序 & <b>\r\n\r\n日本語 [a & b](https://a.test/?x=1&y=2#z) {ref}`top` 👩‍🔬 ![alt](i.png)\r\n"+
		"As of March 2023 it has 7 billion parameters {cite}`knuth84`.\r\n% TODO(anna): more\r\n$$ (eq) {#id} Term\r\n[not][defined] [^1]\r\n"))
	span := func(text string) bookcheck.Span { return in(c, text, 0) }
	claim := "As of March 2023 it has 7 billion parameters {cite}`knuth84`."
	cite := &bookcheck.Link{Span: span("knuth84"), Kind: bookcheck.Cite, Form: bookcheck.Role, Name: "cite", Dest: span("knuth84"), Target: "knuth84"}
	image := &bookcheck.Link{Span: span("![alt](i.png)"), Kind: bookcheck.Image, Dest: span("i.png"), Target: "i.png", Text: "alt"}
	c.Headings = []*bookcheck.Heading{{Span: span("# 序 & <b>"), Level: 1, Text: "序 & <b>", ID: "first"}}
	c.Links = []*bookcheck.Link{
		{Span: span("[a & b](https://a.test/?x=1&y=2#z)"), Dest: span("https://a.test/?x=1&y=2#z"), Target: "https://a.test/?x=1&y=2#z", Text: "a & b", Titled: true},
		{Span: span("{ref}`top`"), Kind: bookcheck.Ref, Form: bookcheck.Role, Name: "ref", Dest: in(c, "top", 1), Target: "top"},
		image,
		cite,
		{Span: span("[not][defined]"), Form: bookcheck.Reference, Target: "defined", Undefined: true},
	}
	c.Figures = []*bookcheck.Figure{{Span: image.Span, Link: image, Alt: "alt", Caption: "A caption", Label: "fig-a"}}
	c.Targets = []*bookcheck.Target{
		{Span: span("(top)="), Name: "top", Title: "序", Of: "section"},
		{Span: span("eq"), Kind: bookcheck.Equation, Name: "eq"},
		{Span: span("Term"), Kind: bookcheck.TermDefinition, Name: "Term"},
		{Span: span("[^1]"), Kind: bookcheck.Footnote, Name: "1"},
	}
	c.Todos = []*bookcheck.Todo{{Span: span("TODO"), Scope: span("TODO(anna): more"), Marker: "TODO", Owner: "anna", Text: "more", Hidden: true}}
	c.Claims = []*bookcheck.Claim{{
		Span: span(claim), Text: claim, Cites: []*bookcheck.Link{cite},
		Cues: []bookcheck.Cue{
			{Span: span("As of March 2023"), Kind: bookcheck.DatedAsOf, Text: "As of March 2023", Date: date(2023, 3, 31)},
			{Span: span("7 billion parameters"), Kind: bookcheck.Measure, Text: "7 billion parameters"},
		},
		Worth: bookcheck.WorthQuantity,
		Facts: []bookcheck.Fact{
			{Span: span("March 2023"), Kind: bookcheck.Day, From: date(2023, 3, 1), To: date(2023, 3, 31)},
			{Span: span("2023"), Kind: bookcheck.Day, From: date(2022, 1, 1), To: date(2022, 12, 31)},
			{Span: span("7 billion parameters"), Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: 7e9, High: 7e9, Unit: "parameters"},
			{Span: span("7"), Kind: bookcheck.Amount, Op: bookcheck.Between, Low: 5, High: 7, Unit: "years"},
			{Span: span("it"), Kind: bookcheck.License, Key: "MIT"},
			{Span: span("As of"), Kind: bookcheck.Name, Text: "As of"},
		},
	}}

	var out bytes.Buffer
	if err := Extract(&out, []*bookcheck.Chapter{c, bookcheck.NewChapter("empty.md", nil)}); err != nil {
		t.Fatal(err)
	}
	golden(t, "extract.jsonl.golden", out.Bytes())
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
