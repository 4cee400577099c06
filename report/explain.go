package report

import (
	"cmp"
	"fmt"
	"io"
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

// position writes the line and the column of a place.
func (e *explanation) position(offset int) string {
	at := e.chapter.Position(offset)
	return fmt.Sprintf("%d:%d", at.Line, at.Column)
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
		e.row(e.position(d.Span.Start), rows...)
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
