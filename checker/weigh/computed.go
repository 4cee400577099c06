package weigh

import (
	"math"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// mostOperands bounds the values of a page from which one may be computed.
const mostOperands = 60

// computed returns a place whose values come to a fact that no page would write down:
// ten times as much, where it gives both; eleven years, where it gives the first and
// the last. Nil: there is none.
func (q *query) computed(i int) *place {
	f := &q.facts[i]
	switch {
	case f.Kind != bookcheck.Amount:
		return nil
	case f.Unit == "ratio" || f.Unit == "percent":
		return q.pair(i, func(a, b *bookcheck.Fact) bool {
			return a.Kind == bookcheck.Amount && sameKind(a, b) && a.Unit != "percent" && isQuotient(f, a, b)
		})
	case f.Unit == "years" || f.Unit == "months" || f.Unit == "seconds" && f.Low >= 24*60*60:
		return q.pair(i, func(a, b *bookcheck.Fact) bool {
			return a.Kind == bookcheck.Day && b.Kind == bookcheck.Day && isSpan(f, a, b)
		})
	}
	return nil
}

// pair returns the place of the second of two facts, near each other, that come to what
// is asked.
func (q *query) pair(i int, comesTo func(a, b *bookcheck.Fact) bool) *place {
	operands := q.operands()
	for n, b := range operands {
		for _, a := range operands[:n] {
			x, y := &q.page.facts[a], &q.page.facts[b]
			if comesTo(x, y) || comesTo(y, x) {
				if p := q.placeOf(i, b); p.score >= related {
					return p
				}
			}
		}
	}
	return nil
}

// operands returns the quantities and dates of the sentences that share something with
// the statement.
func (q *query) operands() []int32 {
	var all []int32
	for _, s := range q.page.sentences {
		if s.first == s.end || q.in(s.from, s.to) == 0 {
			continue
		}
		for j := s.first; j < s.end && len(all) < mostOperands; j++ {
			if kind := q.page.facts[j].Kind; kind == bookcheck.Amount || kind == bookcheck.Day {
				all = append(all, j)
			}
		}
	}
	return all
}

// isQuotient tells whether a is as many times b, or as many percent of it, or more or
// less than it by so many, as a fact says.
func isQuotient(f, a, b *bookcheck.Fact) bool {
	if b.Low == 0 || a.Low == b.Low {
		return false
	}
	quotient := a.Low * measureOf(a.Unit).factor / (b.Low * measureOf(b.Unit).factor)
	said := *f
	said.Op = bookcheck.About // operands are rounded
	if f.Unit == "ratio" {
		return agree(&said, amountOf(quotient, "ratio")) || f.Op == bookcheck.Over && quotient >= f.Low && quotient < f.Low*farthest
	}
	return agree(&said, amountOf(100*quotient, "percent")) || agree(&said, amountOf(100*math.Abs(quotient-1), "percent"))
}

// isSpan tells whether from one date to another it is as long as a fact says.
func isSpan(f, a, b *bookcheck.Fact) bool {
	if !a.From.Before(b.From) {
		return false
	}
	const day = 24 * 60 * 60
	said := f.Low * measureOf(f.Unit).factor
	shortest, longest := b.From.Sub(a.To).Seconds(), b.To.Sub(a.From).Seconds()+day
	if f.Unit == "years" && b.From.Year()-a.From.Year() == int(f.Low) {
		return true
	}
	return shortest-day <= said && said <= longest
}

func amountOf(value float64, unit string) *bookcheck.Fact {
	return &bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: value, High: value, Unit: unit}
}

// isFraction tells whether a quantity is the whole of a fraction, or its part: one in
// five adults, three out of four. A page gives such as a percentage or in other numbers.
func (s *statement) isFraction(i int) bool {
	f := &s.facts[i]
	if f.Kind != bookcheck.Amount || f.Low > 100 {
		return false
	}
	before := strings.Fields(strings.ToLower(s.text[max(0, f.Start-24):f.Start]))
	n := len(before)
	if n > 0 && (before[n-1] == "every" || before[n-1] == "the") {
		n--
	}
	if n > 1 && (before[n-1] == "in" || before[n-1] == "of") {
		last := before[n-2]
		if last == "out" && n > 2 {
			last = before[n-3]
		}
		return classes[last]&spelled != 0 || last == "one" || hasDigit(last)
	}
	after := strings.ToLower(s.text[f.End:min(len(s.text), f.End+12)])
	return strings.HasPrefix(after, " out of ") || strings.HasPrefix(after, " in every")
}
