package mdbook

import (
	"path"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	style := site.Style{
		Slugs: []func(*bookcheck.Heading) string{slug, oldSlug}, Join: "-", Keep: true,
		Partial: func(*bookcheck.Chapter) bool { return c.extended },
	}
	return resolver{site.New(book, style), c}
}

// slug returns the anchor of a heading. Until version 0.5, letters outside of
// ASCII kept their case.
func slug(h *bookcheck.Heading) string { return slugOf(h, unicode.ToLower) }

func oldSlug(h *bookcheck.Heading) string {
	return slugOf(h, func(r rune) rune {
		if r < unicode.MaxASCII {
			return unicode.ToLower(r)
		}
		return r
	})
}

func slugOf(h *bookcheck.Heading, lower func(rune) rune) string {
	name := site.Map(strings.TrimSpace(h.Plain), func(r rune) rune {
		switch {
		case site.IsLetter(r) || r == '_' || r == '-':
			return lower(r)
		case unicode.IsSpace(r):
			return '-'
		default:
			return -1
		}
	})
	if name == "" {
		return "section"
	}
	return name
}

// Name implements bookcheck.Dialect.
func (r resolver) Name() string { return Name }

// Resolve implements bookcheck.Dialect.
func (r resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if _, inside := site.Under(r.src, from.Path); !inside {
		return r.Plain.Resolve(from, link)
	}
	if written, ok := r.Written(from, link); ok {
		return written
	}
	if !site.IsFileLink(link) {
		return bookcheck.Resolution{}
	}
	to := r.file(from, link, tree.Split(link.Target))
	if to.Outcome > bookcheck.Resolved && r.chapters != nil && !r.chapters[from.Path] {
		return bookcheck.Resolution{} // no page of its own: a part of others, perhaps
	}
	return to
}

func (r resolver) file(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if d.Path == "" {
		return r.Anchor(from, d)
	}
	if strings.HasPrefix(d.Path, "/") {
		return r.absolute(d)
	}
	file, known := tree.Join(path.Dir(from.Path), d.Path)
	switch {
	case !known:
		return bookcheck.Resolution{}
	case link.Kind == bookcheck.Include:
		return r.include(from, file, d)
	case path.Base(from.Path) == "SUMMARY.md" && (r.creates || r.chapters[file] && r.Tree.File(file)):
		return site.Found(d)
	}
	if _, inside := site.Under(r.src, file); !inside {
		if r.Tree.File(file) {
			return r.To(file, d)
		}
		return bookcheck.Resolution{} // beside the book, as the books about Rust are
	}
	return r.page(from, file, d)
}

// absolute resolves a path from the root of a site. Nobody says whether the book
// is there.
func (r resolver) absolute(d tree.Destination) bookcheck.Resolution {
	if file, ok := r.source(path.Join(r.src, d.Path)); ok {
		return r.To(file, d)
	}
	return bookcheck.Resolution{}
}

func (r resolver) include(from *bookcheck.Chapter, file string, d tree.Destination) bookcheck.Resolution {
	if r.Tree.File(file) {
		return r.Part(file, d)
	}
	return r.NoFile(from, file, d)
}

// source returns the file that a path on the site is made of, or that is copied
// there.
func (r resolver) source(file string) (string, bool) {
	if r.Tree.File(file) {
		return file, true
	}
	if stem, html := strings.CutSuffix(file, ".html"); html {
		if r.Tree.File(stem + ".md") {
			return stem + ".md", true
		}
		file = strings.TrimSuffix(stem, "index")
	} else if path.Ext(file) == "" && r.Tree.File(file+".md") {
		return file + ".md", true // as GitHub's and other servers find x.html
	}
	for _, name := range []string{"index.md", "README.md", "readme.md"} {
		if inside := path.Join(file, name); r.Tree.File(inside) {
			return inside, true
		}
	}
	return file, false
}

// page resolves a path in the folder of the chapters, all of which is copied to
// the site.
func (r resolver) page(from *bookcheck.Chapter, file string, d tree.Destination) bookcheck.Resolution {
	found, ok := r.source(file)
	switch onSite, _ := site.Under(r.src, file); {
	case r.redirects[onSite] || r.redirects[strings.TrimSuffix(onSite, ".md")+".html"]:
		return site.Found(d)
	case !ok && r.creates && r.chapters[file]:
		return site.Found(d) // made when the book is built
	case !ok && (r.Tree.Folder(file) || generated[path.Base(file)] || r.extended && path.Ext(file) == ".html"):
		return bookcheck.Resolution{}
	case !ok:
		return r.NoFile(from, file, d)
	case path.Ext(found) == ".md" && r.chapters != nil && !r.chapters[found]:
		return r.unlisted(found, d)
	default:
		return r.To(found, d)
	}
}

// unlisted resolves a link to a text that is there, but not in SUMMARY.md: no page
// is made of it.
func (r resolver) unlisted(file string, d tree.Destination) bookcheck.Resolution {
	if r.extended {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "chapter in SUMMARY.md", Name: d.Raw, Chapter: r.Book.Chapter(file)}
}

// generated are pages that mdBook makes of its own.
var generated = map[string]bool{"print.html": true, "404.html": true, "toc.html": true, "index.html": true, "searchindex.json": true}
