package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A quantity is a number with its unit, in tokens.
type quantity struct {
	start, end int
	value      float64
	unit       string
}

// quantityAt reads a quantity whose number stands at token at. A bare number is
// none: it may be a name, a step or a line.
func (r *reading) quantityAt(at int) (quantity, bool) {
	value, suffix, ok := splitNumber(r.bytes(at))
	if !ok || r.numbers(at) {
		return quantity{}, false
	}
	suffix = withoutRange(suffix)
	q := quantity{start: at, end: at + 1, value: value}
	if at > r.from && r.language.classes.currency.has(r.tokens[at-1].word) {
		q.start, q.unit = at-1, r.language.units[r.tokens[at-1].word]
	}
	scale, scaled := magnitudes[suffix]
	switch {
	case scaled:
		q.value *= scale
	case suffix != "":
		q.unit = r.attached(suffix)
		return q, q.unit != ""
	case r.isWord(q.end, r.language.classes.magnitude):
		for range r.value(q.end) {
			q.value *= 10
		}
		q.end++
		scaled = true
	}
	if q.unit == "" {
		r.unitAfter(&q)
	}
	if q.unit == "" {
		q.unit = r.sharedUnit(q.end)
	}
	return q, scaled || q.unit != ""
}

// sharedUnit returns the unit of the number that follows soon, if what stands
// between lets it be the unit of both: 60,000 and 10,000 images, 30 of 32 tests.
func (r *reading) sharedUnit(at int) string {
	for between := 0; between < 2 && at < r.to && r.language.classes.join.has(r.tokens[at].word); between++ {
		at++
		if at >= r.to || r.tokens[at].kind != numberToken {
			continue
		}
		value, suffix, ok := splitNumber(r.bytes(at))
		if !ok || suffix != "" || r.numbers(at) {
			return ""
		}
		next := quantity{start: at, end: at + 1, value: value}
		r.unitAfter(&next)
		return next.unit
	}
	return ""
}

// withoutRange returns what is written onto the second number of a range, of which
// the first one counts: 55-60%.
func withoutRange(suffix string) string {
	rest, isRange := strings.CutPrefix(suffix, "-")
	if !isRange || rest == "" || !isDigit(rest[0]) {
		return suffix
	}
	if _, after, ok := splitNumber([]byte(rest)); ok {
		return after
	}
	return suffix
}

// magnitudes are the letters that scale a number. In lower case b and t are bits
// and tons more often than not.
var magnitudes = map[string]float64{"k": 1e3, "K": 1e3, "M": 1e6, "m": 1e6, "B": 1e9, "T": 1e12}

// splitNumber reads the number that text begins with, and what is written onto
// it: 1,000; 2.5; 16k; 80GB; 4-bit.
func splitNumber(text []byte) (value float64, suffix string, ok bool) {
	n := 0
	for n < len(text) && (isDigit(text[n]) || text[n] == ',' || text[n] == '.') {
		n++
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(string(text[:n]), ",", ""), 64)
	return value, string(text[n:]), err == nil
}

// attached returns the unit in what is written onto a number: GB, x, -bit. Ranges
// and dates have none.
func (r *reading) attached(suffix string) string {
	suffix = strings.TrimPrefix(suffix, "-")
	if suffix == "" {
		return ""
	}
	w := r.language.word([]byte(suffix), 0, len(suffix))
	if !r.language.classes.unit.has(w) {
		return ""
	}
	if unit := r.language.units[w]; unit != "" {
		return unit
	}
	return suffix
}

// numbers tells whether the number at token at only numbers or names something:
// Figure 3, Llama 2, a date.
func (r *reading) numbers(at int) bool {
	if isYear(r.bytes(at)) {
		return true
	}
	if at == r.from {
		return false
	}
	previous := &r.tokens[at-1]
	if r.language.classes.numbering.has(previous.word) {
		return true
	}
	bare := isDigit(r.text[r.tokens[at].end-1]) && !r.isWord(at+1, r.language.classes.magnitude) && !r.isMark(at+1, '%')
	return bare && previous.kind == wordToken && previous.capital && at-1 > r.first &&
		!r.language.classes.stop.has(previous.word)
}

// unitAfter adds the unit that stands behind a number, at once or after some
// adjectives: 5197 questions, 700 million monthly active users.
func (r *reading) unitAfter(q *quantity) {
	const adjectives = 2
	for at := q.end; at < min(r.to, q.end+1+adjectives); at++ {
		tok := &r.tokens[at]
		if r.language.classes.unit.has(tok.word) {
			q.unit, q.end = r.language.units[tok.word], at+1
			if q.unit == "" {
				q.unit = strings.ToLower(string(r.bytes(at)))
			}
			return
		}
		if tok.kind != wordToken || r.language.classes.stop.has(tok.word) || r.language.classes.notUnit.has(tok.word) {
			return
		}
		if r.isPlural(at) && (!tok.capital || r.isAcronym(at)) {
			q.unit, q.end = string(r.bytes(at)), at+1
			return
		}
	}
}

// isAcronym tells whether a word in the plural is made of capitals: LLMs.
func (r *reading) isAcronym(at int) bool {
	text := r.bytes(at)
	return len(text) > 2 && bytes.Equal(bytes.ToUpper(text[:len(text)-1]), text[:len(text)-1])
}

// isPlural tells whether a word looks like several things.
func (r *reading) isPlural(at int) bool {
	return r.hasSuffix(at, "s") && !r.hasSuffix(at, "ss") && !r.hasSuffix(at, "us") && !r.hasSuffix(at, "is")
}

// quantities returns the quantities of the sentence.
func (r *reading) quantities(p *passage) []bookcheck.Quantity {
	var all []bookcheck.Quantity
	for at := r.from; at < r.to; at++ {
		if r.tokens[at].kind != numberToken {
			continue
		}
		if _, n := r.dateAt(at); n > 1 {
			at += n - 1
			continue
		}
		q, ok := r.quantityAt(at)
		if !ok {
			continue
		}
		all = append(all, bookcheck.Quantity{
			Span:  p.span(r.tokens[q.start].start, r.tokens[q.end-1].end),
			Value: q.value,
			Unit:  q.unit,
		})
		at = q.end - 1
	}
	return all
}
