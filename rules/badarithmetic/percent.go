package badarithmetic

import (
	"fmt"
	"math"
)

// share finds a percentage that its own fraction does not have: 45 of 60 (80 %).
func share(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		if s.at(i).unit != "%" || s.vague(i) || s.joined(i) {
			continue
		}
		for _, read := range []func(int) (part, whole, from, to int){s.fractionBefore, s.fractionBehind} {
			part, whole, from, to := read(i)
			if from < 0 || !s.counts(part, whole) {
				continue
			}
			got, want := s.at(i), 100*s.at(part).value/s.at(whole).value
			if math.Abs(got.value-want) <= got.ulp || math.Abs(100-got.value-want) <= got.ulp {
				continue // it is that of the others: 20 % failed (4 of 5 passed)
			}
			return flaw{
				from: from, to: to,
				message: fmt.Sprintf("%s of %s is %s %%, not %s", s.written(part, part+1), s.written(whole, whole+1), digits(want, got.ulp), s.written(i, i+1)),
			}, true
		}
	}
	return flaw{}, false
}

// digits returns a percentage with as many places as the one that it is compared with,
// and at least one.
func digits(value, ulp float64) string {
	places := max(1, int(math.Round(-math.Log10(ulp))))
	return fmt.Sprintf("%.*f", places, value)
}

// numbered are words that number what follows: 3 of 12 is a place there.
var numbered = wordSet("chapter chapters page pages step steps part section lesson week day days level stage phase version top best figure table question item items confidence")

// counts tells whether two numbers are a part and a whole.
func (s *sentence) counts(part, whole int) bool {
	a, b := s.at(part), s.at(whole)
	return s.countAt(part) && s.countAt(whole) && a.value <= b.value && b.value > 2 && !s.in(part-1, numbered)
}

func (s *sentence) countAt(i int) bool {
	t := s.at(i)
	return t.kind == number && t.whole && t.unit == "" && !t.ordinal && !s.vague(i)
}

// fractionBefore reads "45 of the 60 patients (75 %)" and "45/60 (75 %)" from its
// percentage.
func (s *sentence) fractionBefore(percent int) (part, whole, from, to int) {
	if !s.is(percent-1, "(") || !s.is(percent+1, ")", ",", ";") {
		return 0, 0, -1, 0
	}
	whole = percent - 2
	for whole > percent-7 && s.at(whole).kind == plain {
		whole--
	}
	if part = s.partOf(whole); part < 0 {
		part, whole = whole, s.ofWhich(whole)
		if s.is(part+1, "of") { // 50 of those that were just counted
			return 0, 0, -1, 0
		}
		return part, whole, min(part, whole), percent + 1
	}
	return part, whole, part, percent + 1
}

// ofWhich returns the index of the whole with which a sentence begins, if all that
// follows up to a part is about it: of the 60 patients, 45; -1 if there is none.
func (s *sentence) ofWhich(part int) int {
	i := s.skip(s.skip(s.skip(0, "out"), "of"), "the", "all", "these", "those", "our", "its", "their")
	if i == 0 || !s.is(0, "of", "out") || s.at(i).kind != number || i >= part {
		return -1
	}
	for j := i + 1; j < part; j++ {
		if s.is(j, "of", ";", ":", "(") {
			return -1
		}
	}
	return i
}

// fractionBehind reads "75 % (45 of 60)" and "75 % (45/60)" from its percentage.
func (s *sentence) fractionBehind(percent int) (part, whole, from, to int) {
	open := percent + 1
	for open < percent+5 && s.at(open).kind == plain {
		open++
	}
	if !s.is(open, "(") {
		return 0, 0, -1, 0
	}
	for whole = open + 3; whole < open+7; whole++ {
		if s.at(whole).kind == number && s.partOf(whole) == open+1 && s.is(s.behindNouns(whole), ")", ",", ";") {
			return open + 1, whole, percent, whole + 1
		}
	}
	return 0, 0, -1, 0
}

// behindNouns returns the index behind a number and the words that follow it.
func (s *sentence) behindNouns(i int) int {
	for i++; s.at(i).kind == plain; i++ {
	}
	return i
}

// partOf returns the index of the number of which the one at an index is the whole; -1
// if there is none.
func (s *sentence) partOf(whole int) int {
	i := whole - 1
	for s.is(i, "the", "all", "these", "those", "our", "its", "their", "a", "total") {
		i--
	}
	switch {
	case s.is(i, "of") && s.is(i-1, "out"):
		return i - 2
	case s.is(i, "of") || s.is(i, "/"):
		return i - 1
	default:
		return -1
	}
}

// composed are words that say that percentages are the parts of one whole.
var composed = wordSet(`mix mixture mixes consist consists consisting consisted comprise comprises comprising comprised composed composition composes split splits divided
	breakdown blend blends made`)

// overlapping are words of percentages that need not come to a hundred.
var overlapping = wordSet(`respectively overlap overlapping each both also either accuracy increase increased decrease decreased faster slower higher lower growth versus vs
	compared while than from respondents chose multiple some up whereas year`)

// percentages finds parts of one whole that come to more than a hundred percent, or,
// with the rest, to something else.
func percentages(s *sentence) (flaw, bool) {
	var found []int
	sum, slack := 0.0, 0.0
	rest := false
	for i := range s.tokens {
		t := s.at(i)
		switch {
		case t.kind != number || t.unit != "%":
			continue
		case s.vague(i) && !s.is(i-1, "other") || s.joined(i):
			return flaw{}, false
		}
		rest = s.is(i-1, "remaining", "other") && s.is(i-2, "the", "and")
		found = append(found, i)
		sum, slack = sum+t.value, slack+t.ulp/2
	}
	if len(found) < 2 || !rest && !s.says(composed) || s.says(overlapping) || !s.list(found) {
		return flaw{}, false
	}
	if sum <= 100+max(slack, 0.5) && !(rest && sum < 100-max(slack, 0.5)) {
		return flaw{}, false
	}
	return flaw{
		from: found[0], to: found[len(found)-1] + 1,
		message: fmt.Sprintf("the parts come to %s %%", text(sum)),
	}, true
}

// list tells whether percentages stand in one list, with little between them.
func (s *sentence) list(found []int) bool {
	for n, i := range found[1:] {
		if i-found[n] > 12 {
			return false
		}
		for j := found[n] + 1; j < i; j++ {
			if t := s.at(j); t.kind == number || t.kind == sign && !s.is(j, ",", ";", "-", "'", "’", "(", ")", "/", "&") {
				return false
			}
		}
	}
	return true
}

// rising and falling are words for a change.
var (
	rising  = wordSet("increase increased increases increasing rise rises rose risen rising grow grows grew grown growing growth climb climbed jump jumped gain gained surge surged improvement")
	falling = wordSet("decrease decreased decreases decreasing fall falls fell fallen falling drop dropped drops dropping decline declined declines shrink shrank reduce reduced reduces reduction cut loss saving")
)

// change finds a change in percent that its ends do not have: from 100 to 150, an
// increase of 60 %.
func change(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		from, to := i+1, 0
		if !s.is(i, "from") || !s.endAt(from) {
			continue
		}
		for j := from + 1; j < min(from+4, len(s.tokens)) && to == 0; j++ {
			if s.is(j, "to") && s.endAt(j+1) {
				to = j + 1
			}
		}
		if to == 0 || s.at(from).value <= 0 || !like(s.noun(from), s.noun(to)) || s.at(from).unit == "%" {
			continue
		}
		if found, ok := s.fold(i, from, to); ok {
			return found, true
		}
		if found, ok := s.changeOf(i, from, to); ok {
			return found, true
		}
	}
	return flaw{}, false
}

// folds are words for a change by a factor.
var folds = map[string]float64{"doubled": 2, "tripled": 3, "trebled": 3, "quadrupled": 4, "halved": 0.5}

// fold compares a change from one value to another with the factor that the word
// before it gives: doubled from 10 to 20.
func (s *sentence) fold(start, from, to int) (flaw, bool) {
	word := s.at(start - 1)
	by := folds[word.word]
	if by == 0 || s.in(start-2, vagueWords) {
		return flaw{}, false
	}
	if s.at(to).reach().over(s.at(from).reach()).meets(loosely(by), slack) {
		return flaw{}, false
	}
	return flaw{
		from: start - 1, to: to + 1,
		message: fmt.Sprintf("from %s to %s it is %s times as much, so it has not %s", s.written(from, from+1), s.written(to, to+1), text(s.at(to).value/s.at(from).value), word.word),
	}, true
}

// changeOf compares a change with the percentage that the sentence gives it.
func (s *sentence) changeOf(start, from, to int) (flaw, bool) {
	var percent []int
	for i := range s.tokens {
		t := s.at(i)
		if t.kind == number && t.unit == "%" {
			percent = append(percent, i)
		} else if t.kind == number && i != from && i != to && !s.isYear(i) && !s.isDay(i) {
			return flaw{}, false
		}
	}
	if len(percent) != 1 || s.vague(percent[0]) {
		return flaw{}, false
	}
	i := percent[0]
	up, tied := s.direction(i, start, to)
	if !tied {
		return flaw{}, false
	}
	a, b := s.at(from).reach(), s.at(to).reach()
	got := s.at(i)
	want := b.minus(a)
	want = reach{100 * want.low / a.high, 100 * want.high / a.low}
	if !up {
		want = reach{-want.high, -want.low}
	}
	if want.meets(reach{got.value - got.ulp, got.value + got.ulp}, rounded) {
		return flaw{}, false
	}
	middle := 100 * math.Abs(s.at(to).value-s.at(from).value) / s.at(from).value
	return flaw{
		from: min(i, from), to: max(i, to) + 1,
		message: fmt.Sprintf("from %s to %s it is %s %%, not %s", s.written(from, from+1), s.written(to, to+1), digits(middle, 1), s.written(i, i+1)),
	}, true
}

// direction tells whether a percentage is that of a change from one value to another,
// and whether of a rise.
func (s *sentence) direction(percent, start, to int) (up, tied bool) {
	switch {
	case percent > to: // from 100 to 150, a 60 % increase; (+60 %)
		for i := to + 1; i < percent; i++ {
			if s.at(i).kind == plain && (rising[s.at(i).word] || falling[s.at(i).word]) {
				return rising[s.at(i).word], s.is(percent-1, "of", "by") && percent-to < 9
			}
		}
		next := percent + 1
		return s.in(next, rising), (s.in(next, rising) || s.in(next, falling)) && percent-to < 6
	case s.is(percent-1, "by", "of") && percent < start: // rose by 60 %, from 100 to 150
		for i := percent - 2; i >= max(0, percent-4); i-- {
			if s.in(i, rising) || s.in(i, falling) {
				return s.in(i, rising), start-percent < 4
			}
		}
	case percent < start && s.in(percent+1, rising) || s.in(percent+1, falling): // a 60 % increase from 100 to 150
		return s.in(percent+1, rising), start-percent < 4
	}
	return false, false
}
