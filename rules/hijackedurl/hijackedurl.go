// Package hijackedurl declares the hijacked-url rule.
package hijackedurl

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links whose address belongs to somebody else now: a seller of names,
// or an owner whose page has nothing to do with what the link says.
var Rule = &bookcheck.Rule{
	Name:     "hijacked-url",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if why := page.Usurped(pass.Chapter, link); why != "" {
			pass.Report(bookcheck.Diagnostic{Span: link.Dest, Message: "hijacked: " + link.URL() + " " + why, Subject: link.URL()})
		}
	}
	return nil
}
