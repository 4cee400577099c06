package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// A directive is a MyST directive: a fence whose info string is {name}. Its body
// is Markdown that goldmark parses in place, as it does for a block quote, so that
// every offset in it is one of the file; literal bodies are kept as lines.
type directive struct {
	ast.BaseBlock
	name    string
	shape   shape
	opening bookcheck.Span // from the fence to the end of its line
	arg     bookcheck.Span // what follows the name, trimmed
	options []option
	end     int  // where the closing fence ends, or the body if there is none
	closed  bool // a closing fence was seen

	fence  byte
	length int
	indent int
	part   directivePart
	yaml   []text.Segment // the lines of an option block
}

// An option is one :key: value of a directive.
type option struct {
	key   string
	name  bookcheck.Span // where the key stands; empty in nested YAML
	value bookcheck.Span
}

type directivePart int

const (
	beforeOptions directivePart = iota // the first line of the body comes next
	colonOptions
	yamlOptions
	body
)

var kindDirective = ast.NewNodeKind("Directive")

func (d *directive) Kind() ast.NodeKind { return kindDirective }

// IsRaw keeps goldmark from parsing a literal body as inline text.
func (d *directive) IsRaw() bool { return true }

// Dump implements ast.Node.
func (d *directive) Dump(source []byte, level int) {
	ast.DumpHelper(d, source, level, map[string]string{"Name": d.name}, nil)
}

// A titleBlock is the argument of a directive that is inline Markdown.
type titleBlock struct{ ast.BaseBlock }

var kindTitle = ast.NewNodeKind("DirectiveTitle")

func (t *titleBlock) Kind() ast.NodeKind { return kindTitle }

// Dump implements ast.Node.
func (t *titleBlock) Dump(source []byte, level int) { ast.DumpHelper(t, source, level, nil, nil) }

type directiveParser struct{ colons bool }

func (p *directiveParser) Trigger() []byte { return []byte("`~:") }

func (p *directiveParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 {
		return nil, parser.NoChildren
	}
	fence := line[pos]
	if fence == ':' && !p.colons {
		return nil, parser.NoChildren
	}
	length := runLength(line[pos:], fence)
	if length < 3 {
		return nil, parser.NoChildren
	}
	source := segment.Start - segment.Padding // source offset of line[0], where the padding is not
	info := line[pos+length:]
	if fence == '`' && bytes.IndexByte(info, '`') >= 0 {
		return nil, parser.NoChildren
	}
	name, arg, ok := parseInfo(info, fence)
	if !ok {
		return nil, parser.NoChildren
	}
	at := source + pos + length
	d := &directive{
		name:    name,
		shape:   shapeOf(name),
		opening: bookcheck.Span{Start: source + pos, End: at + len(bytes.TrimRight(info, " \t\r\n"))},
		arg:     bookcheck.Span{Start: at + arg.Start, End: at + arg.End},
		fence:   fence, length: length, indent: pos,
	}
	d.end = d.opening.End
	state := d.open(reader, pos+length+arg.Start)
	return d, state
}

// open leaves the reader where the directive's first child may begin; arg is the
// place of the argument in the line.
func (d *directive) open(reader text.Reader, arg int) parser.State {
	switch {
	case d.shape.body == literal:
		reader.AdvanceToEOL()
		return parser.NoChildren
	case d.shape.arg == argBody && d.arg.Len() > 0:
		reader.Advance(arg)
		return parser.HasChildren
	case d.shape.arg == argTitle:
		d.addTitle(d.arg)
	}
	reader.AdvanceToEOL()
	return parser.HasChildren
}

// addTitle makes a part of the opening or of an option a child to be parsed as
// inline Markdown.
func (d *directive) addTitle(span bookcheck.Span) {
	if span.Len() == 0 {
		return
	}
	title := &titleBlock{}
	title.Lines().Append(text.NewSegment(span.Start, span.End))
	title.SetPos(span.Start)
	d.AppendChild(d, title)
}

// parseInfo reads an info string: the name in braces and the span of the
// argument. A colon fence may go without braces: a div with a class.
func parseInfo(info []byte, fence byte) (name string, arg bookcheck.Span, ok bool) {
	start := util.TrimLeftSpaceLength(info)
	rest := info[start:]
	switch {
	case len(rest) > 0 && rest[0] == '{':
		end := bytes.IndexByte(rest, '}')
		if end < 0 {
			return "", arg, false
		}
		name = string(bytes.TrimSpace(rest[1:end]))
		// Pandoc writes classes and options there: {.python}, {r echo=FALSE}.
		if !isDirectiveName(name) {
			return "", arg, false
		}
		start += end + 1
	case fence == ':':
		end := bytes.IndexAny(rest, " \t\r\n{")
		if end <= 0 {
			return "", arg, false
		}
		name = "div:" + string(rest[:end])
		start += end
	default:
		return "", arg, false
	}
	start += util.TrimLeftSpaceLength(info[start:])
	end := max(start, len(bytes.TrimRight(info, " \t\r\n")))
	return name, bookcheck.Span{Start: start, End: end}, true
}

func isDirectiveName(name string) bool {
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		case i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '_' || c == ':' || c == '+' || c == '.'):
		default:
			return false
		}
	}
	return name != ""
}

func runLength(line []byte, c byte) int {
	n := 0
	for n < len(line) && line[n] == c {
		n++
	}
	return n
}

func (p *directiveParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	d := node.(*directive)
	line, segment := reader.PeekLine()
	width, pos := util.IndentWidth(line, reader.LineOffset())
	if width < 4 && pos < len(line) {
		if n := runLength(line[pos:], d.fence); n >= d.length && util.IsBlank(line[pos+n:]) {
			d.closed = true
			d.end = segment.Start - segment.Padding + pos + n
			reader.AdvanceToEOL()
			return parser.Close
		}
	}
	d.end = segment.Stop
	if d.part != body && d.readOption(line, segment) {
		reader.AdvanceToEOL()
		return parser.Continue | parser.HasChildren
	}
	if d.shape.body == literal {
		d.Lines().Append(segment)
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	if strip := min(d.indent, pos); strip > 0 && segment.Padding == 0 {
		reader.Advance(strip)
	}
	return parser.Continue | parser.HasChildren
}

// readOption takes a line of the body for the directive's options, and tells
// whether it was one.
func (d *directive) readOption(line []byte, segment text.Segment) bool {
	trimmed := bytes.TrimSpace(line)
	at := segment.Start - segment.Padding + (len(line) - len(bytes.TrimLeft(line, " \t")))
	switch d.part {
	case yamlOptions:
		if bytes.Equal(trimmed, []byte("---")) {
			d.part = body
			return true
		}
		d.yaml = append(d.yaml, segment)
		return true
	case beforeOptions:
		if bytes.Equal(trimmed, []byte("---")) {
			d.part = yamlOptions
			return true
		}
		d.part = colonOptions
	case colonOptions, body:
	}
	key, value, ok := parseOption(trimmed)
	if !ok {
		d.part = body
		return false
	}
	span := bookcheck.Span{Start: at + value.Start, End: at + value.End}
	d.options = append(d.options, option{key, bookcheck.Span{Start: at + 1, End: at + 1 + len(key)}, span})
	if key == "caption" {
		d.addTitle(span)
	}
	return true
}

// parseOption reads ":key: value". The span of the value is within line.
func parseOption(line []byte) (key string, value bookcheck.Span, ok bool) {
	if len(line) < 3 || line[0] != ':' || line[1] == ':' {
		return "", value, false
	}
	end := bytes.IndexByte(line[1:], ':')
	if end < 1 || bytes.ContainsAny(line[1:1+end], " \t") {
		return "", value, false
	}
	start := end + 2
	if start < len(line) && line[start] != ' ' && line[start] != '\t' {
		return "", value, false
	}
	key = string(line[1 : 1+end])
	start += util.TrimLeftSpaceLength(line[start:])
	return key, unquoted(line, bookcheck.Span{Start: min(start, len(line)), End: len(line)}), true
}

// unquoted leaves out the quotes around a value.
func unquoted(line []byte, value bookcheck.Span) bookcheck.Span {
	if value.Len() >= 2 {
		first, last := line[value.Start], line[value.End-1]
		if first == last && (first == '"' || first == '\'') {
			return bookcheck.Span{Start: value.Start + 1, End: value.End - 1}
		}
	}
	return value
}

// Close reads the option block, once it is whole.
func (p *directiveParser) Close(node ast.Node, reader text.Reader, _ parser.Context) {
	d := node.(*directive)
	if len(d.yaml) == 0 {
		return
	}
	block := newLines(reader.Source(), d.yaml)
	for _, s := range scalars(block.text) {
		d.options = append(d.options, option{s.key, block.span(s.name), block.span(s.span)})
	}
}

func (p *directiveParser) CanInterruptParagraph() bool { return true }
func (p *directiveParser) CanAcceptIndentedLine() bool { return false }

// option returns the span of an option's value; the last one of a name wins.
func (d *directive) option(keys ...string) (bookcheck.Span, bool) {
	for _, o := range slices.Backward(d.options) {
		if slices.Contains(keys, o.key) {
			return o.value, true
		}
	}
	return bookcheck.Span{}, false
}
