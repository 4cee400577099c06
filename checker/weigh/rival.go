package weigh

import (
	"math/bits"
	"slices"

	"github.com/bookcheck/bookcheck"
)

// speaksOfAnother tells whether a clause of the page is about something else than the
// clause of the statement: it has another word in the place of one that is missing,
// or chooses otherwise where a thing is one or the other.
func (q *query) speaksOfAnother(fact int, p *place) bool {
	return q.choosesOtherwise(fact, p) || q.substitutes(fact, p)
}

// choosesOtherwise tells whether one speaks of the maximum, and the other of the
// average.
func (q *query) choosesOtherwise(fact int, p *place) bool {
	from, to := q.clause(fact)
	var ours, theirs, same uint64 // same: the choices in which both have a word in common
	roots := make(map[int32]bool)
	for i := from; i < to; i++ {
		if q.inFact[i] != fact+1 {
			ours |= q.own.lexemes[q.words[i].lexeme].choices
			roots[q.roots[i]] = true
		}
	}
	for i := p.from; i < p.to; i++ {
		if p.at <= i && i < p.end {
			continue
		}
		l := &q.page.lexemes[q.page.tokens[i].lexeme]
		theirs |= l.choices
		if roots[l.root] {
			same |= l.choices
		}
	}
	return ours&theirs&^same != 0
}

// substitutes tells whether a word that the statement does not have stands in the
// clause where one that the clause does not have stands in the statement: between the
// same two words, or in front of the same noun.
func (q *query) substitutes(fact int, p *place) bool {
	from, to := q.clause(fact)
	missing := ^p.shared & (1<<len(q.terms) - 1)
	for ; missing != 0; missing &= missing - 1 {
		n := bits.TrailingZeros64(missing)
		t := &q.terms[n]
		if t.word < from || t.word >= to {
			continue
		}
		before, after := uint64(0), uint64(0)
		if n > 0 && q.terms[n-1].word >= from {
			before = 1 << (n - 1) & p.shared
		}
		if n+1 < len(q.terms) && q.terms[n+1].word < to {
			after = 1 << (n + 1) & p.shared
		}
		if before|after != 0 && q.isFilled(p, before, after) {
			return true
		}
	}
	return false
}

// isFilled tells whether the word of the clause in front of one term, and behind
// another, is foreign.
func (q *query) isFilled(p *place, before, after uint64) bool {
	lastForeign, lastBefore := false, false
	seenForeign := false // since a term that is before
	for i := p.from; i < p.to; i++ {
		if p.at <= i && i < p.end {
			continue
		}
		tok := q.page.tokens[i]
		found := q.slots[q.page.root(tok)]
		if tok.gap&comma != 0 || q.page.class(tok)&(joint|numeric|spelled) != 0 {
			lastForeign, lastBefore, seenForeign = false, false, false
		}
		switch {
		case found&after != 0 && (lastForeign && (before == 0 || seenForeign)):
			return true
		case found != 0:
			lastForeign = false
			lastBefore = found&before != 0
			seenForeign = false
		case q.isForeign(i):
			lastForeign, seenForeign = true, lastBefore
		}
	}
	return after == 0 && lastBefore && seenForeign
}

// isForeign tells whether a word of the page says something that the statement does
// not.
func (q *query) isForeign(i int32) bool {
	l := &q.page.lexemes[q.page.tokens[i].lexeme]
	return l.class&(small|numeric|spelled|denial|general) == 0 && q.slots[l.root] == 0 && !q.says(l.root) && !q.page.title[l.root]
}

// says tells whether the statement has a word, as part of a fact too.
func (q *query) says(root int32) bool {
	return slices.Contains(q.roots, root)
}

// namesAnother tells whether a clause names what the statement does not, in front of
// its value.
func (q *query) namesAnother(p *place) bool {
	s := q.page.sentences[p.sentence]
	for i := s.first; i < s.end; i++ {
		f := &q.page.facts[i]
		if f.Kind != bookcheck.Name {
			continue
		}
		at, end := q.page.tokenAt(f.Start), q.page.tokenAt(f.End-1)+1
		if at < p.from || at >= p.at || at == s.from && end == at+1 && !hasDigit(f.Text) {
			continue // ordinary words begin sentences with a capital
		}
		if q.isStrange(at, end, hasDigit(f.Text)) {
			return true
		}
	}
	return false
}

// isStrange tells whether a name of the page is neither in the statement nor in the
// title.
func (q *query) isStrange(from, to int32, whole bool) bool {
	known := 0
	for i := from; i < to; i++ {
		if root := q.page.root(q.page.tokens[i]); q.says(root) || q.page.title[root] {
			known++
		}
	}
	return known == 0 || whole && known < int(to-from)
}

func hasDigit(text string) bool {
	for i := range len(text) {
		if isDigit(text[i]) {
			return true
		}
	}
	return false
}

// isFormer tells whether only one of the sentence and the statement says how something
// was before, or may be.
func (q *query) isFormer(p *place) bool {
	s := q.page.sentences[p.sentence]
	theirs := make(map[int32]bool)
	for i := s.from; i < s.to; i++ {
		tok := q.page.tokens[i]
		if theirs[q.page.root(tok)] = true; q.page.class(tok)&former != 0 && !q.says(q.page.root(tok)) {
			return true
		}
	}
	for i, w := range q.words {
		if q.own.class(w)&former != 0 && !theirs[q.roots[i]] {
			return true
		}
	}
	return false
}

// isReached tells whether nothing foreign stands between a value and the nearest word
// that the statement has too, before it or, if it begins its clause, behind it.
func (q *query) isReached(p *place) bool {
	for i := p.at - 1; i >= p.from; i-- {
		switch {
		case q.slots[q.page.root(q.page.tokens[i])]&p.shared != 0:
			return true
		case q.isForeign(i):
			return false
		}
	}
	for i := p.end; i < p.to; i++ {
		switch {
		case q.slots[q.page.root(q.page.tokens[i])]&p.shared != 0:
			return true
		case q.isForeign(i):
			return false
		}
	}
	return false
}

// foreigners counts the words in front of a value that the statement does not have.
func (q *query) foreigners(p *place) int {
	n := 0
	for i := p.from; i < p.at; i++ {
		if q.isForeign(i) {
			n++
		}
	}
	return n
}

// denies tells whether something is denied among some tokens.
func (t *Text) denies(from, to int32) bool {
	for i := from; i < to; i++ {
		if t.class(t.tokens[i])&denial != 0 {
			return true
		}
	}
	return false
}

func (q *query) denies(from, to int) bool {
	for i := from; i < to; i++ {
		if q.own.class(q.words[i])&denial != 0 {
			return true
		}
	}
	return false
}
