package checker

import (
	"slices"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

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
