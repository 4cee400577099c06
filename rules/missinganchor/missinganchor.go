// Package missinganchor declares the missing-anchor rule.
package missinganchor

import (
	"cmp"
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links to a heading or a label that the chapter they lead to does not
// have.
var Rule = &bookcheck.Rule{
	Name:     "missing-anchor",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		to := pass.Book.Resolve(pass.Chapter, link)
		if to.Outcome != bookcheck.NoAnchor {
			continue
		}
		pass.ReportLink(link, to, "no heading or label %q in %s", cmp.Or(to.Name, link.Fragment()), place(pass, to))
	}
	return nil
}

// place names the chapter in which an anchor was sought.
func place(pass *bookcheck.Pass, to bookcheck.Resolution) string {
	if to.Chapter == nil || to.Chapter == pass.Chapter {
		return "this chapter"
	}
	return to.Chapter.Path
}
