package docusaurus

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
	routes    site.Routes
	addresses map[*bookcheck.Chapter]address
}

type address struct {
	url    string
	folder bool
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	style := site.Style{
		Slugs: []func(*bookcheck.Heading) string{
			func(h *bookcheck.Heading) string { return github.Slug(h.Plain) },
			func(h *bookcheck.Heading) string { return github.Slug(h.Text) },
		},
		Join: "-", Keep: true, Partial: hasComponents,
	}
	r := resolver{
		Site: site.New(book, style), config: c, routes: make(site.Routes),
		addresses: make(map[*bookcheck.Chapter]address),
	}
	for _, chapter := range book.Chapters {
		from, inside := r.content(chapter.Path)
		if from == nil || inside == "" || from.isPart(inside) {
			continue
		}
		a := address{}
		switch {
		case from.docs:
			a.url, a.folder = from.address(chapter, inside)
		case strings.HasPrefix(from.folder, path.Join(c.dir, "src")):
			a.url, a.folder = from.address(chapter, inside)
		default:
			continue
		}
		r.routes.Add(a.url, chapter.Path)
		r.addresses[chapter] = a
	}
	for file := range book.Files {
		for _, from := range c.contents {
			if inside, ok := site.Under(from.folder, file); ok && !from.docs && strings.HasSuffix(from.folder, "/pages") {
				stem := strings.TrimSuffix(inside, path.Ext(inside))
				r.routes.Add(strings.TrimSuffix(strings.TrimSuffix(path.Join(from.route, stem), "index"), "/"), file)
			}
		}
	}
	return r
}

var (
	component = regexp.MustCompile(`<([A-Z][\w.]*)`)
	tame      = map[string]bool{"Tabs": true, "TabItem": true, "Link": true, "CodeBlock": true, "Admonition": true, "Details": true}
)

// hasComponents tells whether a page uses components that may make anchors.
func hasComponents(chapter *bookcheck.Chapter) bool {
	for _, m := range component.FindAllSubmatch(chapter.Source, -1) {
		if !tame[string(m[1])] {
			return true
		}
	}
	return false
}

// isPart tells whether no page is made of a text, because of its name or because it
// is not included: it is meant to be imported.
func (c *content) isPart(inside string) bool {
	if strings.HasPrefix(inside, "_") || strings.Contains(inside, "/_") {
		return true
	}
	return c.includes != nil && !slices.ContainsFunc(c.includes, func(pattern string) bool {
		match, err := doublestar.Match(pattern, inside)
		return err != nil || match
	})
}

// content returns the folder of texts that a file is in, and its path from there.
// The innermost counts.
func (c *config) content(file string) (found *content, inside string) {
	for i := range c.contents {
		from := &c.contents[i]
		if rest, ok := site.Under(from.folder, file); ok && (found == nil || len(from.folder) > len(found.folder)) {
			found, inside = from, rest
		}
	}
	return found, inside
}

// Name implements bookcheck.Dialect.
func (r resolver) Name() string { return Name }

// Resolve implements bookcheck.Dialect.
func (r resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	home, inside := r.content(from.Path)
	if home == nil {
		return r.Plain.Resolve(from, link)
	}
	if written, ok := r.Written(from, link); ok {
		if site.Includes(from) {
			return site.Lenient(written)
		}
		return written
	}
	if link.Kind == bookcheck.Include {
		return r.imported(from, link)
	}
	if !site.IsFileLink(link) {
		return r.alias(link)
	}
	to := r.link(from, home, link, tree.Split(link.Target))
	if home.isPart(inside) || !home.docs && home.route == "" {
		return site.Lenient(to)
	}
	return to
}

// alias resolves @site/path, which starts at the folder of the site.
func (r resolver) alias(link *bookcheck.Link) bookcheck.Resolution {
	rest, ok := strings.CutPrefix(link.Target, "@site/")
	if !ok || link.External() {
		return bookcheck.Resolution{}
	}
	d := tree.Split(rest)
	if file := path.Join(r.dir, d.Path); r.Tree.File(file) {
		return r.to(file, d)
	}
	return bookcheck.Resolution{}
}

// imported resolves the path of a text that is imported.
func (r resolver) imported(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	d := tree.Split(link.Target)
	folder, target := path.Dir(from.Path), d.Path
	switch rest, site := strings.CutPrefix(d.Path, "@site/"); {
	case site:
		folder, target = r.dir, rest
	case !strings.HasPrefix(d.Path, "."):
		return bookcheck.Resolution{} // of a package
	}
	return r.File(from, folder, target, d)
}

func (r resolver) link(from *bookcheck.Chapter, home *content, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	switch {
	case d.Path == "":
		return r.anchor(from, d)
	case isText(d.Path) && (link.Kind == bookcheck.PageLink):
		return r.text(from, home, d)
	case link.Kind == bookcheck.Image || link.Kind == bookcheck.HTMLImage || isAsset(d.Path):
		return r.asset(from, link, d)
	default:
		return r.page(from, d)
	}
}

func (r resolver) to(file string, d tree.Destination) bookcheck.Resolution {
	if chapter := r.Book.Chapter(file); chapter != nil && chapter.Dialect != "" {
		return r.anchor(chapter, d)
	}
	return site.Found(d)
}

func (r resolver) anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := r.Anchor(to, d)
	if r.brokenAnchors == "ignore" {
		return site.Lenient(result)
	}
	return result
}

// text resolves the path of a text: from the file, then from the folder of its
// content, then from that of the site.
func (r resolver) text(from *bookcheck.Chapter, home *content, d tree.Destination) bookcheck.Resolution {
	own := path.Dir(from.Path)
	folders := []string{own, home.folder, r.dir}
	switch {
	case strings.HasPrefix(d.Path, "/"):
		folders = folders[1:]
	case strings.HasPrefix(d.Path, "./") || strings.HasPrefix(d.Path, "../"):
		folders = folders[:1]
	}
	for _, folder := range folders {
		if file, known := tree.Join(folder, d.Path); known && r.Tree.File(file) {
			if in, inside := r.content(file); in == nil || in.isPart(inside) {
				continue // of which no page is made
			}
			return r.to(file, d)
		}
	}
	file, known := tree.Join(folders[0], d.Path)
	switch {
	case !known || r.brokenFiles == "ignore" || home.folder == path.Join(r.dir, "i18n"):
		return bookcheck.Resolution{}
	case r.Tree.File(file): // it is there, but no page is made of it
		return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "page", Name: d.Path}
	default:
		return r.NoFile(from, file, d)
	}
}

// isAsset tells whether a path names a file that is copied to the site.
func isAsset(file string) bool {
	switch path.Ext(file) {
	case "", ".html", ".htm":
		return false
	default:
		return !strings.HasSuffix(file, "/")
	}
}

// asset resolves the path of an image or of another file.
func (r resolver) asset(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if strings.HasPrefix(d.Path, "/") {
		for _, static := range r.statics {
			for _, target := range []string{d.Path, "/" + strings.TrimPrefix(d.Path, r.base)} {
				if r.Tree.File(path.Join(static, target)) {
					return site.Found(d)
				}
			}
		}
		if link.Kind != bookcheck.Image {
			return r.page(from, d)
		}
		return r.missingStatic(d)
	}
	file, known := tree.Join(path.Dir(from.Path), d.Path)
	switch {
	case !known:
		return bookcheck.Resolution{}
	case r.Tree.File(file):
		return site.Found(d)
	case link.Kind == bookcheck.Image:
		return r.NoFile(from, file, d)
	default:
		return r.page(from, d)
	}
}

func (r resolver) missingStatic(d tree.Destination) bookcheck.Resolution {
	if len(r.statics) == 0 {
		return bookcheck.Resolution{}
	}
	return r.NoStatic(r.statics[0], d)
}

// page resolves an address on the site. A relative one depends on whether the
// address of the page ends in a slash, which the server decides.
func (r resolver) page(from *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	home, known := r.addresses[from]
	var urls []string
	switch {
	case strings.HasPrefix(d.Path, "/"):
		urls = []string{d.Path, strings.TrimPrefix(d.Path, strings.TrimSuffix(r.base, "/"))}
	case known:
		urls = []string{path.Join("/", path.Dir(home.url), d.Path), path.Join("/", home.url, d.Path)}
	default:
		return bookcheck.Resolution{}
	}
	for _, url := range urls {
		if file, ok := r.routes.At(url); ok {
			return r.to(file, d)
		}
		for _, static := range r.statics {
			if file := path.Join(static, url); r.Tree.File(file) || r.Tree.File(path.Join(file, "index.html")) {
				return site.Found(d)
			}
		}
	}
	if r.plugged || r.brokenLinks == "ignore" || !r.certain(urls[0]) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "page", Name: d.Raw}
}

// certain tells whether an address lies where only documents are, so that what is
// not among them does not exist.
func (r resolver) certain(url string) bool {
	url = strings.Trim(url, "/")
	for i := range r.contents {
		from := &r.contents[i]
		inside, ok := url, from.route == ""
		if !ok {
			inside, ok = strings.CutPrefix(url, from.route+"/")
		}
		if !ok || !from.docs || !r.Tree.Folder(from.folder) {
			continue
		}
		first, _, _ := strings.Cut(inside, "/")
		return first != "" && first != "tags" && first != "category" && first != "search" &&
			(from.route != "" || !r.taken(first))
	}
	return false
}

// taken tells whether addresses that begin so are those of another content.
func (r resolver) taken(first string) bool {
	return slices.ContainsFunc(r.contents, func(c content) bool {
		begin, _, _ := strings.Cut(c.route, "/")
		return begin == first
	})
}
