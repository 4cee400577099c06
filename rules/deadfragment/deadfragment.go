// Package deadfragment declares the dead-fragment rule.
package deadfragment

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links to a place on a page that is there, but has no such place.
var Rule = &bookcheck.Rule{
	Name:     "dead-fragment",
	Doc:      doc,
	Severity: bookcheck.Error,
	Needs:    bookcheck.Status | bookcheck.Anchors,
	Select:   func(link *bookcheck.Link) bool { return link.Fragment() != "" },
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if !link.External() || link.Fragment() == "" {
			continue
		}
		page, known := pass.Page(link)
		if !known || page.Verdict != bookcheck.Alive {
			continue
		}
		if found, known := page.HasAnchor(link.Fragment()); known && !found {
			pass.Report(diagnostic(link, page))
		}
	}
	return nil
}

func diagnostic(link *bookcheck.Link, page *bookcheck.Page) bookcheck.Diagnostic {
	d := bookcheck.Diagnostic{
		Span:    link.Dest,
		Message: "dead fragment: " + link.URL() + " has no #" + link.Fragment(),
		Subject: link.Target,
	}
	if near := nearest(page, link.Fragment()); near != "" {
		d.Message += "; did you mean #" + near + "?"
		d.Fixes = []bookcheck.Fix{{
			Title: "Link to #" + near,
			Edits: []bookcheck.Edit{{Span: link.Dest, New: link.URL() + "#" + near}},
		}} // not Safe: a near name is a guess
	}
	return d
}

// nearest returns the only anchor that differs in nothing but case and punctuation;
// "" if there is none.
func nearest(page *bookcheck.Page, fragment string) string {
	var near []string
	for name := range page.Anchors {
		if letters(name) == letters(fragment) && strings.IndexFunc(name, unicode.IsSpace) < 0 {
			near = append(near, name)
		}
	}
	if len(near) != 1 || letters(fragment) == "" || slices.ContainsFunc([]rune(near[0]), func(r rune) bool { return strings.ContainsRune("()<>[]", r) }) {
		return ""
	}
	return near[0]
}

func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
