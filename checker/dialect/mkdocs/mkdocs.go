// Package mkdocs knows sites made by MkDocs, with Material or another theme: what
// mkdocs.yml says, the slugs of Python-Markdown, and where links lead.
// https://www.mkdocs.org/user-guide/configuration
package mkdocs

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
	"github.com/bookcheck/bookcheck/checker/ignore"
)

// Name is the word that --dialect takes.
const Name = "mkdocs"

// Builder reads the projects of MkDocs.
var Builder = project.Builder{
	Name: Name,
	Find: func(fsys fs.FS, dir string) string { return settings.First(fsys, dir, "mkdocs.yml", "mkdocs.yaml") },
	Read: read,
}

// A config is what mkdocs.yml says.
type config struct {
	dir, docs string
	folders   bool // pages are folders: x.md becomes x/
	excluded  func(file string) bool
	levels    map[string]string // of validation.links, by name

	bases     []string // where snippets are looked for; nil: nobody can tell
	generates bool     // files may be made while the site is built
	autorefs  bool     // [text][name] may refer to what is not in the files
	marked    bool     // anchors may be made by a program of the site's own
	appends   bool     // text is added to every page
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	m := load(r, dir, file)
	c := config{
		dir: dir, docs: path.Join(dir, cmp.Or(m.String("docs_dir"), "docs")),
		folders: m.Bool(true, "use_directory_urls"), levels: levels(m.Map("validation")),
	}
	if file == "" && !settings.Folder(fsys, c.docs) {
		c.docs = dir
	}
	c.excluded = c.matcher(".*\n/templates/\n" + m.String("exclude_docs"))
	extensions := c.extensions(m)
	c.plugins(m)
	out := path.Join(dir, cmp.Or(m.String("site_dir"), "site"))
	p := &project.Project{
		Name: Name, Root: dir, File: file,
		Order:   order(fsys, c.docs, m.Value("nav"), nil),
		Belongs: func(file string) bool { return !strings.HasPrefix(file, out+"/") && !c.excluded(file) },
		Aside:   c.aside(m),
		Skip:    func(string) bool { return false },
		Bind:    func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	if file != "" {
		p.Extensions = extensions
		p.Sites = sites(m, c)
		if !c.generates {
			p.Contents = missing(fsys, file, c.docs)
		}
	}
	return p, r.Faults
}

// matcher returns what tells whether patterns of the docs folder cover a file.
func (c *config) matcher(patterns string) func(file string) bool {
	list := ignore.Parse(patterns)
	return func(file string) bool {
		inside, ok := strings.CutPrefix(file, c.docs+"/")
		out, _ := list.Match(inside, false)
		return ok && (out || leavesOut(list, inside))
	}
}

// aside returns what tells whether a page need not be in nav: the builder does not say
// a word of those. Drafts are pages only while they are written.
// https://www.mkdocs.org/user-guide/configuration/#not_in_nav
func (c *config) aside(m settings.Map) func(file string) bool {
	if m.Map("validation").String("nav", "omitted_files") == "ignore" || m.Map("validation").String("omitted_files") == "ignore" {
		return func(string) bool { return true }
	}
	return c.matcher(m.String("not_in_nav") + "\n" + m.String("draft_docs"))
}

// leavesOut tells whether a folder above a file is excluded.
func leavesOut(list ignore.List, file string) bool {
	for up := path.Dir(file); up != "."; up = path.Dir(up) {
		if out, _ := list.Match(up, true); out {
			return true
		}
	}
	return false
}

// load reads mkdocs.yml over the file that it inherits.
func load(r *settings.Reader, dir, file string) settings.Map {
	if file == "" {
		return nil
	}
	m := r.YAML(file)
	parent := m.String("INHERIT")
	if parent == "" {
		return m
	}
	return merge(r.YAML(path.Join(dir, parent)), m)
}

// merge puts one mapping over another, key by key.
func merge(below, above settings.Map) settings.Map {
	merged := maps.Clone(below)
	if merged == nil {
		merged = settings.Map{}
	}
	for key, value := range above {
		if lower, upper := below.Map(key), above.Map(key); lower != nil && upper != nil {
			value = merge(lower, upper)
		}
		merged[key] = value
	}
	return merged
}

// levels returns how much MkDocs makes of each flaw of a link.
func levels(validation settings.Map) map[string]string {
	levels := map[string]string{
		"not_found": "warn", "unrecognized_links": "info", "absolute_links": "info", "anchors": "",
	}
	for name := range levels {
		if level := cmp.Or(validation.String("links", name), validation.String(name)); level != "" {
			levels[name] = level
		}
	}
	return levels
}

// options returns the names in a list of which some have options, as in
// markdown_extensions and plugins.
func options(v any) map[string]settings.Map {
	found := make(map[string]settings.Map)
	for _, item := range items(v) {
		switch item := item.(type) {
		case string:
			found[item] = nil
		case map[string]any:
			for name := range item {
				found[name] = settings.Map(item).Map(name)
			}
		}
	}
	return found
}

// items returns the entries of a list, or of a mapping in its place.
func items(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case map[string]any:
		return []any{v}
	default:
		return nil
	}
}

// extensions returns the extensions of Markdown, and notes what they do.
func (c *config) extensions(m settings.Map) []string {
	named := options(m.Value("markdown_extensions"))
	extensions := []string{"toc", "tables", "fenced_code"}
	extensions = append(extensions, slices.Sorted(maps.Keys(named))...)
	c.bases = []string{c.dir, "."}
	if snippets := named["pymdownx.snippets"]; snippets != nil {
		c.appends = len(snippets.Strings("auto_append")) > 0
		if base := snippets.Value("base_path"); base != nil {
			c.snippetBases(base)
		}
	}
	toc := named["toc"]
	if toc == nil {
		toc = named["markdown.extensions.toc"]
	}
	c.marked = toc.Value("slugify") != nil || toc.Value("separator") != nil || m.Value("mdx_configs") != nil
	return extensions
}

func (c *config) snippetBases(base any) {
	bases := settings.Strings(base)
	list, _ := base.([]any)
	if len(bases) == 0 || len(list) > len(bases) {
		c.bases = nil
		return
	}
	c.bases = nil
	for _, b := range bases {
		if strings.Contains(b, "$") || path.IsAbs(b) {
			c.bases = nil
			return
		}
		c.bases = append(c.bases, path.Join(c.dir, b), path.Join(".", b))
	}
}

// tame are the plugins that make no pages and no anchors.
var tame = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`search minify git-revision-date git-revision-date-localized git-authors
		git-committers git-committers-2 autorefs mkdocstrings awesome-pages awesome-nav section-index literate-nav
		redirects glightbox social offline privacy optimize meta tags macros exclude table-reader include-markdown
		open-in-new-tab mike typeset info group swagger-ui-tag termynal rss callouts link-marker
		markdownextradata tooltips panzoom mermaid2 include exclude-search render_swagger ezlinks roamlinks htmlproofer`) {
		tame[name] = true
	}
}

func (c *config) plugins(m settings.Map) {
	c.generates = m.Value("hooks") != nil
	for name := range options(m.Value("plugins")) {
		name = strings.TrimPrefix(name, "material/")
		switch name {
		case "autorefs", "mkdocstrings":
			c.autorefs = true
		case "macros", "include-markdown", "table-reader", "markdownextradata", "include":
			c.marked = true
		case "ezlinks", "roamlinks":
			c.generates = true
		}
		c.generates = c.generates || !tame[name]
	}
	c.marked = c.marked || c.generates
}

// deepestNav bounds the nesting of nav.
const deepestNav = 30

// order returns the pages that nav names, those that exist.
func order(fsys fs.FS, docs string, nav any, above []string) []string {
	if len(above) > deepestNav {
		return nil
	}
	var files []string
	switch nav := nav.(type) {
	case string:
		if file := path.Join(docs, nav); settings.Exists(fsys, file) {
			files = append(files, file)
		}
	case []any:
		for _, item := range nav {
			files = append(files, order(fsys, docs, item, append(above, ""))...)
		}
	case map[string]any:
		for _, value := range nav { // of one key
			files = append(files, order(fsys, docs, value, append(above, ""))...)
		}
	}
	return files
}
