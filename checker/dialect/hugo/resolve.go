package hugo

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
	pages   near.Table[*bookcheck.Chapter] // by logical path from the folder of content
	bases   map[string][]*bookcheck.Chapter
	routes  site.Routes
	logical map[*bookcheck.Chapter]string
	others  map[string]bool // pages in other languages than Markdown, by path and by the last part of it
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	r := &resolver{
		Site: site.New(book, site.Style{
			Slugs: []func(*bookcheck.Heading) string{slug, plainSlug}, Join: "-", Keep: true,
			Partial: func(chapter *bookcheck.Chapter) bool { return c.named || hasShortcodes(chapter) },
		}),
		config: c, bases: make(map[string][]*bookcheck.Chapter), routes: make(site.Routes),
		logical: make(map[*bookcheck.Chapter]string), others: make(map[string]bool),
	}
	r.plugged = r.plugged || r.Tree.Named("_content.gotmpl") // pages are made of data
	for file := range book.Files {
		switch strings.ToLower(path.Ext(file)) {
		case ".html", ".htm", ".adoc", ".ad", ".asciidoc", ".org", ".rst", ".pdc", ".pandoc":
			if inside, ok := r.content(file); ok {
				r.others[r.name(inside)], r.others[path.Base(r.name(inside))] = true, true
			}
		}
	}
	for _, chapter := range book.Chapters {
		inside, ok := r.content(chapter.Path)
		if !ok {
			continue
		}
		name := r.name(inside)
		r.logical[chapter] = name
		r.pages.Add(name, strings.TrimSuffix(inside, path.Ext(inside)), chapter)
		r.bases[path.Base(name)] = append(r.bases[path.Base(name)], chapter)
		r.routes.Add(name, chapter.Path)
		for _, url := range urls(chapter, name) {
			r.routes.Add(url, chapter.Path)
		}
	}
	return r
}

// urls returns the addresses that a page gives itself.
func urls(chapter *bookcheck.Chapter, name string) []string {
	var found []string
	if url, ok := chapter.Meta["url"].(string); ok {
		found = append(found, url)
	}
	if slug, ok := chapter.Meta["slug"].(string); ok {
		found = append(found, path.Join(path.Dir(name), slug))
	}
	if aliases, ok := chapter.Meta["aliases"].([]any); ok {
		for _, alias := range aliases {
			if url, ok := alias.(string); ok {
				found = append(found, path.Join(path.Dir(name), url), url)
			}
		}
	}
	return found
}

var shortcode = regexp.MustCompile(`\{\{[<%]\s*([^/\s>%*]+)`)

// tame are the shortcodes of Hugo's own, which make no anchors.
var tame = map[string]bool{
	"ref": true, "relref": true, "figure": true, "highlight": true, "youtube": true, "vimeo": true, "gist": true,
	"tweet": true, "x": true, "instagram": true, "param": true, "qr": true, "details": true,
}

func hasShortcodes(chapter *bookcheck.Chapter) bool {
	for _, m := range shortcode.FindAllSubmatch(chapter.Source, -1) {
		if !tame[string(m[1])] {
			return true
		}
	}
	return false
}

// slug returns the anchor of a heading, as Hugo names them after GitHub's manner.
func slug(h *bookcheck.Heading) string { return slugOf(h.Text) }

func plainSlug(h *bookcheck.Heading) string { return slugOf(h.Plain) }

func slugOf(text string) string {
	name := site.Map(strings.TrimSpace(text), func(r rune) rune {
		switch {
		case r == '-' || unicode.IsSpace(r):
			return '-'
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) || r == '_':
			return unicode.ToLower(r)
		default:
			return -1
		}
	})
	if name == "" {
		return "heading"
	}
	return name
}

// content returns the path of a file from the folder of content that it is in.
func (c *config) content(file string) (string, bool) {
	longest, found := "", false
	for _, folder := range c.contents {
		if inside, ok := site.Under(folder, file); ok && (!found || len(inside) < len(longest)) {
			longest, found = inside, true
		}
	}
	return longest, found
}

// name returns the logical path of a page: in lower case, without extension,
// language and the name of an index.
func (c *config) name(inside string) string {
	name := strings.TrimSuffix(inside, path.Ext(inside))
	for _, lang := range c.langs {
		name = strings.TrimSuffix(name, "."+lang)
	}
	dir, base := path.Split(name)
	if base == "index" || base == "_index" {
		name = strings.TrimSuffix(dir, "/")
	}
	return normal(name)
}

func normal(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "-") }

// Name implements bookcheck.Dialect.
func (r *resolver) Name() string { return Name }

// Resolve implements bookcheck.Dialect.
func (r *resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if _, ok := r.content(from.Path); !ok {
		return r.Plain.Resolve(from, link)
	}
	if written, ok := r.Written(from, link); ok {
		if hasShortcodes(from) {
			return site.Lenient(written)
		}
		return written
	}
	switch {
	case link.Kind == bookcheck.Ref:
		return r.ref(from, link)
	case site.IsFileLink(link):
		return r.link(from, link, tree.Split(link.Target))
	default:
		return bookcheck.Resolution{}
	}
}

// ref resolves {{< ref >}}, without which Hugo does not build the site.
func (r *resolver) ref(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	d := tree.Split(link.Target)
	switch text := from.Text(link.Span); {
	case !tree.IsPath(link.Target) || strings.Contains(text, "lang=") || strings.Contains(text, "outputFormat="):
		return bookcheck.Resolution{}
	case d.Path == "":
		return r.Anchor(from, d)
	}
	pages := r.find(from, d.Path)
	switch {
	case len(pages) == 1:
		return r.Anchor(pages[0], d)
	case len(pages) > 1 || r.plugged || r.others[path.Base(r.name(strings.TrimSuffix(d.Path, "/")+".x"))] || r.others[path.Base(r.name(d.Path))]:
		return bookcheck.Resolution{}
	}
	result := bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "page", Name: d.Path}
	for _, name := range r.pages.Near(strings.TrimSuffix(strings.Trim(d.Path, "/"), path.Ext(d.Path))) {
		if d.Marked {
			name += "#" + d.Fragment
		}
		result.Near = append(result.Near, "/"+name)
	}
	return result
}

// find returns the pages that a name may mean: from the folder of the page, from
// the top, or by the last part of their paths alone.
func (r *resolver) find(from *bookcheck.Chapter, target string) []*bookcheck.Chapter {
	clean := strings.TrimSuffix(target, "/")
	ext := path.Ext(clean)
	if ext != ".md" && ext != ".html" && ext != ".markdown" && ext != ".ipynb" {
		ext = ""
	}
	name := r.name(strings.TrimPrefix(strings.TrimSuffix(clean, ext), "/") + ".x")
	inside, _ := r.content(from.Path)
	var places []string
	if !strings.HasPrefix(target, "/") {
		places = []string{path.Join(normal(path.Dir(inside)), name), path.Join(r.logical[from], name), path.Join(path.Dir(r.logical[from]), name)}
	}
	for _, place := range append(places, name) {
		if place == "." {
			place = ""
		}
		if page, ok := r.pages.Find(place); ok {
			return []*bookcheck.Chapter{page}
		}
	}
	if strings.HasPrefix(target, "/") || strings.HasPrefix(target, ".") {
		return nil
	}
	return r.bases[name]
}

// link resolves a destination of Markdown or HTML. Hugo leaves it as it is, unless
// a template of the site or the theme looks it up; so it is wrong only if nothing
// could find it.
func (r *resolver) link(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if d.Path == "" {
		return r.Anchor(from, d)
	}
	if link.Kind != bookcheck.Image && link.Kind != bookcheck.HTMLImage {
		if file, ok := r.routes.Find(r.logical[from], true, d.Path); ok && !strings.HasPrefix(d.Path, "/") {
			return r.To(file, d)
		}
		if file, ok := r.routes.At(d.Path); ok && strings.HasPrefix(d.Path, "/") {
			return r.To(file, d)
		}
		if pages := r.find(from, d.Path); len(pages) == 1 && path.Ext(d.Path) == ".md" {
			return r.To(pages[0].Path, d)
		}
	}
	for _, file := range r.places(from, d.Path) {
		if r.Tree.File(file) {
			return r.To(file, d)
		}
	}
	file, inside := tree.Join(path.Dir(from.Path), d.Path)
	ext := strings.ToLower(path.Ext(d.Path))
	isFile := ext == ".md" && link.Form != bookcheck.HTML || link.Kind == bookcheck.Image && ext != ""
	if !inside || !isFile || r.plugged || strings.HasPrefix(d.Path, "/") || r.Tree.Named(path.Base(d.Path)) {
		return bookcheck.Resolution{}
	}
	return r.NoFile(from, file, d)
}

// places returns where a file may be that a path names: beside the page, in its
// own folder on the site, in the folders of files.
func (r *resolver) places(from *bookcheck.Chapter, target string) []string {
	inside, _ := r.content(from.Path)
	places := []string{path.Join(path.Dir(from.Path), target)}
	stem := strings.TrimSuffix(from.Path, path.Ext(from.Path))
	places = append(places, path.Join(stem, target))
	for _, static := range r.statics {
		places = append(places, path.Join(static, target), path.Join(static, path.Dir(inside), target), path.Join(static, r.logical[from], target))
	}
	for _, content := range r.contents {
		places = append(places, path.Join(content, target))
	}
	return places
}
