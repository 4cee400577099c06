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
		if page.Doubt != bookcheck.Auth || asks(page.Code) {
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

// asks tells whether a status wants a name and a password that readers may have.
func asks(code int) bool {
	switch code {
	case 400, 401, 402, 407, 495, 496: // nginx wants a certificate with 400 and its own
		return true
	default:
		return false
	}
}
