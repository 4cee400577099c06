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
	return Position{Line: line, Column: 1 + width(c.Source[start:offset], unit)}
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
