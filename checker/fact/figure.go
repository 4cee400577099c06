package fact

import "math"

// A figure is a number, however it is written, without its unit.
type figure struct {
	value   float64
	end     int     // the token behind it
	scale   string  // what is written onto its digits: k, B; "" if nothing is
	times   float64 // what multiplies it: a million; 1: nothing does
	scaled  bool    // something does, or its words say hundred
	spelled bool    // in words alone
}

// figure reads the number that begins at a token.
func (r *Reader) figure(at int, money bool) (figure, bool) {
	switch tok := r.at(at); {
	case tok.kind == number:
		return r.digits(at, money), true
	case tok.kind != word || tok.entry == &unknown:
		return figure{}, false
	case tok.has(numeral | multiplier):
		return r.spelled(at)
	case tok.has(partial):
		return r.part(at)
	case !r.saidOne(at, "a", "an"):
		return figure{}, false
	case r.at(at + 1).has(partial):
		return r.part(at + 1)
	case r.at(at + 1).has(multiplier):
		return r.spelled(at)
	}
	return figure{}, false
}

// digits reads a number in digits with what multiplies it: 1,400; 40 000 images;
// 1.4T; 1.3 x 10^6; 2 hundred thousand.
func (r *Reader) digits(at int, money bool) figure {
	f := figure{value: r.at(at).value, end: at + 1, times: 1}
	r.group(&f, at, money)
	if exponent, end := r.powerOfTen(f.end); end > f.end {
		f.value, f.end = f.value*math.Pow(10, exponent), end
		return f
	}
	if tok := r.at(f.end); tok.kind == word && (tok.glued || money) {
		text := r.bytes(f.end)
		times, ok := scales[text]
		if !ok && money {
			times, ok = moneyScales[text]
		}
		if ok {
			f.value, f.scale, f.times, f.scaled = f.value*times, text, times, true
			f.end++
			return f
		}
	}
	r.multiply(&f)
	return f
}

// group takes the thousands of a number that are parted by spaces, where a noun
// behind them or a currency before them shows that it is one number.
func (r *Reader) group(f *figure, at int, money bool) {
	if tok := r.at(at); !tok.plain || tok.end-tok.start > 3 || r.at(at-1).kind == number && !tok.glued {
		return
	}
	value, end := f.value, f.end
	for r.at(end).plain && r.at(end).end-r.at(end).start == 3 && r.at(end).start-r.at(end-1).end == 1 {
		value = value*1000 + r.at(end).value
		end++
	}
	if next := r.at(end); end > f.end && (money || next.is('%') || next.kind == word && !next.glued && !next.sentence) {
		f.value, f.end = value, end
	}
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

// multiply takes the words behind a number that multiply it, with a hyphen or not.
func (r *Reader) multiply(f *figure) {
	for {
		next := f.end
		if r.at(next).is('-') && r.at(next).glued && r.at(next+1).glued {
			next++
		}
		tok := r.at(next)
		if f.times > 1 && next == f.end && r.saidAll(next, "and", "a", "half") {
			f.value, f.end = f.value+f.times/2, next+3 // three million and a half
			return
		}
		if !tok.has(multiplier) || tok.sentence {
			return
		}
		f.value, f.times = f.value*tok.entry.value, f.times*tok.entry.value
		f.end, f.scaled = next+1, true
	}
}

// part reads half a million and a quarter of a million, from half on.
func (r *Reader) part(at int) (figure, bool) {
	f := figure{value: .5, end: at + 1, times: 1, spelled: true}
	if r.said(at, "quarter") {
		f.value = .25
	}
	if r.said(f.end, "of") {
		f.end++
	}
	if r.said(f.end, "a") {
		f.end++
	}
	r.multiply(&f)
	return f, f.scaled
}

// spelled reads a number in words: twenty-five, two hundred and ten, two and a half
// million. A million alone is one where a rate says so: per million.
func (r *Reader) spelled(at int) (figure, bool) {
	f := figure{times: 1, spelled: true}
	var sum, current float64
	i := at
	switch {
	case r.saidOne(at, "a", "an"):
		i, current = at+1, 1
	case !r.at(at).has(multiplier):
	case r.saidOne(at-1, "per", "every", "each"):
		current = 1
	default:
		return f, false
	}
	for last := math.Inf(1); ; i++ {
		tok := r.at(i)
		if tok.is('-') && i > at && tok.glued && r.at(i+1).glued && r.at(i+1).has(numeral|multiplier) {
			i++
			tok = r.at(i)
		}
		switch {
		case tok.sentence && i > at:
		case tok.has(numeral) && (i == at || fits(current, tok.entry.value) && (f.scaled || current > 0)):
			current += tok.entry.value
			continue
		case tok.has(multiplier) && tok.entry.value <= 100 && current > 0:
			current, f.scaled = current*tok.entry.value, true
			continue
		case tok.has(multiplier) && tok.entry.value < last && current > 0:
			last = tok.entry.value
			sum, current = sum+current*last, 0
			f.times, f.scaled = max(f.times, last), true
			continue
		case i == at || !r.said(i, "and"):
		case r.said(i+1, "a") && r.said(i+2, "half"):
			if current == 0 { // one million and a half
				sum += last / 2
			} else {
				current += .5
			}
			i += 2
			continue
		case f.scaled && r.at(i+1).has(numeral) && fits(current, r.at(i+1).entry.value):
			continue
		}
		f.value, f.end = sum+current, i
		return f, i > at && f.value > 0 || i == at+1
	}
}

// fits tells whether a numeral may follow those that came to current: five follows
// twenty, seventy follows two hundred.
func fits(current, value float64) bool {
	switch {
	case current == 0:
		return true
	case math.Mod(current, 100) == 0:
		return value < 100
	default:
		return value > 0 && value < 10 && math.Mod(current, 10) == 0 && math.Mod(current, 100) >= 20
	}
}
