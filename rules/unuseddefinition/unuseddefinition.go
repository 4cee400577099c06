// Package unuseddefinition declares the unused-definition rule.
package unuseddefinition

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports what a chapter defines and nothing uses: addresses for links,
// footnotes, terms of a glossary.
var Rule = &bookcheck.Rule{
	Name:     "unused-definition",
	Doc:      doc,
	Severity: bookcheck.Off,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	addresses, footnotes := asked(pass.Chapter)
	for _, target := range pass.Chapter.Targets {
		switch {
		case target.Kind == bookcheck.Definition && !addresses[address(pass.Chapter, target)] && !isComment(target):
			report(pass, target, "no link uses the definition of [%s]")
		case target.Kind == bookcheck.Footnote && !footnotes[fold(target.Name)]:
			report(pass, target, "no text refers to the footnote [^%s], so readers do not see it")
		case target.Kind == bookcheck.TermDefinition && !pass.Book.Used(target):
			report(pass, target, "no text refers to the term %q")
		}
	}
	return nil
}

func report(pass *bookcheck.Pass, target *bookcheck.Target, format string) {
	pass.Report(bookcheck.Diagnostic{Span: target.Span, Message: fmt.Sprintf(format, target.Name), Subject: target.Name})
}

// asked returns what the links of a chapter ask for: the offsets at which the
// addresses of definitions begin, and the names of footnotes.
func asked(chapter *bookcheck.Chapter) (addresses map[int]bool, footnotes map[string]bool) {
	addresses, footnotes = make(map[int]bool), make(map[string]bool)
	for _, link := range chapter.Links {
		switch {
		case link.Kind == bookcheck.FootnoteRef:
			footnotes[fold(link.Target)] = true
		case link.Form == bookcheck.Reference && !link.Undefined:
			addresses[link.Dest.Start] = true
		}
	}
	return addresses, footnotes
}

// address returns the offset at which the address of a definition begins.
func address(chapter *bookcheck.Chapter, definition *bookcheck.Target) int {
	rest := chapter.Source[definition.End:]
	return definition.End + len(rest) - len(bytes.TrimLeft(rest, "]: \t\r\n<"))
}

// fold normalizes a name as CommonMark does.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// isComment recognizes definitions that are a way to write a comment.
func isComment(target *bookcheck.Target) bool {
	return target.Title == "" || target.Title == "#" || strings.Trim(target.Name, "/_#- ") == ""
}
