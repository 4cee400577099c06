// Package secondopinion declares the second-opinion rule.
package secondopinion

import (
	_ "embed"
	"fmt"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports claims of which a model says that the page they cite does not bear
// them out. What the rules know of a claim is theirs to report.
var Rule = &bookcheck.Rule{
	Name:     "second-opinion",
	Doc:      doc,
	Severity: bookcheck.Note,
	Needs:    bookcheck.Text,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for claim, judgement := range pass.Weighed() {
		if judgement.Opinion == nil {
			continue
		}
		opinion := judgement.Opinion
		var says string
		switch opinion.Support {
		case bookcheck.Contradicted:
			says = "contradicts this"
		case bookcheck.NotFound:
			says = "does not say this"
		default:
			continue
		}
		message := fmt.Sprintf("%s thinks that what is cited here %s", opinion.Model, says)
		if opinion.Says != "" {
			message += fmt.Sprintf(": %q", opinion.Says)
		}
		pass.Report(bookcheck.Diagnostic{
			Span:     claim.Span,
			Severity: bookcheck.Note, // whatever the configuration says: a model is no proof
			Subject:  claim.Text,
			Message:  message + "; look it up",
			Evidence: evidence(judgement),
		})
	}
	return nil
}

// evidence returns what was compared, and what the rules made of it.
func evidence(judgement *bookcheck.Judgement) []string {
	lines := []string{fmt.Sprintf("without a model: %s", judgement.Support)}
	for _, part := range judgement.Parts {
		if quote := part.Quote(); quote != "" {
			return append(lines, quote)
		}
	}
	for _, source := range judgement.Sources {
		lines = append(lines, "cited: "+source.URL)
	}
	return lines
}
