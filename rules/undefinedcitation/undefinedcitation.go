// Package undefinedcitation declares the undefined-citation rule.
package undefinedcitation

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports citations whose key is in no bibliography of the book.
var Rule = &bookcheck.Rule{
	Name:     "undefined-citation",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, to := range pass.Missing(bookcheck.Cite) {
		pass.ReportLink(link, to, "citation %q is in no bibliography", link.Target)
	}
	return nil
}
