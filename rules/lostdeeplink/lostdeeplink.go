// Package lostdeeplink declares the lost-deep-link rule.
package lostdeeplink

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links to a page deep in a site that end on a front page.
var Rule = &bookcheck.Rule{
	Name:     "lost-deep-link",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if !page.Lost() || page.Usurped(pass.Chapter, link) != "" {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "lost: " + link.URL() + " redirects to the front page " + page.Hops[len(page.Hops)-1].URL,
			Subject: link.URL(),
		})
	}
	return nil
}
