package report

import (
	"cmp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// page writes how a page was judged.
func (e *explanation) page(p *bookcheck.Page) string {
	verdict := p.Verdict.String()
	if p.Verdict == bookcheck.Unsure {
		verdict += ", " + string(p.Doubt)
	}
	text := verdict + ": it " + clean(p.Reason)
	if p.Cached && !p.Checked.IsZero() {
		text += " (remembered from " + day(p.Checked) + ")"
	}
	return text
}

// links explains where the links lead.
func (e *explanation) links() bool {
	var on []*bookcheck.Link
	for _, link := range e.chapter.Links {
		if e.touches(link.Span) {
			on = append(on, link)
		}
	}
	if len(on) == 0 {
		return false
	}
	e.title("Links")
	for _, link := range on {
		e.row(e.position(link.Start), bookcheck.Mask(clean(cmp.Or(link.Target, e.chapter.Text(link)))), e.leads(link))
	}
	return true
}

// leads says where a link leads.
func (e *explanation) leads(link *bookcheck.Link) string {
	if link.External() {
		if page := e.result.Pages[webAddress(link)]; page != nil {
			return e.page(page)
		}
		return "a page on the web, which was not asked"
	}
	if why, _ := link.Malformed(); why != "" {
		return "malformed: " + clean(why)
	}
	to := e.result.Book.Resolve(e.chapter, link)
	sought := cmp.Or(to.Sought, "place")
	switch to.Outcome {
	case bookcheck.Resolved:
		return "leads to " + e.end(to)
	case bookcheck.Unjudged:
		return "not judged"
	case bookcheck.Missing:
		return "no " + sought + " of that name" + nearest(to)
	case bookcheck.NoFile:
		return "no such file" + nearest(to)
	case bookcheck.NoAnchor:
		return "the file is there, the anchor is not" + nearest(to)
	case bookcheck.OddCase:
		return "the file is there in other case" + nearest(to)
	default:
		return ""
	}
}

// end names the place that a link leads to.
func (e *explanation) end(to bookcheck.Resolution) string {
	switch {
	case to.Chapter == nil:
		return "a file of the book"
	case to.Target == nil:
		return quote(e.name(to.Chapter.Path))
	default:
		return e.place(to.Chapter, to.Target.Start)
	}
}

// nearest writes the names that were perhaps meant.
func nearest(to bookcheck.Resolution) string {
	text := ""
	if to.Became != "" {
		text = "; it was " + clean(to.Became)
	}
	if len(to.Near) > 0 {
		text += "; near it is " + clean(strings.Join(to.Near[:min(len(to.Near), 3)], ", "))
	}
	return text
}

// webAddress returns the address by which the page of a link was asked for.
func webAddress(link *bookcheck.Link) string {
	if address := link.URL(); !strings.HasPrefix(address, "//") {
		return address
	}
	return "https:" + link.URL()
}
