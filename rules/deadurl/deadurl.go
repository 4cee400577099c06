// Package deadurl declares the dead-url rule.
package deadurl

import (
	_ "embed"
	"strings"

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

// destination writes an address so that it can stand anywhere in Markdown.
var destination = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if page.Verdict != bookcheck.Dead || page.Parked { // hijacked-url reports what is for sale
			continue
		}
		d := bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "dead link: " + link.URL() + " " + page.Reason,
			Subject: link.URL(),
		}
		if archived := pass.Archived(link); archived != "" {
			d.Fixes = []bookcheck.Fix{{
				Title: "Link to the archived copy " + archived,
				Edits: []bookcheck.Edit{{Span: link.Dest, New: destination.Replace(archived)}},
			}} // not Safe: what is gone may have a new home
		}
		pass.Report(d)
	}
	return nil
}
