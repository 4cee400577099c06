package fact

import "github.com/bookcheck/bookcheck"

// bound reads what bounds an amount, before its number or behind its unit: more
// than, up to, ~; or more.
func (r *Reader) bound(a *amount) {
	a.from = a.start
	if op, n := r.boundBefore(a.start, a.money); n > 0 {
		a.op, a.from = op, a.start-n
		if before, n := r.boundBefore(a.from, a.money); n > 0 && before == bookcheck.About {
			a.from -= n
		}
		return
	}
	if op := r.boundBehind(a.end); op != "" {
		a.op = op
		a.end += 2
		a.shown = a.end
	}
}

// boundBehind reads what bounds the number or the unit before a token, in two words:
// or more.
func (r *Reader) boundBehind(i int) bookcheck.Op {
	switch {
	case r.said(i, "and") && r.saidOne(i+1, "above", "up", "over", "higher"):
		return bookcheck.AtLeast
	case !r.said(i, "or"):
	case r.saidOne(i+1, "more", "higher", "above", "greater", "larger", "longer", "over"):
		return bookcheck.AtLeast
	case r.saidOne(i+1, "less", "fewer", "lower", "below", "under"):
		return bookcheck.AtMost
	case r.said(i+1, "so"):
		return bookcheck.About
	}
	return ""
}

// boundBefore reads what bounds the number at a token, and returns how many tokens
// it has.
func (r *Reader) boundBefore(at int, money bool) (bookcheck.Op, int) {
	last := r.at(at - 1)
	switch {
	case at == 0 || r.at(at).sentence && last.kind == word:
		return "", 0
	case last.kind == mark:
		return r.boundMark(at)
	case !last.has(operator):
		if money && r.saidOne(at-1, "from", "at") && r.saidOne(at-2, "starting", "starts", "start") {
			return bookcheck.AtLeast, 2
		}
		return "", 0
	case last.entry.op != bookcheck.Exactly:
		return last.entry.op, 1
	}
	before := at - 2
	switch {
	case r.said(at-1, "than"):
		return r.boundThan(before)
	case r.said(at-1, "least") && r.said(before, "at"), r.said(at-1, "as") && r.saidOne(before, "few", "little"):
		return bookcheck.AtLeast, 2
	case r.said(at-1, "most") && r.said(before, "at"), r.said(at-1, "to") && r.said(before, "up"):
		return bookcheck.AtMost, 2
	case r.said(at-1, "to") && r.said(before, "close"):
		return bookcheck.About, 2
	case r.said(at-1, "as") && r.saidOne(before, "many", "much", "high", "large", "long"):
		if r.said(before-1, "as") {
			return bookcheck.AtMost, 3
		}
		return bookcheck.AtMost, 2
	case r.said(at-1, "of"):
		return r.boundOf(before)
	}
	return "", 0
}

// boundMark reads signs: ~, ≥, <=, approx.
func (r *Reader) boundMark(at int) (bookcheck.Op, int) {
	last, before := r.at(at-1), r.at(at-2)
	switch {
	case last.is('~'), last.is('±'):
		return bookcheck.About, 1
	case last.is('≥'), last.is('=') && before.is('>') && last.glued:
		return bookcheck.AtLeast, 1 + width(last.is('='))
	case last.is('≤'), last.is('=') && before.is('<') && last.glued:
		return bookcheck.AtMost, 1 + width(last.is('='))
	case last.is('>') && (!last.glued || !before.is('-') && !before.is('=') && !before.is('>')):
		return bookcheck.Over, 1
	case last.is('<') && !before.is('<'):
		return bookcheck.Under, 1
	case last.is('.') && last.glued && r.saidOne(at-2, "approx", "ca", "c"):
		return bookcheck.About, 2
	}
	return "", 0
}

func width(two bool) int {
	if two {
		return 1
	}
	return 0
}

// boundThan reads what stands before "than": more, no less.
func (r *Reader) boundThan(i int) (bookcheck.Op, int) {
	none := r.said(i-1, "no") || r.said(i-1, "not")
	switch {
	case r.saidOne(i, "more", "greater", "larger", "higher", "bigger", "longer", "better", "older", "faster"):
		if none {
			return bookcheck.AtMost, 3
		}
		return bookcheck.Over, 2
	case r.saidOne(i, "less", "fewer", "lower", "smaller", "shorter", "younger"):
		if none {
			return bookcheck.AtLeast, 3
		}
		return bookcheck.Under, 2
	}
	return "", 0
}

// boundOf reads what stands before "of": upwards, in excess, a maximum.
func (r *Reader) boundOf(i int) (bookcheck.Op, int) {
	switch {
	case r.saidOne(i, "upwards", "upward"):
		return bookcheck.Over, 2
	case r.said(i, "excess") && r.said(i-1, "in"):
		return bookcheck.Over, 3
	case r.saidOne(i, "maximum", "limit"):
		return bookcheck.AtMost, 2
	case r.said(i, "minimum"):
		return bookcheck.AtLeast, 2
	}
	return "", 0
}

// rangeTo reads the second number of a range: 55-60%, between 3 and 4, one to two
// years. What goes from one value to another has two.
func (r *Reader) rangeTo(a *amount) {
	between, i := r.said(a.from-1, "between"), a.end
	switch {
	case r.at(i).is('-') && r.at(i).glued == r.at(i+1).glued:
	case r.said(i, "to") && !r.said(a.from-1, "from"),
		r.said(i, "to") && r.saidOne(a.from-2, "ranging", "ranges", "range", "ranged", "vary", "varies", "varying", "anywhere"),
		r.said(i, "and") && between:
	default:
		return
	}
	b, first, ok := r.bare(i + 1)
	if !ok || r.at(i+1).sentence || r.at(first).kind == number && a.spelled {
		return
	}
	r.behind(&b)
	if !r.spans(a, &b) {
		return
	}
	a.high, a.op = b.value*b.factor, bookcheck.Between
	a.unit, a.money, a.hard, a.scale = b.unit, a.money || b.money, b.hard, b.scale
	a.end, a.shown = b.end, b.shown
	if between {
		a.from--
	}
}

// spans tells whether two numbers are the ends of one range, and brings the first one
// to the scale of the second: 10-20k. Millions and billions are the ends of none.
func (r *Reader) spans(a, b *amount) bool {
	if a.money && b.unit == "" {
		b.unit, b.money, b.hard = a.unit, true, true
	}
	if a.unit != "" && a.unit != b.unit {
		return false
	}
	low, factor := a.value, a.factor
	if a.unit == "" {
		factor = b.factor
	}
	if b.times > 1 && a.times == 1 && a.value < 1000 && (a.unit == "" || a.money) {
		low *= b.times
	}
	if low*factor >= b.value*b.factor || a.times > 1 && a.times != b.times {
		return false
	}
	a.value, a.factor = low, factor
	return true
}
