package weigh

import (
	"time"

	"github.com/bookcheck/bookcheck"
)

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

// What is looked at of a claim and a page that are lists of numbers.
const (
	mostHits   = 500  // places of the value, on each page
	mostPlaces = 4000 // places of other values
	mostFacts  = 24   // facts of a claim
)

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
	if q.areVague(i, hits) {
		if p, found := q.contradiction(i, others); found {
			return q.report(bookcheck.Clash, p)
		}
	}
	hit := best(hits)
	if p, found := q.usurper(i, hit, others); found {
		return q.report(bookcheck.Clash, p)
	}
	if q.holds(i, hit) && !q.choosesOtherwise(i, hit) {
		return q.report(bookcheck.Found, hit)
	}
	return q.report(bookcheck.Elsewhere, hit)
}

// areVague tells whether all places only give the year or the month of a date, so that
// one that gives another day may speak against it.
func (q *query) areVague(i int, hits []*place) bool {
	f := &q.facts[i]
	if f.Kind != bookcheck.Day {
		return false
	}
	for _, p := range hits {
		if g := &q.page.facts[p.fact]; g.To.Sub(g.From) <= f.To.Sub(f.From)+24*time.Hour {
			return false
		}
	}
	return true
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
	for _, kind := range kindsFor(f) {
		same := kind == kindOf(f)
		for _, j := range q.page.kinds[kind] {
			g := &q.page.facts[j]
			switch bears := q.bearsOut(f, g, same); {
			case bears && len(hits) < mostHits:
				p := q.placeOf(i, j)
				p.same = same
				if spans(g) && !spans(f) && p.score < kin || g.Low != f.Low && q.isOther(i, g) {
					continue // most values lie between some two others
				}
				if same || isRare(f) || q.countsSame(f, j) || f.Unit == "" && p.score >= kin || f.Unit == "percent" && g.Unit == "" && p.score >= related {
					hits = append(hits, p)
				}
			case !bears && same && len(others) < mostPlaces:
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

// kindsFor returns the kinds of fact that may give the value of a fact: its own,
// and those that name the same in other words.
func kindsFor(f *bookcheck.Fact) []string {
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

// isOther tells whether a fact of the page is the very value of another one of the
// statement.
func (q *query) isOther(i int, g *bookcheck.Fact) bool {
	for n := range q.facts {
		if f := &q.facts[n]; n != i && f.Kind == bookcheck.Amount && f.Kind == g.Kind && f.Low == g.Low && sameKind(f, g) {
			return true
		}
	}
	return false
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
