// Package undefinedterm declares the undefined-term rule.
package undefinedterm

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports references to a term that no glossary of the book explains.
var Rule = &bookcheck.Rule{
	Name:     "undefined-term",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, to := range pass.Missing(bookcheck.Term) {
		pass.ReportLink(link, to, "term %q is in no glossary", link.Target)
	}
	return nil
}
