package markdown

import (
	"bytes"
	"fmt"
)

// What is parsed is bounded, for a parse cannot be canceled. No book that people
// write comes near these bounds.
const (
	maxBytes  = 4 << 20     // of a file
	maxNested = 100         // block quotes and lists that open on one line
	maxCells  = 200_000     // columns of a table times its rows: goldmark fills every row up
	maxEffort = 400_000_000 // marks in a paragraph times its bytes: about a second of parsing
)

// bound returns the part of a file that is parsed, to a line's end, and the bound
// that the rest lies over.
func (p *Parser) bound(source []byte) (read []byte, limit string) {
	if len(source) > p.syntax.MaxBytes {
		source = source[:bytes.LastIndexByte(source[:p.syntax.MaxBytes], '\n')+1]
		limit = size(p.syntax.MaxBytes)
	}
	if at, shape := overShape(source); at < len(source) {
		return source[:at], shape
	}
	return source, limit
}

func size(n int) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// overShape returns the offset of the first line whose shape would make the parser
// slow, and which bound it is over; the length of source: there is none.
func overShape(source []byte) (at int, limit string) {
	var scan shapeScan
	for start := 0; start < len(source); {
		end := len(source)
		if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		if at, limit := scan.line(source[start:end], start); limit != "" {
			return at, limit
		}
		start = end
	}
	return len(source), ""
}

// A shapeScan looks at the lines of a text one by one, much more cheaply than a
// parser, for what a parser would be slow on.
type shapeScan struct {
	fence byte // of the code block that the line is in; 0: none
	width int  // of that fence

	start, marks int  // of the lines that may be one paragraph
	raw          bool // they are HTML or indented code

	table, columns, rows int // where the delimiter row stands, columns, rows so far
}

func (s *shapeScan) line(line []byte, start int) (at int, limit string) {
	rest, nested := skipContainers(line)
	if s.inFence(rest) {
		return 0, ""
	}
	if nested > maxNested {
		return start, fmt.Sprintf("%d nested block quotes and lists", maxNested)
	}
	if s.countMarks(line, rest, nested, start) {
		return s.start, "a paragraph with more links than a parser can take"
	}
	switch columns := delimiterColumns(rest); {
	case columns > 0:
		s.table, s.columns, s.rows = start, columns, 0
	case len(rest) == 0:
		s.columns = 0
	case s.columns > 0:
		if s.rows++; s.rows*s.columns > maxCells {
			return s.table, fmt.Sprintf("a table of %d cells", maxCells)
		}
	}
	return 0, ""
}

// inFence tells whether a line belongs to a block of code. The bodies of most
// directives are Markdown, so a fence with braces opens none.
func (s *shapeScan) inFence(rest []byte) bool {
	width := 0
	if len(rest) > 2 && (rest[0] == '`' || rest[0] == '~') {
		width = runLength(rest, rest[0])
	}
	switch {
	case s.fence != 0:
		if width >= s.width && rest[0] == s.fence && width == len(rest) {
			s.fence = 0
		}
		return true
	case width >= 3 && bytes.IndexByte(rest, '{') < 0:
		s.fence, s.width = rest[0], width
		return true
	default:
		return false
	}
}

// countMarks adds a line to its paragraph and tells whether that is too much.
func (s *shapeScan) countMarks(line, rest []byte, nested, start int) bool {
	if nested > 0 || len(rest) == 0 || rest[0] == '#' || rest[0] == '|' {
		s.start, s.marks, s.raw = start, 0, false
	}
	if s.marks == 0 && len(rest) > 0 {
		s.raw = s.raw || rest[0] == '<' || bytes.HasPrefix(line, []byte("    ")) || line[0] == '\t'
	}
	if s.raw {
		return false
	}
	s.marks += marksIn(line)
	return s.marks*(start+len(line)-s.start) > maxEffort
}

// skipContainers returns what follows the markers of block quotes and list items
// at the start of a line, and how deep they nest: each takes two columns at least.
func skipContainers(line []byte) (rest []byte, nested int) {
	rest, nested = skipMarkers(bytes.TrimSpace(line))
	if nested > 0 {
		nested += (len(line) - len(bytes.TrimLeft(line, " \t"))) / 2
	}
	return rest, nested
}

func skipMarkers(rest []byte) (after []byte, nested int) {
	for len(rest) > 0 {
		switch {
		case rest[0] == '>':
			rest = rest[1:]
		case len(rest) > 1 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && (rest[1] == ' ' || rest[1] == '\t'):
			rest = rest[2:]
		default:
			n := 0
			for n < len(rest) && n < 9 && rest[n] >= '0' && rest[n] <= '9' {
				n++
			}
			if n == 0 || n+1 >= len(rest) || rest[n] != '.' && rest[n] != ')' || rest[n+1] != ' ' {
				return rest, nested
			}
			rest = rest[n+2:]
		}
		nested++
		rest = bytes.TrimLeft(rest, " \t")
	}
	return rest, nested
}

// looksAhead has a 1 for each byte that may make an inline parser look ahead.
var looksAhead = func() (table [256]uint8) {
	for _, c := range []byte("[](<`${*_~:@!") {
		table[c] = 1
	}
	return table
}()

func marksIn(line []byte) int {
	n := 0
	for _, c := range line {
		n += int(looksAhead[c])
	}
	return n
}

// delimiterColumns returns the columns of a table's delimiter row; 0: it is none.
func delimiterColumns(line []byte) int {
	if len(line) == 0 || line[0] != '|' && line[0] != '-' && line[0] != ':' {
		return 0
	}
	for _, c := range line {
		switch c {
		case '|', '-', ':', ' ', '\t':
		default:
			return 0
		}
	}
	if bytes.IndexByte(line, '-') < 0 {
		return 0
	}
	return 1 + bytes.Count(bytes.Trim(line, "| \t"), []byte{'|'})
}
