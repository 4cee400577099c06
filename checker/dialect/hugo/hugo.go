// Package hugo knows sites made by Hugo: what its configuration says, the names of
// its pages, and where references and links lead.
// https://gohugo.io/configuration
package hugo

import (
	"cmp"
	"io/fs"
	"path"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// Name is the word that --dialect takes.
const Name = "hugo"

// Builder reads the projects of Hugo.
var Builder = project.Builder{Name: Name, Find: find, Read: read}

// find returns the project file of a folder. The old name of it is one that other
// programs use too, so that there it needs a folder of content.
func find(fsys fs.FS, dir string) string {
	if file := settings.First(fsys, dir, "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"); file != "" {
		return file
	}
	if file := settings.First(fsys, dir, "config.toml", "config.yaml", "config.yml", "config.json"); file != "" {
		if settings.Folder(fsys, path.Join(dir, "content")) && !settings.Exists(fsys, path.Join(dir, "zola.toml")) {
			return file
		}
	}
	if settings.Folder(fsys, path.Join(dir, "config")) {
		return settings.First(fsys, path.Join(dir, "config/_default"), "hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json",
			"config.toml", "config.yaml", "config.yml", "config.json")
	}
	return ""
}

// A config is what the configuration says.
type config struct {
	dir      string
	contents []string // folders of the texts
	statics  []string // folders of files that are copied to the site
	langs    []string // names of languages, which stand in the names of files
	plugged  bool     // content comes from elsewhere, too
	named    bool     // headings are named in another way
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	var m settings.Map
	if file != "" {
		m = folded(load(r, file))
		if path.Base(path.Dir(file)) == "_default" {
			for _, part := range []string{"module", "markup", "languages"} {
				if more := settings.First(fsys, path.Dir(file), part+".toml", part+".yaml", part+".yml", part+".json"); more != "" && m != nil {
					m[part] = map[string]any(folded(load(r, more)))
				}
			}
		}
	}
	c := config{dir: dir}
	c.contents = []string{path.Join(dir, cmp.Or(m.String("contentdir"), "content"))}
	c.statics = []string{path.Join(dir, "static"), path.Join(dir, "assets")}
	for _, folder := range m.Strings("staticdir") {
		c.statics = append(c.statics, path.Join(dir, folder))
	}
	for name := range m.Map("languages") {
		c.langs = append(c.langs, name)
		if folder := m.String("languages", name, "contentdir"); folder != "" {
			c.contents = append(c.contents, path.Join(dir, folder))
		}
	}
	c.mounts(m)
	kind := m.String("markup", "goldmark", "parser", "autoheadingidtype")
	c.named = kind != "" && kind != "github" || m.String("markup", "defaultmarkdownhandler") != "" && m.String("markup", "defaultmarkdownhandler") != "goldmark"
	outputs := []string{path.Join(dir, cmp.Or(m.String("publishdir"), "public")), path.Join(dir, "resources"), path.Join(dir, "themes")}
	p := &project.Project{
		Name: Name, Root: dir, File: file,
		Belongs: func(file string) bool {
			for _, out := range outputs {
				if strings.HasPrefix(file, out+"/") {
					return false
				}
			}
			return true
		},
		Skip: func(string) bool { return false },
		Bind: func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	return p, r.Faults
}

// load reads a file of the configuration by its extension.
func load(r *settings.Reader, file string) settings.Map {
	if path.Ext(file) == ".toml" {
		return r.TOML(file)
	}
	return r.YAML(file) // JSON is YAML
}

// folded returns settings with their names in lower case: Hugo takes any.
func folded(m settings.Map) settings.Map {
	if m == nil {
		return nil
	}
	lower := make(settings.Map, len(m))
	for key, value := range m {
		if inner := m.Map(key); inner != nil {
			value = map[string]any(folded(inner))
		}
		lower[strings.ToLower(key)] = value
	}
	return lower
}

// mounts adds the folders that are mounted as content, of the site's own and of
// modules.
func (c *config) mounts(m settings.Map) {
	for _, mount := range tables(m.Value("module", "mounts")) {
		target, source := mount.String("target"), mount.String("source")
		if target == "content" && source != "" {
			c.contents = append(c.contents, path.Join(c.dir, source))
		} else if strings.HasPrefix(target, "content/") {
			c.plugged = true
		}
		if target == "static" || target == "assets" {
			c.statics = append(c.statics, path.Join(c.dir, source))
		}
	}
	for _, module := range tables(m.Value("module", "imports")) {
		for _, mount := range tables(module["mounts"]) {
			c.plugged = c.plugged || strings.HasPrefix(folded(mount).String("target"), "content")
		}
	}
}

// tables returns the mappings of a list.
func tables(v any) []settings.Map {
	items, _ := v.([]any)
	var found []settings.Map
	for _, item := range items {
		if m, ok := item.(map[string]any); ok {
			found = append(found, folded(m))
		}
	}
	return found
}
