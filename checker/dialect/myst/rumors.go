package myst

import (
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"github.com/bookcheck/bookcheck/checker/dialect/github"
)

// rumors are the names that files may define which are part of the book but were
// not read as chapters: reStructuredText, or a part that is excluded and then
// included. They are looked for only when a name was found nowhere else, and only
// to be silent about it, so that too many do no harm.
type rumors struct {
	fsys  fs.FS
	files []string
	once  sync.Once
	names map[string]bool // as labelName has them
}

// definitions find what could define a name in any of the formats.
var definitions = []*regexp.Regexp{
	regexp.MustCompile("\\.\\. _`?([^:`\n]+)`?:"),
	regexp.MustCompile(`\(([^()\n]+)\)=`),
	regexp.MustCompile(`:(?:name|label):[ \t]*([^\s].*)`),
	regexp.MustCompile(`\{#([^\s}]+)`),
	regexp.MustCompile(`\$\$[ \t]*\(([^()\n]+)\)`),
	regexp.MustCompile(`\\label\{([^{}\n]+)\}`),
}

var markdownHeading = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.*)`)

// mention tells whether a file may define a name.
func (r *rumors) mention(name string) bool {
	r.once.Do(r.collect)
	return r.names[labelName(name)]
}

func (r *rumors) collect() {
	r.names = make(map[string]bool)
	for _, file := range r.files {
		source, err := fs.ReadFile(r.fsys, file)
		if err != nil {
			continue // it was listed, so the driver says that it cannot be read
		}
		text := string(source)
		for _, re := range definitions {
			for _, m := range re.FindAllStringSubmatch(text, -1) {
				r.add(m[1])
			}
		}
		for _, m := range markdownHeading.FindAllStringSubmatch(text, -1) {
			r.add(parserSlug(m[1]))
			r.add(github.Slug(m[1]))
			r.add(htmlID(m[1]))
		}
		if strings.Contains(text, "glossary") {
			for line := range strings.Lines(text) {
				r.add(line)
			}
		}
	}
}

func (r *rumors) add(name string) { r.names[labelName(name)] = true }
