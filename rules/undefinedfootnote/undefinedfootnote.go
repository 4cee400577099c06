// Package undefinedfootnote declares the undefined-footnote rule.
package undefinedfootnote

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports footnote marks without a footnote: readers see them as brackets
// in the text.
var Rule = &bookcheck.Rule{
	Name:     "undefined-footnote",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, to := range pass.Missing(bookcheck.FootnoteRef) {
		pass.ReportLink(link, to, "no footnote [^%s] in this chapter", link.Target)
	}
	return nil
}
