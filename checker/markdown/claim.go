package markdown

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"time"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fact"
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
		scanner: newScanner(language),
		chapter: chapter,
		page:    language.pageOf(chapter),
		active:  make([]bool, len(language.finds)),
		begin:   make(words, len(language.vocabulary)/64+1),
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
	starts   []int  // tokens of the passage at which some cue may begin
	active   []bool // by pattern: its key stands in the passage
	alive    []int  // the active patterns
	begin    words  // what they begin with
	found    []mark
	signs    []bookcheck.Worth // what the sentence looks worth checking for
	facts    fact.Reader
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
	if p.kind == title {
		return
	}
	f.scan(p.text)
	if !f.promises() && len(citesIn(f.chapter.Links, p.span(0, len(p.text)))) == 0 || f.isForeign() {
		return
	}
	in := f.frame(p)
	f.ends = f.language.sentenceEnds(p.text, f.ends[:0])
	from := 0
	for _, end := range f.ends {
		to := from + sort.Search(len(f.tokens)-from, func(i int) bool { return f.tokens[from+i].start >= end })
		if from < to {
			end = max(end, f.tokens[to-1].end) // no sentence ends inside a word
			f.readSentence(p, f.reading(from, to), end, in)
		}
		from = to
	}
}

// isForeign tells whether the passage is in another language than its chapter: a
// quotation, or what is left to translate. Names and numbers thin out small words,
// so that fewer than in a chapter are enough.
func (f *finder) isForeign() bool {
	const few, least = 20, 11
	total, small := 0, 0
	for i := range f.tokens {
		switch tok := &f.tokens[i]; {
		case tok.kind != wordToken:
		case f.text[tok.start] >= utf8.RuneSelf:
			total += wordsIn(tok.end - tok.start)
		default:
			total++
			if f.language.classes.stop.has(tok.word) {
				small++
			}
		}
	}
	return total >= few && small*least < total
}

// promises tells whether a passage may hold a claim though it cites nothing, so that most
// need not be split into sentences: it has a number, a quotation, or the words of some
// cue. It keeps where these begin.
func (f *finder) promises() bool {
	f.starts = f.starts[:0]
	if !f.wake() {
		return f.number || f.quotes
	}
	all := f.reading(0, len(f.tokens))
	for i := range f.tokens {
		tok := &f.tokens[i]
		if tok.kind != numberToken && !f.begin.has(tok.word) {
			continue
		}
		for _, id := range f.language.startingWith(tok) {
			if !f.active[id] {
				continue
			}
			if _, ok := all.match(f.language.finds[id].pattern, i); ok {
				f.starts = append(f.starts, i)
				break
			}
		}
	}
	return f.number || f.quotes || len(f.starts) > 0
}

// wake finds out which patterns may match in the passage, and tells whether there
// are any.
func (f *finder) wake() bool {
	for _, id := range f.alive {
		f.active[id] = false
	}
	f.alive = f.alive[:0]
	clear(f.begin)
	for i, part := range f.language.keys {
		for part &= f.present[i]; part != 0; part &= part - 1 {
			f.activate(f.language.keyed[64*i+bits.TrailingZeros64(part)])
		}
	}
	f.activate(f.language.keyless)
	return len(f.alive) > 0
}

func (f *finder) activate(ids []int) {
	for _, id := range ids {
		find := &f.language.finds[id]
		if f.active[id] || find.number && !f.digit {
			continue
		}
		f.active[id] = true
		f.alive = append(f.alive, id)
		for i, part := range find.starts {
			f.begin[i] |= part
		}
	}
}

// startingWith returns the patterns that may begin with a token.
func (l *language) startingWith(tok *token) []int {
	if tok.kind == numberToken {
		return l.numeric
	}
	return l.first[tok.word]
}

// reading returns a look at the tokens from one to another.
func (s *scanner) reading(from, to int) reading {
	first := from
	for first < to-1 && s.tokens[first].kind == markToken {
		first++
	}
	return reading{scanner: s, from: from, to: to, first: first}
}

// readSentence adds the claim that a sentence, whose text ends at offset end,
// makes, if it makes one.
func (f *finder) readSentence(p *passage, r reading, end int, in frame) {
	f.found, f.signs = f.found[:0], f.signs[:0]
	f.cues(&r)
	number := r.hasNumber()
	if number {
		r.dates(&f.found, in.year)
	}
	start := r.tokens[r.from].start
	end = start + len(bytes.TrimRight(p.text[start:end], " \t\n")) // notes behind the last word included
	span := p.span(start, end)
	cites := citesIn(f.chapter.Links, span)
	if len(f.found) == 0 && len(f.signs) == 0 && len(cites) == 0 && !number && !r.hasQuotation() {
		return
	}
	facts := f.factsOf(p, start, end)
	worth := f.worth(&r, facts, len(cites), in)
	if len(f.found) == 0 && worth == "" && !slices.ContainsFunc(facts, isAmount) {
		return
	}
	f.claims = append(f.claims, &bookcheck.Claim{
		Span:   span,
		Text:   p.reading(f.chapter, start, end),
		Cues:   f.cuesOf(p, facts),
		Facts:  facts,
		Worth:  worth,
		Cites:  cites,
		Quoted: p.quoted,
		Dated:  in.dated,
	})
}

// mostCues bounds how many cues of one sentence are looked at. What has more is
// no prose.
const mostCues = 100

// cues adds the phrases of a sentence that depend on time.
func (f *finder) cues(r *reading) {
	first := sort.SearchInts(f.starts, r.from)
	for _, at := range f.starts[first:min(len(f.starts), first+mostCues)] {
		if at >= r.to {
			return
		}
		if tok := &r.tokens[at]; !tok.quoted {
			for _, id := range r.language.startingWith(tok) {
				if f.active[id] {
					f.cue(r, &r.language.finds[id], at)
				}
			}
		}
	}
}

// cue adds the cue that begins at token at, if there is one and its guards let it
// stand.
func (f *finder) cue(r *reading, find *find, at int) {
	r.date = time.Time{}
	end, ok := r.match(find.pattern, at)
	if !ok || r.nearDynamic(at, end) {
		return
	}
	date := r.date
	switch {
	case !r.allows(find.cue, at, end):
	case find.cue.worth != "":
		f.signs = append(f.signs, find.cue.worth)
	default:
		f.found = append(f.found, mark{find.cue.kind, find.cue.rank, at, end, date})
	}
}

// hasNumber tells whether the sentence has a number written in digits.
func (r *reading) hasNumber() bool {
	return slices.ContainsFunc(r.tokens[r.from:r.to], func(tok token) bool { return tok.kind == numberToken })
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
	for at := r.from; at < r.to && len(*found)-first < mostCues; at++ {
		d, n := r.dateAt(at)
		if n == 0 {
			continue
		}
		m := mark{kind: bookcheck.DateEvent, rank: len(r.language.cues), start: at, end: at + n, date: d.end()}
		switch {
		case d.year != 0:
			yearKnown = true
			if d.month != 0 || at > r.from && r.language.classes.yearLead.has(r.tokens[at-1].word) {
				*found = append(*found, m)
			}
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

// cuesOf returns the cues that were found, and the amounts as such, in the order of
// the text. Of two that overlap the one that says more stays.
func (f *finder) cuesOf(p *passage, facts []bookcheck.Fact) []bookcheck.Cue {
	slices.SortStableFunc(f.found, func(a, b mark) int { return cmp.Compare(a.start, b.start) })
	kept := f.found[:0]
	for _, m := range f.found {
		last := len(kept) - 1
		switch {
		case last < 0 || kept[last].end <= m.start:
			kept = append(kept, m)
		case m.rank < kept[last].rank:
			kept[last] = m
		}
	}
	cues := make([]bookcheck.Cue, 0, len(kept)+len(facts))
	for _, m := range kept {
		start, end := f.tokens[m.start].start, f.tokens[m.end-1].end
		cues = append(cues, bookcheck.Cue{
			Span: p.span(start, end),
			Kind: m.kind,
			Text: p.reading(f.chapter, start, end),
			Date: m.date,
		})
	}
	for _, fact := range facts {
		if isAmount(fact) {
			cues = append(cues, bookcheck.Cue{Span: fact.Span, Kind: bookcheck.Measure, Text: fact.Text})
		}
	}
	slices.SortStableFunc(cues, func(a, b bookcheck.Cue) int { return cmp.Compare(a.Start, b.Start) })
	return cues
}

// citesIn returns the links that touch a span and take a reader somewhere.
func citesIn(links []*bookcheck.Link, span bookcheck.Span) []*bookcheck.Link {
	var cites []*bookcheck.Link
	first := sort.Search(len(links), func(i int) bool { return links[i].Start >= span.Start })
	for first > 0 && links[first-1].End > span.Start { // the sentence begins inside a link
		first--
	}
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
