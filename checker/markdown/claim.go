package markdown

import (
	"slices"
	"sort"
	"time"

	"github.com/bookcheck/bookcheck"
)

// claimsOf returns the sentences of a chapter that a reader could check or that
// time can make untrue, in the order of the passages. It goes once over the text;
// what a cue is stands in the files of folder cues.
func claimsOf(chapter *bookcheck.Chapter, passages []*passage) []*bookcheck.Claim {
	language := languageOf(passages)
	if language == nil {
		return nil
	}
	f := finder{
		scanner: scanner{language: language},
		chapter: chapter,
		page:    language.pageOf(chapter),
	}
	f.sections = language.sectionsOf(chapter.Headings, f.page)
	for _, p := range passages {
		f.read(p)
	}
	return f.claims
}

// A finder looks for claims in the passages of one chapter.
type finder struct {
	scanner
	chapter  *bookcheck.Chapter
	page     frame   // of the text before the first heading
	sections []frame // by heading
	claims   []*bookcheck.Claim
	ends     []int
	found    []mark
}

// A mark is a cue found in a sentence, in tokens.
type mark struct {
	kind       bookcheck.CueKind
	rank       int // the lower one wins where two overlap
	start, end int
	date       time.Time
}

// read adds the claims of one passage.
func (f *finder) read(p *passage) {
	f.scan(p.text)
	if !f.promises() {
		return
	}
	in := f.frame(p)
	f.ends = f.language.sentenceEnds(p.text, f.ends[:0])
	from := 0
	for _, end := range f.ends {
		to := from + sort.Search(len(f.tokens)-from, func(i int) bool { return f.tokens[from+i].start >= end })
		if from < to {
			f.readSentence(p, f.reading(from, to), in)
		}
		from = to
	}
}

// promises tells whether a passage may hold a claim, so that most need not be
// split into sentences.
func (f *finder) promises() bool {
	all := f.reading(0, len(f.tokens))
	for i := range f.tokens {
		tok := &f.tokens[i]
		if tok.kind == numberToken {
			return true
		}
		for _, find := range f.language.startingWith(tok) {
			if _, ok := all.match(find.pattern, i); ok {
				return true
			}
		}
	}
	return false
}

// startingWith returns the patterns that may begin with a token.
func (l *language) startingWith(tok *token) []find {
	switch {
	case tok.kind == numberToken:
		return l.numeric
	case int(tok.word) < len(l.first):
		return l.first[tok.word]
	}
	return nil
}

// reading returns a look at the tokens from one to another.
func (s *scanner) reading(from, to int) reading {
	first := from
	for first < to-1 && s.tokens[first].kind == markToken {
		first++
	}
	return reading{scanner: s, from: from, to: to, first: first}
}

// readSentence adds the claim that a sentence makes, if it makes one.
func (f *finder) readSentence(p *passage, r reading, in frame) {
	f.found = f.found[:0]
	if p.kind != title {
		r.cues(&f.found)
	}
	r.dates(&f.found, in.year)
	quantities := r.quantities(p)
	if len(f.found) == 0 && len(quantities) == 0 {
		return
	}
	start, end := r.tokens[r.from].start, r.tokens[r.to-1].end
	span := p.span(start, end)
	f.claims = append(f.claims, &bookcheck.Claim{
		Span:       span,
		Text:       p.reading(f.chapter, start, end),
		Cues:       f.cuesOf(p, quantities),
		Quantities: quantities,
		Cites:      citesIn(f.chapter.Links, span),
		Quoted:     p.quoted,
		Dated:      in.dated,
	})
}

// cues adds the phrases of the sentence that depend on time.
func (r *reading) cues(found *[]mark) {
	for at := r.from; at < r.to; at++ {
		tok := &r.tokens[at]
		if tok.quoted {
			continue
		}
		for _, find := range r.language.startingWith(tok) {
			r.date = time.Time{}
			end, ok := r.match(find.pattern, at)
			if !ok || r.nearDynamic(at, end) {
				continue
			}
			date := r.date
			if r.allows(find.cue, at, end) {
				*found = append(*found, mark{find.cue.kind, find.cue.rank, at, end, date})
			}
		}
	}
}

// nearDynamic tells whether text that the builder puts in stands so close to a
// cue that it keeps the statement true: "the latest version is {{ version }}".
func (r *reading) nearDynamic(start, end int) bool {
	const near = 6
	for at := max(r.from, start-near); at < min(r.to, end+near); at++ {
		if r.tokens[at].kind == maskToken && r.isMask(at, maskDynamic) {
			return true
		}
	}
	return false
}

// dates adds the dates of the sentence. One without a year counts as such if
// nothing near says which year is meant.
func (r *reading) dates(found *[]mark, yearKnown bool) {
	first := len(*found)
	for at := r.from; at < r.to; at++ {
		d, n := r.dateAt(at)
		if n == 0 {
			continue
		}
		m := mark{kind: bookcheck.DateEvent, rank: len(r.language.cues), start: at, end: at + n}
		switch {
		case d.year != 0:
			if d.month != 0 || at > r.from && r.language.classes.yearLead.has(r.tokens[at-1].word) {
				m.date = d.end()
				*found = append(*found, m)
			}
			yearKnown = true
		case !r.tokens[at].quoted && r.allows(r.language.yearless, at, at+n):
			m.kind = bookcheck.YearlessDate
			*found = append(*found, m)
		}
		at += n - 1
	}
	if yearKnown {
		*found = append((*found)[:first], slices.DeleteFunc((*found)[first:], func(m mark) bool {
			return m.kind == bookcheck.YearlessDate
		})...)
	}
}

// cuesOf returns the cues that were found, and the quantities as such, in the
// order of the text. Of two that overlap the one that says more stays.
func (f *finder) cuesOf(p *passage, quantities []bookcheck.Quantity) []bookcheck.Cue {
	sort.SliceStable(f.found, func(i, j int) bool { return f.found[i].rank < f.found[j].rank })
	kept := f.found[:0]
	for _, m := range f.found {
		if !slices.ContainsFunc(kept, func(k mark) bool { return m.start < k.end && k.start < m.end }) {
			kept = append(kept, m)
		}
	}
	cues := make([]bookcheck.Cue, 0, len(kept)+len(quantities))
	for _, m := range kept {
		start, end := f.tokens[m.start].start, f.tokens[m.end-1].end
		cues = append(cues, bookcheck.Cue{
			Span: p.span(start, end),
			Kind: m.kind,
			Text: p.reading(f.chapter, start, end),
			Date: m.date,
		})
	}
	for _, q := range quantities {
		cues = append(cues, bookcheck.Cue{Span: q.Span, Kind: bookcheck.Measure, Text: f.chapter.Text(q)})
	}
	sort.SliceStable(cues, func(i, j int) bool { return cues[i].Start < cues[j].Start })
	return cues
}

// citesIn returns the links inside a span that take a reader somewhere.
func citesIn(links []*bookcheck.Link, span bookcheck.Span) []*bookcheck.Link {
	var cites []*bookcheck.Link
	first := sort.Search(len(links), func(i int) bool { return links[i].Start >= span.Start })
	for _, link := range links[first:] {
		if link.Start >= span.End {
			break
		}
		switch link.Kind {
		case bookcheck.PageLink, bookcheck.HTMLLink, bookcheck.JSXLink, bookcheck.Cite, bookcheck.FootnoteRef:
			cites = append(cites, link)
		default: // shows something or names a place in the book
		}
	}
	return cites
}
