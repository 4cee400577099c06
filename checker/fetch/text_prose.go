package fetch

import (
	"unicode"
	"unicode/utf8"
)

// A prose is the text of a page as it is read, a paragraph a line.
type prose struct {
	text []byte
	gap  gap // what is owed before the next word
	full bool
}

// A gap is what stands between two words. The wider one counts.
type gap byte

const (
	glued gap = iota
	blank
	cell    // the next column of a table's row
	doubt   // a line break that may be one of the layout only
	newLine // of a paragraph
)

// part makes the gap before the next word at least so wide.
func (w *prose) part(g gap) {
	if len(w.text) > 0 {
		w.gap = max(w.gap, g)
	}
}

// write adds a text. White space is one blank, but for what groups the digits of a
// number; what has no width is left out.
func (w *prose) write(s string) {
	for s != "" && !w.full {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff':
		case isThin(r) && w.gap == glued && isDigit(w.last()) && len(s) > size && isDigit(rune(s[size])):
			w.text = utf8.AppendRune(w.text, r)
		case unicode.IsSpace(r):
			w.part(blank)
		case unicode.IsControl(r):
		default:
			w.bridge(r)
			w.text = utf8.AppendRune(w.text, r)
			w.full = len(w.text) >= textLimit
		}
		s = s[size:]
	}
}

// bridge writes the gap before a character.
func (w *prose) bridge(next rune) {
	switch w.gap {
	case glued:
	case blank:
		w.text = append(w.text, ' ')
	case cell:
		w.text = append(w.text, " | "...)
	case doubt:
		// A sentence goes on in lower case, or after a word with the number it announces.
		if last := w.last(); unicode.IsLower(next) || unicode.IsDigit(next) && (unicode.IsLower(last) || last == ',') {
			w.text = append(w.text, ' ')
			break
		}
		w.text = append(w.text, '\n')
	case newLine:
		w.text = append(w.text, '\n')
	}
	w.gap = glued
}

// last returns the last character, whatever gap is owed after it.
func (w *prose) last() rune {
	r, _ := utf8.DecodeLastRune(w.text)
	return r
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isThin tells whether a blank can stand between the digits of one number.
func isThin(r rune) bool { return r == '\u00a0' || r == '\u2009' || r == '\u202f' }
