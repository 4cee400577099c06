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

// A leaf is a block of MyST that holds no Markdown: its lines are all there is.
type leaf struct {
	ast.BaseBlock
	kind  ast.NodeKind
	label bookcheck.Span // the name in a target, the label of an equation; empty: none
}

var (
	kindComment    = ast.NewNodeKind("Comment")    // % text
	kindTarget     = ast.NewNodeKind("Target")     // (label)=
	kindBlockBreak = ast.NewNodeKind("BlockBreak") // +++ metadata
	kindMath       = ast.NewNodeKind("MathBlock")  // $$ … $$, \begin{align} … \end{align}
	kindAttributes = ast.NewNodeKind("Attributes") // {#id .class}
)

func (l *leaf) Kind() ast.NodeKind { return l.kind }
func (l *leaf) IsRaw() bool        { return true }

// Dump implements ast.Node.
func (l *leaf) Dump(source []byte, level int) { ast.DumpHelper(l, source, level, nil, nil) }

// leafParser is what the parsers of leaves have in common.
type leafParser struct{}

func (leafParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (leafParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (leafParser) CanInterruptParagraph() bool                                 { return true }
func (leafParser) CanAcceptIndentedLine() bool                                 { return false }

// here returns the rest of a line from the first character that is not a space,
// and its offset in the source.
func here(reader text.Reader, pc parser.Context) (line []byte, at int) {
	whole, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos >= len(whole) {
		return nil, 0
	}
	return whole[pos:], segment.Start - segment.Padding + pos
}

// takeLine makes a leaf of the line from its first character on.
func takeLine(kind ast.NodeKind, line []byte, at int, reader text.Reader) *leaf {
	node := &leaf{kind: kind}
	node.Lines().Append(text.NewSegment(at, at+len(line)))
	reader.AdvanceToEOL()
	return node
}

// commentParser reads comments: lines that begin with a percent sign.
type commentParser struct{ leafParser }

func (commentParser) Trigger() []byte { return []byte{'%'} }

func (commentParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if line == nil || line[0] != '%' {
		return nil, parser.NoChildren
	}
	return takeLine(kindComment, line, at, reader), parser.NoChildren
}

func (commentParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	pos := len(line) - len(bytes.TrimLeft(line, " \t"))
	if pos >= len(line) || line[pos] != '%' {
		return parser.Close
	}
	node.Lines().Append(text.NewSegment(segment.Start-segment.Padding+pos, segment.Stop))
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// targetParser reads (label)= on a line of its own.
type targetParser struct{ leafParser }

func (targetParser) Trigger() []byte { return []byte{'('} }

func (targetParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	trimmed := bytes.TrimRight(line, " \t\r\n")
	if len(trimmed) < 4 || trimmed[0] != '(' || !bytes.HasSuffix(trimmed, []byte(")=")) {
		return nil, parser.NoChildren
	}
	node := takeLine(kindTarget, trimmed, at, reader)
	node.label = bookcheck.Span{Start: at + 1, End: at + len(trimmed) - 2}
	return node, parser.NoChildren
}

// breakParser reads block breaks: +++, with metadata perhaps.
type breakParser struct{ leafParser }

func (breakParser) Trigger() []byte { return []byte{'+'} }

func (breakParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if runLength(line, '+') < 3 {
		return nil, parser.NoChildren
	}
	node := takeLine(kindBlockBreak, line, at, reader)
	if m := blockLabel.FindSubmatchIndex(line); m != nil {
		node.label = bookcheck.Span{Start: at + m[2], End: at + m[3]}
	}
	return node, parser.NoChildren
}

// blockLabel finds the label that mystmd reads in a block's metadata.
var blockLabel = regexp.MustCompile(`"(?:label|name)"[ \t]*:[ \t]*"([^"\\]+)"`)

// attributesParser reads {#id .class key=value} on a line of its own.
type attributesParser struct{ leafParser }

func (attributesParser) Trigger() []byte { return []byte{'{'} }

func (attributesParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	trimmed := bytes.TrimRight(line, " \t\r\n")
	id, n := parseAttributes(trimmed)
	if n == 0 || n != len(trimmed) {
		return nil, parser.NoChildren
	}
	node := takeLine(kindAttributes, trimmed, at, reader)
	if id.Len() > 0 {
		node.label = bookcheck.Span{Start: at + id.Start, End: at + id.End}
	}
	return node, parser.NoChildren
}

// parseAttributes reads {#id .class key=value %comment%} at the start of text. It
// returns the span of the id and the length of the whole; 0: it is none.
func parseAttributes(s []byte) (id bookcheck.Span, n int) {
	if len(s) < 3 || s[0] != '{' {
		return id, 0
	}
	end := bytes.IndexByte(s, '}')
	if end < 0 || bytes.IndexByte(s[:end], '\n') >= 0 {
		return id, 0
	}
	at := 1
	for word := range bytes.FieldsSeq(s[1:end]) {
		start := at + bytes.Index(s[at:end], word)
		at = start + len(word)
		switch {
		case word[0] == '#' && len(word) > 1:
			id = bookcheck.Span{Start: start + 1, End: at}
		case word[0] == '.' && len(word) > 1, bytes.IndexByte(word, '=') > 0, word[0] == '%':
		default:
			return bookcheck.Span{}, 0
		}
	}
	if at == 1 {
		return id, 0
	}
	return id, end + 1
}

// mathParser reads blocks of math: $$ … $$ with a label perhaps, and the
// environments of amsmath.
type mathParser struct {
	leafParser
	dollars, environments bool
	attributes            bool // $$ … $$ {#label}
}

func (p mathParser) Trigger() []byte {
	return []byte{'$', '\\'}
}

// The environments that MyST-Parser takes with the amsmath extension.
// https://myst-parser.readthedocs.io/en/latest/syntax/optional.html#direct-latex-math
var mathEnvironments = map[string]bool{
	"equation": true, "multline": true, "gather": true, "align": true, "alignat": true, "flalign": true,
	"matrix": true, "pmatrix": true, "bmatrix": true, "Bmatrix": true, "vmatrix": true, "Vmatrix": true,
	"eqnarray": true,
}

func (p mathParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	var closing []byte
	switch {
	case p.dollars && bytes.HasPrefix(line, []byte("$$")):
		closing = []byte("$$")
	case p.environments && bytes.HasPrefix(line, []byte(`\begin{`)):
		name, _, ok := bytes.Cut(line[len(`\begin{`):], []byte("}"))
		if !ok || !mathEnvironments[string(bytes.TrimSuffix(name, []byte("*")))] {
			return nil, parser.NoChildren
		}
		closing = []byte(`\end{` + string(name) + `}`)
	default:
		return nil, parser.NoChildren
	}
	c := pc.(*context)
	if !c.closesLater(reader.Source(), at+2, closing) {
		return nil, parser.NoChildren
	}
	node := &mathBlock{closing: closing, attributes: p.attributes}
	node.kind = kindMath
	node.take(line[2:], at+2)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// A mathBlock is a block of math.
type mathBlock struct {
	leaf
	closing    []byte
	attributes bool
	done       bool
}

// take looks for the end of the block, and for the label after it, in a line.
func (m *mathBlock) take(line []byte, at int) {
	trimmed := bytes.TrimRight(line, " \t\r\n")
	end := bytes.LastIndex(trimmed, m.closing)
	m.Lines().Append(text.NewSegment(at, at+len(trimmed)))
	if end < 0 {
		return
	}
	after := end + len(m.closing)
	rest := trimmed[after:]
	inner := bytes.TrimLeft(rest, " \t")
	switch {
	case len(inner) == 0:
		m.done = true
	case !m.attributes && len(inner) > 2 && inner[0] == '(' && inner[len(inner)-1] == ')':
		start := at + after + len(rest) - len(inner) + 1
		m.label = bookcheck.Span{Start: start, End: at + len(trimmed) - 1}
		m.done = true
	case m.attributes:
		if id, n := scanAttributes(inner); n == len(inner) {
			start := at + len(trimmed) - len(inner)
			m.label = bookcheck.Span{Start: start + id.Start, End: start + id.End}
			m.done = true
		}
	}
}

func (p mathParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	m := node.(*mathBlock)
	if m.done {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	m.take(line, segment.Start-segment.Padding)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

// A glossaryNode is a term of a glossary, or what it means.
type glossaryNode struct {
	ast.BaseBlock
	term   bool
	indent int
}

var kindGlossary = ast.NewNodeKind("Glossary")

func (g *glossaryNode) Kind() ast.NodeKind { return kindGlossary }

// Dump implements ast.Node.
func (g *glossaryNode) Dump(source []byte, level int) { ast.DumpHelper(g, source, level, nil, nil) }

// glossaryParser reads the body of a glossary: lines at the left are terms, and
// the lines indented under them are Markdown.
type glossaryParser struct{ leafParser }

// Trigger returns every byte, for a term may begin with any.
func (glossaryParser) Trigger() []byte {
	all := make([]byte, 0, 256)
	for c := range 256 {
		all = append(all, byte(c))
	}
	return all
}

func (glossaryParser) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	if d, ok := parent.(*directive); !ok || d.shape.body != glossary {
		return nil, parser.NoChildren
	}
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return nil, parser.NoChildren
	}
	_, indent := util.IndentWidth(line, reader.LineOffset())
	if indent == 0 && line[0] == ':' && len(line) > 1 && line[1] == ' ' { // mystmd's glossaries are definition lists
		indent = 1 + util.TrimLeftSpaceLength(line[1:])
	}
	if indent > 0 {
		reader.Advance(indent)
		return &glossaryNode{indent: indent}, parser.HasChildren
	}
	node := &glossaryNode{term: true}
	node.Lines().Append(segment.TrimRightSpace(reader.Source()))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (glossaryParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	g := node.(*glossaryNode)
	line, _ := reader.PeekLine()
	switch _, indent := util.IndentWidth(line, reader.LineOffset()); {
	case g.term:
		return parser.Close
	case util.IsBlank(line):
		return parser.Continue | parser.HasChildren
	case indent < g.indent:
		return parser.Close
	}
	reader.Advance(g.indent)
	return parser.Continue | parser.HasChildren
}

func (glossaryParser) CanAcceptIndentedLine() bool { return true }

// A footnote is a footnote's definition. goldmark's own extension moves them to
// the end of the document and drops those without a reference.
type footnote struct {
	ast.BaseBlock
	label bookcheck.Span
}

var kindFootnote = ast.NewNodeKind("Footnote")

func (f *footnote) Kind() ast.NodeKind { return kindFootnote }

// Dump implements ast.Node.
func (f *footnote) Dump(source []byte, level int) { ast.DumpHelper(f, source, level, nil, nil) }

type footnoteParser struct{ leafParser }

func (footnoteParser) Trigger() []byte { return []byte{'['} }

func (footnoteParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	label := footnoteLabel(line)
	if label == 0 || len(line) < label+4 || line[label+3] != ':' {
		return nil, parser.NoChildren
	}
	node := &footnote{label: bookcheck.Span{Start: at + 2, End: at + 2 + label}}
	c := pc.(*context)
	c.footnotes[string(line[2:2+label])] = true
	reader.Advance(pc.BlockOffset() + label + 4)
	return node, parser.HasChildren
}

// footnoteLabel returns the length of the label in "[^label]", 0 if there is none.
func footnoteLabel(s []byte) int {
	if len(s) < 4 || s[0] != '[' || s[1] != '^' {
		return 0
	}
	for i := 2; i < len(s); i++ {
		switch s[i] {
		case ']':
			return i - 2
		case ' ', '\t', '\r', '\n', '[', '\\':
			return 0
		}
	}
	return 0
}

func (footnoteParser) Continue(_ ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}
