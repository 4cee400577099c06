package checker

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/markdown"
)

// A book is what one root holds: a folder with a project file or a configuration,
// the top of a work tree, or what was asked for where there is none of these.
type book struct {
	*bookcheck.Book
	*settings
	project *dialect.Project
	parser  *markdown.Parser
	rules   []*bookcheck.Rule // those that are on
	flaws   []bookcheck.Fault // in the project files

	sources  []source // in reading order, bibliographies last
	reported []*bookcheck.Chapter

	found    map[*bookcheck.Target][]*bookcheck.Link // where the works of its bibliographies are, by key; see works
	excluded map[string]bool                         // chapters about which nothing is said
	ends     map[*bookcheck.Chapter][]bookcheck.Span // places elsewhere that the files which were named have broken

	tocReported bool // so are the flaws of its table of contents
}

// A source is a file that is read.
type source struct {
	path     string
	bib      bool
	named    bool // somebody asked for it by name
	excluded bool // somebody wants nothing said about it
	reported bool // what is found in it is reported
}

// newBook returns a book without chapters.
func (f *finder) newBook(root string) *book {
	b := &book{Book: &bookcheck.Book{Root: root, Files: f.listing.files}, settings: f.configure(root), excluded: make(map[string]bool)}
	override := cmp.Or(f.Dialect, b.config.Dialect)
	b.project, b.flaws = dialect.Detect(f.fsys, root, override)
	syntax := markdown.Syntax{Dialect: override, Extensions: b.project.Extensions, Markers: b.config.Markers}
	if override == "" && b.project.File != "" {
		syntax.Dialect = b.project.Name
	}
	if b.config.Extensions != nil {
		syntax.Extensions = markdown.Extended(b.project.Extensions, b.config.Extensions)
	}
	b.parser = markdown.New(syntax)
	for _, rule := range f.Rules {
		if b.config.Rules[rule.Name].Severity != bookcheck.Off {
			b.rules = append(b.rules, rule)
		}
	}
	return b
}

// isContents tells whether a file is the table of contents, not a chapter.
func (b *book) isContents(file string) bool {
	toc := b.project.Contents.Chapter
	return toc != nil && toc.Path == file && !isChapter(file)
}

// setOf returns chapters as a set.
func setOf(chapters []*bookcheck.Chapter) map[*bookcheck.Chapter]bool {
	set := make(map[*bookcheck.Chapter]bool, len(chapters))
	for _, chapter := range chapters {
		set[chapter] = true
	}
	return set
}

// String says which book it is, and what decides how it is read.
func (b *book) String() string {
	said := fmt.Sprintf("book %s: %d files, read as %s", b.Root, len(b.Chapters), b.project.Name)
	if b.project.File != "" {
		said += " because of " + b.project.File
	}
	if b.config.Path != "" {
		said += ", configured by " + b.config.Path
	}
	return said
}

// runs tells whether a rule looks at a chapter.
func (b *book) runs(rule *bookcheck.Rule, chapter *bookcheck.Chapter) bool {
	return slices.Contains(b.rules, rule) && !b.config.Covers(b.config.Rules[rule.Name].Exclude, chapter.Path)
}

// skips tells whether the user or the book wants a URL left alone.
func (b *book) skips(c *Checker, url string) bool {
	return c.Skip != nil && c.Skip(url) || b.config.Skips(url) || b.project.Skip(url)
}
