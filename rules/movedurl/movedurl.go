// Package movedurl declares the moved-url rule.
package movedurl

import (
	_ "embed"
	"net/url"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links whose page has moved for good. Links that only lack encryption,
// those that end on a front page and those that end with somebody else are the business
// of other rules.
var Rule = &bookcheck.Rule{
	Name:     "moved-url",
	Doc:      doc,
	Severity: bookcheck.Note,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if page.Verdict != bookcheck.Alive || page.MovedTo == "" || page.Lost() || onlyEncrypts(link.URL(), page.MovedTo) || page.Usurped(pass.Chapter, link) != "" {
			continue
		}
		d := bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "moved: " + link.URL() + " is now " + page.MovedTo,
			Subject: link.URL(),
		}
		if target := newTarget(link, page); target != "" {
			d.Fixes = []bookcheck.Fix{{
				Title: "Link to " + target,
				Edits: []bookcheck.Edit{{Span: link.Dest, New: target}},
				Safe:  !page.Foreign,
			}}
		}
		pass.Report(d)
	}
	return nil
}

// onlyEncrypts tells whether two addresses differ in the scheme alone.
func onlyEncrypts(from, to string) bool {
	before, plain := strings.CutPrefix(from, "http://")
	after, secure := strings.CutPrefix(to, "https://")
	return plain && secure && strings.EqualFold(strings.TrimSuffix(before, "/"), strings.TrimSuffix(after, "/"))
}

// passing is what a query or a path has that is meant for one visit only.
var passing = regexp.MustCompile(`(?i)(^|[?&/;])(utm_\w+|gclid|fbclid|mc_[ce]id|session_?id|jsessionid|phpsessid|sid|token|code|state|ticket|ref|referrer|login|signin|sign_in|consent)\b`)

// newTarget returns what the link is to say instead; "" if no address is sure to be
// good for more than one visit. A fragment goes along if the page has it, or if that
// is not known.
func newTarget(link *bookcheck.Link, page *bookcheck.Page) string {
	to, err := url.Parse(page.MovedTo)
	if err != nil || passing.MatchString("?"+to.RawQuery) || passing.MatchString(to.Path) {
		return ""
	}
	target := page.MovedTo
	if fragment := link.Fragment(); fragment != "" && to.Fragment == "" {
		if found, known := page.HasAnchor(fragment); known && !found {
			return ""
		}
		target += "#" + fragment
	}
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(target)
}
