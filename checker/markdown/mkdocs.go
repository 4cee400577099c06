package markdown

import (
	"bytes"
	"regexp"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// mkdocsGrammar is Python-Markdown with the extensions that MkDocs sites switch on,
// by their names in mkdocs.yml. Where a book does not say, all are on but the one
// that makes links of bare addresses.
// https://python-markdown.github.io https://facelessuser.github.io/pymdown-extensions
func mkdocsGrammar(extensions []string) *grammar {
	on := func(names ...string) bool {
		return extensions == nil || slices.ContainsFunc(names, func(name string) bool { return slices.Contains(extensions, name) })
	}
	r := recipe{footnotes: on("footnotes", "extra", "markdown.extensions.extra", "pymdownx.extra", "markdown.extensions.footnotes")}
	if on("admonition", "markdown.extensions.admonition", "pymdownx.details", "pymdownx.tabbed") {
		r.blocks = append(r.blocks, util.Prioritized(admonitionParser{}, 90))
	}
	if on("def_list", "extra", "markdown.extensions.extra", "pymdownx.extra", "markdown.extensions.def_list") {
		r.blocks = append(r.blocks,
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))
	}
	if on("md_in_html", "extra", "markdown.extensions.extra", "pymdownx.extra", "markdown.extensions.md_in_html") {
		r.blocks = append(r.blocks, util.Prioritized(markdownTagParser{}, 890))
	}
	if on("attr_list", "extra", "markdown.extensions.extra", "pymdownx.extra", "markdown.extensions.attr_list") {
		r.headingIDs = true
		r.inlines = append(r.inlines, util.Prioritized(attributeParser{}, 50))
	}
	if on("pymdownx.snippets") {
		r.fillings = mkdocsSnippets
	}
	if extensions != nil && on("pymdownx.magiclink") {
		r.inlines = append(r.inlines, util.Prioritized(bareParser{}, 600))
	}
	return r.grammar()
}

// mkdocsSnippets finds --8<-- "file" and the files between two lines of --8<--,
// which are replaced wherever they stand, in code too; a semicolon before them
// keeps them.
func mkdocsSnippets(source []byte) (found []filling) {
	inBlock := false
	for start := 0; start < len(source); {
		end := len(source)
		if i := bytes.IndexByte(source[start:], '\n'); i >= 0 {
			end = start + i
		}
		line := trimmedSpan(source, bookcheck.Span{Start: start, End: end})
		start = end + 1
		text := source[line.Start:line.End]
		rest, isMarker := snippetMarker(text)
		switch {
		case isMarker && len(rest) == 0:
			inBlock = !inBlock
			found = append(found, filling{span: line})
		case inBlock && len(text) > 0:
			f := filling{span: line}
			if text[0] != ';' {
				f.link = snippetLink(source, line)
			}
			found = append(found, f)
		case isMarker && len(rest) > 2 && (rest[0] == '"' || rest[0] == '\'') && rest[len(rest)-1] == rest[0]:
			path := bookcheck.Span{Start: line.End - len(rest) + 1, End: line.End - 1}
			found = append(found, filling{line, snippetLink(source, path)})
		}
	}
	return found
}

// snippetMarker takes the scissors off a line.
func snippetMarker(line []byte) (rest []byte, ok bool) {
	n := runLength(line, '-')
	if n == 0 || !bytes.HasPrefix(line[n:], []byte("8<-")) {
		return nil, false
	}
	rest = line[n+2:]
	rest = rest[runLength(rest, '-'):]
	return bytes.TrimLeft(rest, " \t"), true
}

// snippetPart recognizes the lines, or the name of a section, behind the path of a
// snippet.
var snippetPart = regexp.MustCompile(`(?:(?::-?[0-9]*){1,2}(?:,-?[0-9]*(?::-?[0-9]*)?)*|:[a-zA-Z][-_0-9a-zA-Z]*)$`)

func snippetLink(source []byte, path bookcheck.Span) *bookcheck.Link {
	if part := snippetPart.FindIndex(source[path.Start:path.End]); part != nil {
		path.End = path.Start + part[0]
	}
	return includeLink(source, path, "snippet")
}

// An admonition is a block whose text is indented under its opening: a note, a
// block that folds, a tab.
type admonition struct {
	ast.BaseBlock
	opening bookcheck.Span
	title   bookcheck.Span
	name    string
}

var kindAdmonition = ast.NewNodeKind("Admonition")

func (a *admonition) Kind() ast.NodeKind { return kindAdmonition }

// Dump implements ast.Node.
func (a *admonition) Dump(source []byte, level int) { ast.DumpHelper(a, source, level, nil, nil) }

// admonitionParser reads !!! note "Title", ??? note and === "Tab".
type admonitionParser struct{ leafParser }

var admonitionOpening = regexp.MustCompile(`^(?:(?:!!!|\?\?\?\+?)[ \t]?[ \t]*([\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?|===[!+]?[ \t]+"(.*)")[ \t]*$`)

func (admonitionParser) Trigger() []byte { return []byte("!?=") }

func (admonitionParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	trimmed := bytes.TrimRight(line, " \t\r\n")
	m := admonitionOpening.FindSubmatchIndex(trimmed)
	if m == nil {
		return nil, parser.NoChildren
	}
	node := &admonition{opening: bookcheck.Span{Start: at, End: at + len(trimmed)}}
	if m[2] >= 0 {
		node.name = string(trimmed[m[2]:m[3]])
	}
	for _, group := range []int{4, 6} {
		if m[group] >= 0 && m[group] < m[group+1] {
			node.title = bookcheck.Span{Start: at + m[group], End: at + m[group+1]}
			node.AppendChild(node, newTitle(node.title))
		}
	}
	reader.AdvanceToEOL()
	return node, parser.HasChildren
}

func newTitle(span bookcheck.Span) *titleBlock {
	title := &titleBlock{}
	title.Lines().Append(text.NewSegment(span.Start, span.End))
	title.SetPos(span.Start)
	return title
}

func (admonitionParser) Continue(_ ast.Node, reader text.Reader, pc parser.Context) parser.State {
	return footnoteParser{}.Continue(nil, reader, pc) // the same indentation
}

// markdownTagParser reads the tags of HTML blocks in which Markdown is on: what
// they hold is a text of its own.
type markdownTagParser struct{ leafParser }

var markdownTag = regexp.MustCompile(`^<[a-zA-Z][^<>]*[ \t]markdown(?:[ \t]*=[ \t]*["']?(?:1|block|span|true)["']?)?(?:[ \t][^<>]*)?>[ \t]*$`)

func (markdownTagParser) Trigger() []byte { return []byte{'<'} }

func (markdownTagParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if trimmed := bytes.TrimRight(line, " \t\r\n"); markdownTag.Match(trimmed) {
		return takeLine(kindTag, trimmed, at, reader), parser.NoChildren
	}
	return nil, parser.NoChildren
}

// kindTag is a tag on a line of its own, in whose element Markdown goes on.
var kindTag = ast.NewNodeKind("Tag")
