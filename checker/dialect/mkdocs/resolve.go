package mkdocs

import (
	"path"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
	parts  map[string]bool // files that become part of others
	routes site.Routes
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	style := site.Style{
		Slugs: []func(*bookcheck.Heading) string{slug, slugWithoutEmoji}, Join: "_", Keep: true,
		Partial: func(chapter *bookcheck.Chapter) bool { return c.marked || makesAnchors(chapter) },
	}
	r := resolver{Site: site.New(book, style), config: c, parts: make(map[string]bool), routes: make(site.Routes)}
	for _, chapter := range book.Chapters {
		if inside, ok := site.Under(c.docs, chapter.Path); ok {
			r.routes.Add(c.url(inside), chapter.Path)
		}
		for _, link := range chapter.Links {
			if link.Kind == bookcheck.Include {
				if file, ok := r.snippet(link.Target); ok {
					r.parts[file] = true
				}
			}
		}
	}
	return r
}

// makesAnchors tells whether a program may put headings into a page: mkdocstrings
// does for every line that begins with three colons.
func makesAnchors(chapter *bookcheck.Chapter) bool {
	source := string(chapter.Source)
	return strings.HasPrefix(source, "::: ") || strings.Contains(source, "\n::: ")
}

// url returns the address of a page on the site, without slashes around it.
func (c *config) url(file string) string {
	stem := strings.TrimSuffix(file, path.Ext(file))
	switch dir, base := path.Split(stem); {
	case base == "index" || base == "README":
		return strings.TrimSuffix(dir, "/")
	case c.folders:
		return stem
	default:
		return stem + ".html"
	}
}

// Name implements bookcheck.Dialect.
func (r resolver) Name() string { return Name }

// Resolve implements bookcheck.Dialect.
func (r resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if _, inside := site.Under(r.docs, from.Path); !inside && link.Kind != bookcheck.Include {
		if r.parts[from.Path] {
			return site.Lenient(r.Plain.Resolve(from, link))
		}
		return r.Plain.Resolve(from, link)
	}
	if written, ok := r.Written(from, link); ok {
		return r.defined(from, link, written)
	}
	if !site.IsFileLink(link) {
		return bookcheck.Resolution{}
	}
	to := r.file(from, link, tree.Split(link.Target))
	if r.parts[from.Path] {
		return site.Lenient(to)
	}
	return to
}

// defined looks at what no definition in the chapter explains: it may stand in a
// text that is added to it, or be known to a plugin.
func (r resolver) defined(from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bookcheck.Resolution {
	if to.Outcome != bookcheck.Missing {
		return to
	}
	if r.appends || r.autorefs && link.Kind == bookcheck.PageLink || r.generates || site.Includes(from) {
		return bookcheck.Resolution{}
	}
	return to
}

func (r resolver) file(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	switch {
	case link.Kind == bookcheck.Include:
		return r.include(d)
	case link.Form == bookcheck.HTML:
		return r.address(from, link, d)
	case d.Path == "":
		return r.anchor(from, d)
	case strings.HasPrefix(d.Path, "/"):
		return r.absolute(d)
	}
	file, known := tree.Join(path.Dir(from.Path), d.Path)
	if !known {
		return bookcheck.Resolution{}
	}
	if _, inside := site.Under(r.docs, file); inside && r.Tree.File(file) {
		return r.document(file, d)
	}
	if path.Ext(strings.TrimLeft(path.Base(d.Path), ".")) == "" || strings.HasSuffix(d.Path, "/") {
		return r.unrecognized(from, d)
	}
	return r.noFile(from, file, d)
}

// document resolves a link to a file of the site.
func (r resolver) document(file string, d tree.Destination) bookcheck.Resolution {
	if chapter := r.Book.Chapter(file); chapter != nil && chapter.Dialect != "" {
		return r.anchor(chapter, d)
	}
	return site.Found(d)
}

// anchor resolves a fragment. MkDocs looks only if it is told to; that it is not
// told to look away is enough here.
func (r resolver) anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := r.Anchor(to, d)
	if result.Outcome == bookcheck.NoAnchor && (r.levels["anchors"] == "ignore" || strings.HasPrefix(d.Fragment, "__")) {
		return bookcheck.Resolution{}
	}
	return result
}

// noFile reports what MkDocs does not find among the files of the site.
func (r resolver) noFile(from *bookcheck.Chapter, file string, d tree.Destination) bookcheck.Resolution {
	if r.generates || r.levels["not_found"] == "ignore" || r.excluded(file) {
		return bookcheck.Resolution{}
	}
	if r.Tree.File(file) { // it is there, but not on the site
		return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "file of " + r.docs, Name: d.Path}
	}
	return r.NoFile(from, file, d)
}

// unrecognized resolves a path that names no file, which MkDocs leaves as it is: it
// may be an address on the site.
func (r resolver) unrecognized(from *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	inside, _ := site.Under(r.docs, from.Path)
	if file, ok := r.routes.Find(r.url(inside), r.folders, d.Path); ok {
		return r.document(file, d)
	}
	if file, _ := tree.Join(path.Dir(from.Path), d.Path); r.levels["unrecognized_links"] == "warn" && !r.generates {
		return r.NoFile(from, file, d)
	}
	return bookcheck.Resolution{}
}

// absolute resolves a path from the root of the server, or of the site if the book
// says so.
func (r resolver) absolute(d tree.Destination) bookcheck.Resolution {
	if r.levels["absolute_links"] != "relative_to_docs" {
		return bookcheck.Resolution{}
	}
	file := path.Join(r.docs, d.Path)
	switch {
	case r.Tree.File(file):
		return r.document(file, d)
	case r.generates || r.levels["not_found"] == "ignore" || r.excluded(file):
		return bookcheck.Resolution{}
	}
	result := bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: file}
	for _, near := range r.Tree.Near(file) {
		if inside, ok := site.Under(r.docs, near); ok {
			result.Near = append(result.Near, "/"+inside)
		}
	}
	return result
}

// address resolves a path in HTML, which is one on the site; an extension may have
// made it one of a file.
func (r resolver) address(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if d.Path == "" {
		return r.anchor(from, d)
	}
	if strings.HasPrefix(d.Path, "/") {
		return bookcheck.Resolution{}
	}
	inside, _ := site.Under(r.docs, from.Path)
	if file, ok := r.routes.Find(r.url(inside), r.folders, d.Path); ok {
		return r.document(file, d)
	}
	base := path.Dir(r.url(inside))
	if r.folders {
		base = r.url(inside)
	}
	for _, folder := range []string{path.Join(r.docs, base), path.Dir(from.Path)} {
		if file, ok := tree.Join(folder, d.Path); !ok || r.Tree.File(file) {
			return site.Found(d)
		}
	}
	file, _ := tree.Join(path.Dir(from.Path), d.Path)
	if link.Kind != bookcheck.HTMLImage || path.Ext(d.Path) == "" {
		return bookcheck.Resolution{}
	}
	return r.noFile(from, file, d)
}

// include resolves the path of a snippet.
func (r resolver) include(d tree.Destination) bookcheck.Resolution {
	if file, ok := r.snippet(d.Raw); ok || r.bases == nil || r.generates {
		if ok {
			return r.Part(file, d)
		}
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: path.Join(r.bases[0], d.Path)}
}

// snippet returns the file that a path means in one of the folders of snippets.
func (r resolver) snippet(name string) (string, bool) {
	for _, base := range r.bases {
		if file, ok := tree.Join(base, name); ok && r.Tree.File(file) {
			return file, true
		}
		if path.Base(base) == name && r.Tree.File(base) {
			return base, true
		}
	}
	return "", false
}
