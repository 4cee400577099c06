package weigh

import (
	"math"
	"slices"
	"sort"

	"github.com/bookcheck/bookcheck"
)

// elsewhere looks for a value that no fact of the page gives: the digits themselves,
// in a table or a name, or with a unit that says what is counted in another word.
func (q *query) elsewhere(i int, others []*place) finding {
	f := &q.facts[i]
	for _, p := range others {
		if f.Kind == bookcheck.Amount && isByteMixUp(f, &q.page.facts[p.fact]) && p.score >= related {
			return q.report(bookcheck.Elsewhere, p)
		}
	}
	if p := q.computed(i); p != nil {
		return q.report(bookcheck.Found, p)
	}
	top := q.renamed(i)
	if p := q.fraction(i); p != nil && (top == nil || p.score > top.score) {
		top = p
	}
	for _, at := range q.digits(f) {
		if p := q.numeralPlace(i, at); p != nil && (top == nil || p.score > top.score) {
			top = p
		}
	}
	switch {
	case top == nil && q.isFraction(i):
		return finding{find: bookcheck.Untold}
	case top == nil:
		return q.nearest(others)
	case top.score >= kin, f.Low >= 1000 && top.score >= related && len(q.page.sentences) <= fewSentences, isRare(f) && (top.score >= related || f.Unit == "" && top.score >= kindred):
		return q.report(bookcheck.Found, top)
	case isRare(f) || f.Unit == "" && f.Kind == bookcheck.Amount, f.Low >= long && q.isBare(top):
		return q.report(bookcheck.Elsewhere, top)
	}
	return q.nearest(others)
}

// long is the least number that has digits enough not to stand on a page by chance,
// though the page does not say of what it is the number.
const long = 100

// isBare tells whether a place is a number without a unit.
func (q *query) isBare(p *place) bool {
	return p.fact < 0 || q.page.facts[p.fact].Kind == bookcheck.Amount && q.page.facts[p.fact].Unit == ""
}

// fractions are the shares that have a name, by stem, in percent: one of them, or some.
var fractions = map[string][]float64{
	stem("half"): {50}, stem("third"): {100. / 3, 200. / 3}, stem("quarter"): {25, 75}, stem("fifth"): {20, 40, 60, 80}, stem("tenth"): {10, 30, 70, 90},
}

// fraction returns the place that gives a percentage as the fraction that it is nearly:
// a third for 33 %. Nil: there is none.
func (q *query) fraction(i int) *place {
	f := &q.facts[i]
	if f.Kind != bookcheck.Amount || f.Unit != "percent" {
		return nil
	}
	var top *place
	for word, shares := range fractions {
		root, known := q.page.stems[word]
		if !known || !slices.ContainsFunc(shares, func(share float64) bool { return math.Abs(f.Low-share) <= share*closeness }) {
			continue
		}
		for number, s := range q.page.sentences {
			for at := s.from; at < s.to; at++ {
				if q.page.root(q.page.tokens[at]) != root {
					continue
				}
				p := q.place(i, clause{sentence: number, from: s.from, to: s.to, at: at, end: at + 1}, -1)
				if top == nil || p.score > top.score {
					top = &p
				}
			}
		}
	}
	return top
}

// renamed returns the place that counts as many of something else, as far as the words
// go: 22 subsets for 22 sources.
func (q *query) renamed(i int) *place {
	f := &q.facts[i]
	if f.Kind != bookcheck.Amount || f.Unit != "" && isHard(kindOf(f)) || f.Low < 10 && f.Unit != "" {
		return nil
	}
	var top *place
	placed := 0
	for _, j := range q.page.amounts {
		g := &q.page.facts[j]
		written, _ := parseNumber(firstNumber(g.Text)) // 6.5 of 6.5 km
		alike := *g
		alike.Unit = f.Unit
		if placed < mostHits && (agree(f, &alike) || written == f.Low) && g.Unit != "" && (f.Unit == "" || !isHard(kindOf(g))) {
			placed++
			if p := q.placeOf(i, j); top == nil || p.score > top.score {
				top = p
			}
		}
	}
	return top
}

// digits returns the tokens of the page that are the number of a fact, as written, or
// its year.
func (q *query) digits(f *bookcheck.Fact) []numeral {
	value, ok := parseNumber(firstNumber(f.Text))
	if f.Kind == bookcheck.Day {
		value, ok = float64(f.From.Year()), f.To.Sub(f.From) > 11*month
	}
	if !ok {
		return nil
	}
	tolerance, rounded := 1e-9, 0.
	if f.Op == bookcheck.About {
		tolerance = closeness
	}
	if f.Kind == bookcheck.Amount && f.Low > 0 {
		rounded = slack(f, 1) * value / f.Low
	}
	found := q.numerals(value, tolerance, rounded)
	if f.Kind == bookcheck.Amount && f.Low != value && f.Low >= long && !isHard(kindOf(f)) { // 1,410,000 for 1.4 million
		found = append(found, q.numerals(f.Low, tolerance, slack(f, 1))...)
	}
	return found
}

// numerals returns the tokens of the page that are a number, or round to it.
func (q *query) numerals(value, tolerance, rounded float64) []numeral {
	numbers := q.page.numbers
	at := sort.Search(len(numbers), func(n int) bool { return numbers[n].value >= value*(1-closeness) })
	var found []numeral
	for _, n := range numbers[at:] {
		if n.value > value*(1+closeness) || len(found) == mostNumerals {
			break
		}
		if near(value, n.value, tolerance, rounded, 0) {
			found = append(found, n)
		}
	}
	return found
}

// mostNumerals bounds how many places of the same digits are looked at.
const mostNumerals = 200

// numeralPlace returns the place of a number that is no fact of its own, or one without
// a unit; nil: it counts something else.
func (q *query) numeralPlace(i int, at numeral) *place {
	number := q.page.sentenceAt(at.token)
	s, tok := q.page.sentences[number], q.page.tokens[at.token]
	for j := s.first; j < s.end; j++ {
		g := &q.page.facts[j]
		inside := g.Start <= int(tok.start) && int(tok.end) <= g.End
		if inside && g.Len() == int(tok.end-tok.start) && q.facts[i].Kind == bookcheck.Amount && g.Unit == "" {
			continue // 2000 may be no year
		}
		if inside && (g.Kind == bookcheck.Amount && g.Unit != "" || g.Kind == bookcheck.Day || g.Kind == bookcheck.License) {
			return nil
		}
	}
	p := q.place(i, clause{sentence: number, from: s.from, to: s.to, at: at.token, end: at.token + 1}, -1)
	return &p
}

// nearest reports that a value is absent, with the sentence that is most about the
// same.
func (q *query) nearest(others []*place) finding {
	if len(others) == 0 {
		return finding{find: bookcheck.Absent}
	}
	p := best(others)
	if p.score < related {
		return finding{find: bookcheck.Absent}
	}
	return q.report(bookcheck.Absent, p)
}
