// Package driftedsource declares the drifted-source rule.
package driftedsource

import (
	_ "embed"
	"time"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports claims whose page no longer has the sentence that they rested on. The
// driver tells which: it keeps the sentences from one run to the next.
var Rule = &bookcheck.Rule{
	Name:     "drifted-source",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Text,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for claim, judgement := range pass.Weighed() {
		for _, source := range judgement.Sources {
			if source.Gone != "" {
				report(pass, claim, source)
			}
		}
	}
	return nil
}

// report reports a claim at the link to the page that has changed.
func report(pass *bookcheck.Pass, claim *bookcheck.Claim, source *bookcheck.Source) {
	evidence := []string{"gone: “" + source.Gone + "”"}
	if source.Near != "" {
		evidence = append(evidence, "now:  “"+source.Near+"”")
	}
	pass.Report(bookcheck.Diagnostic{
		Span: source.Link.At(),
		Message: "the sentence that this claim rested on is gone from the page, which had it on " + source.Seen.Format(time.DateOnly) +
			": check what the page says now",
		Subject:  source.URL,
		Evidence: evidence,
		Related:  []bookcheck.Related{{Chapter: pass.Chapter, Span: claim.Span, Message: "this is the claim"}},
	})
}
