package fetch

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/http/cookiejar"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/publicsuffix"

	"github.com/bookcheck/bookcheck"
)

// A probe is one page on its way to a verdict.
type probe struct {
	options  *Options
	key      string    // the page's address, as a browser would write it
	start    *url.URL  // the same
	landmark *landmark // nil: a page that somebody wants to know about
	twin     *twin     // not nil: the page is fine, and its encrypted twin is being asked for
	secure   string    // the address of the twin, if it shows the same
	names    []string  // the page's address, as the wants write it
	evidence bookcheck.Evidence

	url     *url.URL // what to ask next
	host    *host    // that was asked last
	browser bool     // ask as a browser does: the second opinion
	jar     http.CookieJar
	began   time.Time     // when the last exchange began
	spent   time.Duration // on this try, over all hops

	question *question // not nil: somebody else is being asked about the page
	home     *url.URL  // what was asked, or would have been, before the question
	rescue   *question // to be asked if the page does not tell; nil: nobody can
	rescued  *decision // what stands if the rescue does not tell either
	resolved bool      // the verdict is somebody else's

	half        *half     // of the work that the page is of; nil: the page is all of it
	vouched     *decision // of a registry, while the page is asked for its text
	vouchedHops []bookcheck.Hop

	known          *entry // what is remembered; nil: nothing
	renewed        bool   // what is remembered is what the page still is
	etag, modified string // validators of the last answer
	stamp          string // of the text of the last answer

	hops      []bookcheck.Hop
	redirects int
	seen      map[string]bool // states that redirects led to
	moved     *url.URL        // end of the permanent redirects so far; nil: none
	unbroken  bool            // every redirect so far was a permanent one
	gate      *gate           // that a redirect led to; nil: none did

	pauses int             // how often a server asked for patience
	failed bool            // it had no answer before: the next failure counts
	ours   bool            // the trouble is with us: it says nothing about the page
	last   decision        // after the last exchange
	fate   decision        // that it was settled by
	page   *bookcheck.Page // nil: not settled

	prepared *bookcheck.Page // what page was when line was made
	line     string          // that is to be remembered of it
}

func newProbe(o *Options, start *url.URL, want bookcheck.Want) *probe {
	return &probe{
		options:  o,
		key:      start.String(),
		start:    start,
		names:    []string{want.URL},
		evidence: want.Evidence,
		url:      start,
		unbroken: true,
	}
}

// admit says what to ask for a page, or what is known of it without asking.
func admit(raw string) (start *url.URL, known *bookcheck.Page) {
	scheme := schemeOf(raw)
	switch {
	case scheme == "http" || scheme == "https" || scheme == "" && strings.HasPrefix(strings.TrimSpace(raw), "//"):
	case misspelled(scheme):
		return nil, &bookcheck.Page{Verdict: bookcheck.Dead, Reason: "has an unknown scheme: " + tidy(scheme, titleLimit)}
	default:
		return nil, &bookcheck.Page{Doubt: bookcheck.Policy, Reason: "is not asked for: not a page on the web"}
	}
	u, err := parseURL(raw)
	if err != nil {
		return nil, &bookcheck.Page{Verdict: bookcheck.Dead, Reason: "is not a valid address: " + tidy(urlFault(err), titleLimit)}
	}
	if endsIn(u.Hostname(), elsewhereNames) {
		return nil, &bookcheck.Page{Doubt: bookcheck.Policy, Reason: "is not asked for: its host is not on the web that everybody sees"}
	}
	return bare(u), nil
}

// exchange makes one request and judges what came back.
func (c *Client) exchange(ctx context.Context, p *probe) decision {
	left := p.options.Timeout - p.spent
	x := &exchange{url: p.url, browser: p.browser, evidence: p.evidence, trusted: p.isTrusted(), hurried: left < p.options.Timeout/2}
	if p.question != nil {
		x.evidence |= asData
	}
	p.began = time.Now()
	asking, cancel := context.WithTimeout(context.WithValue(ctx, exchangeKey{}, x), left)
	defer cancel()
	x.cancel = cancel
	defer x.body.free()

	clone := c.root.Clone()
	clone.Context = asking
	err := clone.Request(http.MethodGet, p.url.String(), nil, nil, p.header())
	if ctx.Err() != nil {
		return decision{} // which nobody waits for
	}
	if x.code == 0 && x.err == nil {
		x.err = cmp.Or(err, errors.New("it was not asked")) // by colly, which found fault with the address
	}
	if r := c.transport.recorder; r != nil {
		r.keep(x)
	}
	p.note(x)
	d := judge(p, x)
	if p.options.trace != nil {
		p.options.trace(account(p, x, d))
	}
	return d
}

// isTrusted tells whether the user named the address that is asked.
func (p *probe) isTrusted() bool {
	return p.question != nil && p.question.trust || p.half.isAsked() && p.half.trust
}

// header returns what is sent. Every request has its own, so that nothing crosses
// from one host to another.
func (p *probe) header() http.Header {
	h := http.Header{
		"User-Agent":      {p.options.UserAgent},
		"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		"Accept-Language": {"en-US,en;q=0.9,*;q=0.5"},
		"Accept-Encoding": {acceptEncoding},
	}
	if p.question != nil {
		h.Set("Accept", "application/json, */*;q=0.5")
	}
	if p.browser {
		h.Set("User-Agent", browserAgent)
		h.Set("Upgrade-Insecure-Requests", "1")
		h.Set("Sec-Fetch-Dest", "document")
		h.Set("Sec-Fetch-Mode", "navigate")
		h.Set("Sec-Fetch-Site", "none")
		h.Set("Sec-Fetch-User", "?1")
	}
	if cookies := p.cookies(p.url); cookies != "" {
		h.Set("Cookie", cookies)
	}
	if p.mayRenew() {
		if p.known.etag != "" {
			h.Set("If-None-Match", p.known.etag)
		}
		if p.known.modified != "" {
			h.Set("If-Modified-Since", p.known.modified)
		}
	}
	for _, own := range p.options.Headers {
		there := strings.EqualFold(own.Host, p.url.Hostname()) || strings.EqualFold(own.Host, p.url.Host)
		if there && (!own.Encrypted || p.url.Scheme == "https") {
			h.Set(own.Name, own.Value)
		}
	}
	return h
}

// mayRenew tells whether the server can say that a page is as it is remembered: if
// it is asked for the very address that answered then, and nothing more is wanted.
func (p *probe) mayRenew() bool {
	k := p.known
	if k == nil || k.page.Verdict != bookcheck.Alive || k.etag == "" && k.modified == "" || p.question != nil || p.evidence&^k.evidence != 0 || p.browser || p.twin != nil {
		return false
	}
	return len(k.page.Hops) > 0 && k.page.Hops[len(k.page.Hops)-1].URL == p.url.Redacted()
}

// renew takes over what is remembered of a page.
func (p *probe) renew() {
	k := p.known
	p.renewed = true
	p.etag, p.modified, p.stamp = cmp.Or(p.etag, k.etag), cmp.Or(p.modified, k.modified), k.stamp
	p.hops[len(p.hops)-1].Code = k.page.Code
	p.secure = k.page.Secure
}

// browserAgent is what a second opinion calls itself.
const browserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"

// cookies returns the Cookie header that a request for u carries.
func (p *probe) cookies(u *url.URL) string {
	if p.jar == nil {
		return ""
	}
	req := http.Request{Header: http.Header{}}
	for _, cookie := range p.jar.Cookies(u) {
		req.AddCookie(cookie)
	}
	return req.Header.Get("Cookie")
}

// note keeps what an exchange means for the next one.
func (p *probe) note(x *exchange) {
	p.spent += time.Since(p.began)
	if p.twin != nil || p.half.isAsked() {
		return
	}
	hop := bookcheck.Hop{URL: x.url.Redacted(), Code: x.code}
	if n := len(p.hops); n > 0 && p.hops[n-1].URL == hop.URL {
		p.hops[n-1] = hop // asked again
	} else {
		p.hops = append(p.hops, hop)
	}
	p.etag, p.modified = validators(x.header)
	if len(x.header["Set-Cookie"]) == 0 {
		return
	}
	if p.jar == nil {
		p.jar, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // its error is always nil
	}
	p.jar.SetCookies(x.url, (&http.Response{Header: x.header}).Cookies())
}

// validators returns what a server wants to know a version of a page by. Long ones
// are not worth their place.
func validators(header http.Header) (etag, modified string) {
	const most = 128
	if etag = header.Get("Etag"); len(etag) > most || strings.ContainsFunc(etag, unicode.IsControl) {
		etag = ""
	}
	if modified = header.Get("Last-Modified"); len(modified) > most {
		modified = ""
	}
	if _, err := http.ParseTime(modified); err != nil {
		modified = ""
	}
	return etag, modified
}

// follow makes a redirect's target the next thing to ask. It returns false if that
// was asked before in the same state, which is a loop.
func (p *probe) follow(target *url.URL, permanent bool) bool {
	if p.seen == nil {
		p.seen = map[string]bool{p.key: true}
	}
	next := bare(target)
	state := next.String()
	if cookies := p.cookies(next); cookies != "" {
		state += "\n" + cookies
	}
	if p.seen[state] {
		return false
	}
	p.seen[state] = true
	p.redirects++
	p.url = next
	if p.unbroken = p.unbroken && permanent; p.unbroken {
		p.moved = target
	}
	return true
}

// retry makes the probe ready to be asked again from where it failed: as a browser, if
// it was asked at all, since silence and trouble may be for robots only.
func (p *probe) retry() {
	p.failed = true
	p.spent = 0
	p.browser = p.browser || p.last.act == later && p.question == nil
}

// settle makes a decision the verdict.
func (p *probe) settle(d decision) {
	p.fate = d
	if d.verdict == bookcheck.Dead && isForExamples(p.start.Hostname()) {
		d = unsure(bookcheck.Policy, "is an address for examples, at a host that nobody has")
		d.whole = true
	}
	late := !p.resolved && buildsLate(p.url.Hostname())
	if p.half.isAsked() {
		d = *p.half.found // and the half was not reached
		d.truncated = d.truncated || p.half.paper
	}
	if p.vouched != nil {
		d = p.uphold(d)
	}
	p.page = &bookcheck.Page{
		Verdict: d.verdict,
		Doubt:   d.doubt,
		Reason:  tidy(p.subject(d)+d.reason, reasonLimit),
		Marker:  tidy(d.marker, titleLimit),
		Hops:    p.hops,
	}
	if n := len(p.hops); n > 0 {
		p.page.Code = p.hops[n-1].Code
	}
	if p.renewed {
		k := p.known.page
		p.page.Title, p.page.Anchors, p.page.Truncated, p.page.Scripted, p.page.Sheets, p.page.Lines = k.Title, k.Anchors, k.Truncated, k.Scripted, k.Sheets, k.Lines
		p.page.Imprint = k.Imprint
	} else if d.document != nil {
		p.stamp = d.document.fingerprint()
		p.page.Title = d.document.title
		p.page.Anchors = d.document.anchors
		p.page.Truncated = d.truncated || d.document.cut
		p.quote(&d)
		p.page.Scripted = d.document.isMarkup && d.document.isScripted() || late
		p.page.Sheets = d.document.sheets
		if p.resolved {
			p.page.Lines = d.document.lines
		}
	}
	p.page.Parked, p.page.Secure, p.page.Was = d.parked, p.secure, p.was()
	p.page.Foreign = !p.resolved && p.redirects > 0 && site(p.start) != site(p.url)
	if d.verdict == bookcheck.Alive && p.moved != nil && !cosmetic(p.start, p.moved) {
		p.page.MovedTo = p.moved.Redacted()
	}
}

// was returns the title that the page had before its text turned into another.
func (p *probe) was() string {
	k := p.known
	switch {
	case k == nil || p.page.Verdict != bookcheck.Alive || k.page.Verdict != bookcheck.Alive:
		return ""
	case p.stamp != "" && k.stamp != "" && unlike(p.stamp, k.stamp) && p.page.Title != k.page.Title:
		return k.page.Title
	default:
		return k.page.Was
	}
}

// unlike tells whether two fingerprints are of texts that have next to nothing in
// common: at most one band of eight is the same.
func unlike(a, b string) bool {
	same := 0
	for i := 0; i+1 < min(len(a), len(b)); i += 2 {
		if a[i:i+2] == b[i:i+2] {
			same++
		}
	}
	return same <= 1
}

// quote gives the page the text that the answer has, and what that says of itself, if
// it is the page's.
func (p *probe) quote(d *decision) {
	if d.verdict != bookcheck.Alive {
		return
	}
	fault := d.document.gate(p.url)
	if fault == "" {
		p.page.Imprint = d.document.imprint
	}
	switch {
	case p.evidence&bookcheck.Text == 0:
	case fault != "":
		p.page.Unread = fault
	default:
		p.page.Text = d.document.text
	}
}

// gateTitle is the title of a page that stands before others.
var gateTitle = regexp.MustCompile(`(?i)^\W*((please )?(log ?in|sign ?in|sign ?up)\b|log ?on\b|before you continue|(this site|we) uses? cookies|cookie (consent|settings|preferences)|your privacy (choices|matters)|we value your privacy|(age|identity) verification|verify your age|access (denied|to this page)|subscribe to (read|continue))`)

// gate says why what was read is not the page, but what stands before it, or why
// there is nothing to read; "": it is the page.
func (d *document) gate(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	switch {
	case d.unread != "":
		return d.unread
	case strings.HasPrefix(host, "consent."):
		return "asks for consent first"
	case !d.isMarkup || d.visible >= 4*shortPage:
		return ""
	case d.password && d.visible < shortPage && (gateTitle.MatchString(d.title) || gateTitle.MatchString(d.heading)):
		return "asks for a login"
	case d.visible < shortPage && gateTitle.MatchString(d.title):
		return "shows something else first: " + d.title
	default:
		return ""
	}
}

// buildsLate tells whether a host is one whose pages are completed by scripts, so
// that what their source shows is not all that a fragment can lead to.
func buildsLate(host string) bool {
	switch strings.TrimPrefix(strings.ToLower(host), "www.") {
	case "github.com", "gist.github.com", "gitlab.com", "bitbucket.org", "codeberg.org":
		return true
	default:
		return false
	}
}

// site returns what one owner has of the web: the registrable domain, or the
// address of a host without a name.
func site(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return host
	}
	return domain
}

const reasonLimit = 600

// subject says what a reason is about, if it is not the page itself.
func (p *probe) subject(d decision) string {
	if p.redirects == 0 || p.resolved || d.whole {
		return ""
	}
	return "redirects to " + p.url.Redacted() + ", which "
}

// outOfTime settles a page that the budget did not suffice for.
func (p *probe) outOfTime() {
	p.ours = p.last.act == compare || p.last.doubt == ""
	switch {
	case p.last.act == compare: // either of two verdicts
		p.last = unsure(bookcheck.Transient, p.last.reason+", and the time allowed for the network was up before more was known")
	case p.last.doubt == "": // not asked, or on its way
		p.last = decision{doubt: bookcheck.Transient, reason: "was not reached in the time allowed for the network"}
	}
	p.settle(p.last)
}

// copyTo enters the page under each name that it was wanted by.
func (p *probe) copyTo(pages map[string]*bookcheck.Page) {
	for i, name := range p.names {
		page := p.page
		if i > 0 {
			page = new(*p.page)
		}
		page.URL = name
		pages[name] = page
	}
}
