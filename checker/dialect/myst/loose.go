package myst

import (
	"io/fs"
	"path"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
)

// bindLoose makes the dialect of a book that does not say what builds it. What one
// of the programs resolves is good; what neither does is wrong.
func bindLoose(fsys fs.FS, book *bookcheck.Book, root string) bookcheck.Dialect {
	document := func(file string) bool {
		chapter := book.Chapter(file)
		_, inside := within(root, file)
		return inside && chapter != nil && chapter.Dialect != ""
	}
	subs := newSubstitutions(nil, false)
	subs.plain = true
	x := newIndex(fsys, book, root, looseSuffixes, document, naming{labelName, sphinxSlugs(6, false)}, subs)
	return project.Either{
		sphinx{
			index: x, substitutions: subs, anchorsKnown: true, citesKnown: true,
			silenced: func(string) bool { return false },
		},
		bindMystmd(fsys, book, &mystmdSettings{root: root, belongs: func(string) bool { return true }}),
		github.New(book),
	}
}

// looseSuffixes are those of files that either program could make a page of.
var looseSuffixes = []string{".md", ".markdown", ".mdx", ".qmd", ".Rmd", ".ipynb", ".rst"}

// outside is the dialect of a book in whose folder lie files that the builder makes
// no page of: a README, which GitHub shows, or a part that other chapters include.
// In those, a link is good that GitHub, the builder or a chapter that includes
// them would follow.
type outside struct {
	bookcheck.Dialect
	site      bookcheck.Dialect
	document  func(file string) bool
	includers map[string][]*bookcheck.Chapter
}

func withReadme(book *bookcheck.Book, document func(string) bool, builder bookcheck.Dialect) bookcheck.Dialect {
	o := outside{Dialect: builder, site: github.Plain(book), document: document, includers: make(map[string][]*bookcheck.Chapter)}
	for _, chapter := range book.Chapters {
		for _, link := range chapter.Links {
			if link.Kind == bookcheck.Include {
				file := path.Join(path.Dir(chapter.Path), link.Target)
				o.includers[file] = append(o.includers[file], chapter)
			}
		}
	}
	return o
}

// Resolve implements bookcheck.Dialect.
func (o outside) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	r := o.Dialect.Resolve(from, link)
	if r.Outcome == bookcheck.Resolved || o.document(from.Path) {
		return r
	}
	site := o.site.Resolve(from, link)
	if site.Outcome == bookcheck.Resolved {
		return site
	}
	for _, chapter := range o.includers[from.Path] {
		if other := o.Dialect.Resolve(chapter, link); other.Outcome == bookcheck.Resolved {
			return other
		}
	}
	switch {
	case r.Outcome == bookcheck.Unjudged, site.Outcome == bookcheck.Unjudged && link.Kind == bookcheck.PageLink:
		return bookcheck.Resolution{}
	case site.Outcome == bookcheck.Unjudged:
		return r // a role, of which GitHub knows nothing
	default:
		return site
	}
}
