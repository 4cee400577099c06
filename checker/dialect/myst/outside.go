package myst

import (
	"path"
	"regexp"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
)

// outside is the dialect of a book in whose folder lie files that are not meant for
// the builder, or not only: a README, which GitHub shows, or a part that other
// chapters include. In those, a link is good that GitHub, the builder or a chapter
// that includes them would follow.
type outside struct {
	bookcheck.Dialect
	site      bookcheck.Dialect
	chosen    func(file string) bool // the builder alone decides about the file
	includers map[string][]*bookcheck.Chapter
}

// forGitHub recognizes files that GitHub shows in places of its own.
var forGitHub = regexp.MustCompile(`(^|/)((?i:readme)|CONTRIBUTING|CHANGELOG|CODE[_-]OF[_-]CONDUCT|SECURITY|SUPPORT|` +
	`GOVERNANCE|MAINTAINERS|LICEN[CS]E|CITATION)[^/]*$`)

// withReadme returns a builder's dialect for the documents that the contents name;
// without contents, for all that GitHub has no place for.
func withReadme(book *bookcheck.Book, order []string, document func(string) bool, builder bookcheck.Dialect) bookcheck.Dialect {
	named := set(order)
	o := outside{
		Dialect: builder, site: github.Plain(book), includers: make(map[string][]*bookcheck.Chapter),
		chosen: func(file string) bool {
			return named[file] || order == nil && document(file) && !forGitHub.MatchString(file)
		},
	}
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
	if r.Outcome == bookcheck.Resolved || o.chosen(from.Path) {
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
