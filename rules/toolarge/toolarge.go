// Package toolarge declares the too-large rule.
package toolarge

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports chapters of which a part was not read, so that silence about that
// part is not mistaken for praise.
var Rule = &bookcheck.Rule{
	Name:     "too-large",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	unread := pass.Chapter.Unread
	if unread.Len() == 0 {
		return nil
	}
	first := pass.Chapter.Line(pass.Chapter.Position(unread.Start).Line)
	pass.Reportf(bookcheck.Span{Start: unread.Start, End: min(first.End, unread.End)},
		"not checked from here on: over the limit of %s", pass.Chapter.Limit)
	return nil
}
