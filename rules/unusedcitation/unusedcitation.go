// Package unusedcitation declares the unused-citation rule.
package unusedcitation

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports entries of a bibliography that nothing in the book cites.
var Rule = &bookcheck.Rule{
	Name:     "unused-citation",
	Doc:      doc,
	Severity: bookcheck.Off,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	if !slices.ContainsFunc(pass.Chapter.Targets, isEntry) || slices.ContainsFunc(pass.Book.Chapters, printsAll) {
		return nil
	}
	for _, target := range pass.Chapter.Targets {
		if !isEntry(target) || pass.Book.Used(target) {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    target.Span,
			Message: fmt.Sprintf("nothing in the book cites %q", target.Name),
			Subject: target.Name,
		})
	}
	return nil
}

func isEntry(target *bookcheck.Target) bool { return target.Kind == bookcheck.Citation }

// printsAll tells whether a chapter lists entries that nobody cites.
func printsAll(chapter *bookcheck.Chapter) bool {
	return slices.ContainsFunc(chapter.Directives, func(d *bookcheck.Directive) bool {
		return d.Name == "bibliography" && slices.ContainsFunc(d.Options, func(o bookcheck.Setting) bool {
			return o.Name == "all" || o.Name == "filter"
		})
	})
}
