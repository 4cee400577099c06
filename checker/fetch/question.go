package fetch

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fetch/resolver"
)

// A registry is a resolver with where it is asked.
type registry struct {
	resolver.Resolver
	base  string
	trust bool // the user named the address: it may be private
}

// registries returns the resolvers that are to be used. Settings are by the name of
// a resolver: another base, or "off". They come from the command line or the
// environment alone, never from a file that somebody else can edit.
func registries(o *Options) ([]registry, error) {
	for name := range o.Resolvers {
		if name != "all" && !slices.Contains(resolver.Names(), name) {
			return nil, fmt.Errorf("no resolver is called %q; there are %s", name, strings.Join(resolver.Names(), ", "))
		}
	}
	var list []registry
	for _, r := range resolver.All() {
		setting := cmp.Or(o.Resolvers[r.Name], o.Resolvers["all"])
		if setting == "off" {
			continue
		}
		base := cmp.Or(setting, r.Base)
		if base != "" {
			u, err := parseURL(base)
			if err != nil || !isWeb(u) || u.RawQuery != "" {
				return nil, fmt.Errorf("the resolver %s cannot be asked at %q", r.Name, base)
			}
			if r.Token && setting == "" && !slices.ContainsFunc(o.Headers, func(h Header) bool { return strings.EqualFold(h.Host, u.Hostname()) }) {
				continue
			}
		}
		list = append(list, registry{Resolver: r, base: strings.TrimSuffix(base, "/"), trust: setting != ""})
	}
	return list, nil
}

// A question is what a probe asks instead of its page.
type question struct {
	*resolver.Question
	name  string
	url   *url.URL
	trust bool
	pause time.Duration // that its host wants between two questions
}

// inquire finds who else is to be asked about a page: before it, or to its rescue. A
// place on a page is known to the page alone, but for the lines of a file. So is its
// text: for that, the page is asked as well.
func (c *Client) inquire(p *probe) {
	if p.evidence&(bookcheck.Text|bookcheck.Metadata) != 0 {
		c.halve(p)
	}
	for _, r := range c.registries {
		file := r.Name == "github-raw"
		if p.evidence&bookcheck.Anchors != 0 && !file {
			continue
		}
		q := r.Ask(r.base, p.start)
		if q == nil {
			continue
		}
		address, err := parseURL(q.URL)
		if err != nil {
			continue
		}
		found := &question{Question: q, name: r.Name, url: address, trust: r.trust}
		if !r.trust {
			found.pause = r.Pause
		}
		if r.Rescue {
			p.rescue = found
		} else {
			p.ask(found)
		}
		return
	}
}

// ask makes a question the next thing to ask.
func (p *probe) ask(q *question) {
	p.home, p.question, p.url = p.url, q, q.url
	p.spent, p.browser = 0, false
}

// judgeAnswer decides what the answer to a question says about the page. One that
// says nothing is forgotten, and the page asked itself.
func judgeAnswer(p *probe, x *exchange) decision {
	q := p.question
	p.question = nil
	found := resolver.Finding{}
	if x.err == nil && x.code < http.StatusInternalServerError && x.code != http.StatusTooManyRequests && !isRedirect(x.code) {
		found = q.Judge(&resolver.Answer{Code: x.code, Body: x.body.bytes(), Truncated: x.body.truncated})
	}
	if !found.Known {
		return p.back(x)
	}
	d := decision{verdict: found.Verdict, doubt: found.Doubt, reason: found.Reason, step: "the answer of " + q.url.Hostname() + " (" + q.name + ")", signal: signalOf(x), code: x.code, truncated: x.body.truncated}
	d.document = &document{title: tidy(found.Title, titleLimit), lines: found.Lines}
	if found.Source {
		d.document = readSource(&x.body, p.start.Path, p.evidence)
		d.document.lines = found.Lines
	}
	if to, err := parseURL(found.MovedTo); err == nil && found.MovedTo != "" && isWeb(to) {
		p.moved = to
	}
	if p.evidence&(bookcheck.Text|bookcheck.Metadata) != 0 && d.verdict == bookcheck.Alive && !found.Source && p.rescued == nil {
		return p.vouchFor(d)
	}
	if p.rescued != nil {
		d.document.unread = unreadable(p.rescued)
	}
	p.resolved = true
	return d
}

func unreadable(own *decision) string { return "cannot be read: it " + own.reason }

// vouchFor keeps a verdict, and turns to the page for what it says.
func (p *probe) vouchFor(d decision) decision {
	p.vouched, p.vouchedHops = &d, p.hops
	p.unbroken = false // the registry knows where the page is
	p.hops = nil
	p.url, p.spent = p.home, 0
	return decision{act: follow, signal: d.signal, code: d.code, step: d.step}
}

// uphold returns the verdict of a registry with the text that the page itself has.
// That who keeps the page refuses it to robots is no word about the page.
func (p *probe) uphold(own decision) decision {
	d := *p.vouched
	p.hops, p.resolved = p.vouchedHops, true
	title, lines := d.document.title, d.document.lines
	if own.verdict == bookcheck.Alive && own.document != nil {
		whole := *own.document
		d.document, d.truncated = &whole, own.truncated
	} else {
		d.document = &document{unread: unreadable(&own)}
	}
	d.document.title, d.document.lines = cmp.Or(title, d.document.title), lines
	return d
}

// back returns from a question to the page, or to what was found out about it.
func (p *probe) back(x *exchange) decision {
	p.hops = p.hops[:max(0, len(p.hops)-1)]
	p.url, p.spent = p.home, 0
	if p.rescued != nil {
		d := *p.rescued
		d.signal, d.code = signalOf(x), x.code
		return d
	}
	return decision{act: follow, signal: signalOf(x), step: "a registry that does not tell"}
}

// readSource reads a file that a code host shows: it has the anchors of its headings
// if it is Markdown, and none that we know of otherwise.
func readSource(b *body, path string, evidence bookcheck.Evidence) *document {
	path = strings.ToLower(path)
	if strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".markdown") {
		return readMarkdown(decode(b.bytes(), "text/plain; charset=utf-8"), evidence)
	}
	d := readText(decode(b.bytes(), "text/plain; charset=utf-8"), sourceType(path), evidence)
	return &document{text: d.text, cut: d.cut, imprint: d.imprint}
}

// sourceType returns the type of a file by its name, as far as its text depends on
// it.
func sourceType(path string) string {
	for end, mediaType := range map[string]string{".json": "application/json", ".ipynb": "application/json", ".xml": "application/xml", ".html": "application/xml", ".htm": "application/xml"} {
		if strings.HasSuffix(path, end) {
			return mediaType
		}
	}
	return "text/plain"
}

// needsRescue tells whether a page does not tell what another place may know.
func (p *probe) needsRescue(d *decision) bool {
	if p.rescue == nil || d.act != settle || d.verdict != bookcheck.Unsure {
		return false
	}
	switch d.doubt {
	case bookcheck.Blocked, bookcheck.RateLimited, bookcheck.Negotiation, bookcheck.Undecidable:
		return true
	default:
		return false
	}
}
