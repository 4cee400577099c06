package fact

import "math"

// A figure is a number, however it is written, without its unit.
type figure struct {
	value   float64
	end     int    // the token behind it
	scale   string // what is written onto its digits: k, B; "" if nothing is
	scaled  bool   // by a scale, or by a word such as million
	spelled bool   // in words alone
}

// figure reads the number that begins at a token.
func (r *Reader) figure(at int, money bool) (figure, bool) {
	switch tok := r.at(at); {
	case tok.kind == number:
		return r.digits(at, money)
	case tok.has(numeral | multiplier):
		return r.spelled(at)
	case r.said(at, "half") || r.said(at, "quarter"):
		return r.part(at)
	case r.said(at, "a") && (r.said(at+1, "half") || r.said(at+1, "quarter")):
		return r.part(at + 1)
	case (r.said(at, "a") || r.said(at, "an")) && r.at(at+1).has(multiplier):
		return r.spelled(at)
	}
	return figure{}, false
}

// digits reads a number in digits with what scales it: 1,400; 40 000 images; 1.4T;
// 1.3 x 10^6; 2 hundred thousand.
func (r *Reader) digits(at int, money bool) (figure, bool) {
	f := figure{value: r.at(at).value, end: at + 1}
	if r.isShort(at) {
		for end := at + 1; ; end++ {
			if !r.isThree(end) {
				if tok := r.at(end); end > at+1 && (tok.kind == word && !tok.glued || money) {
					r.group(&f, at, end)
				}
				break
			}
		}
	}
	if exponent, end := r.powerOfTen(f.end); end > f.end {
		f.value *= math.Pow(10, exponent)
		f.end = end
		return f, true
	}
	if tok := r.at(f.end); tok.kind == word && (tok.glued || money) {
		text := r.bytes(f.end)
		scale, ok := scales[text]
		if !ok && money {
			scale, ok = smallScales[text]
		}
		if ok {
			f.value, f.scale, f.scaled = f.value*scale, text, true
			f.end++
			return f, true
		}
	}
	r.multiply(&f)
	return f, true
}

// isShort tells whether a token is a number that may begin one with its thousands
// set apart, and isThree, whether one is three digits behind a space.
func (r *Reader) isShort(i int) bool {
	tok := r.at(i)
	return tok.kind == number && tok.plain && tok.end-tok.start <= 3 && r.at(i-1).kind != number
}

func (r *Reader) isThree(i int) bool {
	tok := r.at(i)
	return tok.kind == number && tok.plain && tok.end-tok.start == 3 && !tok.glued && tok.start-r.at(i-1).end == 1
}

// group makes one number of those from one token to another.
func (r *Reader) group(f *figure, from, to int) {
	for i := from + 1; i < to; i++ {
		f.value = f.value*1000 + r.at(i).value
	}
	f.end = to
}

// powerOfTen reads × 10^6 and returns its exponent and the token behind it, which is
// i if it does not stand there.
func (r *Reader) powerOfTen(i int) (exponent float64, end int) {
	if !r.at(i).is('×') && !r.said(i, "x") || r.bytes(i+1) != "10" || !r.at(i+2).is('^') {
		return 0, i
	}
	sign, end := 1., i+3
	if r.at(end).is('-') {
		sign, end = -1, end+1
	}
	if tok := r.at(end); tok.kind != number || !tok.plain || tok.value > 300 {
		return 0, i
	}
	return sign * r.at(end).value, end + 1
}

// multiply takes the words behind a number that scale it, with a hyphen or not.
func (r *Reader) multiply(f *figure) {
	for {
		next := f.end
		if r.at(next).is('-') && r.glued(next) && r.glued(next+1) {
			next++
		}
		if !r.at(next).has(multiplier) {
			return
		}
		f.value *= r.at(next).entry.value
		f.end, f.scaled = next+1, true
	}
}

// part reads half a million and a quarter of a million from its first word on.
func (r *Reader) part(at int) (figure, bool) {
	value, end := .5, at+1
	if r.said(at, "quarter") {
		value = .25
	}
	if r.said(end, "of") {
		end++
	}
	if r.said(end, "a") {
		end++
	}
	if !r.at(end).has(multiplier) {
		return figure{}, false
	}
	f := figure{value: value, end: end, spelled: true}
	r.multiply(&f)
	return f, true
}

// spelled reads a number in words: twenty-five, two hundred and ten, two and a half
// million. A multiplier alone is one where a rate says so: per million.
func (r *Reader) spelled(at int) (figure, bool) {
	var sum, current float64
	f := figure{spelled: true}
	i, last := at, math.Inf(1)
	switch {
	case r.said(at, "a") || r.said(at, "an"):
		i++
		current = 1
	case r.at(at).has(multiplier):
		if !r.saidOne(at-1, "per", "every", "each") {
			return figure{}, false
		}
		current = 1
	}
	for ; ; i++ {
		tok := r.at(i)
		if tok.is('-') && i > at && tok.glued && r.glued(i+1) && r.at(i+1).has(numeral|multiplier) {
			i++
			tok = r.at(i)
		}
		switch {
		case tok.has(numeral) && fits(current, tok.entry.value) && (i == at || !r.at(i-1).has(numeral) || current > 0):
			current += tok.entry.value
		case tok.has(multiplier) && tok.entry.value <= 100 && i > at-1 && current > 0:
			current *= tok.entry.value
			f.scaled = true
		case tok.has(multiplier) && tok.entry.value < last && current > 0:
			last = tok.entry.value
			sum, current, f.scaled = sum+current*last, 0, true
		case r.said(i, "and") && i > at && r.said(i+1, "a") && r.said(i+2, "half"):
			current += .5
			i += 2
		case r.said(i, "and") && f.scaled && r.at(i+1).has(numeral) && fits(current, r.at(i+1).entry.value):
		default:
			f.value, f.end = sum+current, i
			return f, i > at
		}
	}
}

// fits tells whether a numeral may follow those that came to current: five after
// twenty, seventy after two hundred.
func fits(current, value float64) bool {
	switch {
	case current == 0:
		return true
	case math.Mod(current, 100) == 0:
		return value < 100
	default:
		return math.Mod(current, 10) == 0 && math.Mod(current, 100) >= 20 && value < 10
	}
}
