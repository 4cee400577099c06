// Package github knows what links mean in Markdown files as GitHub shows them:
// the relative path of a file, and the slug of a heading. It is the dialect of
// books that say nothing about themselves, so it judges only what every site that
// could be built from them would call broken.
package github

import (
	"io/fs"
	"path"
	"regexp"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
)

// Builder is GitHub's own rendering. It has no project file.
var Builder = project.Builder{
	Name: "github",
	Find: func(fs.FS, string) string { return "" },
	Read: func(_ fs.FS, dir, _ string) (*project.Project, []bookcheck.Fault) {
		return &project.Project{
			Name:    "github",
			Root:    dir,
			Belongs: func(string) bool { return true },
			Skip:    func(string) bool { return false },
			Bind:    New,
		}, nil
	},
}

// generators are the files by which programs that turn Markdown into a site are
// known. Such a site has pages and anchors that are not in the files, so where
// there is one, a link that GitHub could not follow is not judged.
var generators = regexp.MustCompile(`^(mkdocs\.ya?ml|docusaurus\.config\.[cm]?[jt]s|hugo\.(toml|ya?ml|json)|` +
	`book\.toml|_quarto\.ya?ml|_bookdown\.ya?ml|astro\.config\.\w+|antora\.ya?ml|mint\.json|` +
	`_config\.ya?ml|_config\.toml|conf\.py|myst\.ya?ml|zensical\.toml|eleventy\.config\.\w+|\.eleventy\.js|` +
	`gatsby-config\.\w+|sidebars\.[jt]s|_sidebar\.md|SUMMARY\.md|rspress\.config\.\w+|next\.config\.\w+|nuxt\.config\.\w+)$`)

// New returns GitHub's dialect of a book that a site may be generated from.
func New(book *bookcheck.Book) bookcheck.Dialect {
	r := newResolver(book)
	for file := range book.Files {
		base := path.Base(file)
		r.generated = r.generated || generators.MatchString(base) || path.Base(path.Dir(file)) == ".vitepress"
		r.autorefs = r.autorefs || base == "mkdocs.yml" || base == "mkdocs.yaml"
	}
	return r
}

// Plain returns GitHub's dialect for files of a book that nothing but GitHub
// shows, whatever the others are made into.
func Plain(book *bookcheck.Book) bookcheck.Dialect { return newResolver(book) }
