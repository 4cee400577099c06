package markdown

import (
	"bytes"
	"fmt"
)

// What is parsed is bounded, for a parse cannot be cancelled. No book that people
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
	var run struct{ start, marks int } // of lines that may be one paragraph
	var table struct{ start, columns, rows int }
	for start := 0; start < len(source); {
		end := len(source)
		if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		line := source[start:end]
		rest, nested := skipContainers(line)
		if nested > maxNested {
			return start, fmt.Sprintf("%d nested block quotes and lists", maxNested)
		}
		if nested > 0 || len(rest) == 0 || rest[0] == '#' || rest[0] == '|' {
			run.start, run.marks = start, 0
		}
		run.marks += countMarks(line)
		if run.marks > 0 && run.marks*(end-run.start) > maxEffort {
			return run.start, "a paragraph with more links than a parser can take"
		}
		switch columns := delimiterColumns(rest); {
		case columns > 0:
			table.start, table.columns, table.rows = start, columns, 0
		case len(rest) == 0:
			table.columns = 0
		case table.columns > 0:
			if table.rows++; table.rows*table.columns > maxCells {
				return table.start, fmt.Sprintf("a table of %d cells", maxCells)
			}
		}
		start = end
	}
	return len(source), ""
}

// skipContainers returns what follows the markers of block quotes and list items
// at the start of a line, and how many there are.
func skipContainers(line []byte) (rest []byte, nested int) {
	rest = bytes.TrimSpace(line)
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

// countMarks counts the bytes that may make an inline parser look ahead.
func countMarks(line []byte) int {
	n := 0
	for _, c := range line {
		switch c {
		case '[', ']', '(', '<', '`', '$', '{', '*', '_', '~', ':', '@', '!':
			n++
		}
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
	return 1 + bytes.Count(bytes.Trim(line, "| \t"), []byte{'|'})
}
