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

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// A Syntax says how chapters are written. The zero value reads each file as what
// it looks like: MyST where the text uses it, GitHub's Markdown elsewhere.
type Syntax struct {
	Dialect    string   // "myst", "github"; "": decide by the text of each file
	Extensions []string // of MyST, by the names of myst_enable_extensions; nil: the default ones
	Markers    []string // words that mark unfinished work, beside TODO and its kin
	MaxBytes   int      // how much of a file is read; 0: 4 MiB
}

// DefaultExtensions are those that are on where a book does not name its own:
// what Jupyter Book switches on, and what mystmd reads without being asked.
var DefaultExtensions = []string{"colon_fence", "deflist", "dollarmath", "linkify", "substitution", "tasklist"}

// A Parser reads chapters. It may be used concurrently.
type Parser struct {
	syntax  Syntax
	markers []string
	myst    parser.Parser
	plain   parser.Parser
}

// New returns a parser for a syntax.
func New(syntax Syntax) *Parser {
	if syntax.Extensions == nil {
		syntax.Extensions = DefaultExtensions
	}
	if syntax.MaxBytes == 0 {
		syntax.MaxBytes = maxBytes
	}
	return &Parser{
		syntax:  syntax,
		markers: append(slices.Clone(todoMarkers), syntax.Markers...),
		myst:    mystParser(syntax.Extensions),
		plain:   plainParser(),
	}
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
	reader := p.plain
	if chapter.Dialect == "myst" {
		reader = p.myst
	}
	c := newContext()
	root := reader.Parse(text.NewReader(source), parser.WithContext(c))
	w := &walker{
		parser: p, source: source, context: c, myst: chapter.Dialect == "myst",
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
	switch {
	case p.syntax.Dialect != "":
		return p.syntax.Dialect
	case looksLikeMyST(name, source):
		return "myst"
	default:
		return "github"
	}
}

func plainParser() parser.Parser {
	return newParser([]util.PrioritizedValue{
		util.Prioritized(footnoteParser{}, 150),
	}, []util.PrioritizedValue{
		util.Prioritized(bareParser{}, 600),
	})
}

func mystParser(extensions []string) parser.Parser {
	on := func(name string) bool { return slices.Contains(extensions, name) }
	blocks := []util.PrioritizedValue{
		util.Prioritized(glossaryParser{}, 10),
		util.Prioritized(commentParser{}, 20),
		util.Prioritized(targetParser{}, 30),
		util.Prioritized(breakParser{}, 40),
		util.Prioritized(footnoteParser{}, 150),
		util.Prioritized(&directiveParser{colons: on("colon_fence")}, 650),
	}
	if on("dollarmath") || on("amsmath") {
		blocks = append(blocks, util.Prioritized(mathParser{dollars: on("dollarmath"), environments: on("amsmath")}, 50))
	}
	if on("attrs_block") {
		blocks = append(blocks, util.Prioritized(attributesParser{}, 60))
	}
	if on("deflist") {
		blocks = append(blocks,
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))
	}
	inlines := []util.PrioritizedValue{util.Prioritized(&braceParser{
		roles: true, substitutions: on("substitution"),
		attributes: on("attrs_inline") || on("attrs_image"),
	}, 50)}
	if on("dollarmath") {
		inlines = append(inlines, util.Prioritized(dollarParser{}, 60))
	}
	if on("linkify") {
		inlines = append(inlines, util.Prioritized(bareParser{}, 600))
	}
	return newParser(blocks, inlines)
}

// newParser returns a parser of CommonMark and GitHub's tables, task lists and
// strikethrough, with more on top.
func newParser(blocks, inlines []util.PrioritizedValue) parser.Parser {
	blocks = append(parser.DefaultBlockParsers(), blocks...)
	inlines = append(inlines,
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(&linkParser{InlineParser: parser.NewLinkParser(), footnotes: true}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
	)
	return parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionTransformer{}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)
}
