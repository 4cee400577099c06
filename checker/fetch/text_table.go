package fetch

import "bytes"

// A table is one that is open.
type table struct {
	row    int   // where the open row begins; -1: none is open
	bars   []int // where cells of the row are parted
	nested bool  // a table is inside the row
}

// mostTables is how deep tables may be nested before their rows are not kept
// together.
const mostTables = 32

func (r *textReader) openTable() {
	r.part(newLine)
	if n := len(r.tables); n > 0 {
		r.tables[n-1].nested = true
	}
	if len(r.tables) < mostTables {
		r.tables = append(r.tables, table{row: -1})
	}
}

func (r *textReader) openRow() {
	r.endRow()
	r.part(newLine)
	if n := len(r.tables); n > 0 {
		r.tables[n-1].row = len(r.text)
	}
}

func (r *textReader) openCell() {
	n := len(r.tables)
	if n == 0 || r.tables[n-1].row < 0 || len(r.text) <= r.tables[n-1].row {
		r.part(newLine)
		return
	}
	r.gap = cell
	r.tables[n-1].bars = append(r.tables[n-1].bars, len(r.text))
}

// longestRow is how long the text of a row may be that is one of data. A longer one
// lays out the page.
const longestRow = 600

// endRow makes one line of a row of data, and lines of the cells of another.
func (r *textReader) endRow() {
	n := len(r.tables)
	if n == 0 {
		r.part(newLine)
		return
	}
	t := &r.tables[n-1]
	if t.row >= 0 && len(t.bars) > 0 && t.bars[len(t.bars)-1] <= len(r.text) {
		layout := t.nested || len(r.text)-t.row > longestRow
		r.text = append(r.text[:t.row], t.join(r.text, layout)...)
	}
	*t = table{row: -1}
	r.part(newLine)
}

// join returns the text of the open row, its cells parted by bars, or, where it lays
// out the page, a line each at least.
func (t *table) join(text []byte, layout bool) []byte {
	separator := " | "
	if layout {
		separator = "\n"
	}
	var row []byte
	start := t.row
	for _, end := range append(t.bars, len(text)) {
		part := bytes.TrimSpace(bytes.TrimPrefix(text[start:end], []byte(" | ")))
		start = end
		if len(part) == 0 {
			continue
		}
		if len(row) > 0 {
			row = append(row, separator...)
		} else if t.row > 0 {
			row = append(row, '\n')
		}
		if !layout {
			part = bytes.ReplaceAll(part, []byte("\n"), []byte(" "))
		}
		row = append(row, part...)
	}
	return row
}

func (r *textReader) endTable() {
	if n := len(r.tables); n > 0 {
		r.endRow()
		r.tables = r.tables[:n-1]
	}
	r.part(newLine)
}
