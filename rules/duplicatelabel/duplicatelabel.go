// Package duplicatelabel declares the duplicate-label rule.
package duplicatelabel

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports names that are given to two places: of references to them, one goes
// astray.
var Rule = &bookcheck.Rule{
	Name:     "duplicate-label",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	local := make(map[string]*bookcheck.Target)
	for _, target := range pass.Chapter.Targets {
		switch target.Kind {
		case bookcheck.Footnote, bookcheck.Definition:
			key := target.Kind.String() + fold(target.Name)
			if first := local[key]; first == nil {
				local[key] = target
			} else if pass.Chapter.Cells == nil && !harmless(pass.Chapter, first, target) { // each cell of a notebook has its own
				report(pass, target, bookcheck.Place{Chapter: pass.Chapter, Target: first})
			}
		case bookcheck.Label, bookcheck.Equation, bookcheck.TermDefinition, bookcheck.Citation:
			if first, ok := before(pass, target); ok {
				report(pass, target, first)
			}
		default:
		}
	}
	return nil
}

// harmless tells whether a definition says what an earlier one says, and the
// builder does not mind.
func harmless(chapter *bookcheck.Chapter, first, again *bookcheck.Target) bool {
	return again.Kind == bookcheck.Definition && first.Title == again.Title && chapter.Dialect != "myst"
}

// fold normalizes a name as CommonMark does.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// before returns the first place of the same name, if it comes earlier in the book.
func before(pass *bookcheck.Pass, target *bookcheck.Target) (bookcheck.Place, bool) {
	others := pass.Book.Namesakes(pass.Chapter, target)
	if len(others) == 0 {
		return bookcheck.Place{}, false
	}
	first := others[0]
	if first.Chapter == pass.Chapter {
		return first, first.Target.Start < target.Start
	}
	for _, chapter := range pass.Book.Chapters {
		switch chapter {
		case first.Chapter:
			return first, true
		case pass.Chapter:
			return bookcheck.Place{}, false
		}
	}
	return bookcheck.Place{}, false
}

var words = map[bookcheck.TargetKind]string{
	bookcheck.Label: "label", bookcheck.Equation: "label of an equation", bookcheck.TermDefinition: "term",
	bookcheck.Citation: "citation key", bookcheck.Footnote: "footnote", bookcheck.Definition: "link definition",
}

func report(pass *bookcheck.Pass, target *bookcheck.Target, first bookcheck.Place) {
	where := "in this chapter"
	if first.Chapter != pass.Chapter {
		where = "in " + first.Chapter.Path
	}
	pass.Report(bookcheck.Diagnostic{
		Span:    target.Span,
		Message: fmt.Sprintf("the %s %q is given twice, first %s", words[target.Kind], target.Name, where),
		Subject: target.Name,
		Related: []bookcheck.Related{{Chapter: first.Chapter, Span: first.Target.Span, Message: "the first is here"}},
	})
}
