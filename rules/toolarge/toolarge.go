// Package toolarge declares the too-large rule.
package toolarge

import (
	"cmp"
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
	at := pass.Chapter.Line(pass.Chapter.Position(unread.Start).Line) // its first line stands for all
	pass.Reportf(bookcheck.Span{Start: unread.Start, End: max(at.End, unread.Start)},
		"from here on not checked: the chapter is over the limit of %s", cmp.Or(pass.Chapter.Limit, "its size"))
	return nil
}
