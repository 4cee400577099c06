package fact

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// An amount is a quantity that is being read, in tokens.
type amount struct {
	figure // its end is the token behind what was read

	start  int // the number, or the sign before it
	from   int // start, or the first token of what bounds it
	shown  int // the token behind what is quoted; a noun may stand too far off
	unit   string
	factor float64 // of the unit
	money  bool
	soft   bool // the unit is a noun that nothing is known about
	op     bookcheck.Op
	far    bool    // the unit stands behind some other words
	high   float64 // of a range
}

// amount reads the quantity that begins at a token, and returns the token behind
// it, or at if there is none.
func (r *Reader) amount(at int) int {
	a := amount{start: at, factor: 1, op: bookcheck.Exactly}
	first := r.sign(at, &a)
	f, ok := r.figure(first, a.money)
	if !ok {
		return at
	}
	a.figure = f
	if r.isName(first, &a) {
		return at
	}
	r.behind(&a)
	if r.isLabel(first, &a) {
		return a.end
	}
	if f.spelled && !r.counts(&a) {
		return at
	}
	r.bound(&a)
	r.rangeTo(&a)
	r.keep(&a)
	return a.end
}

// behind reads what stands behind a figure: a plus, and its unit.
func (r *Reader) behind(a *amount) {
	if r.at(a.end).is('+') && r.glued(a.end) && r.at(a.end+1).kind != number {
		a.op = bookcheck.AtLeast
		a.end++
	}
	a.shown = a.end
	r.unitBehind(a)
	if !a.far {
		a.shown = a.end
	}
}

// sign reads the currency before a number, and returns the token behind it, or at if
// there is none: $, US$, \$, USD.
func (r *Reader) sign(at int, a *amount) int {
	i := at
	if r.at(i).is('\\') {
		i++
	}
	unit := ""
	if tok := r.at(i); tok.kind == word && r.at(i+1).is('$') && r.glued(i+1) {
		switch text := r.bytes(i); {
		case strings.EqualFold(text, "US") || strings.EqualFold(text, "USD"):
			unit = "usd"
		case strings.EqualFold(text, "C") || strings.EqualFold(text, "CA") || strings.EqualFold(text, "CAD"):
			unit = "cad"
		case strings.EqualFold(text, "A") || strings.EqualFold(text, "AU") || strings.EqualFold(text, "AUD"):
			unit = "aud"
		default:
			return at
		}
		i++
	} else if tok.has(currency) && tok.entry.value == 1 && r.isCode(i) && r.at(i+1).kind == number {
		unit = tok.entry.unit
	} else if tok.kind == mark {
		unit = signs[tok.rune]
	}
	if unit == "" || r.at(i+1).kind != number && !r.at(i+1).has(numeral) {
		return at
	}
	a.unit, a.money = unit, true
	return i + 1
}

// isCode tells whether a word is made of three capitals, as the codes of currencies
// are.
func (r *Reader) isCode(i int) bool {
	text := r.bytes(i)
	return len(text) == 3 && text == strings.ToUpper(text)
}

// unitBehind reads the unit behind a figure.
func (r *Reader) unitBehind(a *amount) {
	if a.money {
		if tok := r.at(a.end); tok.has(currency) && tok.entry.unit == a.unit {
			a.end++ // $20 dollars, $20 USD
		}
		return
	}
	tok := r.at(a.end)
	switch {
	case tok.is('%'):
		a.unit, a.end = "percent", a.end+1
	case tok.kind == mark && !tok.is('$') && signs[tok.rune] != "", tok.is('$') && r.at(a.end+1).kind != number && !r.at(a.end-1).glued:
		a.unit, a.money, a.end = signs[tok.rune], true, a.end+1
	case tok.is('×') && tok.glued && r.at(a.end+1).kind != number:
		a.unit, a.end = "ratio", a.end+1
	case tok.is('°'):
		a.unit, a.end = "degrees", a.end+1
		if r.glued(a.end) && (r.said(a.end, "C") || r.said(a.end, "F")) {
			a.end++
		}
	case tok.is('-') && tok.glued && r.glued(a.end+1):
		r.nounAt(a, a.end+1, true)
	case tok.kind == word:
		if !r.measure(a) {
			r.noun(a)
		}
	}
	r.rate(a)
}

// measure reads a unit whose name is known: GB, percentage points, dollars.
func (r *Reader) measure(a *amount) bool {
	tok := r.at(a.end)
	if s, ok := symbols[r.bytes(a.end)]; ok && (tok.glued || r.standsAlone(a.end)) {
		if s.unit == "ratio" && r.at(a.end+1).kind == number {
			return false // 224x224
		}
		a.unit, a.factor, a.end = s.unit, s.factor, a.end+1
		return true
	}
	switch {
	case r.said(a.end, "percentage") && r.saidOne(a.end+1, "points", "point"):
		a.unit, a.end = "points", a.end+2
	case r.said(a.end, "basis") && r.saidOne(a.end+1, "points", "point"):
		a.unit, a.end = "basis points", a.end+2
	case r.said(a.end, "per") && r.said(a.end+1, "cent"):
		a.unit, a.end = "percent", a.end+2
	case tok.has(currency):
		a.unit, a.factor, a.money, a.end = tok.entry.unit, tok.entry.value, true, a.end+1
	case (r.said(a.end, "US") || r.said(a.end, "Canadian") || r.said(a.end, "Australian")) && r.saidOne(a.end+1, "dollars", "dollar"):
		a.unit, a.money = "usd", true
		if !r.said(a.end, "US") {
			a.unit = strings.ToLower(r.bytes(a.end)[:1]) + map[bool]string{true: "ad", false: "ud"}[r.said(a.end, "Canadian")]
		}
		a.end += 2
	default:
		return false
	}
	return true
}

// standsAlone tells whether a symbol may be parted from its number: not if it is a
// single letter that may be anything else, or a word.
func (r *Reader) standsAlone(i int) bool {
	text := r.bytes(i)
	return len(text) > 1 && text != "us" || text == "s" || text == "W"
}

// noun reads the noun that is counted, at once or behind some words that describe
// it: 5197 questions, 700 million monthly active users.
func (r *Reader) noun(a *amount) {
	const most = 4
	for i, seen := a.end, 0; seen < most; seen++ {
		tok := r.at(i)
		if tok.kind != word || tok.sentence || tok.glued && i == a.end || tok.entry.role&function != 0 && tok.entry.role&noun == 0 {
			return
		}
		next := i + 1
		for r.at(next).is('-') && r.glued(next) && r.glued(next+1) && r.at(next+1).kind == word {
			next += 2 // instruction-following
		}
		if r.nounAt(a, next-1, seen == 0 && next == i+1) {
			a.far = seen > 1 || next > i+1
			return
		}
		i = next
	}
}

// nounAt takes the noun at a token as the unit, if it is one: in the plural, or near
// enough to the number not to be.
func (r *Reader) nounAt(a *amount, i int, near bool) bool {
	tok := r.at(i)
	switch {
	case tok.kind != word || tok.entry.role&function != 0 && tok.entry.role&noun == 0:
		return false
	case tok.has(noun):
		plural := isPlural(r.bytes(i))
		if !plural && (!near || r.isPluralNoun(i+1) && !a.scaled) {
			return false
		}
		a.unit, a.factor = tok.entry.unit, tok.entry.value
	case tok.has(countless), r.isPluralNoun(i):
		a.unit, a.soft = strings.ToLower(r.bytes(i)), true
	default:
		return false
	}
	a.end = i + 1
	return true
}

// isPluralNoun tells whether a token looks like several things. A name does not.
func (r *Reader) isPluralNoun(i int) bool {
	tok := r.at(i)
	if tok.kind != word || tok.entry.role&function != 0 {
		return false
	}
	text := r.bytes(i)
	return isPlural(text) && (!tok.capital || isAcronym(text))
}

// isPlural tells whether a word looks like several things.
func isPlural(text string) bool {
	n := len(text)
	return n > 3 && text[n-1] == 's' && text[n-2] != 's' && text[n-2] != 'u' && text[n-2] != 'i'
}

// isAcronym tells whether a word in the plural is made of capitals: LLMs.
func isAcronym(text string) bool {
	text = text[:len(text)-1]
	return len(text) > 1 && strings.ToUpper(text) == text
}

// rate reads what makes of a unit a rate: GB/s, tokens per second.
func (r *Reader) rate(a *amount) {
	switch {
	case a.unit == "" || a.money || a.unit == "percent" || a.unit == "flops":
	case r.at(a.end).is('/') && r.glued(a.end) && r.glued(a.end+1) && r.saidOne(a.end+1, "s", "sec", "second"),
		r.said(a.end, "per") && r.saidOne(a.end+1, "second", "sec"):
		a.unit += "/s"
		a.end += 2
	}
}

// isName tells whether the number at a token is part of a name or a word: GPT-4,
// H100, Claude 2, 4o.
func (r *Reader) isName(at int, a *amount) bool {
	tok, before := r.at(at), r.at(at-1)
	if tok.kind != number || a.money {
		return false
	}
	if tok.glued {
		switch {
		case before.kind == word || before.kind == number || before.kind == opaque:
			return true
		case before.is('-') || before.is('.') || before.is('_') || before.is('/') || before.is(':') || before.is('#') || before.is('@') ||
			before.is('=') || before.is('\'') || before.is('\\') || before.is('§') || before.is('^') || before.is('&'):
			return before.glued || !before.is('-')
		case before.is('[') && (r.at(at+1).is(']') || r.at(at+1).is(',')):
			return true // a note
		}
	}
	next := r.at(a.end)
	if !next.glued {
		return false
	}
	switch next.kind {
	case word:
		_, isUnit := symbols[r.bytes(a.end)]
		return !isUnit && !next.has(noun|currency) || r.at(a.end+1).kind == number && r.glued(a.end+1)
	case number, opaque:
		return true
	default:
		return next.is('_') || next.is(':') && r.glued(a.end+1) || next.is('/') && r.at(a.end+1).kind == number || next.is('@')
	}
}

// isLabel tells whether a number numbers something: Figure 3, Claude 2, 5 pm. What
// has a unit of measure does not.
func (r *Reader) isLabel(at int, a *amount) bool {
	tok, before := r.at(at), r.at(at-1)
	if tok.kind != number {
		return false
	}
	hard := a.unit != "" && !a.soft && a.unit != "models"
	if before.is('.') && r.at(at-2).has(numbering) {
		before = r.at(at - 2)
	}
	switch {
	case hard || a.scaled:
		return false
	case r.saidOne(a.end, "am", "pm", "a", "p") && (!r.said(a.end, "a") || r.at(a.end+1).is('.') && r.glued(a.end+1)):
		return true
	case before.has(numbering) && !tok.sentence && a.unit == "":
		return true
	case before.kind == word && before.capital && !before.sentence && before.entry.role&(function|month|operator) == 0:
		return tok.value < 100 || !tok.plain && a.unit == ""
	case tok.sentence && a.unit == "" && (r.at(a.end).is('.') || r.at(a.end).is(')')):
		return true // a list
	}
	return false
}

// counts tells whether a number in words says how many. One seldom does, and none
// does without a noun.
func (r *Reader) counts(a *amount) bool {
	switch {
	case a.scaled, r.said(a.end, "to") && r.at(a.end+1).has(numeral): // one to two years
		return true
	case a.value == 0 || a.unit == "":
		return false
	default:
		return a.value != 1 || a.unit == "percent" || a.unit == "seconds" || a.unit == "years" || a.unit == "months" || a.money
	}
}

// keep adds an amount to the facts, and gives its unit to those before it that have
// none.
func (r *Reader) keep(a *amount) {
	if !r.joins(r.chainEnd, a.from) {
		r.flush()
	}
	f := bookcheck.Fact{Kind: bookcheck.Amount, Op: a.op, Low: a.value * a.factor, High: a.value * a.factor, Unit: a.unit}
	if a.op == bookcheck.Between {
		f.High = a.high
	}
	r.add(f, a.from, a.shown)
	r.chain = append(r.chain, link{fact: len(r.facts) - 1, scale: a.scale, end: a.end})
	r.chainEnd = a.end
	if a.unit == "" {
		return
	}
	for _, l := range r.chain {
		if before := &r.facts[l.fact]; before.Unit == "" {
			before.Unit = a.unit
			before.Low, before.High = before.Low*a.factor, before.High*a.factor
		}
	}
	if !a.money && a.unit != "percent" && a.unit != "ratio" {
		r.unit = a.unit
	}
	r.chain = r.chain[:0]
}

// A link is an amount in a row of such: 40B, 7.5B and 1.3B parameters.
type link struct {
	fact  int    // its place among the facts
	scale string // what is written onto its digits
	end   int    // the token behind it
}

// joins tells whether what stands between two tokens lets the unit behind the second
// be that of what ends at the first.
func (r *Reader) joins(end, from int) bool {
	if len(r.chain) == 0 || from-end > 2 || from <= end {
		return false
	}
	for i := end; i < from; i++ {
		if tok := r.at(i); !tok.is(',') && !tok.is('/') && !tok.is('-') && !r.saidOne(i, "and", "or", "to", "of", "out", "vs") || tok.sentence {
			return false
		}
	}
	return true
}

// flush ends a row of amounts, whose unit must be told from what stands before.
func (r *Reader) flush() {
	for _, l := range r.chain {
		f := &r.facts[l.fact]
		if f.Unit != "" {
			continue
		}
		switch {
		case l.scale == "B" || l.scale == "M" && r.saidOne(l.end, "model", "models"):
			f.Unit = "parameters"
		case r.unit != "" && l.scale == "" && r.continues(l.end):
			f.Unit = r.unit
		case r.scored && l.scale == "" && f.Low != float64(int64(f.Low)):
			f.Unit = "score"
		}
	}
	r.chain = r.chain[:0]
}

// continues tells whether what stands behind a bare number shows that it counts the
// same as the one before: 29 languages, with 38 in the pipeline; 1000 each.
func (r *Reader) continues(end int) bool {
	return r.saidOne(end, "each", "in", "are", "were", "more", "others")
}

// speaksOfScores tells whether a sentence is about the results of tests.
func (r *Reader) speaksOfScores(at int) bool {
	for i := at; i < len(r.tokens) && (i == at || !r.tokens[i].sentence); i++ {
		if r.tokens[i].has(scoring) {
			return true
		}
	}
	return false
}
