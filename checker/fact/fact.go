// Package fact reads the values in English text that can be looked up elsewhere:
// quantities, dates, quotations, names and licenses, each in one spelling.
package fact

import (
	"strings"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// Read returns the facts in a text, in order. Spans are bytes of the text.
func Read(text string) []bookcheck.Fact {
	var r Reader
	return r.Append(nil, text)
}

// A Reader reads one text after the other with the same memory. The zero value is
// ready.
type Reader struct {
	text   string
	tokens []token // of one paragraph
	facts  []bookcheck.Fact

	row    []member // amounts whose unit may stand behind one that follows
	rowEnd int      // the token behind the last one
	unit   string   // of the last amount of the sentence that counts things
	scored bool     // the sentence speaks of scores
}

// mostFacts bounds how many facts a text has. What has more is a table for machines.
const mostFacts = 100_000

// Append appends the facts in a text, in order.
func (r *Reader) Append(facts []bookcheck.Fact, text string) []bookcheck.Fact {
	r.text, r.facts = text, facts
	for at := 0; at < len(text) && len(r.facts)-len(facts) < mostFacts; {
		at = r.scan(at)
		r.paragraph()
	}
	facts, r.facts, r.text = r.facts, nil, ""
	return facts
}

// paragraph reads the tokens of one paragraph.
func (r *Reader) paragraph() {
	r.row, r.unit = r.row[:0], ""
	for at := 0; at < len(r.tokens); {
		tok := &r.tokens[at]
		if tok.sentence {
			r.flush()
			r.unit, r.scored = "", r.speaksOfScores(at)
		}
		at = r.read(at)
	}
	r.flush()
}

// read reads the fact that begins at a token, if there is one, and returns the
// token to go on at.
func (r *Reader) read(at int) int {
	tok := &r.tokens[at]
	switch tok.kind {
	case word:
	case opaque:
		return at + 1
	case number:
		return r.value(at)
	case mark:
		switch {
		case tok.rune == '"' || tok.rune == '“':
			r.quotation(at)
		case tok.rune == '$' || tok.rune == '\\' || tok.rune >= utf8.RuneSelf:
			return r.value(at)
		}
		return at + 1
	}
	const opens = numeral | multiplier | multiple | ordinal | partial | currency | dollar | month
	if tok.has(opens) || tok.end-tok.start == 1 && tok.capital {
		if next := r.value(at); next > at+1 || !tok.capital {
			return next
		}
	}
	if !tok.capital {
		return at + 1
	}
	if tok.has(licensing) {
		if next := r.license(at); next > at {
			return next
		}
	}
	return r.name(at)
}

// value reads the date or the amount that begins at a token, and returns the token to
// go on at.
func (r *Reader) value(at int) int {
	if next := r.day(at); next > at {
		return next
	}
	return max(r.amount(at), at+1)
}

// add adds a fact that stands in the tokens from one to another.
func (r *Reader) add(f bookcheck.Fact, from, to int) *bookcheck.Fact {
	f.Span = bookcheck.Span{Start: r.tokens[from].start, End: r.tokens[to-1].end}
	f.Text = folded(r.text[f.Start:f.End])
	r.facts = append(r.facts, f)
	return &r.facts[len(r.facts)-1]
}

// folded returns a text with its white space folded.
func folded(text string) string {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && text[i+1] == ' ' { // no fact ends in a space
			return strings.Join(strings.Fields(text), " ")
		}
	}
	return text
}

// at returns a token, or one that is nothing if there is none.
func (r *Reader) at(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &nothing
	}
	return &r.tokens[i]
}

var nothing = token{entry: &unknown}

// said tells whether a token is a word, however it is capitalized.
func (r *Reader) said(i int, text string) bool {
	tok := r.at(i)
	return tok.kind == word && tok.end-tok.start == len(text) && strings.EqualFold(r.text[tok.start:tok.end], text)
}

// saidOne tells whether a token is one of some words.
func (r *Reader) saidOne(i int, texts ...string) bool {
	for _, text := range texts {
		if r.said(i, text) {
			return true
		}
	}
	return false
}

// bytes returns the text of a token.
func (r *Reader) bytes(i int) string {
	tok := r.at(i)
	return r.text[tok.start:tok.end]
}
