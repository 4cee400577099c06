package report

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// Explain writes all that is known about a line of a chapter: what its sentences say,
// what that was compared with and how it ended, where its links lead, and what the
// rules made of it. With a column, from 1, it is only about what stands there, if
// anything does.
func Explain(w io.Writer, r *bookcheck.Result, chapter *bookcheck.Chapter, line, column int, style Style) error {
	e := &explanation{terminal: newTerminal(w, style), result: r, chapter: chapter, at: chapter.Line(line)}
	if column > 0 {
		offset := offsetOf(chapter, e.at, column)
		e.narrow(bookcheck.Span{Start: offset, End: min(offset+1, e.at.End)})
	}
	e.printf("%s\n", e.paint(bold, e.spot(line)))
	if text := clean(chapter.Text(chapter.Line(line))); text != "" {
		e.printf("  %s\n", text)
	}
	shown := e.claims()
	shown = e.links() || shown
	shown = e.findings() || shown
	if !shown {
		e.printf("\nNothing on this line can be looked up, ages, leads anywhere or is wrong.\n")
	}
	e.allows()
	return e.out.Flush()
}

// offsetOf returns the offset of a column of a line.
func offsetOf(chapter *bookcheck.Chapter, line bookcheck.Span, column int) int {
	for at := range chapter.Text(line) {
		if column--; column == 0 {
			return line.Start + at
		}
	}
	return line.End
}

// An explanation is about one line, or a part of it.
type explanation struct {
	*terminal
	result  *bookcheck.Result
	chapter *bookcheck.Chapter
	at      bookcheck.Span
}

// spot names the line.
func (e *explanation) spot(line int) string {
	return quote(e.name(e.chapter.Path)) + ":" + strconv.Itoa(line) + cell(e.chapter, e.at.Start)
}

// narrow makes the explanation one of a part of the line, if something stands there.
func (e *explanation) narrow(part bookcheck.Span) {
	whole := e.at
	e.at = part
	for _, claim := range e.chapter.Claims {
		if e.touches(claim.Span) {
			return
		}
	}
	for _, link := range e.chapter.Links {
		if e.touches(link.Span) {
			return
		}
	}
	e.at = whole
}

// touches tells whether a span and the line have something in common.
func (e *explanation) touches(s bookcheck.Span) bool {
	return s.Start < e.at.End && e.at.Start < s.End || s.Len() == 0 && e.at.Start <= s.Start && s.Start <= e.at.End
}

// title writes the heading of a section.
func (e *explanation) title(text string) { e.printf("\n%s\n", e.paint(bold, text)) }

// labelWidth is how wide the words in front of what is explained are.
const labelWidth = 12

// row writes a label and what it is about, the label only once.
func (e *explanation) row(label string, texts ...string) {
	for i, text := range texts {
		if i > 0 {
			label = ""
		}
		e.printf("  %s\n", strings.TrimRight(fmt.Sprintf("%-*s%s", labelWidth, label, text), " "))
	}
}

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
	e.title("Claim at " + e.column(claim.Start))
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

// page writes how a page was judged.
func (e *explanation) page(p *bookcheck.Page) string {
	verdict := p.Verdict.String()
	if p.Verdict == bookcheck.Unsure {
		verdict += ", " + string(p.Doubt)
	}
	text := verdict + ": it " + clean(p.Reason)
	if p.Cached && !p.Checked.IsZero() {
		text += " (remembered from " + day(p.Checked) + ")"
	}
	return text
}

// links explains where the links lead.
func (e *explanation) links() bool {
	var on []*bookcheck.Link
	for _, link := range e.chapter.Links {
		if e.touches(link.Span) {
			on = append(on, link)
		}
	}
	if len(on) == 0 {
		return false
	}
	e.title("Links")
	for _, link := range on {
		e.row(e.column(link.Start), bookcheck.Mask(clean(cmp.Or(link.Target, e.chapter.Text(link)))), e.leads(link))
	}
	return true
}

// column writes a place on the line.
func (e *explanation) column(offset int) string {
	at := e.chapter.Position(offset)
	return fmt.Sprintf("%d:%d", at.Line, at.Column)
}

// leads says where a link leads.
func (e *explanation) leads(link *bookcheck.Link) string {
	if link.External() {
		if page := e.result.Pages[webAddress(link)]; page != nil {
			return e.page(page)
		}
		return "a page on the web, which was not asked"
	}
	if why, _ := link.Malformed(); why != "" {
		return "malformed: " + clean(why)
	}
	to := e.result.Book.Resolve(e.chapter, link)
	sought := cmp.Or(to.Sought, "place")
	switch to.Outcome {
	case bookcheck.Resolved:
		return "leads to " + e.end(to)
	case bookcheck.Unjudged:
		return "not judged"
	case bookcheck.Missing:
		return "no " + sought + " of that name" + nearest(to)
	case bookcheck.NoFile:
		return "no such file" + nearest(to)
	case bookcheck.NoAnchor:
		return "the file is there, the anchor is not" + nearest(to)
	case bookcheck.OddCase:
		return "the file is there in other case" + nearest(to)
	default:
		return ""
	}
}

// end names the place that a link leads to.
func (e *explanation) end(to bookcheck.Resolution) string {
	switch {
	case to.Chapter == nil:
		return "a file of the book"
	case to.Target == nil:
		return quote(e.name(to.Chapter.Path))
	default:
		return e.place(to.Chapter, to.Target.Start)
	}
}

// nearest writes the names that were perhaps meant.
func nearest(to bookcheck.Resolution) string {
	text := ""
	if to.Became != "" {
		text = "; it was " + clean(to.Became)
	}
	if len(to.Near) > 0 {
		text += "; near it is " + clean(strings.Join(to.Near[:min(len(to.Near), 3)], ", "))
	}
	return text
}

// webAddress returns the address by which the page of a link was asked for.
func webAddress(link *bookcheck.Link) string {
	if address := link.URL(); !strings.HasPrefix(address, "//") {
		return address
	}
	return "https:" + link.URL()
}

// findings writes what the rules said.
func (e *explanation) findings() bool {
	var on []*bookcheck.Diagnostic
	for i := range e.result.Diagnostics {
		if d := &e.result.Diagnostics[i]; d.Chapter == e.chapter && e.touches(d.Span) {
			on = append(on, d)
		}
	}
	if len(on) == 0 {
		return false
	}
	e.title("Findings")
	for _, d := range on {
		rows := []string{e.level(d) + " " + e.message(d)}
		for _, line := range d.Evidence {
			rows = append(rows, clean(line))
		}
		if d.Age.Known() || d.Age.Evidence != "" {
			rows = append(rows, "age: "+clean(age(d.Age)))
		}
		if d.Allowed != nil {
			rows = append(rows, e.allow(d.Allowed))
		}
		e.row(e.column(d.Span.Start), rows...)
	}
	return true
}

// age writes what is known of the age of a text.
func age(a bookcheck.Age) string {
	if !a.Known() {
		return "not known: " + a.Evidence
	}
	return day(a.Since) + ", " + cmp.Or(a.Evidence, "by the text")
}

// allows writes the decisions of the author that hold for the line.
func (e *explanation) allows() {
	var rows []string
	for _, allow := range e.chapter.Allows {
		if allow.Fault == "" && e.touches(allow.Scope) {
			rows = append(rows, clean(allow.Rule)+" "+e.allow(allow))
		}
	}
	rows = slices.Compact(rows)
	if len(rows) > 0 {
		e.title("Allowed here")
	}
	for _, row := range rows {
		e.printf("  %s\n", row)
	}
}

// allow writes a decision of the author.
func (e *explanation) allow(a *bookcheck.Allow) string {
	text := "allowed at " + e.place(e.chapter, a.Start)
	if !a.Until.IsZero() {
		text += " until " + a.Until.Format(time.DateOnly)
	}
	return text + ": " + clean(a.Reason)
}
