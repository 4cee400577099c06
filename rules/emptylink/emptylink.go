// Package emptylink declares the empty-link rule.
package emptylink

import (
	_ "embed"
	"regexp"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links with nothing to click on, and links that lead nowhere.
var Rule = &bookcheck.Rule{
	Name:     "empty-link",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		switch {
		case link.Undefined:
		case leadsNowhere(link) && !leadsUp(pass.Chapter, link):
			report(pass, link, "link without a destination")
		case showsNothing(pass.Chapter, link):
			report(pass, link, "link without a text: readers see nothing to click on")
		}
	}
	return nil
}

func report(pass *bookcheck.Pass, link *bookcheck.Link, message string) {
	pass.Report(bookcheck.Diagnostic{Span: link.Span, Message: message, Subject: link.Target})
}

// leadsNowhere tells whether a link that a reader can follow names no place. A
// lone # in HTML leads to the top of the page.
func leadsNowhere(link *bookcheck.Link) bool {
	switch link.Kind {
	case bookcheck.PageLink:
		return link.Target == "" || link.Target == "#"
	case bookcheck.Image, bookcheck.Download, bookcheck.Include, bookcheck.Ref, bookcheck.Doc, bookcheck.Term, bookcheck.Cite:
		return link.Target == ""
	default:
		return false
	}
}

// up recognizes the text of a link to the top of the page.
var up = regexp.MustCompile(`(?i)\btop\b|[↑⬆▲🔝]`)

// leadsUp tells whether a link is meant to lead to the top of the page, and does:
// every builder but those of MyST leaves a lone # as it is.
func leadsUp(chapter *bookcheck.Chapter, link *bookcheck.Link) bool {
	return link.Target == "#" && chapter.Dialect != "myst" && up.MatchString(link.Text)
}

// showsNothing tells whether a link to the web has neither a text nor an image.
// For a link inside the book, the builder writes the title of the place.
func showsNothing(chapter *bookcheck.Chapter, link *bookcheck.Link) bool {
	if link.Kind != bookcheck.PageLink || !link.External() || link.Text != "" || link.Silent {
		return false
	}
	for _, inner := range chapter.Links {
		if inner != link && link.Contains(inner.Span) {
			return false // an image, a substitution, a role: it shows something
		}
	}
	return true
}
