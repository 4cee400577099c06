// Package unusedlabel declares the unused-label rule.
package unusedlabel

import (
	_ "embed"
	"fmt"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports labels to which nothing in the book refers.
var Rule = &bookcheck.Rule{
	Name:     "unused-label",
	Doc:      doc,
	Severity: bookcheck.Off,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, target := range pass.Chapter.Targets {
		if target.Kind != bookcheck.Label && target.Kind != bookcheck.Equation || pass.Book.Used(target) {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    target.Span,
			Message: fmt.Sprintf("nothing in the book refers to the label %q", target.Name),
			Subject: target.Name,
		})
	}
	return nil
}
