package weigh

import (
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A statement is a claim that is ready to be compared with pages.
type statement struct {
	text  string
	facts []bookcheck.Fact  // those of the claim; spans are bytes of text, empty if not known where
	spans []bookcheck.Span  // where they stand in the chapter
	links []*bookcheck.Link // by fact: that in whose text it stands; nil: none
}

// A query is a statement in the words of one page.
type query struct {
	*statement
	page   *Text
	words  []token     // of the statement
	own    *vocabulary // of the statement
	roots  []int32     // by word: in the vocabulary of the page; -1: the page has no such word
	inFact []int       // by word: the fact that it is part of, from 1
	terms  []term
	slots  map[int32]uint64 // terms by root, as bits
	runs   [][2]int         // the words of each fact
	parts  [][2]int         // those that speak of it, parted from those that speak of its siblings
}

// A term is what sentences are compared by: a word that says something, or a name
// with a number in it, which is there as a whole or not.
type term struct {
	word   int // the first word of the statement that is it
	length int // words
	root   int32
	weight float64
	name   bool
}

// mostTerms bounds the terms of a claim: they are numbered by bits.
const mostTerms = 64

// ask puts a statement into the words of a page.
func (s *statement) ask(page *Text) *query {
	q := &query{statement: s, page: page, own: newVocabulary(page.lossy), slots: make(map[int32]uint64)}
	q.words = q.own.tokens(s.text, true)
	q.roots = make([]int32, len(q.words))
	q.inFact = make([]int, len(q.words))
	for i, w := range q.words {
		root, known := page.stems[q.own.lexemes[w.lexeme].stem]
		if !known {
			root = -1
		}
		q.roots[i] = root
		for j := range s.facts {
			if f := &s.facts[j]; f.Start <= int(w.start) && int(w.end) <= f.End && (q.inFact[i] == 0 || f.Kind == bookcheck.Name) {
				q.inFact[i] = j + 1
			}
		}
	}
	q.addTerms()
	for i := range s.facts {
		q.runs = append(q.runs, q.run(i))
	}
	for i := range s.facts {
		q.parts = append(q.parts, q.part(i))
	}
	return q
}

// addTerms lists what the statement is about. The values themselves are not.
func (q *query) addTerms() {
	for i := 0; i < len(q.words) && len(q.terms) < mostTerms; i++ {
		f := q.inFact[i]
		if f > 0 && q.facts[f-1].Kind == bookcheck.Name && strings.ContainsAny(q.facts[f-1].Text, "0123456789") {
			n := 1
			for i+n < len(q.words) && q.inFact[i+n] == f {
				n++
			}
			q.addTerm(i, n, true)
			i += n - 1
			continue
		}
		if f > 0 && !q.isBeside(i, &q.facts[f-1]) || q.own.class(q.words[i])&(small|numeric|denial) != 0 {
			continue
		}
		q.addTerm(i, 1, f > 0 && q.facts[f-1].Kind == bookcheck.Name)
	}
}

// isBeside tells whether a word in a fact says something that the fact does not: any
// word of a name, and natural in "46 natural languages".
func (q *query) isBeside(word int, f *bookcheck.Fact) bool {
	switch l := q.own.lexemes[q.words[word].lexeme]; f.Kind {
	case bookcheck.Name:
		return true
	case bookcheck.Amount:
		return isLetter(f.Text[len(f.Text)-1]) && l.class&spelled == 0 && !isHard(kindOf(f)) && l.stem != stem(f.Unit)
	default:
		return false
	}
}

func (q *query) addTerm(word, length int, name bool) {
	t := term{word: word, length: length, root: q.roots[word], weight: 1, name: name}
	for _, root := range q.roots[word : word+length] {
		if root < 0 {
			t.root = -1
			break
		}
		t.weight = max(t.weight, q.page.weight(root))
	}
	if t.root >= 0 {
		if length == 1 && q.slots[t.root] != 0 {
			return // said before
		}
		q.slots[t.root] |= 1 << len(q.terms)
	}
	if name {
		t.weight *= 1.5
	}
	q.terms = append(q.terms, t)
}

// in returns which terms stand in a run of tokens of the page.
func (q *query) in(from, to int32) uint64 {
	var found uint64
	tokens := q.page.tokens
	for i := from; i < to; i++ {
		bits := q.slots[q.page.root(tokens[i])] &^ found
		for n := 0; bits != 0; n, bits = n+1, bits>>1 {
			if bits&1 != 0 && q.stands(&q.terms[n], i) {
				found |= 1 << n
			}
		}
	}
	return found
}

// stands tells whether a term begins at a token of the page.
func (q *query) stands(t *term, at int32) bool {
	if int(at)+t.length > len(q.page.tokens) {
		return false
	}
	for i := 1; i < t.length; i++ {
		if q.page.root(q.page.tokens[int(at)+i]) != q.roots[t.word+i] {
			return false
		}
	}
	return true
}

// inTitle returns which terms stand in the title.
func (q *query) inTitle() uint64 {
	var found uint64
	for n, t := range q.terms {
		if !slices.ContainsFunc(q.roots[t.word:t.word+t.length], func(root int32) bool { return root < 0 || !q.page.title[root] }) {
			found |= 1 << n
		}
	}
	return found
}

// span returns the words of a fact of the statement.
func (q *query) span(fact int) (from, to int) { return q.runs[fact][0], q.runs[fact][1] }

func (q *query) run(fact int) [2]int {
	f, from := &q.facts[fact], 0
	for from < len(q.words) && int(q.words[from].end) <= f.Start {
		from++
	}
	to := from
	for to < len(q.words) && int(q.words[to].start) < f.End {
		to++
	}
	return [2]int{from, to}
}

// clause returns the words of the statement that speak of one of its facts.
func (q *query) clause(fact int) (from, to int) { return q.parts[fact][0], q.parts[fact][1] }

func (q *query) part(fact int) [2]int {
	from, to := 0, len(q.words)
	at, end := q.span(fact)
	for i := range q.facts {
		other, otherEnd := q.span(i)
		if i == fact || q.facts[i].Len() == 0 || !isSibling(&q.facts[fact], &q.facts[i]) {
			continue
		}
		if otherEnd <= at {
			from = max(from, q.border(otherEnd, at))
		}
		if other >= end {
			to = min(to, q.border(end, other))
		}
	}
	return [2]int{from, to}
}

func (q *query) border(from, to int) int {
	for i := from; i < to; i++ {
		if q.words[i].gap&comma != 0 || q.own.class(q.words[i])&joint != 0 {
			return i
		}
	}
	return from
}

// weightOf sums what terms weigh; those outside of the clause of a fact, half.
func (q *query) weightOf(terms uint64, from, to int) float64 {
	sum := 0.
	for n, t := range q.terms {
		if terms&(1<<n) == 0 {
			continue
		}
		if from <= t.word && t.word < to {
			sum += t.weight
		} else {
			sum += t.weight / 2
		}
	}
	return sum
}

// A place is a fact of the page, and how much what is said of it is what the
// statement says of one of its own.
type place struct {
	clause
	fact    int32  // -1: a number that is no fact
	shared  uint64 // terms in the clause
	around  uint64 // those in the sentence, the one before it, and the title
	score   float64
	same    bool   // the fact is of the same kind as that of the statement
	with    uint64 // other facts of the statement that the sentence bears out
	against uint64 // those of which it says otherwise
}

// aside is how much a term counts that stands near a clause.
const aside = .4

// place compares what is said of a fact of the page with what is said of a fact of
// the statement.
func (q *query) place(fact int, c clause, pageFact int32) place {
	p := place{clause: c, fact: pageFact, shared: q.in(c.from, c.to)}
	s := q.page.sentences[c.sentence]
	p.around = q.in(s.from, s.to) | q.inTitle()
	if c.sentence > 0 && c.from == s.from {
		before := q.page.sentences[c.sentence-1]
		p.around |= q.in(before.from, before.to)
	}
	from, to := q.clause(fact)
	all := q.weightOf(^uint64(0), from, to)
	if all == 0 {
		p.score = 1 // the statement says nothing but its values
		return p
	}
	p.score = (q.weightOf(p.shared, from, to) + aside*q.weightOf(p.around&^p.shared, from, to)) / all
	return p
}
