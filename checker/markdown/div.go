package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// A div is the line of colons that opens or closes a block: :::note[Title],
// ::: tip Title, ::: {#fig-x .class}. What stands between two of them is Markdown
// like any other.
type div struct {
	ast.BaseBlock
	id bookcheck.Span
}

var kindDiv = ast.NewNodeKind("Div")

func (d *div) Kind() ast.NodeKind { return kindDiv }

// Dump implements ast.Node.
func (d *div) Dump(source []byte, level int) { ast.DumpHelper(d, source, level, nil, nil) }

type divParser struct{ leafParser }

func (divParser) Trigger() []byte { return []byte{':'} }

func (divParser) CanAcceptIndentedLine() bool { return true }

func (divParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	colons := runLength(line, ':')
	if colons < 3 {
		return nil, parser.NoChildren
	}
	node := &div{}
	trimmed := bytes.TrimRight(line, " \t\r\n")
	node.Lines().Append(text.NewSegment(at, at+len(trimmed)))
	trimmed = bytes.TrimRight(trimmed, ":")
	if len(trimmed) > colons {
		node.open(trimmed, colons, at)
	}
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// open reads what follows the colons: a name, a title, attributes.
func (d *div) open(line []byte, from, at int) {
	rest := bytes.TrimLeft(line[from:], " \t")
	if i := bytes.IndexByte(rest, '{'); i >= 0 {
		if id, n := scanAttributes(rest[i:]); n > 0 {
			start := at + len(line) - len(rest) + i
			if id.Len() > 0 {
				d.id = bookcheck.Span{Start: start + id.Start, End: start + id.End}
			}
			line = bytes.TrimRight(line[:len(line)-len(rest)+i], " \t")
			rest = rest[:min(i, len(rest))]
		}
	}
	rest = bytes.TrimRight(rest, " \t")
	name := 0
	for name < len(rest) && rest[name] != ' ' && rest[name] != '\t' && rest[name] != '[' {
		name++
	}
	title := bytes.TrimLeft(rest[name:], " \t")
	start := at + len(line) - len(title)
	if len(title) > 1 && title[0] == '[' && title[len(title)-1] == ']' {
		title, start = title[1:len(title)-1], start+1
	}
	if len(title) > 0 {
		d.AppendChild(d, newTitle(bookcheck.Span{Start: start, End: start + len(title)}))
	}
}

// div adds the name of a block between colons.
func (w *walker) div(n *div) {
	if n.id.Len() > 0 {
		w.crossed(n.id, "")
	}
	w.walk(n)
}
