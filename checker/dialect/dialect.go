// Package dialect finds out what builds a book, and so what its links mean. A
// book explains itself: its project files decide which files are chapters, in
// what order, which extensions of Markdown they use, and which links to leave
// alone. Each kind of project has a folder here.
package dialect

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/docusaurus"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
	"github.com/bookcheck/bookcheck/checker/dialect/hugo"
	"github.com/bookcheck/bookcheck/checker/dialect/mdbook"
	"github.com/bookcheck/bookcheck/checker/dialect/mkdocs"
	"github.com/bookcheck/bookcheck/checker/dialect/myst"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/quarto"
	"github.com/bookcheck/bookcheck/checker/dialect/vitepress"
)

// A Project is what a book says about itself.
type Project = project.Project

// builders are the kinds of project that are known. The first that finds its file
// wins; the last is for books without one.
var builders = []project.Builder{
	myst.Builder, mdbook.Builder, mkdocs.Builder, docusaurus.Builder, quarto.Builder, hugo.Builder, vitepress.Builder,
	github.Builder,
}

// Names returns the words that choose a dialect.
func Names() []string {
	names := make([]string, len(builders))
	for i, b := range builders {
		names[i] = b.Name
	}
	return names
}

// IsProject tells whether a folder holds a project file.
func IsProject(fsys fs.FS, dir string) bool {
	for _, b := range builders {
		if b.Find(fsys, dir) != "" {
			return true
		}
	}
	return false
}

// Detect reads the project in a folder. Override, if not empty, is one of Names
// and decides the dialect; the project file still says the rest, if it is of that
// dialect. The project is never nil: faults say what could not be read.
func Detect(fsys fs.FS, dir, override string) (*Project, []bookcheck.Fault) {
	p, faults := detect(fsys, dir, override)
	if site, ok := customDomain(fsys, dir); ok && p.File != "" {
		p.Sites = append(p.Sites, site)
	}
	return p, faults
}

func detect(fsys fs.FS, dir, override string) (*Project, []bookcheck.Fault) {
	for _, b := range builders {
		if b.Name == override {
			return b.Read(fsys, dir, b.Find(fsys, dir))
		}
	}
	for _, b := range builders {
		if file := b.Find(fsys, dir); file != "" {
			return b.Read(fsys, dir, file)
		}
	}
	return byText(fsys, dir), nil
}

// customDomain returns the site whose name a CNAME file gives to GitHub Pages.
func customDomain(fsys fs.FS, dir string) (bookcheck.Site, bool) {
	source, err := fs.ReadFile(fsys, path.Join(dir, "CNAME"))
	name := strings.TrimSpace(string(source))
	if err != nil || !strings.Contains(name, ".") || strings.ContainsAny(name, " /\n") {
		return bookcheck.Site{}, false
	}
	return bookcheck.Site{URL: "https://" + name + "/", Root: dir}, true
}

// byText is the project of a book that says nothing about itself: GitHub shows it,
// and the chapters that are written in MyST mean what MyST means.
func byText(fsys fs.FS, dir string) *Project {
	p, _ := github.Builder.Read(fsys, dir, "")
	other, _ := myst.Builder.Read(fsys, dir, "")
	shown := p.Bind
	p.Bind = func(book *bookcheck.Book) bookcheck.Dialect {
		if !slices.ContainsFunc(book.Chapters, isMyST) {
			return shown(book)
		}
		return mixed{Dialect: shown(book), myst: other.Bind(book)}
	}
	return p
}

func isMyST(chapter *bookcheck.Chapter) bool { return chapter.Dialect == myst.Name }

// mixed is the dialect of a book whose chapters are written in different ones.
type mixed struct {
	bookcheck.Dialect
	myst bookcheck.Dialect
}

// Resolve implements bookcheck.Dialect.
func (m mixed) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if isMyST(from) {
		return m.myst.Resolve(from, link)
	}
	return m.Dialect.Resolve(from, link)
}

// Namesakes implements bookcheck.Namer.
func (m mixed) Namesakes(chapter *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	namer, ok := m.myst.(bookcheck.Namer)
	if !ok || !isMyST(chapter) {
		return nil
	}
	return namer.Namesakes(chapter, target)
}
