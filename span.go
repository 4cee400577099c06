package bookcheck

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Span is a half-open range of bytes in a chapter's source.
type Span struct{ Start, End int }

// Range returns the span itself, so that everything that embeds a Span is a
// Ranger.
func (s Span) Range() Span { return s }

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether other lies wholly inside s.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// A Ranger is anything that has a place in a chapter.
type Ranger interface{ Range() Span }

// A Position is a place as people and most formats count it.
type Position struct {
	Line   int // from 1
	Column int // from 1; in the unit that was asked for
}

// A Unit says what a column counts.
type Unit int

// The units in use: text and JSON count code points, SARIF and LSP count UTF-16
// code units, rdjson counts bytes.
const (
	CodePoints Unit = iota
	UTF16
	Bytes
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// lineStarts returns the offset of the first byte of each line. Lines end in LF
// or CRLF.
func lineStarts(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))
	for at := 0; ; {
		end := bytes.IndexByte(src[at:], '\n')
		if end < 0 {
			return starts
		}
		at += end + 1
		starts = append(starts, at)
	}
}

// Position returns where a byte offset stands, with the column in code points.
func (c *Chapter) Position(offset int) Position { return c.PositionIn(offset, CodePoints) }

// PositionIn returns where a byte offset stands, with the column in unit. A byte
// order mark is no column; a byte that is not UTF-8 counts as one of any unit.
func (c *Chapter) PositionIn(offset int, unit Unit) Position {
	offset = min(max(offset, 0), len(c.Source))
	line := sort.SearchInts(c.starts, offset+1) // starts[0] is 0, so at least 1
	start := c.starts[line-1]
	if line == 1 && bytes.HasPrefix(c.Source, byteOrderMark) && offset >= len(byteOrderMark) {
		start = len(byteOrderMark)
	}
	return Position{Line: line, Column: 1 + c.width(start, offset, unit)}
}

// width returns the number of characters between a line's start and an offset.
func (c *Chapter) width(start, offset int, unit Unit) int {
	if unit == Bytes || offset-start <= longLine || c.marks == nil {
		return width(c.Source[start:offset], unit)
	}
	return c.before(offset, unit) - c.before(start, unit)
}

// before returns the number of characters in front of an offset.
func (c *Chapter) before(offset int, unit Unit) int {
	i := sort.Search(len(c.marks), func(i int) bool { return c.marks[i].offset > offset })
	m := c.marks[i-1] // the first is 0
	n := m.points
	if unit == UTF16 {
		n = m.units
	}
	return n + width(c.Source[m.offset:offset], unit)
}

// Line returns the span of a line, counted from 1, without its line ending. A
// line outside the chapter is empty.
func (c *Chapter) Line(line int) Span {
	if line < 1 || line > len(c.starts) {
		return Span{len(c.Source), len(c.Source)}
	}
	start, end := c.starts[line-1], len(c.Source)
	if line < len(c.starts) {
		end = c.starts[line] - 1
	}
	if end > start && c.Source[end-1] == '\r' {
		end--
	}
	return Span{start, end}
}

// Lines returns the number of lines. A final line ending opens no further line.
func (c *Chapter) Lines() int {
	if n := len(c.starts); n > 1 && c.starts[n-1] == len(c.Source) {
		return n - 1
	}
	return len(c.starts)
}

// longLine is the number of bytes from which on a column is not counted from the
// line's start each time: a line of megabytes may hold thousands of findings.
const longLine = 4096

// A milestone is what stands in front of an offset between two characters.
type milestone struct{ offset, points, units int }

// milestones returns one for the start and about one every longLine bytes, or nil
// if no line is long.
func milestones(src []byte, starts []int) []milestone {
	long := len(src)-starts[len(starts)-1] > longLine
	for i := 1; i < len(starts) && !long; i++ {
		long = starts[i]-starts[i-1] > longLine
	}
	if !long {
		return nil
	}
	marks := []milestone{{}}
	for at := longLine; at < len(src); at += longLine {
		// No character has more than three bytes that cannot start one.
		for i := 0; i < 3 && at < len(src) && !utf8.RuneStart(src[at]); i++ {
			at++
		}
		last := marks[len(marks)-1]
		text := src[last.offset:at]
		marks = append(marks, milestone{at, last.points + width(text, CodePoints), last.units + width(text, UTF16)})
	}
	return marks
}

func width(text []byte, unit Unit) int {
	switch unit {
	case Bytes:
		return len(text)
	case UTF16:
		n := 0
		for len(text) > 0 {
			r, size := utf8.DecodeRune(text)
			if r >= 0x10000 {
				n++
			}
			n++
			text = text[size:]
		}
		return n
	default:
		return utf8.RuneCount(text)
	}
}
