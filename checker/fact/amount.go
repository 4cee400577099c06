package fact

import "github.com/bookcheck/bookcheck"

// An amount is a quantity that is being read, in tokens.
type amount struct {
	figure // its end is the token behind what was read

	start  int // the number, or the sign before it
	from   int // start, or the first token of what bounds it
	shown  int // the token behind what is quoted; a noun may stand too far off
	unit   string
	factor float64 // of the unit
	hard   bool    // the unit is one of measure, or money
	money  bool
	op     bookcheck.Op
	high   float64 // of a range
}

// amount reads the quantity that begins at a token, and returns the token to go on
// at, or at itself if there is none.
func (r *Reader) amount(at int) int {
	if r.at(at).has(multiple) {
		a := amount{figure: figure{value: r.at(at).entry.value, end: at + 1}, from: at, shown: at + 1, unit: "ratio", factor: 1, hard: true, op: bookcheck.Exactly}
		r.keep(&a)
		return at + 1
	}
	a, first, ok := r.bare(at)
	if !ok || r.isInWord(first, &a) {
		return at
	}
	digits := a.end
	r.behind(&a)
	switch {
	case r.isLabel(first, &a):
		return digits
	case r.isOutOf(first):
		return a.end // they are no five adults
	case r.said(a.end, "ago"): // a day, though nobody knows which
		return a.end
	case a.spelled && !r.counts(&a):
		return at
	}
	r.negate(first, &a)
	r.bound(&a)
	r.rangeTo(&a)
	r.keep(&a)
	if a.shown < a.end {
		return digits // names may stand before the noun, and 80GB before GPUs
	}
	return a.end
}

// bare reads a figure and the sign before it, and returns the token of the figure.
func (r *Reader) bare(at int) (a amount, first int, ok bool) {
	a = amount{start: at, from: at, factor: 1, op: bookcheck.Exactly}
	first = r.sign(at, &a)
	a.figure, ok = r.figure(first, a.money)
	return a, first, ok
}

// behind reads what stands behind a figure: a plus or "or more", and its unit.
func (r *Reader) behind(a *amount) {
	if r.at(a.end).is('+') && r.at(a.end).glued && r.at(a.end+1).kind != number {
		a.op = bookcheck.AtLeast
		a.end++
	} else if op := r.boundBehind(a.end); op != "" {
		a.op = op
		a.end += 2
	}
	a.shown = a.end
	if far := r.unitBehind(a); !far {
		a.shown = a.end
	}
}

// isInWord tells whether the number at a token is a part of a word, an address or
// the like: GPT-4, H100, 4o, 10:30, 1/3.
func (r *Reader) isInWord(at int, a *amount) bool {
	tok, before, next := r.at(at), r.at(at-1), r.at(a.end)
	if tok.kind != number || a.money {
		return false
	}
	if tok.glued && before.kind != mark {
		return true
	}
	if tok.glued {
		switch before.rune {
		case '-':
			if before.glued {
				return true
			}
		case '.', '_', '/', ':', '#', '@', '=', '\'', '\\', '§', '^', '&':
			return true
		case '[': // a note
			if next.is(']') || next.is(',') || next.is('-') {
				return true
			}
		}
	}
	if !next.glued {
		return false
	}
	switch next.kind {
	case word:
		if r.at(a.end+1).glued && r.at(a.end+1).kind == number {
			return true
		}
		_, isUnit := symbols[r.bytes(a.end)]
		return !isUnit && !next.has(measure|counted|currency) || r.isPlural(at, a.end)
	case number, opaque:
		return true
	default:
		follows := r.at(a.end+1).glued && r.at(a.end+1).kind != mark
		return follows && (next.is('_') || next.is(':') || next.is('/') || next.is('@') || next.is('.'))
	}
}

// isPlural tells whether a number with an s behind it is many such: the 80s, 100s of.
func (r *Reader) isPlural(at, end int) bool {
	return r.bytes(end) == "s" && (r.said(at-1, "the") || r.said(end+1, "of"))
}

// isLabel tells whether a number numbers or names something: Figure 3, Claude 2,
// 5 pm, 18 July. What has a unit of measure does not.
func (r *Reader) isLabel(at int, a *amount) bool {
	tok, before := r.at(at), r.at(at-1)
	if before.is('.') && before.glued && r.at(at-2).has(numbering) {
		before = r.at(at - 2)
	}
	switch {
	case tok.kind != number || a.hard || a.scaled:
		return false
	case r.isHour(a.end), r.at(a.end).has(month) && r.at(a.end).capital, before.has(month) && before.capital:
		return true
	case r.said(at-1, "top"):
		return true
	case before.has(numbering):
		return a.unit == "" || before.capital && !before.sentence || before != r.at(at-1)
	case r.namesBefore(at, a):
		return true
	case a.unit != "":
		return false
	case before.is('(') && r.at(a.end).is(')') && tok.plain && tok.value < 100, tok.sentence && (r.at(a.end).is('.') || r.at(a.end).is(')')):
		return true // the items of a list
	}
	return false
}

// isOutOf tells whether the number at a token is what another one is a share of: one in
// five adults, 1 in 10.
func (r *Reader) isOutOf(at int) bool {
	part := r.at(at - 2)
	return r.said(at-1, "in") && !r.at(at-1).capital && (part.has(numeral) || part.kind == number && part.value < r.at(at).value)
}

// isHour tells whether am or pm stands at a token, in one of its forms.
func (r *Reader) isHour(i int) bool {
	return r.saidOne(i, "am", "pm") || r.saidOne(i, "a", "p") && r.at(i+1).is('.') && r.said(i+2, "m")
}

// namesBefore tells whether the word before a number makes a name of both: Claude 2,
// Go 1.20, an RTX 4090 GPU. Large numbers are counts, unless of a single thing, and a
// word that only begins a sentence takes no large number.
func (r *Reader) namesBefore(at int, a *amount) bool {
	tok, before := r.at(at), r.at(at-1)
	if before.kind != word || !before.capital || tok.glued || before.entry.role&(function|month|operator|weekday) != 0 {
		return false
	}
	if before.sentence {
		text := r.bytes(at - 1)
		return tok.value < 10 && !isPlural(text) && !hasSuffix(text, "ing") && !hasSuffix(text, "ed")
	}
	return tok.value < 100 || tok.plain && r.isSingle(a)
}

// isSingle tells whether the unit of an amount is one thing: the GPU of 4090 GPU.
func (r *Reader) isSingle(a *amount) bool {
	return a.unit != "" && !isPlural(r.bytes(a.end-1)) && !r.at(a.end-1).has(countless)
}

func hasSuffix(text, suffix string) bool {
	return len(text) > len(suffix) && text[len(text)-len(suffix):] == suffix
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
		return a.value != 1 || a.hard
	}
}

// negate takes the minus before a number.
func (r *Reader) negate(at int, a *amount) {
	minus := r.at(at - 1)
	if !minus.is('-') || minus.glued || !r.at(at).glued {
		return
	}
	if text := r.bytes(at - 1); text == "-" || text == "−" {
		a.start, a.value = a.start-1, -a.value
	}
}

// keep adds an amount to the facts, and gives its unit to those before it that have
// none.
func (r *Reader) keep(a *amount) {
	if !r.joins(r.rowEnd, a.from) {
		r.flush()
	}
	low := a.value * a.factor
	f := bookcheck.Fact{Kind: bookcheck.Amount, Op: a.op, Low: low, High: low, Unit: a.unit}
	if a.op == bookcheck.Between {
		f.High = a.high
	}
	r.row = append(r.row, member{fact: len(r.facts), scale: a.scale, scaled: a.scaled, start: a.from, end: a.end})
	r.rowEnd = a.end
	r.add(f, a.from, a.shown)
	if a.unit == "" {
		return
	}
	for _, m := range r.row {
		if a.unit == "ratio" && m.scale != "" {
			continue // 16K, four times that of another
		}
		if before := &r.facts[m.fact]; before.Unit == "" {
			factor := a.factor
			if a.times >= 1e6 && a.scale == "" && !m.scaled && before.High < 1000 && r.saidOne(m.end, "and", "or") {
				factor *= a.times // 8 and 70 billion
			}
			before.Unit, before.Low, before.High = a.unit, before.Low*factor, before.High*factor
		}
	}
	r.flush()
	if !a.hard {
		r.unit = a.unit
	}
}

// A member is an amount in a row of such: 40B, 7.5B and 1.3B parameters.
type member struct {
	fact   int    // its place among the facts
	scale  string // what is written onto its digits
	scaled bool   // something multiplies it
	start  int    // its first token
	end    int    // the token behind it
}

// joins tells whether what stands between two tokens lets the unit behind the second
// be that of what ends at the first: 60,000 and 10,000 images, 30 of 32 tests.
func (r *Reader) joins(end, from int) bool {
	if len(r.row) == 0 || from <= end || from-end > 2 {
		return false
	}
	for i := end; i < from; i++ {
		tok := r.at(i)
		if tok.sentence || !tok.is(',') && !tok.is('/') && !tok.is('-') && !tok.is('>') && !tok.has(joining) {
			return false
		}
	}
	return true
}

// flush ends a row of amounts. Where no unit stands behind it, what stands before or
// around may tell.
func (r *Reader) flush() {
	for _, m := range r.row {
		f := &r.facts[m.fact]
		switch {
		case f.Unit != "":
		case m.scale == "B":
			f.Unit = "parameters"
		case (m.scale == "K" || m.scale == "k") && r.speaksOfContext(m.start):
			f.Unit = "tokens"
		case r.unit != "" && m.scale == "" && r.saidOne(m.end, "each", "in", "are", "were", "more", "others"):
			f.Unit = r.unit // 29 languages, with 38 in the pipeline; 1000 each
		case r.unit != "" && m.scale == "" && r.said(m.end, "for") && r.said(m.start-1, "and"):
			f.Unit = r.unit // 25,000 reviews for training and 25,000 for testing
		case r.scored && m.scale == "" && f.Low != float64(int64(f.Low)):
			f.Unit = "score"
		}
	}
	r.row = r.row[:0]
}

// speaksOfContext tells whether the number at a token is how much a model can read: a
// context size of 16K, a sequence length of 2k.
func (r *Reader) speaksOfContext(at int) bool {
	const near = 6
	for i := at - 1; i >= max(0, at-near) && !r.at(i+1).sentence; i-- {
		if r.said(i, "context") || r.said(i, "sequence") && r.said(i+1, "length") {
			return true
		}
	}
	return false
}

// speaksOfScores tells whether the sentence that begins at a token is about the
// results of tests.
func (r *Reader) speaksOfScores(at int) bool {
	for i := at; i < len(r.tokens) && (i == at || !r.tokens[i].sentence); i++ {
		if r.tokens[i].has(scoring) {
			return true
		}
	}
	return false
}
