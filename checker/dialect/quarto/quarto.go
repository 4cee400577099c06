// Package quarto knows books and sites made by Quarto: what _quarto.yml says, the
// anchors of Pandoc, and what cross-references and citations lead to.
// https://quarto.org/docs/books
package quarto

import (
	"io/fs"
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// Name is the word that --dialect takes.
const Name = "quarto"

// Builder reads the projects of Quarto.
var Builder = project.Builder{
	Name: Name,
	Find: func(fsys fs.FS, dir string) string { return settings.First(fsys, dir, "_quarto.yml", "_quarto.yaml") },
	Read: read,
}

// A config is what _quarto.yml says.
type config struct {
	dir     string
	book    bool            // labels are those of the whole book; false: of one file
	cited   map[string]bool // bibliographies of the project
	render  []string        // patterns of what is rendered; nil: everything
	outputs string          // folder of the output
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	var m settings.Map
	if file != "" {
		m = r.YAML(file)
	}
	c := config{dir: dir, cited: make(map[string]bool)}
	kind := m.String("project", "type")
	c.book = kind == "book"
	if out := m.String("project", "output-dir"); out != "" {
		c.outputs = path.Join(dir, out)
	} else if kind == "book" || kind == "website" || kind == "manuscript" {
		c.outputs = path.Join(dir, map[string]string{"book": "_book", "website": "_site", "manuscript": "_manuscript"}[kind])
	}
	c.render = m.Strings("project", "render")
	p := &project.Project{
		Name: Name, Root: dir, File: file, Belongs: c.belongs,
		Skip: func(string) bool { return false },
		Bind: func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	p.Order = c.order(fsys, m)
	if c.book && m.Value("project", "pre-render") == nil { // which may write chapters
		p.Contents = missing(fsys, dir, file)
	}
	for _, place := range [][]string{{"bibliography"}, {"book", "bibliography"}, {"metadata", "bibliography"}} {
		for _, name := range m.Strings(place...) {
			c.cited[path.Join(dir, name)] = true
		}
	}
	return p, r.Faults
}

// belongs tells whether a file is no output.
func (c config) belongs(file string) bool {
	if c.outputs != "" && c.outputs != c.dir && strings.HasPrefix(file, c.outputs+"/") {
		return false
	}
	for part := range strings.SplitSeq(file, "/") {
		switch {
		case part == "_book" || part == "_site" || part == "_freeze" || part == "_extensions" || part == "renv",
			strings.HasSuffix(part, "_files") || strings.HasSuffix(part, "_cache"):
			return false
		}
	}
	return true
}

// order returns the files of a book, those that exist.
func (c config) order(fsys fs.FS, m settings.Map) []string {
	var files []string
	for _, part := range []string{"chapters", "appendices"} {
		files = append(files, c.chapters(fsys, m.Value("book", part), 0)...)
	}
	return files
}

// deepest bounds the nesting of parts.
const deepest = 10

func (c config) chapters(fsys fs.FS, v any, depth int) (files []string) {
	switch v := v.(type) {
	case string:
		if file := path.Join(c.dir, v); settings.Exists(fsys, file) {
			files = append(files, file)
		}
	case []any:
		for _, item := range v {
			if depth < deepest {
				files = append(files, c.chapters(fsys, item, depth+1)...)
			}
		}
	case map[string]any:
		for _, key := range []string{"part", "file", "href", "chapters"} {
			if depth < deepest {
				files = append(files, c.chapters(fsys, v[key], depth+1)...)
			}
		}
	}
	return files
}

// isRendered tells whether a page is made of a file: not of parts of others, whose
// names begin with an underscore, and not of what the book leaves out.
func (c config) isRendered(file string) bool {
	inside, ok := strings.CutPrefix(file, strings.TrimPrefix(c.dir+"/", "./"))
	if !ok || strings.HasPrefix(inside, "_") || strings.Contains(inside, "/_") {
		return false
	}
	if c.render == nil {
		return true
	}
	rendered := false
	for _, pattern := range c.render {
		out := strings.HasPrefix(pattern, "!")
		pattern = strings.TrimPrefix(strings.TrimPrefix(pattern, "!"), "/")
		if match, err := doublestar.Match(pattern, inside); err != nil || match || strings.HasPrefix(inside, strings.TrimSuffix(pattern, "/")+"/") {
			rendered = !out
		}
	}
	return rendered
}
