package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// scanAttributes reads {#id .class key="a value"} at the start of s, as Pandoc,
// goldmark, markdown-it-attrs and Python-Markdown have them. It returns the span of
// the id and the length of the whole; 0: it is none.
func scanAttributes(s []byte) (id bookcheck.Span, n int) {
	if len(s) < 3 || s[0] != '{' {
		return id, 0
	}
	at := 1
	if s[at] == ':' { // Python-Markdown
		at++
	}
	for items := 0; at < len(s); items++ {
		at += len(s[at:]) - len(bytes.TrimLeft(s[at:], " \t"))
		if at < len(s) && s[at] == '}' {
			if items == 0 {
				break
			}
			return id, at + 1
		}
		length := attributeLength(s[at:])
		if length == 0 {
			break
		}
		if s[at] == '#' {
			id = bookcheck.Span{Start: at + 1, End: at + length}
		}
		at += length
	}
	return bookcheck.Span{}, 0
}

// attributeLength returns the length of one #id, .class, key=value or dash.
func attributeLength(s []byte) int {
	end := 0
	for end < len(s) && bytes.IndexByte([]byte(" \t\r\n{}\"'="), s[end]) < 0 {
		end++
	}
	switch {
	case end == len(s) || s[end] == '\n' || s[end] == '\r' || s[end] == '{':
		return 0
	case end > 1 && (s[0] == '#' || s[0] == '.') && s[end] != '=':
		return end
	case s[end] != '=':
		if end == 1 && s[0] == '-' {
			return end
		}
		return 0
	}
	end++ // a value; without a key it names a format, as in {=html}
	if end < len(s) && (s[end] == '"' || s[end] == '\'') {
		closing := bytes.IndexByte(s[end+1:], s[end])
		if closing < 0 || bytes.IndexByte(s[end+1:end+1+closing], '\n') >= 0 {
			return 0
		}
		return end + closing + 2
	}
	for end < len(s) && bytes.IndexByte([]byte(" \t\r\n}"), s[end]) < 0 {
		end++
	}
	return end
}

// A headingParser is goldmark's parser of headings, with the attributes at their
// end.
type headingParser struct{ parser.BlockParser }

// Close implements parser.BlockParser.
func (p headingParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, reader, pc)
	if node.Parent() != nil {
		cutAttributes(node, reader.Source(), pc.(*context))
	}
}

// cutAttributes takes the attributes off the end of a block, and notes the name
// that they give it.
func cutAttributes(node ast.Node, source []byte, c *context) {
	lines := node.Lines()
	if lines.Len() == 0 {
		return
	}
	last := lines.At(lines.Len() - 1)
	line := bytes.TrimRight(last.Value(source), " \t\r\n")
	open := bytes.LastIndexByte(line, '{')
	if open < 0 || open > 0 && line[open-1] == '\\' {
		return
	}
	id, n := scanAttributes(line[open:])
	if n == 0 || open+n != len(line) {
		return
	}
	at := last.Stop - len(last.Value(source)) + open
	if last.Padding > 0 || at < last.Start {
		return
	}
	if id.Len() > 0 {
		c.ids[node] = bookcheck.Span{Start: at + id.Start, End: at + id.End}
	}
	rest := bytes.TrimRight(line[:open], " \t")
	if hashes := bytes.TrimRight(rest, "#"); node.Kind() == ast.KindHeading && (len(hashes) == 0 || hashes[len(hashes)-1] == ' ') {
		rest = bytes.TrimRight(hashes, " \t")
	}
	last.Stop = last.Start + len(rest)
	lines.Set(lines.Len()-1, last)
}

// attributeParser reads the attributes of what stands before them: of a link, an
// image, a word in brackets, or alone on a line, of the block.
type attributeParser struct{}

func (attributeParser) Trigger() []byte { return []byte{'{'} }

func (attributeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	pc.(*context).enter(parent)
	line, segment := block.PeekLine()
	id, n := scanAttributes(line)
	if n == 0 {
		return nil
	}
	if at := segment.Start; at == 0 || bytes.IndexByte([]byte(")]`*_$>~"), block.Source()[at-1]) < 0 {
		if last := parent.LastChild(); last != nil && !endsLine(last) || len(bytes.TrimSpace(line[n:])) > 0 {
			return nil
		}
	}
	node := &inline{kind: kindInlineID, span: bookcheck.Span{Start: segment.Start, End: segment.Start + n}}
	if id.Len() > 0 {
		node.content = bookcheck.Span{Start: segment.Start + id.Start, End: segment.Start + id.End}
	}
	block.Advance(n)
	return node
}

// endsLine tells whether a node is the last of its line.
func endsLine(node ast.Node) bool {
	t, ok := node.(*ast.Text)
	return ok && (t.SoftLineBreak() || t.HardLineBreak())
}
