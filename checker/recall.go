package checker

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/ledger"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// edition is that of how claims are compared. It changes whenever a claim may be judged
// otherwise than before, so that old judgements do not outlive what was wrong with them.
const edition = "1"

// A Ledger keeps what claims rested on, from one run to the next.
type Ledger interface {
	// Address returns the address under which a page is kept; "": it is not to be.
	Address(url string) string
	// Page returns what is kept of a page; nil: nothing.
	Page(url string) *ledger.Page
	// Claim returns what is kept of a claim, by its first source; nil: nothing.
	Claim(url, id string) *ledger.Claim
	// Claims returns all claims with a first source.
	Claims(url string) []*ledger.Claim
	// IsFresh tells whether the text of a page need not be read again.
	IsFresh(page *ledger.Page) bool

	KeepPage(page *ledger.Page)
	KeepClaim(claim *ledger.Claim)
	// Forget drops the claims that are gone.
	Forget(gone func(*ledger.Claim) bool)
}

// kept returns what is kept of a claim, if it cites what it did; nil: nothing.
func (c *checking) kept(w *weighing) *ledger.Claim {
	if c.Ledger == nil {
		return nil
	}
	kept := c.Ledger.Claim(w.sources[0].URL, ledger.ID(w.claim.Text))
	if kept == nil || !slices.EqualFunc(kept.Sources, w.sources, func(s ledger.Source, source *bookcheck.Source) bool {
		return s.URL == c.Ledger.Address(source.URL)
	}) {
		return nil
	}
	return kept
}

// remembered returns the judgement that is kept of a claim, nil if there is none, and
// whether it is as good as a new one: what the pages say need not be read again.
func (c *checking) remembered(w *weighing) (judgement *bookcheck.Judgement, fresh bool) {
	kept := c.kept(w)
	if kept == nil {
		return nil, false
	}
	judgement = &bookcheck.Judgement{Support: kept.Support, Reason: kept.Reason, Opinion: kept.Opinion}
	fresh = kept.By == edition && (c.Adviser == nil || !isOpen(judgement) || c.isAdvised(kept.Opinion))
	for i, s := range kept.Sources {
		source := &bookcheck.Source{Link: w.sources[i].Link, URL: w.sources[i].URL, Recorded: kept.On, Gone: s.Gone, Seen: s.Seen}
		page := c.Ledger.Page(source.URL)
		if page != nil && page.Hash == s.Hash {
			source.Recorded = page.Viewed
		}
		fresh = fresh && c.stands(s, page)
		judgement.Sources = append(judgement.Sources, source)
	}
	whole := bookcheck.Fact{Kind: bookcheck.Statement, Span: w.claim.Span, Text: w.claim.Text}
	facts := append(slices.Clip(w.claim.Facts), whole)
	for _, p := range kept.Parts {
		at := slices.IndexFunc(facts, func(f bookcheck.Fact) bool { return ledger.Canon(f) == p.Fact })
		if at < 0 {
			return nil, false // the sentence is read in another way than it was
		}
		part := bookcheck.Part{Fact: facts[at], Find: p.Find, Owned: p.Owned, Says: p.Says, Instead: p.Instead, Score: p.Score}
		if p.Source >= 0 {
			part.Source = judgement.Sources[p.Source]
		}
		judgement.Parts = append(judgement.Parts, part)
		facts = facts[at+1:]
	}
	return judgement, fresh
}

// stands tells whether a source is still as it was when a claim was compared with it. One
// that could not be read then is tried again when the others are.
func (c *checking) stands(s ledger.Source, page *ledger.Page) bool {
	if page == nil {
		return s.Hash == ""
	}
	return page.Hash == s.Hash && c.Ledger.IsFresh(page)
}

// rematch compares a claim with what is kept of the pages that it cites: sentences that
// other claims rest on, and the quantities and dates. What is in neither may be on the
// page all the same, but for a quantity or a date where all of them are kept. It
// returns nil if nothing is kept.
func (c *checking) rematch(w *weighing) *bookcheck.Judgement {
	if c.Ledger == nil {
		return nil
	}
	pages := make(map[string]*ledger.Page)
	texts := make(map[string]*weigh.Text)
	sources := make([]*bookcheck.Source, len(w.sources))
	for i, s := range w.sources {
		sources[i] = &bookcheck.Source{Link: s.Link, URL: s.URL}
		if page := c.Ledger.Page(s.URL); page != nil && page.Hash != "" {
			pages[s.URL], sources[i].Recorded = page, page.Viewed
			texts[s.URL] = c.excerpts[s.URL]()
		}
	}
	if len(pages) == 0 {
		return nil
	}
	judgement := weigh.Claim(w.claim, sources, texts)
	judgement.Parts = slices.DeleteFunc(judgement.Parts, func(p bookcheck.Part) bool { return p.Fact.Kind == bookcheck.Statement })
	for i := range judgement.Parts {
		doubt(&judgement.Parts[i], sources, pages)
	}
	conclude(judgement)
	return judgement
}

// excerpt returns what is kept of the words of a page.
func (c *checking) excerpt(url string) *weigh.Text {
	kept := c.Ledger.Page(url)
	var says []string
	for _, claim := range c.Ledger.Claims(url) {
		for _, p := range claim.Parts {
			if p.Source >= 0 && claim.Sources[p.Source].Hash == kept.Hash && claim.Sources[p.Source].URL == kept.URL && p.Says != "" {
				says = append(says, p.Says)
			}
		}
	}
	slices.Sort(says)
	return weigh.Excerpt(&bookcheck.Page{
		URL: url, Verdict: bookcheck.Alive, Title: kept.Title, Text: strings.Join(slices.Compact(says), "\n\n"), Checked: kept.Viewed,
	})
}

// doubt takes back what a part says of a page of which little is known.
func doubt(p *bookcheck.Part, sources []*bookcheck.Source, pages map[string]*ledger.Page) {
	if p.Find == bookcheck.Found {
		return
	}
	may := false
	for _, source := range sources {
		if p.Owned && p.Source != source {
			continue
		}
		page := pages[source.URL]
		may = may || page == nil || page.May(p.Fact)
	}
	switch {
	case may:
		*p = bookcheck.Part{Fact: p.Fact, Find: bookcheck.Untold, Source: p.Source, Owned: p.Owned}
	case p.Find != bookcheck.Clash:
		*p = bookcheck.Part{Fact: p.Fact, Find: bookcheck.Absent, Source: p.Source, Owned: p.Owned}
	}
}

// conclude says what the parts of a judgement come to.
func conclude(j *bookcheck.Judgement) {
	ends := make(map[bookcheck.Find]int)
	for _, p := range j.Parts {
		ends[p.Find]++
	}
	j.Reason = ""
	switch {
	case ends[bookcheck.Clash] > 0:
		j.Support = bookcheck.Contradicted
	case ends[bookcheck.Absent] > 0:
		j.Support = bookcheck.NotFound
	case len(j.Parts) > 0 && ends[bookcheck.Found] == len(j.Parts):
		j.Support = bookcheck.Consistent
	case ends[bookcheck.Found] > 0:
		j.Support = bookcheck.Partial
	default:
		j.Support, j.Reason = bookcheck.Unchecked, "what was recorded of the page does not tell"
	}
}

// fallBack judges a claim whose pages could not be read by what is kept of them.
func (c *checking) fallBack(w *weighing) {
	judgement, _ := c.remembered(w)
	if judgement == nil {
		judgement = c.rematch(w)
	}
	if judgement != nil && (w.judgement == nil || judgement.Support != bookcheck.Unchecked) {
		w.judgement, w.weighed = judgement, false
	}
}

// drift notes what a claim rested on and is now gone from the pages.
func (c *checking) drift(w *weighing, readings map[string]*reading) {
	kept := c.kept(w)
	if kept == nil || w.judgement.Support == bookcheck.Consistent {
		return
	}
	for i, source := range w.judgement.Sources {
		r := readings[source.URL]
		if r == nil || r.kept == nil || r.kept.Hash == "" || r.page.Truncated || r.page.Scripted {
			continue
		}
		if s := kept.Sources[i]; s.Gone != "" && !ledger.Holds(r.page.Text, s.Gone) {
			source.Gone, source.Seen = s.Gone, s.Seen
		} else if page := c.Ledger.Page(source.URL); page == nil || page.Hash == "" || !r.kept.Same(page) && !r.kept.Shrunk(page) {
			source.Gone, source.Seen = w.lost(kept, i, r.page.Text), kept.On
			if page != nil && page.Hash == s.Hash {
				source.Seen = page.Viewed
			}
		}
		if source.Gone == "" {
			source.Seen = time.Time{}
			continue
		}
		source.Near = ledger.Nearest(r.page.Text, source.Gone)
	}
}

// lost returns the sentence of a source in which a value was found that the page now
// lacks or has otherwise; "": there is none. Names come and go as a page is reworded.
func (w *weighing) lost(kept *ledger.Claim, source int, text string) string {
	for _, p := range kept.Parts {
		if p.Find != bookcheck.Found || p.Source != source || p.Says == "" || ledger.Holds(text, p.Says) {
			continue
		}
		if slices.ContainsFunc(w.judgement.Parts, func(now bookcheck.Part) bool {
			return ledger.Canon(now.Fact) == p.Fact && now.Fact.Kind != bookcheck.Name && (now.Find == bookcheck.Absent || now.Find == bookcheck.Clash)
		}) {
			return p.Says
		}
	}
	return ""
}

// keep has the ledger keep what was read in this run, and forget the claims that are
// gone from books that were read whole.
func (c *checking) keep(ctx context.Context, readings map[string]*reading) {
	if c.Ledger == nil || ctx.Err() != nil {
		return
	}
	for _, r := range readings {
		if r.kept != nil {
			c.Ledger.KeepPage(r.kept)
		}
	}
	seen := make(map[string]bool)
	slices.SortStableFunc(c.weighings, func(a, b *weighing) int { return strings.Compare(a.chapter.Path, b.chapter.Path) })
	for _, w := range c.weighings {
		address, id := c.Ledger.Address(w.sources[0].URL), ledger.ID(w.claim.Text)
		if !seen[address+id] && w.weighed {
			c.keepClaim(w, readings)
		}
		seen[address+id] = true
	}
	gone := c.gone()
	c.Ledger.Forget(func(claim *ledger.Claim) bool { return !seen[claim.Sources[0].URL+claim.ID] && gone(claim.File) })
}

// keepClaim keeps a judgement. One that is as it was stays as it is in all else: it may
// be in several files.
func (c *checking) keepClaim(w *weighing, readings map[string]*reading) {
	claim := c.entry(w, readings)
	if claim == nil {
		return
	}
	if kept := c.kept(w); kept != nil && !w.book.whole() {
		was := *claim
		was.File, was.Book, was.On = kept.File, kept.Book, kept.On
		if was.String() == kept.String() {
			return
		}
	}
	c.Ledger.KeepClaim(claim)
}

// entry returns what is to be kept of a judgement; nil: nothing, because no page that
// it rests on was read, or because it would be too much.
func (c *checking) entry(w *weighing, readings map[string]*reading) *ledger.Claim {
	j := w.judgement
	entry := &ledger.Claim{
		ID: ledger.ID(w.claim.Text), File: w.chapter.Path, On: ledger.Day(c.Now), By: edition, Support: j.Support, Reason: j.Reason, Opinion: j.Opinion,
	}
	read := false
	for _, source := range j.Sources {
		s := ledger.Source{URL: c.Ledger.Address(source.URL), Gone: w.sentence(source.Gone), Seen: source.Seen}
		if r := readings[source.URL]; r != nil && r.kept != nil {
			s.Hash, read = r.kept.Hash, true
		}
		entry.Sources = append(entry.Sources, s)
	}
	if !read || len(j.Parts) > ledger.MostParts {
		return nil
	}
	for _, p := range j.Parts {
		entry.Parts = append(entry.Parts, ledger.Part{
			Fact: ledger.Canon(p.Fact), Find: p.Find, Source: slices.Index(j.Sources, p.Source), Owned: p.Owned, Score: p.Score,
			Says: w.sentence(p.Says), Instead: w.sentence(p.Instead),
		})
	}
	if old := c.kept(w); old != nil {
		same := *entry
		if same.On = old.On; same.String() == (&ledger.Claim{
			ID: old.ID, File: old.File, On: old.On, Support: old.Support, Reason: old.Reason, By: old.By, Sources: old.Sources, Parts: old.Parts, Opinion: old.Opinion,
		}).String() {
			entry.On = old.On // a date moves with what it is about
		}
	}
	return entry
}

// sentence returns a sentence of a page as far as the book wants it kept.
func (w *weighing) sentence(text string) string {
	if w.book.config.Store == config.Hashes {
		return ""
	}
	return text
}

// whole tells whether all of a book was read and is reported on.
func (b *book) whole() bool {
	return !slices.ContainsFunc(b.sources, func(s source) bool {
		return !s.bib && !s.excluded && (!s.reported || b.Chapter(s.path) == nil)
	})
}

// gone returns what tells whether claims in a file that are not there any more have
// left the book for good.
func (c *checking) gone() func(file string) bool {
	weighed := make(map[string]bool)
	var roots []string
	for _, b := range c.books {
		if !b.whole() || c.Only != nil {
			continue
		}
		roots = append(roots, b.Root)
		for _, chapter := range b.reported {
			weighed[chapter.Path] = b.weighs(chapter)
		}
	}
	return func(file string) bool {
		return weighed[file] || !c.listing.files[file] && slices.ContainsFunc(roots, func(root string) bool { return under(file, root) })
	}
}
