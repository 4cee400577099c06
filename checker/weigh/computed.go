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
		if p := q.period(i); p != nil {
			return p
		}
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
				if p := q.placeOf(i, b); p.score >= related || q.isStated(i, x) || q.isStated(i, y) {
					return p
				}
			}
		}
	}
	return nil
}

// isStated tells whether a date of the page is another fact of the statement.
func (q *query) isStated(i int, g *bookcheck.Fact) bool {
	for n := range q.facts {
		if f := &q.facts[n]; n != i && f.Kind == bookcheck.Day && g.Kind == bookcheck.Day && f.From.Equal(g.From) && f.To.Equal(g.To) {
			return true
		}
	}
	return false
}

// period returns the place of a period that is as long as a fact says: from 1989 to
// 2016, both counted or not. Nil: there is none.
func (q *query) period(i int) *place {
	f := &q.facts[i]
	for _, j := range q.operands() {
		g := &q.page.facts[j]
		if g.Kind != bookcheck.Day {
			continue
		}
		length := g.To.Year() - g.From.Year()
		if f.Unit == "months" {
			length = 12*length + int(g.To.Month()-g.From.Month())
		}
		if said := int(f.Low); f.Unit != "seconds" && length > 0 && (said == length || said == length+1) {
			if p := q.placeOf(i, j); p.score >= kindred {
				return p
			}
		}
	}
	return nil
}

// operands returns the quantities and dates of the sentences that share something with
// the statement, and of the one behind each of them.
func (q *query) operands() []int32 {
	var all []int32
	shares := false
	for _, s := range q.page.sentences {
		shared := shares
		shares = q.in(s.from, s.to) != 0
		if s.first == s.end || !shares && !shared {
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

// isSpan tells whether from one date to another it is as long as a fact says. Of dates
// that are not known so well as to tell, nothing follows; where they are known much
// better, the fact may be rounded.
func isSpan(f, a, b *bookcheck.Fact) bool {
	if !a.From.Before(b.From) {
		return false
	}
	const day = 24 * 60 * 60
	factor := measureOf(f.Unit).factor
	said, unit := f.Low*factor, slack(f, factor)
	unknown := max(a.To.Sub(a.From).Seconds(), b.To.Sub(b.From).Seconds())
	if f.Unit == "years" && b.From.Year()-a.From.Year() == int(f.Low) {
		return true
	}
	if unit > 0 && unknown > unit*1.1 {
		return false
	}
	room := float64(day)
	if unknown <= unit/9 {
		room = max(room, unit/2)
	}
	shortest, longest := b.From.Sub(a.To).Seconds(), b.To.Sub(a.From).Seconds()+day
	return shortest-room <= said && said <= longest-day+room
}

func amountOf(value float64, unit string) *bookcheck.Fact {
	return &bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: value, High: value, Unit: unit}
}

// isFraction tells whether a quantity is the whole of a fraction, or its part: one in
// five adults, three out of four. A page gives such as a percentage or in other numbers.
// One of something is often no number at all.
func (s *statement) isFraction(i int) bool {
	f := &s.facts[i]
	switch {
	case f.Kind != bookcheck.Amount:
		return false
	case strings.HasPrefix(strings.ToLower(f.Text), "one "):
		return true // one day, by one vote
	case f.Low > 100:
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
