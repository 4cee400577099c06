package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// claims explains the sentences.
func (e *explanation) claims() bool {
	shown := false
	for _, claim := range e.chapter.Claims {
		if e.touches(claim.Span) {
			shown = true
			e.claim(claim)
		}
	}
	return shown
}

func (e *explanation) claim(claim *bookcheck.Claim) {
	e.title("Claim at " + e.position(claim.Start))
	e.row("sentence", clean(claim.Text))
	if claim.Worth != "" {
		e.row("worth", "a reader could look it up: "+string(claim.Worth))
	}
	e.row("states", e.facts(claim)...)
	e.row("ages by", e.cues(claim)...)
	switch {
	case claim.Quoted:
		e.row("quoted", "somebody else's words")
	case claim.Dated:
		e.row("dated", "it is on a page or in a section that is true on its day")
	}
	judgement := e.result.Judgements[claim]
	if judgement == nil {
		e.row("verdict", "unchecked: "+e.unchecked(claim))
		return
	}
	for _, source := range judgement.Sources {
		e.row("cites", e.source(source)...)
	}
	for _, part := range judgement.Parts {
		e.part(judgement, part)
	}
	verdict := strings.ReplaceAll(judgement.Support.String(), "_", " ")
	if judgement.Reason != "" {
		verdict += ": " + bookcheck.Mask(clean(judgement.Reason))
	}
	e.row("verdict", verdict)
	if o := judgement.Opinion; o != nil {
		e.row("model", clean(o.Model)+" says "+strings.ReplaceAll(o.Support.String(), "_", " ")+": "+clean(o.Says))
	}
}

// facts writes what a claim states that can be looked up: as written, and what that
// comes to.
func (e *explanation) facts(claim *bookcheck.Claim) []string {
	var rows []string
	for _, f := range claim.Facts {
		text := fmt.Sprintf("%-10s %s", f.Kind, clean(f.Text))
		if value := valueOf(f); value != "" && value != f.Text {
			text += " = " + clean(value)
		}
		rows = append(rows, text)
	}
	return rows
}

// valueOf writes what a fact comes to, in one spelling.
func valueOf(f bookcheck.Fact) string {
	switch f.Kind {
	case bookcheck.Amount:
		text := number(f.Low)
		switch f.Op {
		case bookcheck.Exactly, "":
		case bookcheck.Between:
			text += " to " + number(f.High)
		default:
			text = string(f.Op) + " " + text
		}
		return strings.TrimSpace(text + " " + f.Unit)
	case bookcheck.Day:
		if f.From.Equal(f.To) {
			return day(f.From)
		}
		return day(f.From) + " to " + day(f.To)
	case bookcheck.Quotation:
		return ""
	default:
		return f.Key
	}
}

// number writes a number as a reader would, with commas between thousands.
func number(v float64) string {
	if math.Abs(v) >= 1e18 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	whole, rest, _ := strings.Cut(strconv.FormatFloat(v, 'f', -1, 64), ".")
	for at := len(whole) - 3; at > 0 && whole[at-1] != '-'; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if rest != "" {
		whole += "." + rest
	}
	return whole
}

// cues writes the phrases by which a claim ages.
func (e *explanation) cues(claim *bookcheck.Claim) []string {
	var rows []string
	for _, cue := range claim.Cues {
		if cue.Kind == bookcheck.Measure || cue.Kind == bookcheck.DateEvent {
			continue // they do not age
		}
		text := fmt.Sprintf("%-10s %q", cue.Kind, clean(cue.Text))
		if !cue.Date.IsZero() && cue.Date.Year() > 0 {
			text += ", up to " + day(cue.Date)
		}
		rows = append(rows, text)
	}
	return rows
}

// unchecked says why a claim was not compared with anything.
func (e *explanation) unchecked(claim *bookcheck.Claim) string {
	switch {
	case len(claim.Facts) == 0:
		return "it states nothing that can be looked up"
	case len(claim.Cites) == 0:
		return "it cites nothing"
	default:
		return "what it cites leads to no page, or to too many, that may be asked"
	}
}

// source writes a page that a claim cites, and what was known of it.
func (e *explanation) source(s *bookcheck.Source) []string {
	rows := []string{bookcheck.Mask(clean(s.URL))}
	if s.Link != nil && s.Link.Kind != bookcheck.PageLink {
		rows[0] += ", by " + clean(s.Link.Target)
	}
	switch {
	case !s.Recorded.IsZero():
		rows = append(rows, "recorded "+day(s.Recorded))
	case s.Page == nil:
		rows = append(rows, "not asked")
	default:
		rows = append(rows, e.page(s.Page))
	}
	if s.Page != nil && s.Page.Title != "" {
		rows = append(rows, "title "+strconv.Quote(clean(s.Page.Title)))
	}
	if s.Gone != "" {
		rows = append(rows, "was there on "+day(s.Seen)+", and is gone: "+quoted(s.Gone))
	}
	if s.Near != "" {
		rows = append(rows, "nearest now: "+quoted(s.Near))
	}
	return rows
}

// part writes what became of one fact.
func (e *explanation) part(j *bookcheck.Judgement, p bookcheck.Part) {
	text := clean(p.Fact.Text)
	if p.Owned {
		text += ", which the link itself says"
	}
	if p.Source != nil && len(j.Sources) > 1 {
		text += ", by " + bookcheck.Mask(clean(p.Source.URL))
	}
	if p.Says != "" {
		text += fmt.Sprintf(" (score %.2f)", p.Score)
	}
	rows := []string{text}
	if p.Says != "" {
		rows = append(rows, quoted(p.Says))
	}
	if p.Instead != "" {
		rows = append(rows, "instead: "+clean(p.Instead))
	}
	e.row(p.Find.String(), rows...)
}

func quoted(sentence string) string { return "“" + clean(sentence) + "”" }
