// Package tocmissingfile declares the toc-missing-file rule.
package tocmissingfile

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports entries of a table of contents that name no document.
var Rule = &bookcheck.Rule{
	Name:     "toc-missing-file",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if link.Form != bookcheck.Entry {
			continue
		}
		to := pass.Book.Resolve(pass.Chapter, link)
		if to.Outcome == bookcheck.NoFile || to.Outcome == bookcheck.Missing {
			to.Name = link.Target
			pass.ReportLink(link, to, "the contents name %q, which is no document of the book", link.Target)
		}
	}
	return nil
}
