package weigh

import "github.com/bookcheck/bookcheck"

// whole compares what the statement says as a whole with one sentence of the page,
// where its values prove nothing: whether one denies what the other says, and which
// way a comparison goes. Score 0: nothing speaks against it.
func (q *query) whole(number int) finding {
	s := q.page.sentences[number]
	p := place{clause: clause{sentence: number, from: s.from, to: s.to, at: s.from, end: s.from}, fact: -1}
	p.shared = q.in(s.from, s.to)
	p.around = p.shared | q.inTitle()
	if number > 0 {
		before := q.page.sentences[number-1]
		p.around |= q.in(before.from, before.to)
	}
	still, plain := q.still()
	all := q.weightOf(still, 0, len(q.words))
	if all == 0 || len(q.terms) < 2 || q.isFormer(&p) {
		return finding{}
	}
	here, around := q.weightOf(still&p.shared, 0, len(q.words))/all, q.weightOf(still&p.around, 0, len(q.words))/all
	if q.weightOf(plain&p.around, 0, len(q.words)) < .85*q.weightOf(plain, 0, len(q.words)) {
		return finding{}
	}
	if q.isSwapped(&p) || q.isTurned(&p) && around >= .9 || (q.isDenied(&p) || q.isOpposite(&p)) && around >= .85 && here >= .6 {
		return finding{find: bookcheck.Clash, says: q.page.quote(s), instead: q.page.quote(s), score: here, at: number + 1}
	}
	return finding{}
}

// still returns the terms that are on no axis: what is compared, or changes. Those that
// are no name are plain.
func (q *query) still() (all, plain uint64) {
	for k, t := range q.terms {
		if q.own.lexemes[q.words[t.word].lexeme].axis != 0 {
			continue
		}
		if all |= 1 << k; !t.name {
			plain |= 1 << k
		}
	}
	return all, plain
}

// nearestSentence returns the sentence that shares most with the statement, from 1;
// 0: none shares anything.
func (q *query) nearestSentence() int {
	top, number := 0., 0
	for i, s := range q.page.sentences {
		if shared := q.in(s.from, s.to); shared != 0 {
			if w := q.weightOf(shared, 0, len(q.words)); w > top {
				top, number = w, i+1
			}
		}
	}
	return number
}

// reach is how many words may stand between a denial and what it denies: the next word
// that says something.
const reach = 4

// isDenied tells whether the page denies a word that the statement does not, or the
// other way round.
func (q *query) isDenied(p *place) bool {
	ours, theirs := q.denies(0, len(q.words)), q.page.denies(p.from, p.to)
	if ours == theirs {
		return false
	}
	if theirs {
		for i := p.from; i < p.to; i++ {
			if q.page.class(q.page.tokens[i])&denial == 0 {
				continue
			}
			for j := i + 1; j < min(p.to, i+1+reach); j++ {
				tok := q.page.tokens[j]
				if q.slots[q.page.root(tok)] != 0 {
					return true
				}
				if isEmphasis(q.page.body, tok) || q.page.class(tok)&small == 0 {
					break
				}
			}
		}
		return false
	}
	for i, w := range q.words {
		if q.own.class(w)&denial == 0 {
			continue
		}
		for j := i + 1; j < min(len(q.words), i+1+reach); j++ {
			if q.slots[q.roots[j]]&p.shared != 0 {
				return true
			}
			if isEmphasis(q.text, q.words[j]) || q.own.class(q.words[j])&small == 0 {
				break
			}
		}
	}
	return false
}

// isEmphasis tells whether a word behind not makes it no denial: not only, no more
// than.
func isEmphasis(text string, w token) bool {
	switch text[w.start:w.end] {
	case "only", "just", "merely", "more", "less", "fewer", "later", "least", "yet", "necessarily", "even":
		return true
	}
	return false
}

// isOpposite tells whether both speak of a change, and of opposite ones, or compare
// the same things with opposite words.
func (q *query) isOpposite(p *place) bool {
	ours := q.axes()
	theirs := make(map[axis]int)
	for i := p.from; i < p.to; i++ {
		if a := q.page.lexemes[q.page.tokens[i].lexeme].axis; a != 0 && !q.page.isInFact(p, i) {
			theirs[a]++
		}
	}
	if len(ours) != 1 {
		return false
	}
	for a := range ours {
		if theirs[a] > 0 || theirs[-a] == 0 || q.denies(0, len(q.words)) || q.page.denies(p.from, p.to) {
			return false
		}
		return a == change || a == -change || q.isSameOrder(p)
	}
	return false
}

// axes counts the words of the statement that have an axis.
func (q *query) axes() map[axis]int {
	found := make(map[axis]int)
	for i, w := range q.words {
		if a := q.own.lexemes[w.lexeme].axis; a != 0 && q.inFact[i] == 0 {
			found[a]++
		}
	}
	return found
}

// isInFact tells whether a token is part of a quantity, as "lower" is in "lower than 3".
func (t *Text) isInFact(p *place, at int32) bool {
	s := t.sentences[p.sentence]
	for j := s.first; j < s.end; j++ {
		if f := &t.facts[j]; f.Kind != bookcheck.Name && f.Start <= int(t.tokens[at].start) && int(t.tokens[at].end) <= f.End {
			return true
		}
	}
	return false
}

// sides returns the terms before and behind a word of the statement, the nearest ones;
// -1: there is none.
func (q *query) sides(word int) (before, after int) {
	before, after = -1, -1
	for k, t := range q.terms {
		switch {
		case q.own.lexemes[q.words[t.word].lexeme].axis != 0 || t.word == word:
		case t.word < word:
			before = k
		case after < 0:
			after = k
		}
	}
	return before, after
}

// comparative returns the word of the statement that compares, and its axis: faster,
// outperforms; of any other one that stands in front of than, the axis is 0. -1: there
// is none, or more than one.
func (q *query) comparative() (word int, a axis) {
	word = -1
	for i, w := range q.words {
		axis := q.own.lexemes[w.lexeme].axis
		than := i+1 < len(q.words) && q.text[q.words[i+1].start:q.words[i+1].end] == "than"
		if q.inFact[i] != 0 || axis == 0 && (!than || q.own.class(w)&small != 0) {
			continue
		}
		if word >= 0 {
			return -1, 0
		}
		word, a = i, axis
	}
	return word, a
}

// order returns where the terms stand in the clause and where the first word does that
// compares; -1: nowhere.
func (q *query) order(p *place, before, after int, compares func(*lexeme) bool) (b, w, a int32) {
	b, w, a = -1, -1, -1
	for i := p.from; i < p.to; i++ {
		l := &q.page.lexemes[q.page.tokens[i].lexeme]
		bits := q.slots[l.root]
		switch {
		case b < 0 && bits&(1<<before) != 0 && q.stands(&q.terms[before], i):
			b = i
		case a < 0 && bits&(1<<after) != 0 && q.stands(&q.terms[after], i):
			a = i
		case w < 0 && compares(l):
			w = i
		}
	}
	return b, w, a
}

// isSameOrder tells whether the page compares the same things in the same order, with
// the opposite word.
func (q *query) isSameOrder(p *place) bool {
	word, opposite := q.comparative()
	if word < 0 || opposite == 0 {
		return false
	}
	before, after := q.sides(word)
	if before < 0 || after < 0 {
		return false
	}
	b, w, a := q.order(p, before, after, func(l *lexeme) bool { return l.axis == -opposite })
	return b >= 0 && b < w && w < a
}

// isTurned tells whether the page compares the same things by the same word the other
// way round: A is faster than B, B is faster than A.
func (q *query) isTurned(p *place) bool {
	word, same := q.comparative()
	if word < 0 || same == change || same == -change || q.denies(0, len(q.words)) || q.page.denies(p.from, p.to) {
		return false
	}
	_, after := q.sides(word)
	if after < 0 {
		return false
	}
	for before, t := range q.terms {
		if t.word >= word {
			break
		}
		b, w, a := q.order(p, before, after, func(l *lexeme) bool {
			return same != 0 && l.axis == same || same == 0 && l.root == q.roots[word]
		})
		if a >= 0 && a < w && w < b {
			return true
		}
	}
	return false
}

// isSwapped tells whether the page gives the same two values in the other order, where
// order says what they belong to: the former and the latter, respectively.
func (q *query) isSwapped(p *place) bool {
	if !q.points(p) {
		return false
	}
	s := q.page.sentences[p.sentence]
	for i := range q.facts {
		for j := i + 1; j < len(q.facts); j++ {
			f, g := &q.facts[i], &q.facts[j]
			if !isSibling(f, g) || q.bearsOut(f, g, true) {
				continue
			}
			a, b := q.first(s, f), q.first(s, g)
			return a >= 0 && b >= 0 && b < a && q.inOrder(p)
		}
	}
	return false
}

// points tells whether both the statement and the sentence lead back to what stood
// before by its order, in the same way.
func (q *query) points(p *place) bool {
	for _, w := range q.words {
		if q.own.class(w)&pointer == 0 {
			continue
		}
		for i := p.from; i < p.to; i++ {
			if q.page.root(q.page.tokens[i]) == q.pageRoot(w) {
				return true
			}
		}
	}
	return false
}

func (q *query) pageRoot(w token) int32 {
	if root, known := q.page.stems[q.own.lexemes[w.lexeme].stem]; known {
		return root
	}
	return -1
}

// first returns the first fact of a sentence that bears one of the statement out; -1:
// there is none.
func (q *query) first(s sentence, f *bookcheck.Fact) int32 {
	for j := s.first; j < s.end; j++ {
		if g := &q.page.facts[j]; sameKind(f, g) && q.bearsOut(f, g, true) {
			return j
		}
	}
	return -1
}

// inOrder tells whether the words of the statement stand in the sentence in their
// order, pointers included.
func (q *query) inOrder(p *place) bool {
	last := int32(-1)
	for n, w := range q.words {
		if q.inFact[n] != 0 && q.facts[q.inFact[n]-1].Kind != bookcheck.Name || q.own.class(w)&small != 0 && q.own.class(w)&pointer == 0 {
			continue
		}
		for i := p.from; i < p.to; i++ {
			if q.page.root(q.page.tokens[i]) == q.roots[n] {
				if i < last {
					return false
				}
				last = i
				break
			}
		}
	}
	return true
}
