// Package deadurl declares the dead-url rule.
package deadurl

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links whose page is gone. Pages that might come back, because
// the server is busy or refuses robots, are none of its business.
var Rule = &bookcheck.Rule{
	Name:     "dead-url",
	Doc:      doc,
	Severity: bookcheck.Error,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if !link.External() {
			continue
		}
		page, known := pass.Page(link)
		if !known || page.Verdict != bookcheck.Dead || page.Parked { // hijacked-url reports what is for sale
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "dead link: " + link.URL() + " " + page.Reason,
			Subject: link.URL(),
		})
	}
	return nil
}
