package fact

import "strings"

// sign reads the currency before a number, $, \$, US$ or USD, and returns the token
// behind it, or at if there is none.
func (r *Reader) sign(at int, a *amount) int {
	i := at
	if r.at(i).is('\\') {
		i++
	}
	tok, unit := r.at(i), ""
	switch {
	case tok.kind == mark:
		unit = signs[tok.rune]
	case tok.has(dollar) && r.at(i+1).is('$') && r.at(i+1).glued:
		unit = tok.entry.unit
		i++
	case tok.has(currency) && tok.end-tok.start == 3 && r.bytes(i) == strings.ToUpper(r.bytes(i)):
		unit = tok.entry.unit
	}
	if unit == "" || r.at(i+1).kind != number && !r.at(i+1).has(numeral) {
		return at
	}
	a.unit, a.money, a.hard = unit, true, true
	return i + 1
}

// unitBehind reads the unit behind a figure, and tells whether more words than one
// stand before it.
func (r *Reader) unitBehind(a *amount) (far bool) {
	tok := r.at(a.end)
	switch {
	case a.money:
		if tok.has(currency) && tok.entry.unit == a.unit { // $20 USD
			a.end++
		}
		return false
	case tok.is('%'):
		r.take(a, 1, "percent", 1)
	case tok.is('×') && tok.glued && r.at(a.end+1).kind != number:
		return r.timesOrCount(a)
	case tok.is('°'):
		n := 1
		if r.at(a.end+1).glued && r.saidOne(a.end+1, "C", "F") {
			n = 2
		}
		r.take(a, n, "degrees", 1)
	case tok.is('-') && tok.glued && r.at(a.end+1).glued:
		a.end++
		if !r.nounAt(a, a.end, true) {
			a.end--
		}
	case tok.kind == mark && signs[tok.rune] != "" && r.at(a.end+1).kind != number:
		r.take(a, 1, signs[tok.rune], 1)
		a.money = true
	case tok.kind == number && !tok.glued && a.scale == "":
		far = r.noun(a) // 8 80GB GPUs
	case tok.kind == word:
		if tok.glued && (r.bytes(a.end) == "x" || r.bytes(a.end) == "X") {
			return r.timesOrCount(a)
		}
		if !r.measure(a) {
			far = r.noun(a)
		}
	}
	if a.unit == "" && r.said(a.end-2, "of") && r.said(a.end-3, "factor") {
		a.unit, a.hard = "ratio", true
	}
	r.power(a)
	r.rate(a)
	switch {
	case a.scale == "B" && (a.unit == "versions" || a.unit == "variants" || a.unit == "sizes"), a.scale != "" && a.unit == "models": // a 7B model
		a.unit, a.hard, a.end = "parameters", true, a.shown
	}
	return far
}

// take takes the next n tokens as a unit of measure.
func (r *Reader) take(a *amount, n int, unit string, factor float64) {
	a.unit, a.factor, a.hard, a.end = unit, factor, true, a.end+n
}

// timesOrCount reads what stands behind 8x: nothing, so that it is a ratio, or the
// name of what there are eight of: 8x A100 GPUs.
func (r *Reader) timesOrCount(a *amount) (far bool) {
	next := r.at(a.end + 1)
	if next.kind == number && next.glued {
		a.end++
		return false // 224x224
	}
	if next.kind == word && (next.glued || next.capital && r.at(a.end+2).glued && r.at(a.end+2).kind == number) {
		a.end++
		return r.noun(a)
	}
	r.take(a, 1, "ratio", 1)
	return false
}

// measure reads a unit whose name is known: GB, percentage points, dollars.
func (r *Reader) measure(a *amount) bool {
	tok := r.at(a.end)
	if tok.glued || tok.end-tok.start > 1 || tok.capital || r.bytes(a.end) == "s" {
		if s, ok := symbols[r.bytes(a.end)]; ok && (tok.glued || !tok.has(function) && r.parted(a.end)) {
			r.take(a, 1, s.unit, s.factor)
			return true
		}
	}
	switch exponent, _ := r.exponent(a.end + 1); {
	case exponent > 0 && r.bytes(a.end) == "m":
		r.take(a, 1, "meters", 1)
	case r.said(a.end, "percentage") && r.saidOne(a.end+1, "points", "point"):
		r.take(a, 2, "percentage points", 1)
	case r.said(a.end, "basis") && r.saidOne(a.end+1, "points", "point"):
		r.take(a, 2, "basis points", 1)
	case r.said(a.end, "per") && r.said(a.end+1, "cent"):
		r.take(a, 2, "percent", 1)
	case tok.has(currency):
		r.take(a, 1, tok.entry.unit, tok.entry.value)
		a.money = true
	case tok.has(dollar) && r.saidOne(a.end+1, "dollars", "dollar"):
		r.take(a, 2, tok.entry.unit, 1)
		a.money = true
	default:
		return false
	}
	return true
}

// parted tells whether a symbol may be parted from its number by a space: a single
// letter seldom is.
func (r *Reader) parted(i int) bool {
	text := r.bytes(i)
	return len(text) > 1 || text == "s" || text == "W" || text == "V"
}

// noun reads the noun that is counted, at once or behind some words that describe
// it: 5197 questions, 700 million monthly active users. It tells whether more than
// one such word stands before it.
func (r *Reader) noun(a *amount) (far bool) {
	const most = 4
	for i, seen := a.end, 0; seen < most; seen++ {
		tok, end := r.at(i), r.compound(i)
		last := r.at(end - 1)
		switch {
		case tok.sentence || tok.kind == mark || last.kind == mark:
			return false
		case tok.kind == number:
			if seen > 0 || last.kind != word || last.has(month) {
				return false
			}
		case end == i+1:
			if r.isEnergy(i, i+2) {
				r.take(a, i+2-a.end, "watt-hours", tok.entry.value)
				return false
			}
			if tok.has(function) && !tok.has(counted|measure) && (!r.saidOne(i, "known", "new", "other") || !r.isPluralNoun(i+1)) {
				return false // 95 known moons
			}
			if r.nounAt(a, i, seen == 0) {
				return seen > 1
			}
		case r.isEnergy(i, end):
			r.take(a, end-a.end, "watt-hours", tok.entry.value)
			return false
		case r.isThing(end):
			a.unit, a.end = strings.ToLower(r.text[tok.start:last.end]), end // data-points, A100s
			return seen > 0
		}
		i = end
	}
	return false
}

// isEnergy tells whether the words from a token to another are watts times hours:
// megawatt-hours, kilowatt hours.
func (r *Reader) isEnergy(i, end int) bool {
	return r.at(i).has(measure) && r.at(i).entry.unit == "watts" && end > i+1 && r.saidOne(end-1, "hours", "hour")
}

// isThing tells whether the compound that ends at a token is what is counted and not
// what describes it: in the plural, with no noun in the plural behind it.
func (r *Reader) isThing(end int) bool {
	next := r.at(end)
	return (r.isPluralNoun(end-1) || r.bytes(end-1) == "s") && !r.isPluralNoun(end) && !next.has(counted|measure)
}

// compound returns the token behind a word that may be made of several:
// instruction-following, A100, 80GB.
func (r *Reader) compound(i int) int {
	end := i + 1
	for {
		tok := r.at(end)
		switch {
		case !tok.glued || end >= len(r.tokens):
			return end
		case tok.kind == word || tok.kind == number:
			end++
		case tok.is('-') && r.at(end+1).glued && r.at(end+1).kind != mark:
			end += 2
		default:
			return end
		}
	}
}

// nounAt takes the noun at a token as the unit, if it is one: in the plural, or known
// and next to the number.
func (r *Reader) nounAt(a *amount, i int, near bool) bool {
	tok := r.at(i)
	switch {
	case tok.has(counted | measure):
		if !isPlural(r.bytes(i)) && !tok.has(countless) && (!near || !tok.glued && r.isPluralNoun(i+1) && a.scale == "") {
			return false
		}
		a.unit, a.factor, a.hard = tok.entry.unit, tok.entry.value, tok.has(measure)
		if before := r.at(i - 1); i > a.end && a.unit == "seconds" && before.kind == word && before.capital {
			a.unit, a.factor = strings.ToLower(r.bytes(i-1)+"-"+r.bytes(i)), 1 // GPU hours
		}
		if a.unit == "operations" && r.said(i-1, "point") && r.said(i-3, "floating") {
			a.unit, a.hard = "flops", true
		}
	case tok.has(currency): // five-dollar, Chinese yuan
		a.unit, a.factor, a.hard, a.money = tok.entry.unit, tok.entry.value, true, true
	case tok.has(countless), r.isPluralNoun(i):
		a.unit = strings.ToLower(r.bytes(i))
	default:
		return false
	}
	a.end = i + 1
	return true
}

// isPluralNoun tells whether a token looks like several things. A name does not.
func (r *Reader) isPluralNoun(i int) bool {
	tok := r.at(i)
	if tok.kind != word || tok.sentence || tok.has(function) {
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
	for i := range len(text) - 1 {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return true
}

// power reads what makes of a length an area or a volume: km², square miles, m^3.
func (r *Reader) power(a *amount) {
	switch a.unit {
	case "meters", "feet", "miles", "inches":
	default:
		return
	}
	exponent, n := r.exponent(a.end)
	switch {
	case exponent == 2, r.saidOne(a.end-2, "square", "sq"):
		a.unit, a.factor = "square "+a.unit, a.factor*a.factor
	case exponent == 3, r.said(a.end-2, "cubic"):
		a.unit, a.factor = "cubic "+a.unit, a.factor*a.factor*a.factor
	}
	a.end += n
}

// exponent returns the power that stands at a token, 2 or 3, and of how many tokens it
// is; 0: there is none.
func (r *Reader) exponent(at int) (power, tokens int) {
	digit := at
	if r.at(at).is('^') {
		digit++
	}
	if !r.at(at).glued || !r.at(digit).glued {
		return 0, 0
	}
	switch r.bytes(digit) {
	case "2", "²":
		return 2, digit + 1 - at
	case "3", "³":
		return 3, digit + 1 - at
	}
	return 0, 0
}

// rate reads what makes of a unit a rate: GB/s, tokens per second. What something
// costs stays money, whatever it is paid for.
func (r *Reader) rate(a *amount) {
	switch {
	case a.unit == "" || a.money || a.unit == "percent" || a.unit == "flops" || a.unit == "ratio":
	case r.at(a.end).is('/') && r.at(a.end).glued && r.saidOne(a.end+1, "s", "sec", "second"),
		r.said(a.end, "per") && r.saidOne(a.end+1, "second", "sec"):
		a.unit += "/s"
		a.end += 2
	case a.unit != "meters" && a.unit != "miles":
	case r.at(a.end).is('/') && r.at(a.end).glued && r.saidOne(a.end+1, "h", "hr"), r.said(a.end, "per") && r.said(a.end+1, "hour"),
		r.said(a.end, "an") && r.said(a.end+1, "hour"):
		if a.unit == "miles" {
			a.factor *= metersInMile
		}
		a.unit, a.factor = "meters/s", a.factor/3600
		a.end += 2
	}
}

const metersInMile = 1609.344
