// Package project is what the dialects have in common: what a book says about
// itself, and who can read it. A new dialect is a folder with a Builder, and a
// line in the list of package dialect.
package project

import (
	"io/fs"

	"github.com/bookcheck/bookcheck"
)

// A Builder is a program that makes books, or a site that shows them.
type Builder struct {
	// Name is the word that --dialect takes.
	Name string
	// Find returns the path of the file in dir that makes it a project of this
	// kind, or "".
	Find func(fsys fs.FS, dir string) string
	// Read reads a project. With an empty file it returns what holds for a book
	// that says nothing about itself. The project is never nil: what cannot be read
	// is a fault, and the rest holds.
	Read func(fsys fs.FS, dir, file string) (*Project, []bookcheck.Fault)
}

// A Project is what a book says about itself. Paths are slash-separated, from the
// top of the file system.
type Project struct {
	Name string // the dialect: "myst", "github"
	Root string // folder of the book
	File string // the file that says so; "": none does

	// Order lists the documents in reading order, those that exist. Nil: the book
	// does not say.
	Order []string
	// Extensions are the extensions of Markdown that are switched on. Nil: those
	// that the dialect has by default.
	Extensions []string
	// Bibliographies are the files that citations lead to, those that exist. Nil:
	// every .bib file of the book.
	Bibliographies []string
	// Sites are the addresses at which the book is shown, as far as it says.
	Sites []bookcheck.Site
	// Numbered says that the builder numbers the figures.
	Numbered bool

	// Contents are the flaws of the table of contents.
	Contents Contents

	// Belongs tells whether a file is part of the book. False: the book excludes
	// it, and it is read only if somebody asks for it by name.
	Belongs func(path string) bool
	// Aside tells whether the book says that a document stands outside of the table
	// of contents on purpose. Nil: it says so of none.
	Aside func(path string) bool
	// Skip tells whether the book asks to leave a URL alone. The URL has its
	// fragment.
	Skip func(url string) bool

	// Bind makes the dialect of a book that is complete.
	Bind func(book *bookcheck.Book) bookcheck.Dialect
}

// Resolver returns what tells where the links of a book lead. The book must be
// complete: what is added later is not found.
func (p *Project) Resolver(book *bookcheck.Book) bookcheck.Dialect {
	if p.Contents.Chapter == nil {
		return p.Bind(book)
	}
	return newListed(book, &p.Contents, p.Bind(book))
}
