// Package weigh compares claims with the text of the pages that they cite. It knows no
// network, no clock and no configuration: the same texts come to the same judgement.
//
// What a page lacks is strong evidence against a claim; that all is there proves
// little. So a value counts as missing only if the page was read as a whole and shows
// it nowhere, and as contradicted only if a clause of the page is about the same thing
// in the same words and gives another value.
package weigh

import (
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fact"
)

// Claim compares a claim with its sources. Texts holds those that could be read, by
// Source.URL.
func Claim(claim *bookcheck.Claim, sources []*bookcheck.Source, texts map[string]*Text) *bookcheck.Judgement {
	j := &bookcheck.Judgement{Sources: sources}
	if len(sources) == 0 {
		j.Reason = "cites no page"
		return j
	}
	w := weighing{statement: stated(claim), claim: claim, judgement: j}
	for _, source := range sources {
		w.ask(source, texts[source.URL])
	}
	if !w.isRead() {
		j.Support, j.Reason = bookcheck.Unavailable, w.fault()
		return j
	}
	for i := range w.facts {
		if w.isInner(i) || w.isFrame(i) {
			continue
		}
		if part := w.part(i); part.Find != bookcheck.Untold || !w.isFraction(i) {
			j.Parts = append(j.Parts, part)
		}
	}
	w.compareWhole()
	j.Support = w.support()
	if j.Support == bookcheck.Unchecked {
		j.Reason = "nothing in it can be looked up"
	}
	return j
}

// stated prepares a claim. The facts of a claim stand in its chapter; in its text they
// follow each other.
func stated(claim *bookcheck.Claim) *statement {
	s := &statement{text: claim.Text}
	if claim.Facts == nil {
		s.facts = fact.Read(claim.Text)
		s.facts = s.facts[:min(len(s.facts), mostFacts)]
		for range s.facts {
			s.spans = append(s.spans, claim.Span)
		}
	} else {
		s.place(claim.Facts[:min(len(claim.Facts), mostFacts)])
	}
	for i := range s.facts {
		s.links = append(s.links, s.owner(i, claim))
	}
	return s
}

// place finds the facts of a claim in its text. A fact inside the one before it is
// looked for from there.
func (s *statement) place(facts []bookcheck.Fact) {
	at, last := 0, bookcheck.Span{}
	for _, f := range facts {
		s.spans = append(s.spans, f.Span)
		from := at
		if last.Contains(f.Span) && len(s.facts) > 0 {
			from = s.facts[len(s.facts)-1].Start
		}
		last = f.Span
		n := strings.Index(s.text[from:], f.Text)
		if n < 0 {
			f.Span = bookcheck.Span{Start: at, End: at}
		} else {
			f.Span = bookcheck.Span{Start: from + n, End: from + n + len(f.Text)}
			at = max(at, f.Start)
		}
		s.facts = append(s.facts, f)
	}
}

// owner returns the link in whose text a fact stands; nil: there is none.
func (s *statement) owner(i int, claim *bookcheck.Claim) *bookcheck.Link {
	for _, link := range claim.Cites {
		switch {
		case link.Form == bookcheck.Role || link.Form == bookcheck.Bare || link.Form == bookcheck.Autolink:
		case claim.Facts != nil && link.Contains(s.spans[i]) && !link.Dest.Contains(s.spans[i]),
			claim.Facts == nil && strings.Contains(link.Text, s.facts[i].Text):
			return link
		}
	}
	return nil
}

// isInner tells whether a fact is part of another one, and judged with it: the size in
// a name, the number in a quotation.
func (s *statement) isInner(i int) bool {
	for n := range s.facts {
		f := &s.facts[n]
		if n != i && (f.Kind == bookcheck.Name || f.Kind == bookcheck.Quotation) && f.Contains(s.facts[i].Span) && f.Len() > s.facts[i].Len() {
			return true
		}
	}
	return false
}

// isFrame tells whether a fact is no part of what is claimed: a date that says when the
// claim was true or the page was read, or a date or name that belongs to a citation.
func (s *statement) isFrame(i int) bool {
	f := &s.facts[i]
	switch f.Kind {
	case bookcheck.Name:
		return strings.HasPrefix(s.text[f.End:], " et al")
	case bookcheck.Day:
	default:
		return false
	}
	before := strings.ToLower(strings.TrimRight(s.text[max(0, f.Start-24):f.Start], " ,:("))
	for _, frame := range frames {
		if strings.HasSuffix(before, frame) {
			return true
		}
	}
	enclosed := strings.HasSuffix(s.text[:f.Start], "(") && strings.HasPrefix(s.text[f.End:], ")")
	return enclosed && f.To.Sub(f.From) > 11*month
}

var frames = []string{"as of", "as at", "accessed", "accessed on", "retrieved", "retrieved on", "visited", "visited on", "last checked", "et al.", "et al", "at the time of writing"}

// A weighing is one claim against all pages that it cites.
type weighing struct {
	*statement
	claim     *bookcheck.Claim
	judgement *bookcheck.Judgement
	answers   []answer
	rests     float64 // how much the best sentence is about the same
}

// An answer is a source that was asked.
type answer struct {
	source *bookcheck.Source
	query  *query // nil: the page could not be read
	fault  string // why
	at     int    // the sentence that bears most of the claim out, from 1; 0: none does
	score  float64
}

func (w *weighing) ask(source *bookcheck.Source, text *Text) {
	a := answer{source: source}
	switch {
	case text == nil:
		a.fault = "could not be read"
		if p := source.Page; p != nil && p.Reason != "" && p.Verdict != bookcheck.Alive {
			a.fault = p.Reason
		} else if p != nil {
			a.fault = "has no text"
		}
	case text.fault != "":
		a.fault = text.fault
	default:
		a.query = w.statement.ask(text)
	}
	w.answers = append(w.answers, a)
}

func (w *weighing) isRead() bool {
	for _, a := range w.answers {
		if a.query != nil {
			return true
		}
	}
	return false
}

// fault says why no page could be read, of the first one.
func (w *weighing) fault() string {
	a := w.answers[0]
	return a.source.URL + " " + a.fault
}

// ranks orders the ends of a search on several pages: one success is enough, and only
// if no other page may have it does a page contradict.
var ranks = [...]int{bookcheck.Absent: 0, bookcheck.Clash: 1, bookcheck.Untold: 2, bookcheck.Elsewhere: 3, bookcheck.Found: 4}

// part looks for a fact on the pages that may have it.
func (w *weighing) part(i int) bookcheck.Part {
	part := bookcheck.Part{Fact: w.facts[i], Find: bookcheck.Absent}
	part.Fact.Span = w.spans[i]
	owner := w.links[i]
	owned := owner != nil && w.cited(owner)
	first := true
	for n := range w.answers {
		a := &w.answers[n]
		if owned && a.source.Link != owner {
			continue
		}
		f := finding{find: bookcheck.Untold}
		if a.query != nil {
			f = a.query.look(i)
			if a.query.page.patchy && f.find == bookcheck.Absent {
				f.find = bookcheck.Untold
			}
			if f.find == bookcheck.Found && f.at > 0 && f.score > a.score {
				a.at, a.score = f.at, f.score
			}
		}
		if first || ranks[f.find] > ranks[part.Find] {
			part.Find, part.Says, part.Instead, part.Score = f.find, f.says, f.instead, f.score
			part.Source = a.source
		}
		first = false
	}
	part.Owned = owned
	if len(w.answers) > 1 && !owned && part.Find == bookcheck.Absent {
		part.Source = nil
	}
	return part
}

// cited tells whether a link leads to one of the sources.
func (w *weighing) cited(link *bookcheck.Link) bool {
	for _, a := range w.answers {
		if a.source.Link == link {
			return true
		}
	}
	return false
}

// compareWhole looks whether the only page that is cited says the opposite of the
// claim, and how much it is about the same.
func (w *weighing) compareWhole() {
	for n := range w.answers {
		a := &w.answers[n]
		if a.query == nil {
			continue
		}
		at := a.at
		if at == 0 {
			at = a.query.nearestSentence()
		}
		if at == 0 {
			continue
		}
		w.rests = max(w.rests, a.query.share(at-1))
		if len(w.answers) > 1 || w.has(bookcheck.Clash) || w.has(bookcheck.Absent) {
			continue
		}
		if f := a.query.whole(at - 1); f.find == bookcheck.Clash {
			w.judgement.Parts = append(w.judgement.Parts, bookcheck.Part{
				Fact: bookcheck.Fact{Span: w.claim.Span, Kind: bookcheck.Statement, Text: w.text},
				Find: bookcheck.Clash, Source: a.source, Says: f.says, Instead: f.instead, Score: f.score,
			})
		}
	}
}

func (w *weighing) has(find bookcheck.Find) bool {
	for _, p := range w.judgement.Parts {
		if p.Find == find {
			return true
		}
	}
	return false
}

// support sums the parts up. Names alone speak against a page only if most of them
// are missing, and little else is there.
func (w *weighing) support() bookcheck.Support {
	var values, names [len(ranks)]int
	all, allNames := 0, 0
	for _, p := range w.judgement.Parts {
		if p.Fact.Kind == bookcheck.Name && p.Find != bookcheck.Clash {
			names[p.Find]++
			allNames++
		} else {
			values[p.Find]++
			all++
		}
	}
	strange := allNames > 0 && names[bookcheck.Found]*2 < allNames // most names are missing
	switch {
	case values[bookcheck.Clash] > 0:
		return bookcheck.Contradicted
	case values[bookcheck.Absent] > 0:
		return bookcheck.NotFound
	case values[bookcheck.Elsewhere] > 0 || values[bookcheck.Untold] > 0:
		return bookcheck.Partial
	case all > 0:
		return ifElse(strange && names[bookcheck.Found] == 0 && w.rests < .35, bookcheck.Partial, bookcheck.Consistent)
	case strange:
		return ifElse(w.rests < .3, bookcheck.NotFound, bookcheck.Partial)
	case allNames > 0:
		return ifElse(names[bookcheck.Found] == allNames && w.rests >= .25, bookcheck.Consistent, bookcheck.Partial)
	case w.rests >= .6:
		return bookcheck.Consistent
	}
	return bookcheck.Unchecked
}

func ifElse[T any](condition bool, yes, no T) T {
	if condition {
		return yes
	}
	return no
}

// share returns how much of the statement a sentence says, from 0 to 1.
func (q *query) share(number int) float64 {
	s := q.page.sentences[number]
	all := q.weightOf(^uint64(0), 0, len(q.words))
	if all == 0 {
		return 1
	}
	here := q.in(s.from, s.to)
	return (q.weightOf(here, 0, len(q.words)) + aside*q.weightOf(q.inTitle()&^here, 0, len(q.words))) / all
}
