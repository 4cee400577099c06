// Package misquoted declares the misquoted rule.
package misquoted

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports quotations whose words are others on the page that is cited for them.
var Rule = &bookcheck.Rule{
	Name:     "misquoted",
	Doc:      doc,
	Severity: bookcheck.Error,
	Needs:    bookcheck.Text,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, judgement := range pass.Weighed() {
		for _, part := range judgement.Parts {
			if part.Find == bookcheck.Clash && part.Fact.Kind == bookcheck.Quotation {
				pass.Report(bookcheck.Diagnostic{
					Span:     part.Fact.Span,
					Subject:  part.Fact.Text,
					Message:  "the page has other words, " + part.Source.URL + ": quote them as they stand there, and mark what is left out with …",
					Evidence: []string{part.Quote()},
				})
			}
		}
	}
	return nil
}
