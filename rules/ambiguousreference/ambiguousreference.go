// Package ambiguousreference declares the ambiguous-reference rule.
package ambiguousreference

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports references by a name that several things have.
var Rule = &bookcheck.Rule{
	Name:     "ambiguous-reference",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		to := pass.Book.Resolve(pass.Chapter, link)
		if to.Outcome != bookcheck.Resolved || len(to.Rivals) == 0 {
			continue
		}
		places := append([]bookcheck.Place{{Chapter: to.Chapter, Target: to.Target}}, to.Rivals...)
		found := bookcheck.Diagnostic{Span: link.At(), Subject: to.Name}
		words := make([]string, len(places))
		for i, place := range places {
			words[i] = what(place)
			found.Related = append(found.Related, bookcheck.Related{
				Chapter: place.Chapter, Span: span(place), Message: "the " + kind(place) + " is here",
			})
		}
		found.Message = fmt.Sprintf("%q names several things: %s; the builder takes the first", to.Name, strings.Join(words, " and "))
		pass.Report(found)
	}
	return nil
}

func span(place bookcheck.Place) bookcheck.Span {
	if place.Target == nil {
		return bookcheck.Span{}
	}
	return place.Target.Span
}

// what names a place.
func what(place bookcheck.Place) string {
	if place.Target == nil {
		return "the document " + place.Chapter.Path
	}
	return "a " + kind(place) + " in " + place.Chapter.Path
}

func kind(place bookcheck.Place) string {
	switch {
	case place.Target == nil:
		return "document"
	case place.Target.Kind == bookcheck.TermDefinition:
		return "term"
	case place.Target.Kind == bookcheck.Equation:
		return "equation"
	default:
		return "label"
	}
}
