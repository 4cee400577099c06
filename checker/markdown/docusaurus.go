package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// docusaurusGrammar is MDX as Docusaurus reads it: tags are JSX with Markdown
// between them, {/* comments */}, imports, and no indented code.
// https://mdxjs.com/docs/what-is-mdx https://docusaurus.io/docs/markdown-features
func docusaurusGrammar([]string) *grammar {
	return recipe{
		footnotes: true, headingIDs: true, tags: true,
		blocks: []util.PrioritizedValue{
			util.Prioritized(divParser{}, 40),
			util.Prioritized(importParser{}, 50),
			util.Prioritized(braceCommentParser{}, 60),
			util.Prioritized(jsxBlockParser{}, 70),
			util.Prioritized(onlyComments{parser.NewHTMLBlockParser()}, 80),
		},
		inlines: []util.PrioritizedValue{
			util.Prioritized(braceCommentInline{}, 40),
			util.Prioritized(jsxParser{}, 350),
			util.Prioritized(bareParser{}, 600),
		},
	}.grammar()
}

// onlyComments leaves of goldmark's HTML blocks the comments, which Docusaurus
// took until version 3 and takes in plain Markdown.
type onlyComments struct{ parser.BlockParser }

func (p onlyComments) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := here(reader, pc); !bytes.HasPrefix(line, []byte("<!--")) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// anyIndent lets a block begin at any indentation, where no code is indented.
type anyIndent struct{ parser.BlockParser }

func (anyIndent) CanAcceptIndentedLine() bool { return true }

// anyFence is goldmark's parser of fenced code, at any indentation.
type anyFence struct{ anyIndent }

// A fence is how a block of code began.
type fence struct {
	char   byte
	length int
}

func (p anyFence) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := here(reader, pc)
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		pc.(*context).fences[node] = fence{line[0], runLength(line, line[0])}
	}
	return node, state
}

func (p anyFence) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	trimmed := bytes.TrimSpace(line)
	if f := pc.(*context).fences[node]; len(trimmed) >= f.length && runLength(trimmed, f.char) == len(trimmed) {
		reader.AdvanceToEOL()
		return parser.Close
	}
	return p.BlockParser.Continue(node, reader, pc)
}

// importParser reads import and export statements of JavaScript, up to an empty
// line.
type importParser struct{ leafParser }

var (
	kindImport = ast.NewNodeKind("Import")
	statement  = regexp.MustCompile(`^(?:import\s*(?:['"{*]|[\w$]+\s*(?:,|\s+from\b))|export\s+(?:default|const|let|var|function|class|async|\{|\*))`)
	importPath = regexp.MustCompile(`(?m)\bimport\b[^'";]*?['"]([^'"\n]+)['"]`)
)

func (importParser) Trigger() []byte { return []byte("ie") }

func (importParser) CanInterruptParagraph() bool { return false }

func (importParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if parent.Kind() != ast.KindDocument || pc.BlockOffset() != 0 || !statement.Match(line) {
		return nil, parser.NoChildren
	}
	return takeLine(kindImport, line, at, reader), parser.NoChildren
}

func (importParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Close
	}
	node.Lines().Append(segment)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// imports adds a link for each text that is imported to be part of the chapter.
func (w *walker) imports(code lines) {
	for _, m := range importPath.FindAllSubmatchIndex(code.text, -1) {
		span := code.span(bookcheck.Span{Start: m[2], End: m[3]})
		if file := bytes.ToLower(code.text[m[2]:m[3]]); bytes.HasSuffix(file, []byte(".md")) || bytes.HasSuffix(file, []byte(".mdx")) {
			w.add(includeLink(w.source, span, "import"))
		}
	}
}

// braceCommentParser reads {/* a comment */} that stands on lines of its own.
type braceCommentParser struct{ leafParser }

var kindBraceComment = ast.NewNodeKind("BraceComment")

func (braceCommentParser) Trigger() []byte { return []byte{'{'} }

func (braceCommentParser) CanAcceptIndentedLine() bool { return true }

func (braceCommentParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if !bytes.HasPrefix(line, []byte("{/*")) {
		return nil, parser.NoChildren
	}
	end, ok := pc.(*context).next(reader.Source(), at+3, "*/}")
	if !ok || !restIsBlank(reader.Source(), end+3) {
		return nil, parser.NoChildren
	}
	node := &span{until: end}
	node.kind = kindBraceComment
	node.take(at+3, at+len(line))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (braceCommentParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*span)
	_, segment := reader.PeekLine()
	if segment.Start > n.until {
		return parser.Close
	}
	n.take(segment.Start, segment.Stop)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// A span is a leaf that ends at a known place.
type span struct {
	leaf
	until int
}

func (s *span) take(start, stop int) {
	if stop = min(stop, s.until); start <= stop {
		s.Lines().Append(text.NewSegment(start, stop))
	}
}

func restIsBlank(source []byte, from int) bool {
	rest := source[min(from, len(source)):]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i]
	}
	return util.IsBlank(rest)
}

// braceCommentInline reads {/* a comment */} in a text.
type braceCommentInline struct{}

func (braceCommentInline) Trigger() []byte { return []byte{'{'} }

func (braceCommentInline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := pc.(*context)
	c.enter(parent)
	if line, _ := block.PeekLine(); !bytes.HasPrefix(line, []byte("{/*")) || c.noComment == parent {
		return nil
	}
	content, whole, ok := delimited(block, 3, func(rest []byte) (start, stop int) {
		i := bytes.Index(rest, []byte("*/}"))
		return i, i + 3
	})
	if !ok {
		c.noComment = parent
		return nil
	}
	return &inline{kind: kindBraceComment, span: whole, content: content}
}

// headingName recognizes the comment that names a heading.
var headingName = regexp.MustCompile(`^\s*#([^\s#]+)\s*$`)

// braceComment reads a comment in a text. In a heading it may be its anchor.
func (w *walker) braceComment(n *inline, p *passage) {
	p.mask(maskNote, n.span)
	if w.block.Kind() == ast.KindHeading {
		if m := headingName.FindStringSubmatchIndex(w.text(n.content)); m != nil {
			w.context.ids[w.block] = bookcheck.Span{Start: n.content.Start + m[2], End: n.content.Start + m[3]}
			return
		}
	}
	w.comment(newLines(w.source, []text.Segment{text.NewSegment(n.content.Start, n.content.End)}), 3, w.block, false)
}
