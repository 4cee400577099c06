// Package typednumber declares the typed-number rule.
package typednumber

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports the numbers of figures that are typed into the text of a book whose
// builder numbers them.
var Rule = &bookcheck.Rule{
	Name:     "typed-number",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

// typed recognizes the number of a figure.
var typed = regexp.MustCompile(`\b[Ff]ig(?:ure|\.)[ \x{a0}](\d{1,3})(?:\.(\d{1,3}))?\b`)

// elsewhere recognizes what follows the number of somebody else's figure, or goes
// before it.
var elsewhere = regexp.MustCompile(`^\s*(?:\(?[a-z]\)?\s*)?(?:of|in|from|by)\b|^\s*(?:\[|\{|et al)`)

func run(pass *bookcheck.Pass) error {
	own := numbered(pass.Chapter)
	if !pass.Book.Numbered || own == 0 {
		return nil
	}
	for _, prose := range pass.Chapter.Prose {
		text := pass.Chapter.Text(prose)
		for _, m := range typed.FindAllStringSubmatchIndex(text, -1) {
			at := bookcheck.Span{Start: prose.Start + m[0], End: prose.Start + m[1]}
			n, _ := strconv.Atoi(text[m[2]:m[3]])
			if m[4] >= 0 { // figure N of chapter M
				n, _ = strconv.Atoi(text[m[4]:m[5]])
			}
			if n > own || foreign(pass.Chapter, at) {
				continue
			}
			pass.Report(bookcheck.Diagnostic{
				Span:    at,
				Message: fmt.Sprintf("%q is typed by hand in a book that numbers its figures; refer to the figure's label", pass.Chapter.Text(at)),
				Subject: pass.Chapter.Text(at),
			})
		}
	}
	return nil
}

// numbered counts the figures of a chapter that the builder can number.
func numbered(chapter *bookcheck.Chapter) int {
	n := 0
	for _, f := range chapter.Figures {
		if f.Caption != "" {
			n++
		}
	}
	return n
}

// foreign tells whether a number may be that of a figure elsewhere: it is part of
// a link or a caption, or the sentence around it goes on to name another work.
func foreign(chapter *bookcheck.Chapter, at bookcheck.Span) bool {
	if slices.ContainsFunc(chapter.Links, func(l *bookcheck.Link) bool { return l.Contains(at) }) {
		return true
	}
	line := chapter.Line(chapter.Position(at.Start).Line)
	after := chapter.Text(bookcheck.Span{Start: at.End, End: max(line.End, at.End)})
	before := chapter.Text(bookcheck.Span{Start: line.Start, End: at.Start})
	// A caption that begins with its own number is the figure, not a reference.
	return elsewhere.MatchString(after) || strings.HasPrefix(after, ":") || strings.Trim(before, " *_>") == "" && strings.HasPrefix(after, ".")
}
