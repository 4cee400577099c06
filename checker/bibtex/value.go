package bibtex

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A value is what a field says: strings, numbers and macros, joined by #.
type value struct {
	pieces []bookcheck.Span // strings without their delimiters
	macros []bool           // of each piece: it is a macro or a number
	whole  bookcheck.Span   // of one piece, that piece; of several, all of them as they are written
}

// isPlain tells whether the value is one piece, so that all that it says stands in
// the text as it is.
func (v *value) isPlain() bool { return len(v.pieces) == 1 }

// value reads the pieces behind an = sign. If there is none, the value has no
// pieces.
func (p *parser) value(name string) (value, *mistake) {
	var v value
	for {
		p.space()
		start := p.at
		piece, m := p.piece(name)
		if m != nil {
			return v, m
		}
		if p.at == start {
			return value{}, nil
		}
		v.pieces = append(v.pieces, piece)
		v.macros = append(v.macros, piece.Start == start)
		if v.whole = piece; len(v.pieces) > 1 {
			v.whole = bookcheck.Span{Start: v.pieces[0].Start, End: p.at}
			if !v.macros[0] {
				v.whole.Start--
			}
		}
		p.space()
		if p.peek() != '#' {
			return v, nil
		}
		p.at++
	}
}

// months are the macros that every style knows.
var months = map[string]string{
	"jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
	"jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}

// mostExpanded bounds what macros can make of a file: those that stand for others
// that stand for others double it with each line.
const mostExpanded = 1 << 20

// raw returns what a value says, in TeX. A macro that is not defined stands for
// itself.
func (p *parser) raw(v *value) string {
	var b strings.Builder
	for i, piece := range v.pieces {
		text := p.chapter.Text(piece)
		if v.macros[i] {
			text = p.macro(text)
		}
		b.WriteString(text)
	}
	return b.String()
}

// macro returns what a macro stands for.
func (p *parser) macro(name string) string {
	folded := strings.ToLower(name)
	text, defined := p.strings[folded]
	if !defined {
		text, defined = months[folded]
	}
	if !defined || p.expanded+len(text) > mostExpanded {
		return name
	}
	p.expanded += len(text)
	return text
}

// define notes the macro of a @string, whose opening delimiter is at start.
func (p *parser) define(start int) {
	end := p.at
	defer func() { p.at = end }()
	p.at = start + 1
	p.space()
	name := strings.ToLower(p.name())
	p.space()
	if name == "" || p.peek() != '=' {
		return
	}
	p.at++
	if v, m := p.value(name); m == nil && p.at <= end {
		p.strings[name] = p.raw(&v)
	}
}
