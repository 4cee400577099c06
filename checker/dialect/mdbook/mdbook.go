// Package mdbook knows books made by mdBook, the program behind the books about
// Rust: book.toml, SUMMARY.md, its slugs, and where its links lead.
// https://rust-lang.github.io/mdBook
package mdbook

import (
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// Name is the word that --dialect takes.
const Name = "mdbook"

// Builder reads the projects of mdBook.
var Builder = project.Builder{
	Name: Name,
	Find: func(fsys fs.FS, dir string) string { return settings.First(fsys, dir, "book.toml") },
	Read: read,
}

// A config is what book.toml says.
type config struct {
	src       string          // folder of the chapters
	chapters  map[string]bool // those that SUMMARY.md names; nil: there is none
	creates   bool            // those that do not exist are made
	redirects map[string]bool // paths on the site that lead somewhere
	extended  bool            // other programs take part in the making
}

func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := settings.NewReader(fsys)
	c := config{src: path.Join(dir, "src"), creates: true, redirects: make(map[string]bool)}
	options := settings.Map{}
	if file != "" {
		options = r.TOML(file)
		c.src = path.Join(dir, cmp.Or(options.String("book", "src"), "src"))
		c.creates = options.Bool(true, "build", "create-missing")
	}
	for name := range options.Map("preprocessor") {
		c.extended = c.extended || name != "links" && name != "index"
	}
	for from := range options.Map("output", "html", "redirect") {
		c.redirects[strings.TrimPrefix(from, "/")] = true
	}
	out := path.Join(dir, cmp.Or(options.String("build", "build-dir"), "book"))
	p := &project.Project{
		Name: Name, Root: dir, File: file,
		Belongs: func(file string) bool { return file != out && !strings.HasPrefix(file, out+"/") || out == c.src },
		Skip:    settings.Skipper(options.Strings("output", "linkcheck", "exclude")),
		Bind:    func(book *bookcheck.Book) bookcheck.Dialect { return bind(book, c) },
	}
	summary := path.Join(c.src, "SUMMARY.md")
	if source, err := fs.ReadFile(fsys, summary); err == nil {
		c.chapters = map[string]bool{summary: true}
		for _, chapter := range chapters(string(source)) {
			name := path.Join(c.src, chapter)
			if exists := settings.Exists(fsys, name); exists && !c.chapters[name] {
				p.Order = append(p.Order, name)
			}
			c.chapters[name] = true
		}
	}
	return p, r.Faults
}

// summaryEntry recognizes a chapter in SUMMARY.md: an item of a list, or a link on
// a line of its own.
var summaryEntry = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?\[.*\]\((?:<([^>\n]+)>|([^()\s]+(?:\([^()\s]*\))?))[^)\n]*\)`)

// chapters returns the files that a SUMMARY.md names, from the folder that it is
// in.
func chapters(summary string) []string {
	var files []string
	for _, m := range summaryEntry.FindAllStringSubmatch(summary, -1) {
		file := cmp.Or(m[1], m[2])
		if plain, err := url.PathUnescape(file); err == nil {
			file = plain
		}
		files = append(files, file)
	}
	return files
}
