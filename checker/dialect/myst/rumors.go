package myst

import (
	"bytes"
	"io/fs"
	"regexp"
	"sync"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
)

// rumors are the names that may be defined where nobody looked: in files of the
// book that are not chapters, such as reStructuredText or an excluded part that is
// included, and in the code of chapters. They are looked for only when a name was
// found nowhere else, and only to be silent about it, so that too many do no harm.
type rumors struct {
	fsys     fs.FS
	files    []string
	chapters []*bookcheck.Chapter
	once     sync.Once
	names    map[string]bool // as labelName has them
}

// A definition is a way to define a name.
type definition struct {
	hint []byte // what a text holds that has one
	name *regexp.Regexp
}

// inCode are the definitions in code: of reStructuredText, TeX and notebooks.
var inCode = []definition{
	{[]byte(".. _"), regexp.MustCompile("\\.\\. _`?([^:`\n]+)`?:")},
	{[]byte("{eval-rst}"), regexp.MustCompile(`:(?:name|label):[ \t]*(\S.*)`)},
	{[]byte(`\label`), regexp.MustCompile(`\\label\{([^{}\n]+)\}`)},
	{[]byte("#|"), regexp.MustCompile(`#\|[ \t]*(?:name|label):[ \t]*([^"\\\n]+)`)},
	{[]byte(`"mystnb"`), regexp.MustCompile(`"name":[ \t]*"([^"\\\n]+)"`)},
}

// inText are the definitions in Markdown.
var inText = []definition{
	{[]byte(")="), regexp.MustCompile(`\(([^()\n]+)\)=`)},
	{[]byte(":"), regexp.MustCompile(`:(?:name|label):[ \t]*(\S.*)`)},
	{[]byte("{#"), regexp.MustCompile(`\{#([^\s}]+)`)},
	{[]byte("$$"), regexp.MustCompile(`\$\$[ \t]*\(([^()\n]+)\)`)},
}

var markdownHeading = regexp.MustCompile(`(?m)^#{1,6}[ \t]+(.*)`)

// mention tells whether a name may be defined somewhere.
func (r *rumors) mention(name string) bool {
	r.once.Do(r.collect)
	return r.names[labelName(name)]
}

func (r *rumors) collect() {
	r.names = make(map[string]bool)
	for _, chapter := range r.chapters {
		r.scan(chapter.Source, inCode)
	}
	for _, file := range r.files {
		source, err := fs.ReadFile(r.fsys, file)
		if err != nil {
			continue // nothing is known of it
		}
		r.scan(source, inCode)
		r.scan(source, inText)
		for _, m := range markdownHeading.FindAllSubmatch(source, -1) {
			heading := string(m[1])
			r.add(parserSlug(heading))
			r.add(github.Slug(heading))
			r.add(htmlID(heading))
		}
		if bytes.Contains(source, []byte("glossary")) {
			for line := range bytes.Lines(source) {
				r.add(string(line))
			}
		}
	}
}

func (r *rumors) scan(source []byte, definitions []definition) {
	for _, d := range definitions {
		if !bytes.Contains(source, d.hint) {
			continue
		}
		for _, m := range d.name.FindAllSubmatch(source, -1) {
			r.add(string(m[1]))
		}
	}
}

func (r *rumors) add(name string) { r.names[labelName(name)] = true }
