// Package expiredstatement declares the expired-statement rule.
package expiredstatement

import (
	_ "embed"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports passages that their author did not want to be trusted any longer
// than until a day that is over.
var Rule = &bookcheck.Rule{
	Name:     "expired-statement",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, mark := range pass.Chapter.Marks {
		if mark.Kind != bookcheck.Expires || pass.Now.Before(mark.Date.AddDate(0, 0, 1)) {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    mark.Span,
			Message: "this passage was to be trusted until " + mark.Date.Format(time.DateOnly),
			Subject: strings.Join(strings.Fields(pass.Chapter.Text(mark.Scope)), " "),
		})
	}
	return nil
}
