// Package headinglevel declares the heading-level rule.
package headinglevel

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports headings that skip a level, and second titles of a chapter whose
// builder makes a page of each title.
var Rule = &bookcheck.Rule{
	Name:     "heading-level",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	var last, title *bookcheck.Heading
	for _, h := range pass.Chapter.Headings {
		if inDirective(pass.Chapter, h) {
			continue // the builder makes it a line in bold
		}
		switch {
		case last != nil && h.Level > last.Level+1:
			report(pass, h, last, "heading of level %d under one of level %d: readers look for what is between", h.Level, last.Level)
		case h.Level == 1 && title != nil && pass.Chapter.Dialect == "myst":
			report(pass, h, title, "a second title: the builder puts all that follows beside the chapter, not into it")
		}
		if h.Level == 1 && title == nil {
			title = h
		}
		last = h
	}
	return nil
}

func report(pass *bookcheck.Pass, h, before *bookcheck.Heading, format string, args ...any) {
	pass.Report(bookcheck.Diagnostic{
		Span:    h.Span,
		Message: fmt.Sprintf(format, args...),
		Subject: h.Text,
		Related: []bookcheck.Related{{Chapter: pass.Chapter, Span: before.Span, Message: "the one before is here"}},
	})
}

// inDirective tells whether a heading stands in the body of a directive.
func inDirective(chapter *bookcheck.Chapter, h *bookcheck.Heading) bool {
	return slices.ContainsFunc(chapter.Directives, func(d *bookcheck.Directive) bool { return d.Contains(h.Span) })
}
