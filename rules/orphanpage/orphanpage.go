// Package orphanpage declares the orphan-page rule.
package orphanpage

import (
	_ "embed"
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports chapters that the table of contents does not name, so that readers
// do not find them.
var Rule = &bookcheck.Rule{
	Name:     "orphan-page",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

// elsewhere recognizes files that are read in other places than the book, or that
// make others.
var elsewhere = regexp.MustCompile(`(?i)^(readme|contributing|change(log|s)|history|news|releases?|code[_-]of[_-]conduct|security|support|` +
	`governance|maintainers|authors|contributors|credits|acknowledg\w*|licen[cs]es?|copying|notice|citation|todo|claude|agents|` +
	`summary|_.*|pull_request_template|issue_template)([._-].*)?\.\w+$`)

func run(pass *bookcheck.Pass) error {
	chapter := pass.Chapter
	if pass.Book.Contents == nil || chapter.Dialect == "" || pass.Book.InContents(chapter.Path) ||
		elsewhere.MatchString(path.Base(chapter.Path)) || !inside(pass.Book.Contents, chapter.Path) || isOrphan(chapter) || isAside(pass.Book, chapter) || pass.Book.Included(chapter) {
		return nil
	}
	at := bookcheck.Span{}
	if len(chapter.Headings) > 0 {
		at = chapter.Headings[0].Span
	}
	pass.Report(bookcheck.Diagnostic{
		Span:    at,
		Message: "the table of contents does not name this chapter: readers do not find it",
		Subject: chapter.Path,
	})
	return nil
}

// inside tells whether a file lies among the chapters that the contents name, not
// in a hidden folder: what lies elsewhere may be there for other reasons.
func inside(contents []string, file string) bool {
	if strings.HasPrefix(file, ".") || strings.Contains(file, "/.") || len(contents) == 0 {
		return false
	}
	home := path.Dir(contents[0])
	for _, chapter := range contents {
		for home != "." && !strings.HasPrefix(chapter, home+"/") {
			home = path.Dir(home)
		}
	}
	return home == "." || strings.HasPrefix(file, home+"/")
}

// isAside tells whether the book says that a chapter stands outside of its contents.
func isAside(book *bookcheck.Book, chapter *bookcheck.Chapter) bool {
	return book.Aside != nil && book.Aside(chapter.Path)
}

// isOrphan tells whether the chapter says that it is meant to stand alone.
func isOrphan(chapter *bookcheck.Chapter) bool {
	_, orphan := chapter.Meta["orphan"]
	return orphan
}
