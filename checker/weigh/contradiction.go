package weigh

import (
	"math/bits"

	"github.com/bookcheck/bookcheck"
)

// contradiction returns the place that gives another value of the same thing.
func (q *query) contradiction(i int, others []*place) (*place, bool) {
	var top *place
	for _, p := range others {
		if (top == nil || p.score > top.score) && p.against == 0 && !q.isTaken(i, p) {
			top = p
		}
	}
	if top == nil || top.score < q.contrary(i, top) || !q.opposes(i, top) {
		return nil, false
	}
	return top, true
}

// contrary returns how much a sentence must be about the same to contradict a fact. That
// both count the same things is part of it.
func (q *query) contrary(i int, p *place) float64 {
	f, g := &q.facts[i], &q.page.facts[p.fact]
	if f.Kind == bookcheck.Amount && f.Unit == g.Unit && f.Unit != "" && !isHard(kindOf(f)) {
		return kin
	}
	return contrary
}

// isTaken tells whether another fact of the statement accounts for a value.
func (q *query) isTaken(i int, p *place) bool {
	g := &q.page.facts[p.fact]
	for n := range q.facts {
		f := &q.facts[n]
		if n != i && sameKind(f, g) && q.bearsOut(f, g, true) {
			return true
		}
	}
	return false
}

// opposes tells whether what a place says of its value is what the statement says of
// one of its own.
func (q *query) opposes(i int, p *place) bool {
	f, g := &q.facts[i], &q.page.facts[p.fact]
	switch {
	case isByteMixUp(f, g), f.Kind == bookcheck.Amount && isCompatible(f, g):
		return false
	case q.siblings(p) > mostSiblings:
		return false // a list or a table
	case q.speaksOfAnother(i, p), q.isFormer(p), !q.namesKnown(p), q.namesAnother(p), !q.subjectKnown(i, p), !q.complementKnown(i, p):
		return false
	case q.saysAll(p) && q.common(i, p) > 0 && q.foreigners(p) == 0:
		return true
	}
	counted := f.Kind == bookcheck.Amount && !isHard(kindOf(f)) && p.score >= confident
	return q.common(i, p) > 1 && (q.isReached(p) || counted) && q.foreigners(p) <= 3
}

// saysAll tells whether a clause has all words of the statement.
func (q *query) saysAll(p *place) bool {
	return len(q.terms) > 0 && p.shared == 1<<len(q.terms)-1
}

// mostSiblings is how many values of one kind a sentence may have.
const mostSiblings = 3

func (q *query) siblings(p *place) int {
	s := q.page.sentences[p.sentence]
	n := 0
	for j := s.first; j < s.end; j++ {
		if sameKind(&q.page.facts[j], &q.page.facts[p.fact]) {
			n++
		}
	}
	return n
}

// common counts the words that the clauses share. Names do not count, but what is
// counted does.
func (q *query) common(i int, p *place) int {
	n := 0
	for k, t := range q.terms {
		if p.shared&(1<<k) != 0 && !t.name {
			n++
		}
	}
	if f := &q.facts[i]; f.Kind == bookcheck.Amount && f.Unit != "" && f.Unit != "percent" && f.Unit != "ratio" {
		n++
	}
	return n
}

// namesKnown tells whether all names of the statement stand around a place.
func (q *query) namesKnown(p *place) bool {
	for k, t := range q.terms {
		if t.name && (p.shared|p.around)&(1<<k) == 0 {
			return false
		}
	}
	return true
}

// subjectKnown tells whether what the statement speaks of first, in front of its value,
// stands around a place; "the model" stands for anything.
func (q *query) subjectKnown(i int, p *place) bool {
	at, _ := q.span(i)
	for k, t := range q.terms {
		if l := &q.own.lexemes[q.words[t.word].lexeme]; t.word < at && l.class&general == 0 && l.axis == 0 {
			return (p.shared|p.around)&(1<<k) != 0
		}
	}
	return true
}

// complementKnown tells whether a place speaks of what the statement counts parts or
// kinds of: three types of dependencies.
func (q *query) complementKnown(i int, p *place) bool {
	_, end := q.span(i)
	if end >= len(q.words) || q.text[q.words[end].start:q.words[end].end] != "of" {
		return true
	}
	for k, t := range q.terms {
		if t.word > end {
			return (p.shared|p.around)&(1<<k) != 0
		}
	}
	return true
}

// isCompatible tells whether both can be true, though the values differ: what is over
// 1,000 may be 3,000.
func isCompatible(f, g *bookcheck.Fact) bool {
	over := func(f *bookcheck.Fact) bool { return f.Op == bookcheck.Over || f.Op == bookcheck.AtLeast }
	under := func(f *bookcheck.Fact) bool { return f.Op == bookcheck.Under || f.Op == bookcheck.AtMost }
	m, n := measureOf(f.Unit).factor, measureOf(g.Unit).factor
	a, b := f.Low*m, g.Low*n
	switch {
	case over(f) && over(g), under(f) && under(g):
		return false
	case over(f), under(g):
		return a <= b
	case under(f), over(g):
		return a >= b
	}
	return false
}

// usurper returns the place that gives another value and is about the same, where the
// one that gives the value is about something else: it has all that the hit shares
// with the statement and more.
func (q *query) usurper(i int, hit *place, others []*place) (*place, bool) {
	from, to := q.clause(i)
	var own uint64
	for n, t := range q.terms {
		if from <= t.word && t.word < to {
			own |= 1 << n
		}
	}
	denied := q.denies(from, to)
	turned := q.page.denies(hit.from, hit.to) != denied
	for _, p := range others {
		more := p.shared&^hit.shared&own != 0 && q.speaksOfAnother(i, hit) ||
			p.with&^hit.with != 0 && hit.against != 0 ||
			turned && q.page.denies(p.from, p.to) == denied
		less := hit.shared&^p.shared&own != 0 || hit.with&^p.with != 0 || p.against != 0
		if more && !less && p.score >= max(confident, hit.score) && q.siblings(p) <= mostSiblings && bits.OnesCount64(p.shared) >= 2 &&
			!q.speaksOfAnother(i, p) && !q.isFormer(p) && !q.namesAnother(p) && q.namesKnown(p) {
			return p, true
		}
	}
	return nil, false
}
