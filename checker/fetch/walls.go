package fetch

import (
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// A wall is one way to tell that an answer comes from a guard against robots and
// not from the page.
type wall struct {
	header string // name of a header
	value  string // how its value begins, in lower case; "": any
	except string // a value that healthy pages have
	cookie string // how the name of a cookie that is set begins
	title  string // how the title begins
	body   string // part of the body
	codes  []int  // statuses with which it proves something; nil: any
	small  bool   // proves something only on a page with next to no text, or with one of the codes
}

var (
	refusals   = []int{401, 403, 405, 406, 429, 503}
	suspicious = []int{202, 401, 403, 405, 406, 418, 429, 503}
	refused    = []int{202, 400, 401, 403, 404, 405, 406, 410, 418, 429, 451, 500, 502, 503, 504}
)

// walls rests on microlinkhq/is-antibot (MIT; src/providers.json at eba53e7 of
// 2026-08-16) and on issues of link checkers:
// TecharoHQ/anubis 473 for challenges with a good status. What also occurs on healthy
// pages counts only with a status that refuses.
var walls = []wall{
	{header: "Cf-Mitigated", value: "challenge"},
	{header: "X-Vercel-Mitigated"},
	{header: "X-Datadome", except: "protected"},
	{header: "X-Dd-B", codes: suspicious},
	{header: "X-Px-Authorization", codes: suspicious},
	{header: "X-Kasada"},
	{header: "X-Kasada-Challenge"},
	{header: "X-Kpsdk-Ct", codes: suspicious},
	{header: "Akamai-Cache-Status", value: "error", codes: suspicious},
	{header: "X-Amzn-Waf-Action"},
	{header: "X-Cdn", value: "incapsula", codes: suspicious},
	{header: "X-Iinfo", codes: suspicious},
	{header: "X-Cache", value: "error from cloudfront", codes: []int{403, 500, 502, 503, 504}},

	{cookie: "_abck", codes: suspicious, small: true},
	{cookie: "incap_ses_", codes: suspicious, small: true},
	{cookie: "visid_incap_", codes: suspicious},
	{cookie: "datadome", codes: suspicious, small: true},
	{cookie: "cf_clearance", codes: suspicious},
	{cookie: "rbzid", codes: suspicious},
	{cookie: "aws-waf-token", codes: suspicious},

	{title: "Just a moment...", codes: suspicious, small: true},
	{title: "Attention Required! | Cloudflare", codes: suspicious, small: true},
	{title: "Sucuri WebSite Firewall", codes: suspicious, small: true},
	{title: "Vercel Security Checkpoint", codes: suspicious, small: true},
	{title: "Pardon Our Interruption", codes: suspicious, small: true},
	{title: "Client Challenge", codes: suspicious, small: true},
	{title: "Making sure you're not a bot", codes: suspicious, small: true},
	{title: "Human Verification", codes: suspicious, small: true},
	{title: "Bot Verification", codes: suspicious, small: true},
	{title: "Robot Check", codes: suspicious, small: true},
	{title: "Are you a robot?", codes: suspicious, small: true},
	{title: "DDoS-Guard", codes: suspicious, small: true},
	{title: "Security Check", codes: suspicious},
	{title: "Verifying your connection", codes: suspicious, small: true},
	{title: "Checking your browser", codes: suspicious, small: true},
	{title: "Checking you are not a bot", codes: suspicious, small: true},
	{title: "Access Denied", codes: []int{202, 406, 503}, small: true},

	{body: "_cf_chl_opt", codes: refused, small: true},
	{body: "cf-turnstile", codes: suspicious},
	{body: `<script id="anubis_challenge"`},
	{body: "/.within.website/x/cmd/anubis/"},
	{body: "/.within.website/x/xess/"},
	{body: "sucuri_cloudproxy", codes: suspicious, small: true},
	{body: "window.KPSDK", codes: suspicious, small: true},
	{body: `action="/errors/validateCaptcha"`, codes: suspicious, small: true},
	{body: "window._pxAppId"},
	{body: "bmak.", codes: suspicious, small: true},
	{body: "captcha-delivery.com", codes: suspicious, small: true},
	{body: "token.awswaf.com", codes: suspicious, small: true},
	{body: "_Incapsula_Resource", codes: suspicious, small: true},
	{body: "Incapsula incident ID"},
	{body: "errors.edgesuite.net", codes: suspicious},
	{body: "hcaptcha.com", codes: refusals},
	{body: "challenges.cloudflare.com", codes: suspicious, small: true},
	{body: "Sucuri Website Firewall", codes: refusals},
	{body: "g-recaptcha", codes: refusals},
}

// A page with a good status that quotes a wall's script is longer than a wall.
const wallLimit = 64 << 10

// wallMarker returns what proves that an answer comes from a wall; "" if nothing
// does.
func wallMarker(f *finding) string {
	if f.code == 0 {
		return ""
	}
	for i := range walls {
		if w := &walls[i]; w.codes == nil || slices.Contains(w.codes, f.code) || w.small && f.code < 300 && f.body.buf != nil && f.document.visible < shortText {
			if marker := w.marker(f); marker != "" {
				return marker
			}
		}
	}
	return f.wallWords()
}

// wallWords are what guards say to those whom they take for robots, and to readers in
// the wrong country.
var wallWords = regexp.MustCompile(`(?i)\bverify(ing)?\s+(that\s+)?you\s+are\s+(a\s+|not\s+a\s+)?(human|robot|bot)\b|\bare\s+you\s+a\s+(robot|human)\b|\b(enable|allow)\s+(javascript\s+and\s+cookies|cookies\s+and\s+javascript)\b|` +
	`\bunusual\s+traffic\b|\bpress\s+(&|and)\s+hold\b|\bcomplete\s+the\s+security\s+check\b|\bblocked\s+by\s+network\s+security\b|\b(request|access|ip)\s+(was|has\s+been)\s+(blocked|banned)\b|` +
	`\baccess\s+to\s+this\s+(page|site|resource)\s+(has\s+been|is|was)\s+(denied|blocked)\b|\bautomated\s+(access|queries|requests)\b|` +
	`\b(not\s+available|unavailable)\s+(in|from|to|for)\s+(your|this)\s+(country|region|location|area)\b`)

// wallText is the most text that a wall without any other mark has.
const wallText = 2 * shortText

// wallWords returns what a page says that is nothing but a wall. Where a host has had
// enough of us, its status says so better.
func (f *finding) wallWords() string {
	d := f.document
	if !d.isMarkup || d.visible >= wallText || isRedirect(f.code) || f.code == http.StatusTooManyRequests {
		return ""
	}
	return wallWords.FindString(d.title + "\n" + f.text())
}

// marker returns what of the wall is seen.
func (w *wall) marker(f *finding) string {
	switch {
	case w.header != "":
		value := f.header.Get(w.header)
		if _, there := f.header[w.header]; !there || w.except != "" && strings.EqualFold(value, w.except) ||
			!strings.HasPrefix(strings.ToLower(value), w.value) {
			return ""
		}
		return strings.ToLower(w.header) + ": " + value
	case w.cookie != "":
		for _, cookie := range (&http.Response{Header: f.header}).Cookies() {
			if strings.HasPrefix(cookie.Name, w.cookie) {
				return "cookie " + cookie.Name
			}
		}
	case w.title != "":
		if strings.HasPrefix(strings.ToLower(f.document.title), strings.ToLower(w.title)) {
			return "title " + f.document.title
		}
	case w.body != "":
		if src := f.body.bytes(); len(src) <= wallLimit && bytes.Contains(src, []byte(w.body)) {
			return w.body
		}
	}
	return ""
}
