package report

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/bookcheck/bookcheck"
)

const (
	ellipsis = "…" // one cell wide
	tab      = "    "
)

// An excerpt is the part of a line that shows a finding, fit for a terminal.
type excerpt struct {
	line  int // from 1
	text  string
	from  int // cells before the marks
	cells int // cells to mark, at least 1

	before, marked, after string // the text in three parts
}

// excerpts shows a span in at most width cells with its margin: the line it
// stands on, or the first and the last of its lines.
func excerpts(c *bookcheck.Chapter, span bookcheck.Span, width int) []excerpt {
	span = trimEnd(c.Source, span)
	first, last := c.Position(span.Start).Line, c.Position(span.End).Line
	if first == last {
		return []excerpt{show(c, first, span, width)}
	}
	head := bookcheck.Span{Start: span.Start, End: c.Line(first).End}
	tail := bookcheck.Span{Start: c.Line(last).Start, End: span.End}
	for tail.Start < tail.End && (c.Source[tail.Start] == ' ' || c.Source[tail.Start] == '\t') {
		tail.Start++
	}
	return []excerpt{show(c, first, head, width), show(c, last, tail, width)}
}

// trimEnd leaves the line ending out that a span of whole lines ends with.
func trimEnd(source []byte, span bookcheck.Span) bookcheck.Span {
	for span.End > span.Start && (source[span.End-1] == '\n' || source[span.End-1] == '\r') {
		span.End--
	}
	return span
}

// show cuts a window out of a line.
func show(c *bookcheck.Chapter, line int, span bookcheck.Span, width int) excerpt {
	whole := c.Line(line)
	if line == 1 && bytes.HasPrefix(c.Source, []byte("\ufeff")) {
		whole.Start = min(whole.Start+len("\ufeff"), whole.End)
	}
	span.Start = min(max(span.Start, whole.Start), whole.End)
	span.End = min(max(span.End, span.Start), whole.End)

	room := max(width-len(" | ")-digits(line), 8)
	part := nearby(c.Source, whole, span, room)
	row := clusters(c.Source, part)
	from, to := row.within(span)
	lo, hi := 0, len(row)
	if part != whole || row.cells() > room {
		lo, hi = row.window(from, to, room-2) // an ellipsis on both sides
	}
	to = min(to, hi)

	e := excerpt{line: line, from: row[lo:from].cells(), cells: max(row[from:to].cells(), 1)}
	e.before, e.marked, e.after = row[lo:from].String(), row[from:to].String(), row[to:hi].String()
	if lo > 0 || part.Start > whole.Start {
		e.before = ellipsis + e.before
		e.from++
	}
	if hi < len(row) || part.End < whole.End {
		e.after += ellipsis
	}
	e.text = e.before + e.marked + e.after
	return e
}

// nearby narrows a line to bytes that could be seen in a window of room cells, so
// that a line of megabytes costs no more than another.
func nearby(source []byte, line, span bookcheck.Span, room int) bookcheck.Span {
	reach := 4 * room // few scripts take more than four bytes a cell
	if start := span.Start - reach; start > line.Start {
		for line.Start = start; !utf8.RuneStart(source[line.Start]) && line.Start < span.Start; {
			line.Start++
		}
	}
	if end := span.Start + 2*reach; end < line.End {
		for line.End = end; !utf8.RuneStart(source[line.End]) && line.End > span.Start; {
			line.End--
		}
	}
	return line
}

// A cluster is what a reader sees as one character.
type cluster struct {
	bookcheck.Span        // in the source
	text           string // fit for a terminal
	cells          int
}

// A row is clusters in the order of the text.
type row []cluster

func clusters(source []byte, part bookcheck.Span) row {
	var row row
	at := part.Start
	for g := displaywidth.StringGraphemes(bookcheck.Mask(string(source[part.Start:part.End]))); g.Next(); {
		value, shown := g.Value(), tab
		if value != "\t" {
			shown = visible(value)
		}
		row = append(row, cluster{bookcheck.Span{Start: at, End: at + len(value)}, shown, displaywidth.String(shown)})
		at += len(value)
	}
	return row
}

func (r row) String() string {
	var text strings.Builder
	for _, cluster := range r {
		text.WriteString(cluster.text)
	}
	return text.String()
}

func (r row) cells() int {
	n := 0
	for _, cluster := range r {
		n += cluster.cells
	}
	return n
}

// within returns the part of the row that a span touches.
func (r row) within(span bookcheck.Span) (from, to int) {
	from = sort.Search(len(r), func(i int) bool { return r[i].End > span.Start })
	to = sort.Search(len(r), func(i int) bool { return r[i].Start >= span.End })
	return from, max(from, to)
}

// window returns the part of the row to show: as much of [from, to) as fits in
// room, and around it the same room on both sides, cut at the ends of words.
func (r row) window(from, to, room int) (lo, hi int) {
	hi = r.forth(from, to, room)
	if hi < to {
		return from, hi
	}
	room -= r[from:to].cells()
	lo = r.back(from, room/2)
	hi = r.forth(to, len(r), room-r[lo:from].cells())
	lo = r.back(from, room-r[to:hi].cells()) // what the right did not need
	if lo > 0 {
		lo = r.wordAfter(lo, from)
	}
	if hi < len(r) {
		hi = r.wordBefore(hi, to)
	}
	return lo, hi
}

// back returns the first cluster from which room cells lead up to at.
func (r row) back(at, room int) int {
	for at > 0 && r[at-1].cells <= room {
		at--
		room -= r[at].cells
	}
	return at
}

// forth returns the end of the clusters from at, not beyond end, that fit in room.
func (r row) forth(at, end, room int) int {
	for at < end && r[at].cells <= room {
		room -= r[at].cells
		at++
	}
	return at
}

// wordAfter returns the start of the first word in [at, end), or at if there is
// no space to tell.
func (r row) wordAfter(at, end int) int {
	for i := at; i < end; i++ {
		if r[i].text == " " {
			return i + 1
		}
	}
	return at
}

func (r row) wordBefore(at, end int) int {
	for i := at - 1; i >= end; i-- {
		if r[i].text == " " {
			return i
		}
	}
	return at
}

func digits(n int) int {
	d := 1
	for ; n >= 10; n /= 10 {
		d++
	}
	return d
}
