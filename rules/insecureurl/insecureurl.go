// Package insecureurl declares the insecure-url rule.
package insecureurl

import (
	_ "embed"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links without encryption to pages that answer with it.
var Rule = &bookcheck.Rule{
	Name:     "insecure-url",
	Doc:      doc,
	Severity: bookcheck.Note,
	Needs:    bookcheck.Status,
	Select:   isPlain,
	Run:      run,
}

func isPlain(link *bookcheck.Link) bool {
	return len(link.Target) > len(plain) && strings.EqualFold(link.Target[:len(plain)], plain)
}

const plain = "http://"

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if !link.External() || !isPlain(link) {
			continue
		}
		page, known := pass.Page(link)
		if !known || page.Verdict != bookcheck.Alive || !answersEncrypted(link, page) {
			continue
		}
		d := bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "not encrypted: " + link.URL() + " shows the same page with https",
			Subject: link.URL(),
		}
		if written := pass.Chapter.Text(link.Dest); len(written) > len(plain) && strings.EqualFold(written[:len(plain)], plain) {
			d.Fixes = []bookcheck.Fix{{
				Title: "Link with https",
				Edits: []bookcheck.Edit{{Span: bookcheck.Span{Start: link.Dest.Start, End: link.Dest.Start + len(plain)}, New: "https://"}},
				Safe:  true,
			}}
		}
		pass.Report(d)
	}
	return nil
}

// answersEncrypted tells whether the page is known to be the same with encryption,
// and to have gone nowhere else for good.
func answersEncrypted(link *bookcheck.Link, page *bookcheck.Page) bool {
	twin := "https://" + link.URL()[len(plain):]
	if page.MovedTo != "" && !same(page.MovedTo, twin) {
		return false
	}
	return page.Secure != "" || len(page.Hops) > 1 && same(page.Hops[1].URL, twin)
}

func same(a, b string) bool {
	return strings.EqualFold(strings.TrimSuffix(a, "/"), strings.TrimSuffix(b, "/"))
}
