// Package contradictedclaim declares the contradicted-claim rule.
package contradictedclaim

import (
	_ "embed"
	"fmt"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports claims of which a page that they cite says something else.
var Rule = &bookcheck.Rule{
	Name:     "contradicted-claim",
	Doc:      doc,
	Severity: bookcheck.Error,
	Needs:    bookcheck.Text,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for claim, judgement := range pass.Weighed() {
		for _, part := range judgement.Parts {
			if part.Find == bookcheck.Clash && part.Fact.Kind != bookcheck.Quotation {
				pass.Report(finding(claim, part))
			}
		}
	}
	return nil
}

func finding(claim *bookcheck.Claim, part bookcheck.Part) bookcheck.Diagnostic {
	d := bookcheck.Diagnostic{
		Span:     part.Fact.Span,
		Subject:  part.Fact.Text,
		Message:  fmt.Sprintf("%q is %q %s that is cited for it, %s: correct the one that is wrong, or cite another page", part.Fact.Text, part.Instead, part.Source.On(), part.Source.URL),
		Severity: severity(claim, part),
	}
	if part.Fact.Kind == bookcheck.Statement {
		d.Message = "the page that is cited says the opposite, " + part.Source.URL + ": correct the sentence, or cite another page"
	}
	if quote := part.Quote(); quote != "" {
		d.Evidence = []string{quote}
	}
	return d
}

// aligned is how much of a claim the sentence of the page must say, so that the two
// are surely about the same.
const aligned = .5

// severity lowers that of the rule where words had to be understood, not only
// compared, and where the page need not say today what it said then.
func severity(claim *bookcheck.Claim, part bookcheck.Part) bookcheck.Severity {
	switch {
	case part.Score < aligned, claim.Quoted, claim.Dated, part.Fact.Kind == bookcheck.Statement:
		return bookcheck.Note
	case part.Fact.Kind == bookcheck.Name:
		return bookcheck.Warning
	}
	return 0
}
