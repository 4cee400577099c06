package checker

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// plan finds out which pages the rules ask about, each once, in order of URL.
func (c *checking) plan() {
	wants := make(map[string]*bookcheck.Want)
	want := func(page string, evidence bookcheck.Evidence, links int) {
		if wants[page] == nil {
			wants[page] = &bookcheck.Want{URL: page}
		}
		wants[page].Evidence |= evidence
		wants[page].Links += links
	}
	for _, b := range c.books {
		for _, chapter := range b.reported {
			for _, link := range chapter.Links {
				evidence := b.evidence(chapter, link)
				if evidence == 0 || c.leaves(b, link) || !c.wanted(chapter, link) {
					continue
				}
				want(pageURL(link), evidence, 1)
				c.forRules[pageURL(link)] = c.forRules[pageURL(link)] || evidence&bookcheck.Text != 0
			}
			for _, link := range identified(chapter) {
				if evidence := b.evidence(chapter, link); evidence&bookcheck.Metadata != 0 && !c.leaves(b, link) && c.wanted(chapter, link) {
					want(pageURL(link), evidence, 0)
				}
			}
		}
	}
	c.weighings = c.claims()
	for _, w := range c.weighings {
		if judgement, fresh := c.remembered(w); fresh {
			w.judgement, w.known = judgement, true
			continue
		}
		for _, source := range w.sources {
			want(source.URL, bookcheck.Status|bookcheck.Text, 0)
		}
	}
	for _, page := range slices.Sorted(maps.Keys(wants)) {
		c.wants = append(c.wants, *wants[page])
	}
}

// identified returns the links that the works of a bibliography have without an
// address: by a DOI or the number of a preprint. Only who wants to know what a page
// says of itself asks for them.
func identified(chapter *bookcheck.Chapter) []*bookcheck.Link {
	var links []*bookcheck.Link
	for _, work := range chapter.Works {
		for _, link := range work.Links {
			if link.Dest.Len() == 0 {
				links = append(links, link)
			}
		}
	}
	return links
}

// wanted tells whether pages are to be asked for because of what stands in a place.
func (c *checking) wanted(chapter *bookcheck.Chapter, place bookcheck.Ranger) bool {
	return c.Only == nil || c.Only(chapter, place)
}

// evidence returns what the rules want to know about the page of a link. Text is
// wanted of the links that a rule selects: one that selects none is about claims, and
// wants it only of the pages that they cite.
func (b *book) evidence(chapter *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Evidence {
	var wanted bookcheck.Evidence
	if !link.External() {
		return wanted
	}
	for _, rule := range b.rules {
		if asks(rule, link) && b.runs(rule, chapter) {
			needs := rule.Needs & bookcheck.Web
			if rule.Select == nil {
				needs &^= bookcheck.Text
			}
			wanted |= needs
		}
	}
	return wanted
}

// asks tells whether a rule wants to know about the page of a link.
func asks(rule *bookcheck.Rule, link *bookcheck.Link) bool {
	return rule.Needs&bookcheck.Web != 0 && link.External() && (rule.Select == nil || rule.Select(link))
}

// pageURL returns the URL by which a page is asked for. A link without a scheme
// takes that of the page it stands on, which for a book is the safe one.
func pageURL(link *bookcheck.Link) string {
	page := link.URL()
	if strings.HasPrefix(page, "//") {
		return "https:" + page
	}
	return page
}

// gather asks for the pages.
func (c *checking) gather(ctx context.Context) {
	if c.Fetcher != nil && len(c.wants) > 0 {
		c.pages = c.Fetcher.Fetch(ctx, c.wants)
	}
}

// leaves tells whether nothing is asked, or said, about the page of a link.
func (c *checking) leaves(b *book, link *bookcheck.Link) bool {
	return b.skips(c.Checker, link.Target) || c.Before.Links(link.Target)
}

// page returns what is known about the page of a link.
func (c *checking) page(b *book, link *bookcheck.Link) (*bookcheck.Page, bool) {
	if !link.External() || c.leaves(b, link) {
		return nil, false
	}
	page := c.pages[pageURL(link)]
	return page, page != nil
}
