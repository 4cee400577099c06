package fetch

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fetch/resolver"
)

// A half is the other half of a work of which two pages say what a reader knows: the
// abstract and the paper. What stands in neither, the work does not say; what is not
// in one, it may.
type half struct {
	url   *url.URL // what to ask for it
	paper bool     // it is the paper
	trust bool     // the user named its host

	found *decision // about the page itself; nil: that is not known yet
	done  bool      // the half was asked
	own   *url.URL  // the page itself
	hops  int       // redirects of the half
}

// isAsked tells whether it is the half that is asked now.
func (h *half) isAsked() bool { return h != nil && h.found != nil && !h.done }

// halve finds the other half of a page whose text is wanted, or the half that says what
// the work is.
func (c *Client) halve(p *probe) {
	abstract, paper := resolver.ArXiv(p.start)
	if abstract == "" {
		return
	}
	p.half = &half{}
	i := slices.IndexFunc(c.registries, func(r registry) bool { return r.Name == "arxiv" })
	if i < 0 {
		return // and nobody can be asked
	}
	other := paper
	if p.evidence&bookcheck.Text == 0 && strings.HasPrefix(p.start.Path, "/abs/") {
		p.half = nil // the abstract says what the work is
		return
	}
	if strings.HasPrefix(p.start.Path, "/pdf/") {
		other = abstract
	}
	if address, err := parseURL(c.registries[i].base + other); err == nil {
		p.half = &half{url: address, paper: other == paper, trust: c.registries[i].trust}
	}
}

// asksHalf turns to the other half of a page that is fine.
func (p *probe) asksHalf(d *decision) bool {
	h := p.half
	if h == nil || h.found != nil || d.act != settle || d.verdict != bookcheck.Alive || d.document == nil || p.evidence&bookcheck.Text != 0 && d.document.text == "" {
		return false
	}
	if h.url == nil {
		d.truncated = d.truncated || !strings.HasPrefix(p.start.Path, "/pdf/")
		return false
	}
	found := *d
	h.found, h.own = &found, p.url
	p.url, p.spent = h.url, 0
	d.act, d.pause = follow, 0
	return true
}

// judgeHalf returns to the decision about the page itself, with what its other half
// adds. A paper that could not be read leaves the text cut off.
func judgeHalf(p *probe, f *finding) decision {
	const most = 5
	h := p.half
	if target := location(f); target != nil && h.hops < most {
		h.hops++
		p.url = bare(target)
		return decision{act: follow, signal: signalOf(f.exchange), code: f.code}
	}
	d := *h.found
	d.act, d.signal, d.code = settle, signalOf(f.exchange), f.code
	p.url, h.done = h.own, true
	d.document = h.join(d.document, f.document, f.code == http.StatusOK && wallMarker(f) == "")
	return d
}

// join returns the text of both halves, the abstract first, and what the abstract's
// page says of the work.
func (h *half) join(own, other *document, there bool) *document {
	whole := *own
	switch {
	case !there || other.text == "":
		whole.cut = own.cut || h.paper
		return &whole
	case h.paper:
		whole.text += "\n" + other.text
	default:
		if whole.title, whole.imprint = other.title, other.imprint; own.text == "" {
			whole.unread = "" // nobody asked for it
			return &whole
		}
		whole.text = other.text + "\n" + own.text
	}
	whole.cut = own.cut || other.cut
	return &whole
}
