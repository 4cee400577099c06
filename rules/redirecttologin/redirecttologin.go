// Package redirecttologin declares the redirect-to-login rule.
package redirecttologin

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links that lead readers to a login.
var Rule = &bookcheck.Rule{
	Name:     "redirect-to-login",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if page.Doubt != bookcheck.Auth || page.Code < 300 || page.Code > 399 {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    link.Dest,
			Message: "not public: " + link.URL() + " " + page.Reason,
			Subject: link.URL(),
		})
	}
	return nil
}
