package checker

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
	"github.com/bookcheck/bookcheck/checker/parallel"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// A weighing is a claim that some rule may ask about, and what it came to.
type weighing struct {
	book      *book
	chapter   *bookcheck.Chapter
	claim     *bookcheck.Claim
	sources   []*bookcheck.Source  // never none
	judgement *bookcheck.Judgement // nil: not known
	known     bool                 // the ledger knows it so well that no page need be read
	weighed   bool                 // it was compared with pages in this run
	inquiry   *bookcheck.Inquiry   // what an adviser is to be asked about it; nil: nothing
}

// claims finds the claims to be weighed: those of the chapters that are reported on
// which say something that can be looked up, and cite where.
func (c *checking) claims() []*weighing {
	var found []*weighing
	for _, b := range c.books {
		for _, chapter := range b.reported {
			if !b.weighs(chapter) {
				continue
			}
			for _, claim := range chapter.Claims {
				if len(claim.Facts) == 0 || !c.wanted(chapter, claim) {
					continue
				}
				if sources := b.cites(c.Checker, chapter, claim); len(sources) > 0 && !c.Before.claimed(claim, sources) {
					found = append(found, &weighing{book: b, chapter: chapter, claim: claim, sources: sources})
				}
			}
		}
	}
	return found
}

// weighs tells whether some rule that looks at a chapter may ask about its claims.
func (b *book) weighs(chapter *bookcheck.Chapter) bool {
	return slices.ContainsFunc(b.rules, func(rule *bookcheck.Rule) bool {
		return rule.Needs&bookcheck.Text != 0 && b.runs(rule, chapter)
	})
}

// A reading is a page that claims cite. It is made ready when the first of them is
// weighed, and let go after the last: texts are what takes memory.
type reading struct {
	page  *bookcheck.Page
	rules bool // some rule reads the page itself
	once  sync.Once
	text  *weigh.Text  // nil: nothing can be told by it
	kept  *ledger.Page // what is to be kept of it; nil: nothing
	left  atomic.Int32 // claims that still want it
}

// open makes the page ready. Of one whose text is a wall or none, what an earlier run
// saw is worth more.
func (r *reading) open(c *checking) *weigh.Text {
	r.once.Do(func() {
		if r.page.Verdict != bookcheck.Alive {
			return
		}
		if r.page.Text != "" {
			r.text = weigh.Read(r.page)
		}
		if c.Ledger == nil {
			return
		}
		if r.text != nil && r.text.Fault() == "" {
			r.kept = ledger.Of(r.page, r.text.Facts(), c.Now)
		} else if old := c.Ledger.Page(r.page.URL); old == nil || old.Hash == "" {
			r.kept = &ledger.Page{URL: r.page.URL, Viewed: ledger.Day(c.Now)}
		}
	})
	return r.text
}

func (r *reading) close() {
	if r.left.Add(-1) > 0 {
		return
	}
	if r.text = nil; !r.rules {
		r.page.Text = ""
	}
}

// weigh compares each claim with the pages that it cites, once, or with what is kept of
// them where they were not read.
func (c *checking) weigh(ctx context.Context) {
	readings := c.readings()
	if len(readings) > 0 || c.Ledger != nil {
		parallel.Each(c.jobs(), c.weighings, func(w *weighing) struct{} {
			if ctx.Err() == nil {
				c.judge(w, readings)
			}
			return struct{}{}
		})
	}
	c.judgements = make(map[*bookcheck.Claim]*bookcheck.Judgement, len(c.weighings))
	for _, w := range c.weighings {
		c.judgements[w.claim] = w.judgement
	}
	c.advise(ctx)
	if c.Fetcher != nil {
		c.keep(ctx, readings)
	}
}

// readings returns the pages that claims are compared with, by URL. What is kept of them
// is read only if somebody asks for it.
func (c *checking) readings() map[string]*reading {
	readings := make(map[string]*reading)
	c.excerpts = make(map[string]func() *weigh.Text)
	for _, w := range c.weighings {
		for _, source := range w.sources {
			url := source.URL
			if c.excerpts[url] == nil {
				c.excerpts[url] = sync.OnceValue(func() *weigh.Text { return c.excerpt(url) })
			}
			source.Page = c.pages[url]
			if source.Page == nil || w.known {
				continue
			}
			if readings[url] == nil {
				readings[url] = &reading{page: source.Page, rules: c.forRules[url]}
			}
			readings[url].left.Add(1)
		}
	}
	return readings
}

// judge finds out about one claim.
func (c *checking) judge(w *weighing, readings map[string]*reading) {
	if w.known {
		return
	}
	texts := make(map[string]*weigh.Text)
	var open []*reading
	for _, source := range w.sources {
		r := readings[source.URL]
		if r == nil {
			continue
		}
		open = append(open, r)
		if text := r.open(c); text != nil {
			texts[source.URL] = text
		}
	}
	if len(open) > 0 {
		w.judgement, w.weighed = weigh.Claim(w.claim, w.sources, texts), true
		c.drift(w, readings)
		c.inquire(w, texts, readings)
	}
	for _, r := range open {
		r.close()
	}
	if w.judgement == nil || w.judgement.Support == bookcheck.Unavailable {
		c.fallBack(w)
	}
}

// accounts returns the judgements of all claims that cite something. Of those for
// which nothing was asked they say so.
func (c *checking) accounts(ctx context.Context) map[*bookcheck.Claim]*bookcheck.Judgement {
	all := make(map[*bookcheck.Claim]*bookcheck.Judgement, len(c.weighings))
	why := "nothing was asked, and nothing is recorded"
	if ctx.Err() != nil {
		why = "the run was interrupted"
	}
	for _, w := range c.weighings {
		all[w.claim] = w.judgement
		if w.judgement == nil {
			all[w.claim] = &bookcheck.Judgement{Reason: why, Sources: w.sources}
		}
	}
	return all
}

// supports counts the claims that are worth checking by what became of them; nil if no
// rule asks.
func (c *checking) supports() map[bookcheck.Support]int {
	var counts map[bookcheck.Support]int
	for _, b := range c.books {
		for _, chapter := range b.reported {
			if !b.weighs(chapter) {
				continue
			}
			if counts == nil {
				counts = make(map[bookcheck.Support]int)
			}
			for _, claim := range chapter.Claims {
				if judgement := c.judgements[claim]; judgement != nil {
					counts[judgement.Support]++
				} else if claim.Worth != "" {
					counts[bookcheck.Unchecked]++
				}
			}
		}
	}
	return counts
}
