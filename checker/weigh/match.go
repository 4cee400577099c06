package weigh

import (
	"math/bits"
	"sort"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A finding is how the search for a fact on one page ended.
type finding struct {
	find    bookcheck.Find
	says    string  // the sentence of the page
	instead string  // what that sentence has instead
	score   float64 // how much the sentence is about the same
	at      int     // the sentence, from 1; 0: none
}

// look searches the page for a fact of the statement.
func (q *query) look(i int) finding {
	switch q.facts[i].Kind {
	case bookcheck.Quotation:
		return q.quotation(i)
	case bookcheck.License:
		return q.license(i)
	case bookcheck.Name:
		return q.name(i)
	default:
		return q.value(i)
	}
}

// Bounds on how much a sentence must be about the same for its value to count. They
// were set on testdata/tuned.txt.
const (
	related   = .2  // a value of any kind is the one that was meant
	kindred   = .08 // one that has a unit of measure is
	kin       = .35 // a number is, though the page gives it without its unit or counts it as something else
	contrary  = .45 // a sentence that gives another value contradicts
	accord    = .2  // how much it counts that another value of the claim stands in the same sentence
	confident = .5  // at least this much of a claim is in the clause that does
)

// mostPlaces bounds how many values of a page are compared with one of a claim.
const mostPlaces = 20000

// value looks for a quantity or a date.
func (q *query) value(i int) finding {
	hits, others := q.places(i)
	if len(hits) == 0 && q.isPublished(i) {
		return finding{find: bookcheck.Found, score: 1}
	}
	if len(hits) == 0 {
		if p, found := q.contradiction(i, others); found {
			return q.report(bookcheck.Clash, p)
		}
		return q.elsewhere(i, others)
	}
	hit := best(hits)
	if p, found := q.usurper(i, hit, others); found {
		return q.report(bookcheck.Clash, p)
	}
	if q.holds(i, hit) {
		return q.report(bookcheck.Found, hit)
	}
	return q.report(bookcheck.Elsewhere, hit)
}

// isPublished tells whether a date is the one on which the page says that it appeared.
func (q *query) isPublished(i int) bool {
	f, imprint := &q.facts[i], q.page.page.Imprint
	return f.Kind == bookcheck.Day && imprint != nil && !imprint.Published.IsZero() &&
		!imprint.Published.Before(f.From) && !imprint.Published.After(f.To.AddDate(0, 0, 1))
}

// holds tells whether a place that gives the value is about the same.
func (q *query) holds(i int, hit *place) bool {
	f := &q.facts[i]
	switch {
	case hit.score >= related, hit.with != 0, hit.same && len(q.page.sentences) <= fewSentences:
		return true
	case f.Kind == bookcheck.Day:
		return hit.score >= kindred || f.To.Sub(f.From) <= month
	case isRare(f) && q.page.facts[hit.fact].Op != bookcheck.About || f.Unit != "" && !isHard(kindOf(f)) && f.Low >= 10:
		return true // so many of the same things are counted nowhere by chance
	default:
		return hit.score >= kindred && isHard(kindOf(f))
	}
}

// fewSentences is how many a page has at most on which a value of the same kind is
// hardly met by chance.
const fewSentences = 20

const month = 31 * 24 * time.Hour

func (q *query) report(find bookcheck.Find, p *place) finding {
	f := finding{find: find, score: min(p.score, 1), at: p.sentence + 1}
	f.says = q.page.extract(int(q.page.tokens[p.at].start), q.page.sentences[p.sentence])
	if find == bookcheck.Clash {
		f.instead = q.page.facts[p.fact].Text
	}
	return f
}

func best(places []*place) *place {
	top := places[0]
	for _, p := range places {
		if p.score > top.score {
			top = p
		}
	}
	return top
}

// places returns where the page gives the value of a fact, and where it gives another
// one of the same kind that no other fact of the statement accounts for.
func (q *query) places(i int) (hits, others []*place) {
	f := &q.facts[i]
	for _, kind := range comparable(f) {
		same := kind == kindOf(f)
		facts := q.page.kinds[kind]
		for _, j := range facts[:min(len(facts), mostPlaces)] {
			g := &q.page.facts[j]
			switch {
			case q.bearsOut(f, g, same):
				p := q.placeOf(i, j)
				p.same = same
				if spans(g) && !spans(f) && p.score < kin {
					continue // most values lie between some two others
				}
				if same || isRare(f) || q.countsSame(f, j) || f.Unit == "" && p.score >= kin {
					hits = append(hits, p)
				}
			case same:
				p := q.placeOf(i, j)
				if others = append(others, p); p.score >= confident && isWithin(f, g) {
					hits = append(hits, p)
				}
			}
		}
	}
	return hits, others
}

// placeOf returns the place of a fact of the page, with the other facts of the
// statement that its sentence bears out, and those of which it says otherwise.
func (q *query) placeOf(i int, pageFact int32) *place {
	p := q.place(i, q.page.clause(pageFact), pageFact)
	s := q.page.sentences[p.sentence]
	for n := range q.facts {
		f := &q.facts[n]
		if n == i || f.Kind != bookcheck.Amount && f.Kind != bookcheck.Day || q.isPartOfName(n) {
			continue
		}
		known, agrees := false, false
		for j := s.first; j < s.end; j++ {
			if g := &q.page.facts[j]; j != pageFact && sameKind(g, f) {
				known = true
				agrees = agrees || q.bearsOut(f, g, true)
			}
		}
		switch {
		case agrees:
			p.with |= 1 << min(n, 63)
			p.score = min(1, p.score+accord)
		case known:
			p.against |= 1 << min(n, 63)
		}
	}
	return &p
}

// comparable returns the kinds of fact that may give the value of a fact: its own,
// and those that name the same in other words.
func comparable(f *bookcheck.Fact) []string {
	kind := kindOf(f)
	kinds := []string{kind}
	switch {
	case f.Kind != bookcheck.Amount:
	case kind == "person":
		kinds = append(kinds, kindsOfPeople...)
	case people[kind]:
		kinds = append(kinds, "person", "")
	case kind == "":
		kinds = append(kinds, "percent", "ratio")
	case kind == "percent":
		kinds = append(kinds, "ratio", "")
	default:
		kinds = append(kinds, "")
	}
	return kinds
}

// bearsOut tells whether a fact of the page says what one of the statement says.
func (q *query) bearsOut(f, g *bookcheck.Fact, same bool) bool {
	switch f.Kind {
	case bookcheck.Day:
		switch first, last := g.From.Year(), g.To.Year(); {
		case first == last:
		case f.From.Year() != f.To.Year():
			return f.From.Year() == first && f.To.Year() == last
		default: // of a span of years, the first and the last are given
			return f.From.Year() == first || f.From.Year() == last
		}
		return !f.From.After(g.To) && !g.From.After(f.To)
	default:
		return agree(f, g) || !same && g.Unit == "" && f.Unit == "percent" && agree(f, scaled(g, 100))
	}
}

func spans(f *bookcheck.Fact) bool { return f.Op == bookcheck.Between }

func scaled(f *bookcheck.Fact, factor float64) *bookcheck.Fact {
	g := *f
	g.Low, g.High = g.Low*factor, g.High*factor
	return &g
}

// countsSame tells whether a number without a unit counts what the statement counts:
// the sentence says so elsewhere.
func (q *query) countsSame(f *bookcheck.Fact, pageFact int32) bool {
	g := &q.page.facts[pageFact]
	if g.Kind != bookcheck.Amount || f.Unit == "" {
		return g.Unit == ""
	}
	if people[stem(f.Unit)] && kindOf(g) == "person" || f.Unit == "people" && people[stem(g.Unit)] {
		return true
	}
	root, known := q.page.stems[stem(f.Unit)]
	if !known {
		return false
	}
	c := q.page.clause(pageFact)
	for i := c.from; i < c.to; i++ {
		if q.page.root(q.page.tokens[i]) == root {
			return true
		}
	}
	return false
}

// contradiction returns the place that gives another value of the same thing.
func (q *query) contradiction(i int, others []*place) (*place, bool) {
	var top *place
	for _, p := range others {
		if (top == nil || p.score > top.score) && p.against == 0 && !q.isTaken(i, p) {
			top = p
		}
	}
	if top == nil || top.score < contrary || !q.opposes(i, top) {
		return nil, false
	}
	return top, true
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
	case q.speaksOfAnother(i, p), q.isFormer(p), !q.namesKnown(p), q.namesAnother(p), !q.subjectKnown(i, p):
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
	case top.score >= kin, isRare(f) && (top.score >= related || f.Unit == "" && top.score >= kindred):
		return q.report(bookcheck.Found, top)
	case isRare(f) || f.Unit == "" && f.Kind == bookcheck.Amount:
		return q.report(bookcheck.Elsewhere, top)
	}
	return q.nearest(others)
}

// renamed returns the place that counts as many of something else, as far as the words
// go: 22 subsets for 22 sources.
func (q *query) renamed(i int) *place {
	f := &q.facts[i]
	if f.Kind != bookcheck.Amount || f.Unit != "" && isHard(kindOf(f)) || f.Low < 10 && f.Unit != "" {
		return nil
	}
	var top *place
	for n, j := range q.page.amounts {
		g := &q.page.facts[j]
		written, _ := parseNumber(firstNumber(g.Text)) // 6.5 of 6.5 km
		alike := *g
		alike.Unit = f.Unit
		if n < mostPlaces && (agree(f, &alike) || written == f.Low) && g.Unit != "" && (f.Unit == "" || !isHard(kindOf(g))) {
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

// isPartOfName tells whether a quantity is the size in a name, as in LLaMA-13B.
func (s *statement) isPartOfName(i int) bool {
	f := &s.facts[i]
	for n := range s.facts {
		if s.facts[n].Kind == bookcheck.Name && n != i && f.Len() > 0 && s.facts[n].Contains(f.Span) {
			return true
		}
	}
	return false
}

// license looks for a licence by its identifier.
func (q *query) license(i int) finding {
	f := &q.facts[i]
	var other int32 = -1
	several := false
	for _, j := range q.page.kinds[licenses] {
		g := &q.page.facts[j]
		if isSameLicense(f.Key, g.Key) {
			p := q.place(i, q.page.clause(j), j)
			return q.report(bookcheck.Found, &p)
		}
		several = several || other >= 0 && q.page.facts[other].Key != g.Key
		other = j
	}
	if p := q.licenseWords(i); p != nil {
		return q.report(bookcheck.Found, p)
	}
	if other < 0 || several {
		return finding{find: bookcheck.Absent}
	}
	p := q.place(i, q.page.clause(other), other)
	if p.score < confident || !q.subjectKnown(i, &p) || !q.namesKnown(&p) || q.namesAnother(&p) || q.isFormer(&p) {
		return finding{find: bookcheck.Absent}
	}
	return q.report(bookcheck.Clash, &p)
}

// isSameLicense tells whether two identifiers name the same licence; the version may
// be missing from one.
func isSameLicense(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || len(b) > len(a) && b[:len(a)] == a && b[len(a)] == '-'
}

// licenseWords returns the place where a sentence about a licence has the name of one.
func (q *query) licenseWords(i int) *place {
	from, to := q.span(i)
	license, known := q.page.stems[stem("license")]
	if !known || from == to || q.roots[from] < 0 {
		return nil
	}
	for number, s := range q.page.sentences {
		at, about := int32(-1), false
		for n := s.from; n < s.to; n++ {
			root := q.page.root(q.page.tokens[n])
			about = about || root == license
			if root == q.roots[from] {
				at = n
			}
		}
		if about && at >= 0 {
			p := q.place(i, clause{sentence: number, from: s.from, to: s.to, at: at, end: at + 1}, -1)
			return &p
		}
	}
	return nil
}
