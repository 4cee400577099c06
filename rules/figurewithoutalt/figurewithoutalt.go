// Package figurewithoutalt declares the figure-without-alt rule.
package figurewithoutalt

import (
	_ "embed"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports images that say nothing to a reader who cannot see them.
var Rule = &bookcheck.Rule{
	Name:     "figure-without-alt",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, figure := range pass.Chapter.Figures {
		if figure.Decorative || strings.TrimSpace(figure.Alt+figure.Caption) != "" {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    place(figure),
			Message: "image without a text for readers who cannot see it",
			Subject: figure.Link.Target,
		})
	}
	return nil
}

// place returns what to underline: the name of the image, where one is written.
func place(figure *bookcheck.Figure) bookcheck.Span {
	if figure.Link.Dest.Len() > 0 {
		return figure.Link.Dest
	}
	return figure.Span
}
