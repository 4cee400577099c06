// Package vitepress knows sites made by VitePress: what its configuration says, its
// slugs, and where links lead.
// https://vitepress.dev/reference/site-config
package vitepress

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// Name is the word that --dialect takes.
const Name = "vitepress"

// Builder reads the projects of VitePress.
var Builder = project.Builder{Name: Name, Find: find, Read: read}

func find(fsys fs.FS, dir string) string {
	folder := path.Join(dir, ".vitepress")
	if !settings.Folder(fsys, folder) {
		return ""
	}
	var names []string
	for _, name := range []string{"config", "config/index"} {
		for _, ext := range []string{".ts", ".mts", ".js", ".mjs", ".cjs", ".cts"} {
			names = append(names, name+ext)
		}
	}
	return settings.First(fsys, folder, names...)
}

// A config is what .vitepress/config.js says.
type config struct {
	src      string           // folder of the texts
	excluded []string         // patterns of texts that are none
	ignored  []*regexp.Regexp // dead links that are left alone
	silent   bool             // which are is not known, or all
	moved    bool             // pages have other addresses than their files
	anchored bool             // headings are named in another way
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	var m settings.Map
	if file != "" {
		m = r.JS(file)
	}
	c := config{
		src:      path.Join(dir, cmp.Or(m.String("srcDir"), ".")),
		excluded: m.Strings("srcExclude"),
		moved:    m["rewrites"] != nil || m == nil && file != "" || m.Computed(),
		anchored: m.Value("markdown", "anchor") != nil || m.Value("markdown", "config") != nil || m.Map("markdown").Computed(),
	}
	if _, unknown := m["srcDir"].(settings.Unknown); unknown {
		c.silent = true
	}
	if _, unknown := m["markdown"].(settings.Unknown); unknown {
		c.anchored = true
	}
	c.ignore(m["ignoreDeadLinks"])
	p := &project.Project{
		Name: Name, Root: dir, File: file,
		Belongs: c.belongs,
		Skip:    func(string) bool { return false },
		Bind:    func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	return p, r.Faults
}

// belongs tells whether a text is not left out of the site.
func (c *config) belongs(file string) bool {
	inside, ok := strings.CutPrefix(file, strings.TrimPrefix(c.src+"/", "./"))
	if !ok {
		return true
	}
	for _, pattern := range c.excluded {
		if match, err := doublestar.Match(strings.TrimPrefix(pattern, "./"), inside); err == nil && match {
			return false
		}
	}
	return true
}

// ignore notes which dead links VitePress leaves alone.
func (c *config) ignore(v any) {
	switch v := v.(type) {
	case nil:
	case bool:
		c.silent = c.silent || v
	case string: // localhostLinks, which are not judged here
	case []any:
		for _, item := range v {
			switch item := item.(type) {
			case string:
				c.ignored = append(c.ignored, regexp.MustCompile("^"+regexp.QuoteMeta(item)+"$"))
			case settings.Pattern:
				re, err := regexp.Compile(string(item))
				c.silent = c.silent || err != nil
				if err == nil {
					c.ignored = append(c.ignored, re)
				}
			default:
				c.silent = true
			}
		}
	default:
		c.silent = true
	}
}
