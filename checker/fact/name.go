package fact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// name reads the name that begins at a token, in a row of words with capitals or
// digits, and returns the token to go on at. An ordinary word that only begins a
// sentence is none.
func (r *Reader) name(at int) int {
	if r.at(at).entry.role&function != 0 || r.at(at).has(month|weekday) {
		return at + 1
	}
	end := r.piece(at)
	pieces := 1
	for !r.glued(end) && r.belongs(end) {
		end = r.piece(end)
		pieces++
	}
	if pieces == 1 && r.at(at).sentence && !r.looksLikeName(at, end) {
		return end
	}
	f := r.add(bookcheck.Fact{Kind: bookcheck.Name}, at, end)
	f.Key = Key(f.Text)
	r.size(at, end)
	return end
}

// piece returns the token behind a word of a name: GPT-NeoX-20B has one.
func (r *Reader) piece(at int) int {
	end := at + 1
	for {
		tok := r.at(end)
		switch {
		case tok.kind == nothing.kind && tok.end == 0 || !tok.glued:
			return end
		case tok.kind == word, tok.kind == number, tok.kind == opaque:
			end++
		case (tok.is('-') || tok.is('.') || tok.is('_') || tok.is('/') || tok.is('+')) && r.glued(end+1) && r.at(end+1).kind != mark:
			end += 2
		default:
			return end
		}
	}
}

// belongs tells whether a token goes on with a name: a word with a capital, or a
// number that counts nothing.
func (r *Reader) belongs(i int) bool {
	tok := r.at(i)
	switch tok.kind {
	case word:
		return tok.capital && !tok.sentence && tok.entry.role&(function|month|weekday) == 0
	case number, opaque:
		if tok.glued || tok.sentence || r.isYear(i) {
			return false
		}
		if next := r.at(i + 1); next.glued && next.kind == word {
			return r.bytes(i+1) == "B" || r.bytes(i+1) == "b" // Vicuna 13B
		}
		return !r.countsSomething(i + 1)
	}
	return false
}

// looksLikeName tells whether a word is more than one with a capital: it has a digit
// or another capital.
func (r *Reader) looksLikeName(from, to int) bool {
	text := r.text[r.at(from).start:r.at(to-1).end]
	return strings.ContainsFunc(text[1:], func(c rune) bool { return unicode.IsUpper(c) || unicode.IsDigit(c) })
}

// size adds the number of parameters that the name of a model tells.
func (r *Reader) size(from, to int) {
	for i := from + 1; i < to; i++ {
		if tok := r.at(i); tok.kind == number && i+1 < to && r.glued(i+1) && (r.bytes(i+1) == "B" || r.bytes(i+1) == "b" && i > from+1) && !r.at(i+2).glued {
			value := tok.value * 1e9
			r.add(bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: value, High: value, Unit: "parameters"}, i, i+2)
		}
	}
}

// Key returns what names and quotations are compared by: the letters and digits of
// a text, in lower case.
func Key(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, c := range text {
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			b.WriteByte(byte(c))
		case 'A' <= c && c <= 'Z':
			b.WriteByte(byte(c) | 0x20)
		case c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}
