package vitepress

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
	parts map[string]bool // files that become part of others
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	r := resolver{
		Site: site.New(book, site.Style{
			Slugs: []func(*bookcheck.Heading) string{slug, plainSlug}, Join: "-", Keep: true,
			Partial: func(chapter *bookcheck.Chapter) bool { return c.anchored || interpolated.Match(chapter.Source) },
		}),
		config: c, parts: make(map[string]bool),
	}
	for _, chapter := range book.Chapters {
		r.moved = r.moved || strings.Contains(chapter.Path, "[") // pages are made of data
		for _, link := range chapter.Links {
			if link.Kind == bookcheck.Include {
				r.parts[r.at(chapter, link.URL())] = true
			}
		}
	}
	return r
}

// interpolated recognizes headings that are computed.
var interpolated = regexp.MustCompile(`(?m)^ {0,3}#.*\{\{`)

// Name implements bookcheck.Dialect.
func (r resolver) Name() string { return Name }

// at returns the file that a path in an include means.
func (r resolver) at(from *bookcheck.Chapter, target string) string {
	if rest, ok := strings.CutPrefix(target, "@"); ok {
		return path.Join(r.src, rest)
	}
	return path.Join(path.Dir(from.Path), target)
}

// Resolve implements bookcheck.Dialect.
func (r resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	inside, ok := site.Under(r.src, from.Path)
	if !ok {
		return r.Plain.Resolve(from, link)
	}
	if written, ok := r.Written(from, link); ok {
		if link.Kind == bookcheck.FootnoteRef || site.Includes(from) {
			return site.Lenient(written) // footnotes need a plugin
		}
		return written
	}
	if link.Kind == bookcheck.Include {
		return r.include(from, link)
	}
	if !site.IsFileLink(link) {
		return bookcheck.Resolution{}
	}
	to := r.link(from, inside, link, tree.Split(link.Target))
	if r.parts[from.Path] || r.silent {
		return site.Lenient(to)
	}
	return to
}

func (r resolver) include(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	d := tree.Split(link.Target)
	file := r.at(from, d.Path)
	switch {
	case file == ".." || strings.HasPrefix(file, "../") || strings.Contains(link.Target, "://"):
		return bookcheck.Resolution{}
	case r.Tree.File(file):
		return site.Found(d)
	default:
		return r.NoFile(from, file, d)
	}
}

// notPage recognizes files that are no pages by their extensions.
var notPage = regexp.MustCompile(`(?i)\.(?:aac|apng|avif|bmp|css|csv|doc|docx|eot|flac|gif|gz|ico|ics|jpe?g|js|jsx|json|m4a|` +
	`mjs|mov|mp[34]|ogg|opus|otf|pdf|png|pptx?|svg|tar|tgz|tiff?|ts|tsx|ttf|txt|wasm|wav|web[mp]|woff2?|xlsx?|xml|ya?ml|zip)$`)

func (r resolver) link(from *bookcheck.Chapter, inside string, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	switch {
	case d.Path == "":
		return r.anchor(from, d)
	case link.Kind == bookcheck.Image || link.Kind == bookcheck.HTMLImage:
		return r.asset(from, link, d)
	case notPage.MatchString(d.Path):
		return site.Lenient(r.asset(from, link, d))
	case link.Form == bookcheck.HTML:
		return site.Lenient(r.page(from, inside, d))
	default:
		return r.page(from, inside, d)
	}
}

// page resolves a link to a page, with its extension, with .html, or without.
func (r resolver) page(from *bookcheck.Chapter, inside string, d tree.Destination) bookcheck.Resolution {
	stem := strings.TrimSuffix(strings.TrimSuffix(d.Path, ".md"), ".html")
	if strings.HasSuffix(stem, "/") || stem == "." || stem == ".." || strings.HasSuffix(stem, "/.") || strings.HasSuffix(stem, "/..") {
		stem += "/index"
	}
	name := path.Join(path.Dir(inside), stem)
	if strings.HasPrefix(stem, "/") {
		name = path.Join(".", stem)
	}
	if name == ".." || strings.HasPrefix(name, "../") {
		return bookcheck.Resolution{}
	}
	file := path.Join(r.src, name+".md")
	switch {
	case r.Tree.File(file) && !r.belongs(file):
	case r.Tree.File(file):
		if chapter := r.Book.Chapter(file); chapter != nil {
			return r.anchor(chapter, d)
		}
		return site.Found(d)
	case r.Tree.File(path.Join(r.src, "public", name+".html")):
		return site.Found(d)
	}
	if r.moved || r.leftAlone(d) {
		return bookcheck.Resolution{}
	}
	if r.Tree.File(file) {
		return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "page", Name: d.Path}
	}
	result := bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: file}
	result.Near = r.suggest(from, file, d)
	return result
}

// anchor resolves a fragment. VitePress makes a slug of it, as of headings.
func (r resolver) anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := r.Anchor(to, d)
	if result.Outcome == bookcheck.NoAnchor {
		d.Fragment = slugOf(d.Fragment)
		if again := r.Anchor(to, d); again.Outcome == bookcheck.Resolved {
			return again
		}
	}
	return result
}

// suggest returns destinations that were perhaps meant, written as the link is.
func (r resolver) suggest(from *bookcheck.Chapter, file string, d tree.Destination) []string {
	if !strings.HasPrefix(d.Path, "/") {
		return r.Tree.Suggest(path.Dir(from.Path), file, d)
	}
	var names []string
	for _, near := range r.Tree.Near(file) {
		if inside, ok := site.Under(r.src, near); ok {
			if path.Ext(d.Path) == "" {
				inside = strings.TrimSuffix(inside, ".md")
			}
			if d.Marked {
				inside += "#" + d.Fragment
			}
			names = append(names, "/"+inside)
		}
	}
	return names
}

// leftAlone tells whether the site asks not to look at a link.
func (r resolver) leftAlone(d tree.Destination) bool {
	url := strings.TrimSuffix(strings.TrimSuffix(d.Raw, ".html"), ".md")
	for _, re := range r.ignored {
		if re.MatchString(d.Raw) || re.MatchString(url) || re.MatchString(url+"index") {
			return true
		}
	}
	return false
}

// asset resolves the path of an image or of another file: from the text, or from
// the folder of files that are copied to the site.
func (r resolver) asset(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if strings.HasPrefix(d.Path, "/") {
		public := path.Join(r.src, "public")
		for _, folder := range []string{public, r.src} {
			if r.Tree.File(path.Join(folder, d.Path)) {
				return site.Found(d)
			}
		}
		result := r.NoStatic(public, d)
		if link.Kind == bookcheck.HTMLImage {
			return site.Lenient(result)
		}
		return result
	}
	return r.File(from, path.Dir(from.Path), d.Path, d)
}
