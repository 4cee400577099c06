package markdown

import (
	"sort"

	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// lines is text that stands in the source in pieces, because a container's
// markers come between: the lines of a comment in a block quote.
type lines struct {
	text  []byte
	parts []linePart
}

type linePart struct{ at, source int } // offset in the text, offset in the source

func newLines(source []byte, segments []text.Segment) lines {
	if len(segments) == 1 && segments[0].Padding == 0 {
		s := segments[0]
		return lines{source[s.Start:s.Stop], []linePart{{0, s.Start}}}
	}
	var l lines
	for _, s := range segments {
		l.parts = append(l.parts, linePart{len(l.text), s.Start})
		l.text = append(l.text, source[s.Start:s.Stop]...)
	}
	return l
}

func allSegments(s *text.Segments) []text.Segment {
	if s == nil {
		return nil
	}
	return s.Sliced(0, s.Len())
}

// at returns the source offset of text[offset].
func (l lines) at(offset int) int {
	i := sort.Search(len(l.parts), func(i int) bool { return l.parts[i].at > offset })
	if i == 0 {
		return offset
	}
	part := l.parts[i-1]
	return part.source + offset - part.at
}

// span returns where a range of the text stands in the source.
func (l lines) span(s bookcheck.Span) bookcheck.Span {
	start := l.at(s.Start)
	if s.Len() == 0 {
		return bookcheck.Span{Start: start, End: start}
	}
	return bookcheck.Span{Start: start, End: l.at(s.End-1) + 1}
}

// slice returns a part of the text.
func (l lines) slice(start, end int) lines {
	part := lines{text: l.text[start:end], parts: []linePart{{0, l.at(start)}}}
	for _, p := range l.parts {
		if p.at > start && p.at < end {
			part.parts = append(part.parts, linePart{p.at - start, p.source})
		}
	}
	return part
}
