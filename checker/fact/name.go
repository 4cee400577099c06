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
	end, pieces := r.piece(at), 1
	if end == at+1 && r.at(at).has(function|month|weekday|counted|measure|currency) {
		return end
	}
	if next := r.at(end); r.at(at).has(numbering) && next.kind == number && !next.glued && !isAcronym(r.bytes(at)) {
		return end // Figure 3
	}
	for !r.at(end).glued && r.belongs(end) {
		end = r.piece(end)
		pieces++
	}
	if pieces == 1 && r.at(at).sentence && !r.isMarked(at, end) {
		return end
	}
	f := r.add(bookcheck.Fact{Kind: bookcheck.Name}, at, end)
	f.Key = Key(f.Text)
	r.sizes(at, end)
	return end
}

// piece returns the token behind one word of a name: GPT-NeoX-20B is one. What is
// said of a name with a hyphen is no part of it: AI-generated.
func (r *Reader) piece(at int) int {
	end := at + 1
	for end < len(r.tokens) && r.at(end).glued {
		switch tok := r.at(end); {
		case tok.kind != mark:
			end++
		case tok.rune != '-' && tok.rune != '.' && tok.rune != '_' && tok.rune != '+' && tok.rune != '/' || !r.at(end+1).glued || r.at(end+1).kind == mark:
			return end
		case r.at(end+1).kind == word && !r.at(end+1).capital && tok.is('-') && !r.at(end+2).glued:
			return end
		default:
			end += 2
		}
	}
	return end
}

// belongs tells whether a token goes on with a name: a word with a capital, or a
// number that counts nothing.
func (r *Reader) belongs(i int) bool {
	tok := r.at(i)
	if tok.glued || tok.sentence {
		return false
	}
	switch tok.kind {
	case word:
		return tok.capital && (!tok.has(function|month|weekday) || r.at(i+1).glued && r.at(i+1).kind == number)
	case opaque:
		return true
	case number:
		if next := r.at(i + 1); next.glued && next.kind == word {
			return r.isSize(i) // Vicuna 13B
		}
		a := amount{figure: figure{value: tok.value, end: i + 1, times: 1}}
		r.behind(&a)
		return !a.hard && !r.at(i+1).has(multiplier) && (tok.value < 100 || a.unit == "" || r.isSingle(&a))
	case mark:
	}
	return false
}

// isMarked tells whether a word is more than one with a capital: it has a digit or
// another capital.
func (r *Reader) isMarked(from, to int) bool {
	text := r.text[r.at(from).start+1 : r.at(to-1).end]
	return strings.ContainsFunc(text, func(c rune) bool { return unicode.IsUpper(c) || unicode.IsDigit(c) })
}

// isSize tells whether a token is the number of billions of parameters in the name
// of a model.
func (r *Reader) isSize(i int) bool {
	letter := r.bytes(i + 1)
	if r.at(i).kind != number || !r.at(i+1).glued || letter != "B" && letter != "b" {
		return false
	}
	next := r.at(i + 2)
	return !next.glued || next.kind == mark && (next.is('-') || !r.at(i+3).glued || r.at(i+3).kind == mark || !next.is('.') && !next.is('_') && !next.is('/'))
}

// sizes adds the numbers of parameters that the name of a model tells.
func (r *Reader) sizes(from, to int) {
	for i := from + 1; i < to; i++ {
		if r.isSize(i) {
			value := r.at(i).value * 1e9
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
