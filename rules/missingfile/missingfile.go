// Package missingfile declares the missing-file rule.
package missingfile

import (
	"cmp"
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links, images, includes and downloads that name a file which is
// not there.
var Rule = &bookcheck.Rule{
	Name:     "missing-file",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if link.Form == bookcheck.Entry {
			continue // toc-missing-file says so
		}
		to := pass.Book.Resolve(pass.Chapter, link)
		if to.Outcome != bookcheck.NoFile {
			continue
		}
		pass.ReportLink(link, to, "no file %s", cmp.Or(to.Name, link.URL()))
	}
	return nil
}
