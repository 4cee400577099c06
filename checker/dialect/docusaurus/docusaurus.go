// Package docusaurus knows sites made by Docusaurus: what its configuration says,
// the addresses that it gives to documents, and where links lead.
// https://docusaurus.io/docs/api/docusaurus-config
package docusaurus

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// Name is the word that --dialect takes.
const Name = "docusaurus"

// Builder reads the projects of Docusaurus.
var Builder = project.Builder{Name: Name, Find: find, Read: read}

func find(fsys fs.FS, dir string) string {
	return settings.First(fsys, dir, "docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs",
		"docusaurus.config.cjs", "docusaurus.config.mts", "docusaurus.config.cts")
}

// A config is what docusaurus.config.js says.
type config struct {
	dir      string
	contents []content
	statics  []string // folders of files that are copied to the site
	base     string   // path of the site on its server, with slashes around it

	brokenLinks, brokenFiles, brokenAnchors string // how broken links of each kind are treated
	plugged                                 bool   // pages may be made by what is not known here
}

// A content is a folder of texts that become pages.
type content struct {
	folder string // of the texts
	route  string // address of its pages, without slashes around it
	docs   bool   // documents, of which the addresses are known; false: a blog or pages
	plain  bool   // numbers at the beginning of names stay

	id       string   // "" unless there are several
	includes []string // patterns of the texts that become pages; nil: all
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	var m settings.Map
	if file != "" {
		m = r.JS(file)
	}
	c := config{dir: dir, base: "/" + strings.Trim(m.String("baseUrl"), "/") + "/"}
	if c.base == "//" {
		c.base = "/"
	}
	c.brokenLinks = cmp.Or(m.String("onBrokenLinks"), "throw")
	c.brokenFiles = cmp.Or(m.String("markdown", "hooks", "onBrokenMarkdownLinks"), m.String("onBrokenMarkdownLinks"), "warn")
	c.brokenAnchors = cmp.Or(m.String("onBrokenAnchors"), "warn")
	c.plugged = file == "" || m == nil || m.Computed()
	for _, folder := range statics(m) {
		c.statics = append(c.statics, path.Join(dir, folder))
	}
	c.presets(m)
	c.plugins(fsys, m)
	c.versions(fsys)
	c.sidebars(fsys)
	p := &project.Project{
		Name: Name, Root: dir, File: file, Order: c.outside(fsys),
		Belongs: func(file string) bool {
			inside, ok := strings.CutPrefix(file, strings.TrimPrefix(dir+"/", "./"))
			return !ok || !strings.HasPrefix(inside, "build/") && !strings.HasPrefix(inside, ".docusaurus/")
		},
		Skip: func(string) bool { return false },
		Bind: func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	return p, r.Faults
}

func statics(m settings.Map) []string {
	if folders := m.Strings("staticDirectories"); len(folders) > 0 {
		return folders
	}
	return []string{"static"}
}

// entry takes a plugin or preset apart: its name, or its name and options.
func entry(v any) (name string, options settings.Map) {
	switch v := v.(type) {
	case string:
		return v, nil
	case []any:
		if len(v) == 0 {
			return "", nil
		}
		name, _ = v[0].(string)
		if len(v) > 1 {
			if m, ok := v[1].(map[string]any); ok {
				return name, m
			}
			if _, unknown := v[1].(settings.Unknown); unknown {
				return "", nil
			}
		}
		return name, nil
	default:
		return "", nil
	}
}

// presets notes what the classic preset makes pages of.
func (c *config) presets(m settings.Map) {
	presets, _ := m.Value("presets").([]any)
	known := false
	for _, preset := range presets {
		name, options := entry(preset)
		if name != "classic" && name != "@docusaurus/preset-classic" {
			c.plugged = true
			continue
		}
		known = true
		if options.Value("docs") != false {
			c.docs(options.Map("docs"), "docs")
		}
		if options.Value("blog") != false {
			c.blog(options.Map("blog"))
		}
		if options.Value("pages") != false {
			c.pages(options.Map("pages"))
		}
	}
	if !known && len(c.contents) == 0 {
		c.plugged = true
		c.docs(nil, "docs")
		c.blog(nil)
		c.pages(nil)
	}
}

func (c *config) docs(options settings.Map, folder string) {
	c.plugged = c.plugged || options.Computed()
	route := "docs"
	if value, set := options["routeBasePath"].(string); set {
		route = value
	} else if options["routeBasePath"] != nil {
		c.plugged = true
	}
	_, computed := options["numberPrefixParser"].(settings.Unknown)
	c.plugged = c.plugged || computed
	if _, computed := options["path"].(settings.Unknown); computed {
		c.plugged = true
	}
	c.contents = append(c.contents, content{
		folder: path.Join(c.dir, cmp.Or(options.String("path"), folder)), route: strings.Trim(route, "/"), docs: true,
		plain: options.Value("numberPrefixParser") == false, id: options.String("id"), includes: options.Strings("include"),
	})
}

func (c *config) blog(options settings.Map) {
	route := "blog"
	if value, set := options["routeBasePath"].(string); set {
		route = value
	}
	c.contents = append(c.contents, content{
		folder: path.Join(c.dir, cmp.Or(options.String("path"), "blog")), route: strings.Trim(route, "/"),
	})
}

func (c *config) pages(options settings.Map) {
	c.contents = append(c.contents, content{
		folder: path.Join(c.dir, cmp.Or(options.String("path"), "src/pages")), route: strings.Trim(options.String("routeBasePath"), "/"),
	})
}

// harmless are the plugins that make no pages.
var harmless = []string{
	"sass", "ideal-image", "image-zoom", "pwa", "gtag", "google", "sitemap", "search", "svgr", "tailwind", "webpack",
	"lunr", "plausible", "matomo", "css-cascade", "rsdoctor", "hotjar", "posthog", "vercel-analytics",
}

func (c *config) plugins(fsys fs.FS, m settings.Map) {
	plugins, _ := m.Value("plugins").([]any)
	for _, plugin := range plugins {
		name, options := entry(plugin)
		switch {
		case strings.HasSuffix(name, "content-docs"):
			c.docs(options, "docs")
		case strings.HasSuffix(name, "content-blog"):
			c.blog(options)
		case strings.HasSuffix(name, "content-pages"):
			c.pages(options)
		case name == "" || !slices.ContainsFunc(harmless, func(part string) bool { return strings.Contains(name, part) }):
			c.plugged = true
		}
	}
	if settings.Folder(fsys, path.Join(c.dir, "i18n")) {
		c.contents = append(c.contents, content{folder: path.Join(c.dir, "i18n")})
	}
}

// versions adds the folders of versions that were frozen. The addresses of pages
// depend on which of them is the last.
func (c *config) versions(fsys fs.FS) {
	var more []content
	for _, current := range c.contents {
		if !current.docs {
			continue
		}
		id := ""
		if current.id != "" && current.id != "default" {
			id = current.id + "_"
		}
		source, err := fs.ReadFile(fsys, path.Join(c.dir, id+"versions.json"))
		var names []string
		if err != nil || json.Unmarshal(source, &names) != nil {
			continue
		}
		c.plugged = true // of routes, there are too many ways to name them
		for _, name := range names {
			more = append(more, content{
				folder: path.Join(c.dir, id+"versioned_docs", "version-"+name),
				route:  path.Join(current.route, name), docs: true, plain: current.plain, includes: current.includes,
			})
		}
	}
	c.contents = append(c.contents, more...)
}

// sidebars notes whether folders or sidebars have pages of their own, whose
// addresses are made of their titles.
func (c *config) sidebars(fsys fs.FS) {
	for _, name := range []string{"sidebars.js", "sidebars.ts", "sidebars.json"} {
		c.plugged = c.plugged || makesIndex(fsys, path.Join(c.dir, name))
	}
	for _, from := range c.contents {
		if !from.docs || !fs.ValidPath(from.folder) {
			continue
		}
		_ = fs.WalkDir(fsys, from.folder, func(file string, _ fs.DirEntry, err error) error {
			if err != nil {
				return fs.SkipDir
			}
			c.plugged = c.plugged || strings.HasPrefix(path.Base(file), "_category_.") && makesIndex(fsys, file)
			return nil
		})
	}
}

// makesIndex tells whether a file asks for a page about a category.
func makesIndex(fsys fs.FS, file string) bool {
	source, err := fs.ReadFile(fsys, file)
	return err == nil && strings.Contains(string(source), "generated-index")
}

// outside lists the documents in folders that are not below the site's own.
func (c *config) outside(fsys fs.FS) []string {
	var files []string
	for _, from := range c.contents {
		if from.folder == c.dir || c.dir == "." || strings.HasPrefix(from.folder, c.dir+"/") || !fs.ValidPath(from.folder) {
			continue
		}
		_ = fs.WalkDir(fsys, from.folder, func(file string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return fs.SkipDir
			case entry.IsDir() && (entry.Name() == "node_modules" || strings.HasPrefix(entry.Name(), ".") && file != "."):
				return fs.SkipDir
			case isText(file):
				files = append(files, file)
			}
			return nil
		})
	}
	return files
}

func isText(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".mdx":
		return true
	default:
		return false
	}
}
