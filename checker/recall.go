package checker

import (
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
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
