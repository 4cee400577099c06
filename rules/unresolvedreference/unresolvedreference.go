// Package unresolvedreference declares the unresolved-reference rule.
package unresolvedreference

import (
	"cmp"
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports references to a label or a document that the book does not have. A
// name that only the builder could compute is left alone.
var Rule = &bookcheck.Rule{
	Name:     "unresolved-reference",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		switch link.Kind {
		case bookcheck.PageLink, bookcheck.Ref, bookcheck.Doc:
		default:
			continue
		}
		if link.Target == "" || link.Form == bookcheck.Entry {
			continue // empty-link and toc-missing-file say so
		}
		to := pass.Book.Resolve(pass.Chapter, link)
		name := cmp.Or(to.Name, link.Target)
		switch {
		case to.Outcome == bookcheck.Missing && link.Undefined:
			pass.ReportLink(link, to, "no link definition for [%s] in this chapter", name)
		case to.Outcome == bookcheck.Missing:
			pass.ReportLink(link, to, "no %s %q in the book", cmp.Or(to.Sought, "label"), name)
		}
	}
	return nil
}
