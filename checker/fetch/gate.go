package fetch

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A gate is what a redirect leads to in place of the page. Readers may be let through;
// so may we, if it only wants to set a cookie: where the redirects end is what tells.
type gate struct {
	doubt  bookcheck.Doubt
	reason string   // with the address of the gate
	at     *url.URL // what redirected there
	// weak says that what the page at its end says counts for more: an error page may
	// say what the error is.
	weak bool
}

// A gateKind tells a gate by the address that a redirect goes to.
type gateKind struct {
	path  *regexp.Regexp // matches the path of the gate; nil: none does
	word  *regexp.Regexp // matches host and path, if the query knows the way back; nil: none does
	query func(url.Values) bool
	doubt bookcheck.Doubt
	what  string
	weak  bool
}

// gateKinds are looked at in order.
var gateKinds = []gateKind{
	{
		path:  regexp.MustCompile(`(?i)(^|/)((log_?-?in|logon|sign_?-?in|sso|authwall)(/(index|default))?(\.\w{2,6})?|password)/?$`),
		word:  regexp.MustCompile(`(?i)(^|[^a-z])(log_?-?in|sign_?-?in|auth|authenticate|authentication|oauth2?|authorize|sso|saml2?|accounts?)([^a-z]|$)`),
		query: asksWho,
		doubt: bookcheck.Auth, what: "a login",
	},
	{
		word:  regexp.MustCompile(`(?i)(^|[^a-z])(consents?|cookie[_-]?(wall|consent)|privacy[_-]?gate|age[_-]?(gate|check|verif\w+))([^a-z]|$)`),
		doubt: bookcheck.Undecidable, what: "a question that readers answer first",
	},
	{
		word:  regexp.MustCompile(`(?i)(^|[^a-z])(waiting[_-]?room|queue([_-]?it)?)([^a-z]|$)`),
		doubt: bookcheck.Transient, what: "a queue",
	},
	{
		path:  regexp.MustCompile(`(?i)(^|/)([\w-]*maintenance|wartung|wartungsarbeiten)(\.\w{2,5})?/?$`),
		doubt: bookcheck.Transient, what: "a page for maintenance",
	},
	{
		path:  regexp.MustCompile(`(?i)(^|/)((not[_-]?available|unavailable|blocked|restricted|unsupported)[_-]?((in|for|from)[_-]?)?((your|this)[_-]?)?(country|region|location|area)|geo[_-]?(block|restrict)\w*)(\.\w{2,5})?/?$`),
		doubt: bookcheck.Blocked, what: "a page for readers elsewhere",
	},
	{
		path:  regexp.MustCompile(`(?i)^/cgi-sys/(suspendedpage|defaultwebpage)\.cgi$`),
		doubt: bookcheck.Undecidable, what: "what its provider shows in its place",
	},
	{
		path:  regexp.MustCompile(`(?i)(^|/)(errors?|err|oops|sorry|generic[_-]?error)(\.\w{2,5})?/?$`),
		doubt: bookcheck.Undecidable, what: "a page for errors", weak: true,
	},
}

// asksWho tells whether a query is that of a house which vouches for readers: SAML or
// OAuth.
func asksWho(query url.Values) bool {
	return query.Has("SAMLRequest") || query.Has("client_id") && query.Has("redirect_uri") && query.Has("response_type")
}

// gateBetween tells what a redirect leads to in place of the page; nil: to another
// page. Who links to a gate, or to a front page, means what is shown there.
func gateBetween(from, to *url.URL) *gate {
	if isFront(from) || to.Path == from.Path {
		return nil
	}
	for i := range gateKinds {
		if k := &gateKinds[i]; k.leads(from, to) {
			return &gate{doubt: k.doubt, reason: "redirects to " + k.what + ": " + bare(to).Redacted(), at: from, weak: k.weak}
		}
	}
	return nil
}

func (k *gateKind) leads(from, to *url.URL) bool {
	switch {
	case k.path != nil && k.path.MatchString(to.Path):
		return !k.path.MatchString(from.Path)
	case k.query != nil && k.query(to.Query()):
		return true
	case k.word != nil && k.word.MatchString(to.Hostname()+to.Path):
		return knowsTheWayBack(from, to) && (k.path == nil || !k.path.MatchString(from.Path))
	default:
		return false
	}
}

func knowsTheWayBack(from, to *url.URL) bool {
	for _, values := range to.Query() {
		for _, value := range values {
			if strings.Contains(value, from.Path) {
				return true
			}
		}
	}
	return false
}

// meet notes the gate that a redirect leads to. The first counts, since what follows it
// is its own business.
func (p *probe) meet(from, to *url.URL) {
	if p.gate == nil || p.gate.weak {
		p.gate = cmp.Or(gateBetween(from, to), p.gate)
	}
}

// behindGate puts the gate that the probe stands before in place of what was decided
// about it.
func (p *probe) behindGate(d decision) decision {
	g := p.gate
	switch {
	case g == nil || d.act == follow:
		return d
	case p.url.Host == g.at.Host && p.url.Path == g.at.Path:
		return d // it was let through
	case g.weak && d.verdict != bookcheck.Alive:
		return d
	case g.weak: // what the decision still depends on stays
		d.verdict, d.doubt, d.reason, d.whole, d.step = bookcheck.Unsure, g.doubt, g.reason, true, gateStep
		return d
	}
	before := unsure(g.doubt, g.reason)
	before.whole, before.step = true, gateStep
	return before
}

// gateStep is what explain calls the decision.
const gateStep = "something stands before the page"
