package github

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// A page is what a fragment can lead to in a chapter.
type page struct {
	names   near.Table[*bookcheck.Target] // by anchor in lower case
	partial bool                          // there may be more
}

// tagHeading recognizes a heading written as HTML, which gets an anchor too.
var tagHeading = regexp.MustCompile(`(?i)<h[1-6][\s>]`)

func newPage(chapter *bookcheck.Chapter) *page {
	p := new(page)
	p.partial = chapter.Unread.Len() > 0 ||
		path.Ext(chapter.Path) == ".ipynb" || // shown by another program
		path.Ext(chapter.Path) == ".mdx" || // may import text
		tagHeading.Match(chapter.Source)
	var text, plain Numberer
	for _, h := range chapter.Headings {
		p.add(plain.Number(Slug(h.Plain)), heading(h))
		p.add(text.Number(Slug(h.Text)), heading(h))
		if h.ID != "" {
			p.add(h.ID, heading(h))
		}
	}
	for _, target := range chapter.Targets {
		if target.Kind == bookcheck.HTMLID || target.Kind == bookcheck.Label {
			p.add(target.Name, target)
		}
	}
	return p
}

// heading makes a target of a heading.
func heading(h *bookcheck.Heading) *bookcheck.Target {
	return &bookcheck.Target{Span: h.Span, Kind: bookcheck.Label, Name: h.ID, Title: h.Text, Of: "section"}
}

func (p *page) add(name string, target *bookcheck.Target) {
	if name != "" {
		p.names.Add(strings.ToLower(name), name, target)
	}
}

// find returns what a fragment leads to. GitHub puts a prefix before all names
// that an author gives, takes it away again in links, and does not look at case.
func (p *page) find(fragment string) (*bookcheck.Target, bool) {
	return p.names.Find(strings.TrimPrefix(strings.ToLower(fragment), "user-content-"))
}
