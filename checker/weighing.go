package checker

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/bookcheck/bookcheck"
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
				if len(claim.Facts) == 0 {
					continue
				}
				if sources := b.cites(c.Checker, chapter, claim); len(sources) > 0 {
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
	page *bookcheck.Page
	kept bool // some rule reads the page itself
	once sync.Once
	text *weigh.Text
	left atomic.Int32 // claims that still want it
}

func (r *reading) open() *weigh.Text {
	r.once.Do(func() { r.text = weigh.Read(r.page) })
	return r.text
}

func (r *reading) close() {
	if r.left.Add(-1) > 0 {
		return
	}
	if r.text = nil; !r.kept {
		r.page.Text = ""
	}
}

// weigh compares each claim with the pages that it cites, once.
func (c *checking) weigh() {
	readings := make(map[string]*reading)
	for _, w := range c.weighings {
		for _, source := range w.sources {
			page := c.pages[source.URL]
			if source.Page = page; page == nil {
				continue
			}
			if readings[source.URL] == nil {
				readings[source.URL] = &reading{page: page, kept: c.kept[source.URL]}
			}
			readings[source.URL].left.Add(1)
		}
	}
	if len(readings) > 0 {
		parallel.Each(c.jobs(), c.weighings, func(w *weighing) struct{} {
			w.weigh(readings)
			return struct{}{}
		})
	}
	c.judgements = make(map[*bookcheck.Claim]*bookcheck.Judgement, len(c.weighings))
	for _, w := range c.weighings {
		c.judgements[w.claim] = w.judgement
	}
}

// weigh compares the claim with its sources, if any of them was asked.
func (w *weighing) weigh(readings map[string]*reading) {
	texts := make(map[string]*weigh.Text)
	asked := false
	for _, source := range w.sources {
		r := readings[source.URL]
		if r == nil {
			continue
		}
		defer r.close()
		asked = true
		if r.page.Verdict == bookcheck.Alive && r.page.Text != "" {
			texts[source.URL] = r.open()
		}
	}
	if asked {
		w.judgement = weigh.Claim(w.chapter, w.claim, w.sources, texts)
	}
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
