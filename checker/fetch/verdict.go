package fetch

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// An act is what a decision has the scheduler do.
type act int

const (
	settle   act = iota // that is the verdict
	follow              // ask probe.url next
	patience            // the host wants a pause: ask again after it
	later               // ask again at the end of the run; if it was already, that is the verdict
	compare             // see first what a landmark of the host looks like
)

// A decision is what one step of the engine concludes from an exchange.
type decision struct {
	act   act
	pause time.Duration // before the next exchange; 0: at once, or as long as the scheduler thinks

	verdict bookcheck.Verdict
	doubt   bookcheck.Doubt
	reason  string // fits after the address in a sentence
	whole   bool   // the reason is about the address that was asked for, wherever it redirects to
	marker  string

	signal     signal        // what the exchange says about the host
	rest       time.Duration // that the host asks for before anything else is asked of it
	code       int           // status of the answer; 0: there was none
	step       string        // that decided
	document   *document     // nil: there was none to judge
	truncated  bool
	parked     bool // the name of the host is for sale
	nameless   bool // the host does not exist
	unnamed    bool // it cannot be told whether it does
	comparison *comparison
}

func alive(reason string) decision { return decision{verdict: bookcheck.Alive, reason: reason} }
func dead(reason string) decision  { return decision{verdict: bookcheck.Dead, reason: reason} }
func unsure(doubt bookcheck.Doubt, reason string) decision {
	return decision{doubt: doubt, reason: reason}
}

// afterAll says that a decision stands only if it is the same at the end of the run.
func (d decision) afterAll() decision {
	d.act = later
	return d
}

// A finding is what the steps judge: an exchange, and what its body says.
type finding struct {
	*exchange
	document *document
	prose    *string // the visible text; nil: no step has read it
}

// A step judges one kind of outcome. It returns false if the finding is of another
// kind. A step that wants to see more changes the probe accordingly.
type step func(*probe, *finding) (decision, bool)

// steps is the order in which a careful person thinks: the first that has an
// opinion decides. The names are what explain shows.
var steps = []struct {
	name   string
	judges step
}{
	{"a recording that does not know", notRecorded}, // where there was no answer
	{"the address may not be asked", refusedAddress},
	{"the name of the host is not known", unknownHost},
	{"the certificate cannot be trusted", untrusted},
	{"what answers is not the web", notTheWeb},
	{"nobody answers", unreachable},

	{"a wall against robots", walled}, // where there was one
	{"a login", wantsLogin},
	{"the page is as it is remembered", unchanged},
	{"a redirect", redirected},
	{"the page is gone", gone},
	{"the host wants patience", impatient},
	{"the request is refused", refusedRequest},
	{"the server is in trouble", busy},

	{"the answer breaks off", brokenOff}, // where it was a good one
	{"the page redirects", refreshed},
	{"the name is for sale", letGo},
	{"nobody has moved in", vacant},
	{"the page says that it failed", failing},
	{"the page says that it is none", softGone},
	{"a script leads elsewhere", scriptedAway},
	{"nothing speaks against it", fine},

	{"the answer says nothing", odd},
}

// judge decides what an exchange means.
func judge(p *probe, x *exchange) decision {
	if p.question != nil {
		return judgeAnswer(p, x)
	}
	f := &finding{exchange: x, document: readDocument(&x.body, p.evidence)}
	if p.twin != nil {
		d := judgeTwin(p, f)
		d.step = "whether encryption shows the same"
		return d
	}
	if p.half.isAsked() {
		d := judgeHalf(p, f)
		d.step = "what the other half of the work says"
		return d
	}
	if p.landmark != nil {
		p.landmark.note(f)
	}
	d := p.behindGate(decide(p, f))
	d.signal, d.code = signalOf(x), x.code
	d.document, d.truncated = f.document, x.body.truncated
	d.rest = rest(x.header, p.options.Now())
	if p.needsRescue(&d) {
		p.rescued = &d
		p.ask(p.rescue)
		return decision{act: follow, signal: d.signal, code: d.code, step: d.step}
	}
	if p.asksHalf(&d) {
		return d
	}
	if d.act == settle && d.verdict == bookcheck.Alive && !p.renewed && encrypted(p, f) {
		p.twin.found = d
		d.act = follow
	}
	return d
}

func decide(p *probe, f *finding) decision {
	for _, step := range steps {
		if d, ok := step.judges(p, f); ok {
			d.step = step.name
			return d
		}
	}
	panic("fetch: no step judges an answer of " + strconv.Itoa(f.code)) // odd judges all
}

// signalOf says what an exchange tells about its host.
func signalOf(x *exchange) signal {
	var refused *refusalError
	switch {
	case x.code == http.StatusTooManyRequests || x.code == http.StatusServiceUnavailable:
		return pressed
	case x.code != 0:
		return answered
	case errors.As(x.err, &refused):
		return noSignal
	case isReset(x.err):
		return pressed
	case isSilence(x.err) && !x.hurried:
		return silent
	default:
		return noSignal
	}
}

// walled: a wall against robots proves nothing about the page, whatever the
// status.
func walled(_ *probe, f *finding) (decision, bool) {
	marker := wallMarker(f)
	if marker == "" {
		return decision{}, false
	}
	d := unsure(bookcheck.Blocked, answers(f.code)+" from a wall against robots")
	d.marker = marker
	return d, true
}

// wantsLogin: the server wants to know who asks, by its status or by what it shows.
func wantsLogin(p *probe, f *finding) (decision, bool) {
	switch f.code {
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusProxyAuthRequired:
		return unsure(bookcheck.Auth, answers(f.code)), true
	case http.StatusBadRequest, 495, 496: // what nginx makes of a reader without a certificate
		if f.code != http.StatusBadRequest || contains(string(f.body.bytes()), certificateWanted) {
			return unsure(bookcheck.Auth, answers(f.code)+", and wants a certificate of the reader"), true
		}
	case http.StatusOK:
		d := f.document
		if !isFront(f.url) && d.visible < shortText && loginTitle.MatchString(d.title) && !loginTitle.MatchString(p.start.Path) && passwordField.Match(f.body.bytes()) {
			return unsure(bookcheck.Auth, answers(f.code)+" with a login in place of the page"), true
		}
	}
	return decision{}, false
}

var (
	certificateWanted = []string{"No required SSL certificate was sent", "The SSL certificate error"}

	loginTitle    = regexp.MustCompile(`(?i)\b(log|sign)[\s_-]?(in|on)\b`)
	passwordField = regexp.MustCompile(`(?i)<input\b[^>]{0,300}\btype\s*=\s*["']?password`)
)

// location returns where an answer redirects to; nil if it does not, or not to
// anything that can be read.
func location(f *finding) *url.URL {
	if !redirects(f) {
		return nil
	}
	target, err := resolveURL(f.url, f.header.Get("Location"))
	if err != nil {
		return nil
	}
	return target
}

func redirects(f *finding) bool {
	switch f.code {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return f.header.Get("Location") != ""
	}
	return false
}

// unchanged: the page is what it was when it was remembered.
func unchanged(p *probe, f *finding) (decision, bool) {
	if f.code != http.StatusNotModified || !p.mayRenew() {
		return decision{}, false
	}
	p.renew()
	return alive(answers(p.known.page.Code)), true
}

// Browsers follow twenty redirects and give up at the next.
const maxRedirects = 20

// redirected: what counts is the page at the end.
func redirected(p *probe, f *finding) (decision, bool) {
	if !redirects(f) {
		return decision{}, false
	}
	target := location(f)
	if target == nil {
		return dead("redirects to what is no address: " + f.header.Get("Location")), true
	}
	permanent := f.code == http.StatusMovedPermanently || f.code == http.StatusPermanentRedirect
	return goOn(p, target, permanent), true
}

// goOn follows a redirect, if it leads anywhere.
func goOn(p *probe, target *url.URL, permanent bool) decision {
	from := p.url
	switch {
	case !isWeb(target) && isPage(target.Scheme):
		return dead("redirects to what is no page: " + target.Redacted())
	case !isWeb(target):
		return unsure(bookcheck.Undecidable, "redirects to an application of the reader's: "+tidy(target.Scheme, titleLimit))
	case p.redirects >= maxRedirects:
		return p.startOver(dead("redirects more than " + strconv.Itoa(maxRedirects) + " times"))
	case !p.follow(target, permanent):
		return p.startOver(dead("redirects in a circle"))
	}
	p.meet(from, target)
	return decision{act: follow}
}

// isPage tells whether browsers know what to do with an address of a scheme without
// the help of an application.
func isPage(scheme string) bool {
	return slices.Contains([]string{"mailto", "javascript", "data", "file", "about", "blob", "ftp"}, scheme)
}

// startOver asks for the page from the start, as a browser does, before a decision
// about the way is believed: robots are sent in circles, too.
func (p *probe) startOver(d decision) decision {
	if p.browser {
		return d
	}
	p.url, p.hops, p.jar, p.gate = p.start, nil, nil, nil
	p.redirects, p.seen, p.moved, p.unbroken = 0, nil, nil, true
	return secondOpinion(p, 0, d)
}

// gone: there is no such page. A server that does not like robots may answer so
// too, so it is asked again as a browser asks.
func gone(p *probe, f *finding) (decision, bool) {
	switch f.code {
	case http.StatusGone:
		return dead(answers(f.code)), true
	case http.StatusNotFound:
		return secondOpinion(p, 0, missing(p, f)), true
	case http.StatusBadRequest:
		if contains(string(f.body.bytes()), encryptedOnly) {
			return dead("is served with encryption only: https answers where http is asked"), true
		}
	}
	return decision{}, false
}

// encryptedOnly is what servers say to plain HTTP on a port that speaks TLS: Go,
// nginx, Apache.
var encryptedOnly = []string{
	"Client sent an HTTP request to an HTTPS server",
	"The plain HTTP request was sent to HTTPS port",
	"speaking plain HTTP to an SSL-enabled server port",
}

// refusedRequest: the server does not like how it was asked, or who asks.
func refusedRequest(p *probe, f *finding) (decision, bool) {
	if f.code < 400 || f.code > 499 && f.code < 600 {
		return decision{}, false
	}
	doubt := bookcheck.Undecidable
	switch f.code {
	case http.StatusForbidden, http.StatusTeapot, 999: // 418: Douban, 999: LinkedIn
		doubt = bookcheck.Blocked
	case http.StatusUnavailableForLegalReasons:
		return unsure(bookcheck.Legal, answers(f.code)), true
	case http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusLengthRequired, http.StatusPreconditionFailed,
		http.StatusUnsupportedMediaType, http.StatusRequestedRangeNotSatisfiable, http.StatusExpectationFailed,
		http.StatusMisdirectedRequest, http.StatusUpgradeRequired, http.StatusPreconditionRequired, http.StatusRequestHeaderFieldsTooLarge:
		doubt = bookcheck.Negotiation
	case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusTooEarly:
		return decision{}, false // for the next steps
	}
	return secondOpinion(p, 2*p.options.Backoff, unsure(doubt, answers(f.code))), true
}

// secondOpinion asks once more as a browser does before a decision is believed.
func secondOpinion(p *probe, pause time.Duration, d decision) decision {
	if p.browser {
		return d
	}
	p.browser = true
	p.spent = 0
	d.act, d.pause = follow, pause
	return d
}

// impatient: the host says that we ask too much, as GitHub does by refusing with an
// allowance that is used up.
func impatient(p *probe, f *finding) (decision, bool) {
	pause := retryAfter(f.header, p.options.Now())
	if f.code == http.StatusForbidden {
		pause = rest(f.header, p.options.Now())
	}
	if f.code != http.StatusTooManyRequests && (f.code != http.StatusForbidden || pause == 0) {
		return decision{}, false
	}
	d := unsure(bookcheck.RateLimited, answers(f.code))
	d.act, d.pause = patience, pause
	if d.pause > p.options.MaxPause {
		d.reason += ", and asks to wait for " + d.pause.String()
	}
	return d, true
}

// retryAfter returns the pause that an answer asks for; 0 if none.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if pause := seconds(value); pause > 0 {
		return pause
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(at.Sub(now), 0)
	}
	return 0
}

// quota reads the parameters of a RateLimit header in the forms of its drafts:
// "limit=100, remaining=0, reset=10" and "default;r=0;t=10".
var quota = regexp.MustCompile(`\b(remaining|reset|r|t)\s*=\s*(\d{1,12})`)

// rest returns how long a host whose allowance is used up wants to be left alone,
// before it has to say so by refusing.
func rest(header http.Header, now time.Time) time.Duration {
	remaining, reset := "", ""
	for _, name := range []string{"RateLimit", "X-RateLimit"} {
		for _, m := range quota.FindAllStringSubmatch(header.Get(name), -1) {
			if m[1][0] == 'r' && m[1] != "reset" {
				remaining = m[2]
			} else {
				reset = m[2]
			}
		}
		remaining = cmp.Or(remaining, header.Get(name+"-Remaining"))
		reset = cmp.Or(reset, header.Get(name+"-Reset"))
	}
	if remaining != "0" {
		return 0
	}
	pause := seconds(reset)
	if pause > 365*24*time.Hour/2 { // an instant, as GitHub gives it
		n, _ := strconv.ParseInt(reset, 10, 64)
		pause = max(time.Unix(n, 0).Sub(now), 0)
	}
	return pause
}

// busy: the server is in trouble: perhaps only for now.
func busy(p *probe, f *finding) (decision, bool) {
	if f.code < 500 && f.code != http.StatusRequestTimeout && f.code != http.StatusTooEarly {
		return decision{}, false
	}
	d := unsure(bookcheck.Transient, answers(f.code)).afterAll()
	if pause := retryAfter(f.header, p.options.Now()); pause <= p.options.MaxPause {
		d.pause = pause
	}
	return d, true
}

// brokenOff: the page is there, but not all of it comes.
func brokenOff(_ *probe, f *finding) (decision, bool) {
	if !f.body.broken || f.code >= 300 {
		return decision{}, false
	}
	return unsure(bookcheck.Transient, answers(f.code)+", but breaks off").afterAll(), true
}

// A page that sends its readers on within so many seconds is a redirect.
const refreshLimit = 5

// refreshed: a meta element or a header that redirects at once says so for good.
func refreshed(p *probe, f *finding) (decision, bool) {
	r := cmp.Or(f.document.refresh, parseRefresh(f.header.Get("Refresh")))
	if r == nil || r.delay > refreshLimit || f.code >= 300 {
		return decision{}, false
	}
	base := f.url
	if own, err := resolveURL(f.url, f.document.base); err == nil {
		base = own
	}
	target, err := resolveURL(base, r.target)
	from := p.url
	if err != nil || !isWeb(target) || p.redirects >= maxRedirects || !p.follow(target, r.delay == 0) {
		return decision{}, false // a page to be read all the same: it reloads, or takes turns with others
	}
	p.meet(from, target)
	return decision{act: follow}, true
}

// scriptedAway: a script sends the reader elsewhere; where, we do not know.
func scriptedAway(_ *probe, f *finding) (decision, bool) {
	d := f.document
	if f.code >= 300 || !d.leads || d.visible >= shortText {
		return decision{}, false
	}
	return unsure(bookcheck.Undecidable, answers(f.code)+", and a script leads elsewhere"), true
}

// fine: nothing speaks against the page.
func fine(_ *probe, f *finding) (decision, bool) {
	d := alive(answers(f.code))
	if f.code == http.StatusAccepted && f.document.visible < shortText {
		d = unsure(bookcheck.Undecidable, answers(f.code)+", and shows nothing yet")
	}
	if f.completed {
		d.reason += " to those who add a certificate that the server forgets to send, as browsers do"
	}
	return d, f.code >= 200 && f.code < 300
}

// odd judges what no other step does: a 304 that nobody asked for, a 300 or 302
// that leads nowhere.
func odd(_ *probe, f *finding) (decision, bool) {
	return unsure(bookcheck.Undecidable, answers(f.code)), true
}

// answers says what a status is: "answers 404 Not Found".
func answers(code int) string {
	return strings.TrimSpace("answers " + strconv.Itoa(code) + " " + http.StatusText(code))
}

func contains(s string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// urlFault says why an address cannot be read, without the address.
func urlFault(err error) string {
	if fault, ok := errors.AsType[*url.Error](err); ok {
		return fault.Err.Error()
	}
	return err.Error()
}
