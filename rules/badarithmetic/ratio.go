package badarithmetic

import "fmt"

// A multiple is how many times as much something is: four times, 2.5x, twice.
type multiple struct {
	value      reach
	start, end int
}

var multiples = map[string]float64{"twice": 2, "double": 2, "thrice": 3, "triple": 3, "quadruple": 4, "half": 0.5}

// multipleAt reads a multiple.
func (s *sentence) multipleAt(i int) (multiple, bool) {
	t := s.at(i)
	if by := multiples[t.word]; by != 0 && t.kind == plain {
		return multiple{loosely(by), i, i + 1}, !s.in(i-1, vagueWords)
	}
	if t.kind != number || t.ordinal || s.vague(i) {
		return multiple{}, false
	}
	r := reach{t.value - t.ulp, t.value + t.ulp} // cut off or rounded
	if t.whole || t.unit == "x" && t.ulp == 1 {
		r = reach{t.value - t.ulp/2, t.value + t.ulp/2}
	}
	switch j := s.skip(i+1, "-", "‑"); {
	case t.unit == "x":
		return multiple{r, i, i + 1}, true
	case t.unit == "" && (s.is(j, "times") || s.is(j, "fold")):
		return multiple{r, i, j + 1}, true
	case t.unit == "" && s.is(i+1, "×"):
		return multiple{r, i, i + 2}, true
	default:
		return multiple{}, false
	}
}

// loosely returns what may be called twice, half or three times as much.
func loosely(by float64) reach { return reach{0.9 * by, 1.1 * by} }

// greater are the comparisons that hold of any amount, and lesser their opposites. With
// "more than", four times may be meant to be five times as much.
var (
	greater = wordSet("larger bigger greater more higher")
	lesser  = wordSet("smaller fewer less lower")
	generic = wordSet("size number amount length price cost context capacity memory count limit width height weight value window total sum speed budget population area volume")
)

// ratio finds a multiple that its own operands do not have: 16k tokens, four times the
// 8k tokens of the one before.
func ratio(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		m, ok := s.multipleAt(i)
		if !ok {
			continue
		}
		if found, ok := s.ratioOf(m); ok {
			return found, true
		}
	}
	return flaw{}, false
}

func (s *sentence) ratioOf(m multiple) (flaw, bool) {
	a, b := -1, -1
	for i := range s.tokens {
		t := s.at(i)
		if i >= m.start && i < m.end {
			continue
		}
		if _, again := s.multipleAt(i); again {
			return flaw{}, false
		}
		if t.kind != number || s.isYear(i) && !s.yearLike(i) || s.inName(i) {
			continue
		}
		switch {
		case !s.amountAt(i) || a >= 0 && b >= 0:
			return flaw{}, false
		case a < 0:
			a = i
		default:
			b = i
		}
	}
	if a < 0 || b < 0 || s.noun(a) != s.noun(b) || s.noun(a) == "" && !s.versus(a, b) || s.at(a).value <= 0 || s.at(b).value <= 0 {
		return flaw{}, false
	}
	more, tied := s.compares(m, a, b)
	if !tied {
		return flaw{}, false
	}
	x, y := s.at(a).reach(), s.at(b).reach()
	stated := []reach{m.value}
	if more {
		stated = append(stated, reach{m.value.low + 1, m.value.high + 1})
	}
	for _, r := range stated {
		if x.over(y).meets(r, slack) || y.over(x).meets(r, slack) && b > m.end && a < m.start && s.under(m) {
			return flaw{}, false
		}
		if s.versus(a, b) && (x.over(y).meets(r, slack) || y.over(x).meets(r, slack)) {
			return flaw{}, false
		}
	}
	quotient := s.at(a).value / s.at(b).value
	if quotient < 1 && m.value.low >= 1 {
		quotient = 1 / quotient
	}
	return flaw{
		from: min(a, m.start), to: max(b+1, m.end),
		message: fmt.Sprintf("%s to %s is %s times as much, not %s", s.written(a, a+1), s.written(b, b+1), text(quotient), s.written(m.start, m.end)),
	}, true
}

// slack is by how much a multiple may be off: they are given in round numbers.
const slack = 0.02

// under tells whether a multiple is followed by "smaller" or its kin.
func (s *sentence) under(m multiple) bool { return s.in(m.end, lesser) }

// compares tells whether a multiple is the one between two amounts: it stands between
// them, says no more than how much, and goes on to the second; or both follow it in
// parentheses.
func (s *sentence) compares(m multiple, a, b int) (more, tied bool) {
	j := m.end
	more = s.in(j, greater) || s.in(j, lesser)
	noun := s.noun(a)
	switch {
	case s.versus(a, b):
		return more, more
	case more:
		j++
		if s.at(j).kind == plain && singular(s.at(j).word) == noun {
			j++
		}
		if s.is(j, "than") {
			j++
		} else if !s.is(j, "(") {
			return more, false
		}
	case s.is(j, "as") && s.is(j+1, "many", "much", "large", "big", "high"):
		j += 2
		if s.at(j).kind == plain && singular(s.at(j).word) == noun {
			j++
		}
		if !s.is(j, "as", "(") {
			return more, false
		}
		j = s.skip(j, "as")
	case s.is(j, "that") && s.is(j+1, "of"):
		j += 2
	case s.is(j, "the") && (j+1 == b || s.in(j+1, generic) || singular(s.at(j+1).word) == noun):
		j++
	case j == b:
	default:
		return more, false
	}
	return more, a < m.start && b > m.end && s.leads(a, m.start) && b-j < 7 && !s.breaks(j, b)
}

// versus tells whether two amounts stand against each other in parentheses: (180B vs
// 70B).
func (s *sentence) versus(a, b int) bool {
	j := a + 1
	if s.noun(a) != "" && s.at(a).unit == "" {
		j++
	}
	end := s.skip(s.skip(j, "vs", "versus", "compared"), ".", "to", "with")
	return s.is(a-1, "(") && end > j && end == b && s.is(s.behindNouns(b), ")")
}

// inName tells whether a number belongs to the name before it: Llama 2.
func (s *sentence) inName(i int) bool {
	before, t := s.at(i-1), s.at(i)
	return i > 1 && before.kind == plain && before.capital && t.whole && !t.spelled && t.unit == "" && s.noun(i) == ""
}

// leads tells whether an amount goes over into a multiple: 16k tokens, four times.
func (s *sentence) leads(a, to int) bool {
	words := 0
	for i := a + 1; i < to; i++ {
		switch {
		case s.is(i, ",", "-", "–", "—", "("):
		case s.is(i, "which", "is", "or", "that", "it", "are", "makes", "almost", "making", "i.e"):
		case s.at(i).kind == plain && singular(s.at(i).word) == s.noun(a):
		case s.at(i).kind == plain:
			words++
		default:
			return false
		}
	}
	return words <= 3
}

// breaks tells whether a clause ends between tokens.
func (s *sentence) breaks(from, to int) bool {
	for i := from; i < to; i++ {
		if s.is(i, ";", ":", ".", "and", "but", "while") || s.is(i, ",") && !s.is(i+1, "which", "with", "at", "that") {
			return true
		}
	}
	return false
}
