package myst

import (
	"io/fs"

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
	x := newIndex(fsys, book, root, looseSuffixes, document, naming{label: labelName, slugs: sphinxSlugs(6, false)}, subs)
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
