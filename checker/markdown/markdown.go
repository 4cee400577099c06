// Package markdown reads chapters. It is the only package that knows goldmark:
// what leaves it are the vocabulary's own types, each with its exact place in the
// file. Nothing is found by searching the text again: every place comes from the
// parser or from scanning the syntax at a known offset.
package markdown

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// A Syntax says how chapters are written. The zero value reads each file as what
// it looks like: MyST where the text uses it, GitHub's Markdown elsewhere.
type Syntax struct {
	Dialect    string   // "myst", "github", "mdbook" and so on; "": decide by the text of each file
	Extensions []string // by the names that the dialect's project file gives them; nil: the default ones
	Markers    []string // words that mark unfinished work, beside TODO and its kin
	MaxBytes   int      // how much of a file is read; 0: 4 MiB
}

// DefaultExtensions are those that are on where a book does not name its own:
// what Jupyter Book switches on, and what mystmd reads without being asked.
var DefaultExtensions = []string{"colon_fence", "deflist", "dollarmath", "linkify", "substitution", "tasklist"}

// A Parser reads chapters. It may be used concurrently.
type Parser struct {
	syntax   Syntax
	markers  []string
	grammars map[string]*grammar // by dialect
}

// New returns a parser for a syntax.
func New(syntax Syntax) *Parser {
	if syntax.MaxBytes == 0 {
		syntax.MaxBytes = maxBytes
	}
	p := &Parser{
		syntax:   syntax,
		markers:  append(slices.Clone(todoMarkers), syntax.Markers...),
		grammars: make(map[string]*grammar),
	}
	names := []string{syntax.Dialect}
	if syntax.Dialect == "" {
		names = []string{"myst", "github", "quarto", "docusaurus"}
	}
	for _, name := range names {
		p.grammars[name] = newGrammar(name, syntax.Extensions)
	}
	return p
}

// Parse reads a chapter as what it looks like. It never fails: any bytes are
// Markdown.
func Parse(name string, source []byte) *bookcheck.Chapter {
	return New(Syntax{}).Parse(name, source)
}

// Parse reads a chapter. The name says what kind of file it is: the Markdown cells
// of a notebook (.ipynb) are read as one chapter.
func (p *Parser) Parse(name string, source []byte) *bookcheck.Chapter {
	chapter := bookcheck.NewChapter(name, source)
	if strings.EqualFold(path.Ext(name), ".ipynb") {
		p.parseNotebook(chapter)
		return chapter
	}
	read, limit := p.bound(source)
	if len(read) < len(source) {
		chapter.Unread, chapter.Limit = bookcheck.Span{Start: len(read), End: len(source)}, limit
	}
	base := 0
	if bytes.HasPrefix(read, byteOrderMark) {
		base = len(byteOrderMark)
	}
	meta, length := frontMatter(read[base:])
	if length == 0 && p.syntax.Dialect == "hugo" {
		meta, length = hugoFrontMatter(read[base:])
	}
	chapter.Meta = meta
	base += length
	p.parseText(chapter, read[base:], func(offset int) int { return base + offset })
	return chapter
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// parseText adds what stands in a text to a chapter; at maps offsets in the text
// to offsets in the chapter's source.
func (p *Parser) parseText(chapter *bookcheck.Chapter, source []byte, at func(int) int) {
	length := len(source)
	if length == 0 || source[length-1] != '\n' {
		source = append(source[:length:length], '\n') // goldmark copies a last line without one
	}
	if chapter.Dialect == "" {
		chapter.Dialect = p.dialectOf(chapter.Path, source)
	}
	grammar := p.grammars[chapter.Dialect]
	var fillings []filling
	if grammar.fillings != nil {
		fillings = grammar.fillings(source)
		source = fill(source, fillings)
	}
	c := newContext()
	root := grammar.Parse(text.NewReader(source), parser.WithContext(c))
	w := &walker{
		parser: p, source: source, context: c, dialect: chapter.Dialect, fillings: fillings,
		found: bookcheck.NewChapter(chapter.Path, nil),
	}
	w.found.Source = source
	w.found.Meta = chapter.Meta
	w.walk(root)
	w.finish()
	relocate(w.found, length, at)
	merge(chapter, w.found)
}

func (p *Parser) dialectOf(name string, source []byte) string {
	switch ext := strings.ToLower(path.Ext(name)); {
	case p.syntax.Dialect != "":
		return p.syntax.Dialect
	case ext == ".qmd" || ext == ".rmd":
		return "quarto"
	case ext == ".mdx":
		return "docusaurus"
	case looksLikeMyST(source):
		return "myst"
	default:
		return "github"
	}
}
