package badarithmetic

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// odd are words of sentences in which numbers are not what they look like.
var odd = wordSet(`mod modulo binary hex hexadecimal octal xor base wrong incorrect incorrectly mistake mistaken false joke not never isn't doesn't overflow overflows
	string strings concatenate concatenation concatenates float floating-point precision rounding bits big-endian little-endian pretend suppose imagine if instead supposedly claim
	claims claimed should sarcasm fuzzy paradox`)

// equation finds a sum, difference, product or quotient that is written out and wrong:
// 12 + 30 = 45.
func equation(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		if s.is(i, "=") {
			if found, ok := s.equationAt(i); ok && !s.says(odd) {
				return found, true
			}
		}
	}
	return flaw{}, false
}

func (s *sentence) equationAt(equals int) (flaw, bool) {
	result := equals + 1
	end, unit := s.operandFrom(result)
	if end == result || s.is(end, "+", "-", "−", "*", "×", "/", "÷", "=", "^", "%", "x", "·", "(", ":", "$", object) {
		return flaw{}, false
	}
	operands := s.operandsBefore(equals, unit)
	if len(operands) < 2 || !s.startsAt(operands[0]) || unit == "" && s.trivial(operands[0], result) {
		return flaw{}, false
	}
	sum, ok := s.reckon(operands)
	slack := 0.0
	if !adding[s.at(operands[1]-1).word] {
		slack = rounded
	}
	if !ok || s.mixed(append(operands, result)) || sum.meets(s.at(result).reach(), slack) {
		return flaw{}, false
	}
	is := text((sum.low + sum.high) / 2)
	if sign := s.at(result).unit; currencies[sign] {
		is = sign + is
	}
	return flaw{
		from: operands[0], to: result + 1,
		message: fmt.Sprintf("%s is %s, not %s", s.written(operands[0], equals), is, s.written(result, result+1)),
	}, true
}

// operandsBefore returns the operands of the row that ends at a token, in order. Each
// may be followed by the unit of the result.
func (s *sentence) operandsBefore(end int, unit string) []int {
	var operands []int
	for i := end - 1; ; i -= 2 {
		if unit != "" && s.at(i).kind == plain && s.at(i).word == unit {
			i--
		}
		if !s.operand(i) {
			return nil
		}
		operands = append(operands, i)
		if !s.is(i-1, "+", "-", "–", "×", "*", "x", "/", "÷") {
			slices.Reverse(operands)
			return operands
		}
	}
}

// operandFrom returns where the operand ends that begins at a token, its unit included.
func (s *sentence) operandFrom(i int) (end int, unit string) {
	if !s.operand(i) {
		return i, ""
	}
	if next := s.at(i + 1); next.kind == plain && !stopwords[next.word] && s.at(i).unit == "" {
		return i + 2, next.word
	}
	return i + 1, ""
}

// rounded is by how much a product may be off: prices are given in round numbers.
const rounded = 0.03

// operand tells whether a plain number stands at an index.
func (s *sentence) operand(i int) bool {
	t := s.at(i)
	return t.kind == number && !t.ordinal && !t.spelled
}

// startsAt tells whether nothing goes before the first operand of an equation.
func (s *sentence) startsAt(i int) bool {
	before := s.at(i - 1)
	switch {
	case i == 0:
		return true
	case before.kind == plain:
		return s.at(i).spaced && len(before.word) > 1
	case before.word == "(": // no function's argument
		return i == 1 || s.at(i-2).kind == plain && before.spaced
	case before.kind == sign:
		return before.word == ":" || before.word == ","
	default:
		return false
	}
}

// trivial tells whether an equation is one that is played with: 2 + 2 = 5, 1 + 1 = 10.
func (s *sentence) trivial(from, result int) bool {
	small, binary := true, true
	for i := from; i <= result; i++ {
		if t := s.at(i); t.kind == number {
			small = small && t.value < 10
			binary = binary && strings.Trim(t.word, "01") == ""
		}
	}
	return small || binary
}

// adding are the operators of the lower rank.
var adding = wordSet("+ - –")

// reckon returns what a row of operands comes to. Operators of different rank are not
// mixed.
func (s *sentence) reckon(operands []int) (reach, bool) {
	sum := s.at(operands[0]).reach()
	rank := adding[s.at(operands[1]-1).word]
	for _, i := range operands[1:] {
		operator, t := s.at(i-1), s.at(i)
		if adding[operator.word] != rank || operator.spaced != t.spaced {
			return reach{}, false
		}
		switch operator.word {
		case "+":
			sum = sum.plus(t.reach())
		case "-", "–":
			sum = sum.minus(t.reach())
		case "/", "÷":
			if t.reach().low <= 0 {
				return reach{}, false
			}
			sum = sum.over(t.reach())
		default:
			sum = sum.times(t.reach())
		}
	}
	return sum, true
}

// mixed tells whether numbers have units that change in the reckoning, but for a
// currency, which one of two factors has.
func (s *sentence) mixed(numbers []int) bool {
	first, unit := s.at(numbers[0]).unit, ""
	for _, i := range numbers {
		switch u := s.at(i).unit; {
		case u == "":
		case unit == "":
			unit = u
		case u != unit:
			return true
		}
	}
	last := s.at(numbers[len(numbers)-1]).unit
	return unit != "" && (first != unit || last != unit) && !currencies[unit] || unit == "%" && !adding[s.at(numbers[1]-1).word]
}

// parts finds a whole that its parts in parentheses or behind a colon do not come to:
// 120 models (70 open and 45 closed).
func parts(s *sentence) (flaw, bool) {
	for open := range s.tokens {
		if !s.is(open, "(", ":") {
			continue
		}
		whole := s.wholeBefore(open)
		end := s.closing(open)
		if whole < 0 || end < 0 {
			continue
		}
		if found, ok := s.compareParts(whole, open+1, end); ok {
			return found, true
		}
	}
	return flaw{}, false
}

// closing returns where the list ends that an opening parenthesis or a colon begins;
// -1 if it does not end.
func (s *sentence) closing(open int) int {
	if s.is(open, ":") {
		return len(s.tokens) - 1
	}
	for end := open + 1; end < len(s.tokens); end++ {
		if s.is(end, ")") {
			return end
		}
	}
	return -1
}

// wholeBefore returns the index of the number of which a parenthesis tells more; -1 if
// there is none.
func (s *sentence) wholeBefore(open int) int {
	for i := open - 1; i >= max(0, open-4); i-- {
		if s.at(i).kind == number {
			if (i < open-1 || s.is(open, "(")) && s.amountAt(i) && s.at(i).unit == "" && !s.inName(i) {
				return i
			}
			return -1
		}
		if s.at(i).kind != plain {
			return -1
		}
	}
	return -1
}

// partial are words of lists that do not hold everything.
var partial = wordSet("including include includes such e.g eg like mostly mainly mean median average sd range ranging up with per each every plus excluding excl ci age aged years year hours minutes days see figure table section chapter p pp versus vs compared than out down")

// compareParts compares a whole with parts from one token to another.
func (s *sentence) compareParts(whole, from, to int) (flaw, bool) {
	found, ok := s.amounts(from, to)
	if !ok || len(found) < 2 || found[0] > from+1 {
		return flaw{}, false
	}
	sum, said := reach{}, false
	for n, i := range found {
		next := to
		if n+1 < len(found) {
			next = found[n+1]
		}
		if s.at(i).unit != "" || !s.at(i).whole || s.inName(i) || !s.isPart(i, next, n+1 == len(found)) {
			return flaw{}, false
		}
		said = said || s.is(i+1, "of", "from", "for", "in")
		sum = sum.plus(s.at(i).reach())
	}
	for i := from; i < to; i++ {
		if s.in(i, partial) {
			return flaw{}, false
		}
	}
	total := s.at(whole).reach()
	if sum.meets(total, 0) || measures[s.noun(whole)] && s.noun(whole) != s.noun(found[0]) || !said && !nearBy(sum, total) && !s.alike(whole, found) {
		return flaw{}, false
	}
	return flaw{
		from: whole, to: to + 1,
		message: fmt.Sprintf("the parts come to %s, not %s", text((sum.low+sum.high)/2), s.written(whole, whole+1)),
	}, true
}

// isPart tells whether a number, a few words and a comma or "and" stand between tokens.
func (s *sentence) isPart(i, next int, last bool) bool {
	if next-i > 8 {
		return false
	}
	words := 0
	for j := i + 1; j < next; j++ {
		switch {
		case s.at(j).kind == plain:
			words++
		case s.is(j, ",", ";", "-", "&") && (s.is(j, "-") || j >= next-2):
		default:
			return false
		}
	}
	joined := last || s.is(next-1, ",", ";", "and", "&", "plus")
	return words > 0 && joined
}

// nearBy tells whether two values are so near that one is meant to be the other.
func nearBy(a, b reach) bool {
	return math.Abs(a.low-b.low) <= 0.25*max(a.low, b.low)
}

// alike tells whether parts and whole count the same, or the parts count nothing but
// kinds of it: 12 models (7 open, 4 closed).
func (s *sentence) alike(whole int, found []int) bool {
	noun := s.noun(whole)
	for _, i := range found {
		if n := s.noun(i); n != noun && len(found) > 0 {
			return false
		}
	}
	return noun != ""
}

// totals are words that close a list with what it comes to.
func (s *sentence) totalAt(i int) (n int, ok bool) {
	switch {
	case s.is(i, "total") && s.is(i-1, "a") && s.is(i-2, "for", ",", "–", "—", "(") && s.is(i+1, "of"):
		n = i + 2
	case s.is(i, "totaling", "totalling"):
		n = i + 1
	case s.is(i, "total", "all") && s.is(i-1, "in"), s.is(i, "altogether"):
		for j := i - 1; j >= max(0, i-4); j-- {
			if s.at(j).kind == number {
				n = j
				break
			}
		}
		if n == 0 || !s.is(n-1, ",", "–", "—", "(", "or") {
			return 0, false
		}
	default:
		return 0, false
	}
	return n, s.amountAt(n)
}

// total finds a total that the numbers before it do not come to: 12 men and 15 women,
// for a total of 28 people.
func total(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		n, ok := s.totalAt(i)
		if !ok || s.says(growing) {
			continue
		}
		found, ok := s.amounts(0, n)
		if !ok || len(found) < 2 || !s.listed(found, n) {
			continue
		}
		sum, product := reach{}, reach{1, 1}
		for _, j := range found {
			sum, product = sum.plus(s.at(j).reach()), product.times(s.at(j).reach())
		}
		stated := s.at(n).reach()
		if measures[s.noun(n)] && s.noun(n) != s.noun(found[0]) && !currencies[s.at(found[len(found)-1]).unit] && !s.says(apiece) {
			continue // the talks and posters take some hours
		}
		if sum.meets(stated, 0) || product.meets(stated, rounded) || !half(sum, stated) && !half(product, stated) {
			continue
		}
		come := sum
		if !half(sum, stated) || s.says(apiece) {
			come = product
		}
		return flaw{
			from: found[0], to: max(i, n) + 1,
			message: fmt.Sprintf("this comes to %s, not %s", text((come.low+come.high)/2), s.written(n, n+1)),
		}, true
	}
	return flaw{}, false
}

var (
	growing = wordSet("bringing brings brought raising raises raised already previously earlier still remaining more another additional new further including plus besides also not least about over than up nearly almost")
	apiece  = wordSet("each per apiece every times")
)

// listing signs stand between the items of a list.
var listing = wordSet(", – — - @ × (")

// listed tells whether numbers are a list that ends before a token: each with what it
// counts, and only words, commas and "and" between.
func (s *sentence) listed(found []int, to int) bool {
	for _, i := range found {
		if s.noun(i) == "" && !currencies[s.at(i).unit] {
			return false
		}
		if s.at(i).unit == "%" {
			return false
		}
	}
	for i := found[0]; i < to; i++ {
		if t := s.at(i); t.kind == sign && !listing[t.word] || t.kind == named {
			return false
		}
	}
	return true
}

// measures are units that lists of other things may come to.
var measures = wordSet("second minute hour day week month year km mile meter metre kg g gram ton tonne liter litre mb gb tb token word page point byte line % $ € £ ¥") //nolint:misspell // metre and litre, too

// half tells whether of two values none is more than twice the other.
func half(a, b reach) bool {
	return max(a.low, b.low) <= 2*min(a.high, b.high)
}

// price finds a total price that number and price of the single thing do not have: 512
// machines at $30k each cost $18M.
func price(s *sentence) (flaw, bool) {
	found, ok := s.amounts(0, len(s.tokens))
	if !ok || len(found) != 3 || !s.says(apiece) || s.says(growing) || s.says(discounts) {
		return flaw{}, false
	}
	count, single, all := found[0], found[1], found[2]
	a, b, c := s.at(count), s.at(single), s.at(all)
	if a.unit != "" || !a.whole || !currencies[b.unit] || b.unit != c.unit || s.noun(count) == "" || !s.in(single+1, apiece) || !s.is(single-1, "at", "for", "costing", "cost", "costs", "×", "@", ",") ||
		!s.sums(single, all) {
		return flaw{}, false
	}
	product := a.reach().times(b.reach())
	if product.meets(c.reach(), rounded) {
		return flaw{}, false
	}
	return flaw{
		from: count, to: all + 1,
		message: fmt.Sprintf("%s times %s is %s%s, not %s", s.written(count, count+1), s.written(single, single+1), b.unit, text((product.low+product.high)/2), s.written(all, all+1)),
	}, true
}

var discounts = wordSet("discount discounts save saves saving savings instead plus minus month monthly year yearly annually hour hourly day daily week weekly per tax shipping or if")

// sums tells whether the words between two amounts say that the second is what the
// first comes to.
func (s *sentence) sums(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if s.is(i, "total", "totaling", "totalling", "cost", "costs", "makes", "make", "is", "=", "altogether", "amounts", "comes", "sum") {
			return true
		}
	}
	return s.is(to+1, "total", "altogether") || s.is(to+2, "total", "all")
}
