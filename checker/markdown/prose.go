package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// prose walks the inline text of a block: it collects the links in it, and the
// passage that a reader sees.
func (w *walker) prose(block ast.Node, kind passageKind) {
	p := &passage{kind: kind, quoted: w.quotes > 0}
	w.block, w.anchors = block, 0
	w.inlines(block, p)
	if len(p.text) > 0 {
		w.passages = append(w.passages, p)
	}
}

func (w *walker) inlines(parent ast.Node, p *passage) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		w.inlineNode(child, p)
	}
}

func (w *walker) inlineNode(node ast.Node, p *passage) {
	switch n := node.(type) {
	case *ast.Text:
		w.writeText(n, p)
	case *ast.CodeSpan:
		p.mask(maskCode, w.codeSpan(n))
	case *ast.Link:
		w.link(n, p)
	case *ast.Image:
		w.image(n, p)
	case *ast.AutoLink:
		w.autolink(n, p)
	case *ast.RawHTML:
		w.rawHTML(n, p)
	case *inline:
		w.mystInline(n, p)
	default:
		w.inlines(node, p)
	}
}

// writeText adds a text node to a passage as a reader sees it.
func (w *walker) writeText(n *ast.Text, p *passage) {
	start, stop := n.Segment.Start, n.Segment.Stop
	if n.IsRaw() {
		p.write(w.source[start:stop], start)
	} else {
		writeUnescaped(w.source, start, stop, p)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		p.put(" ", bookcheck.Span{Start: stop, End: min(stop+1, len(w.source))})
	}
}

// writeUnescaped adds text in which backslashes and entities stand for other
// characters.
func writeUnescaped(source []byte, start, stop int, p *passage) {
	for start < stop {
		i := bytes.IndexAny(source[start:stop], "\\&")
		if i < 0 {
			break
		}
		at := start + i
		p.write(source[start:at], start)
		length := escapeLength(source[at:stop])
		if length == 1 {
			p.write(source[at:at+1], at)
		} else {
			p.put(unescape(source[at:at+length]), bookcheck.Span{Start: at, End: at + length})
		}
		start = at + length
	}
	if start < stop {
		p.write(source[start:stop], start)
	}
}

// escapeLength returns the length of the escape at the start of s; 1: it is none.
func escapeLength(s []byte) int {
	if s[0] == '\\' {
		if len(s) > 1 && util.IsPunct(s[1]) {
			return 2
		}
		return 1
	}
	end := bytes.IndexByte(s[:min(len(s), 40)], ';')
	if end < 2 || bytes.ContainsAny(s[1:end], " &") {
		return 1
	}
	return end + 1
}

// unescape resolves backslashes and entities, as in a destination.
func unescape(s []byte) string {
	if bytes.IndexByte(s, '\\') < 0 && bytes.IndexByte(s, '&') < 0 {
		return string(s)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(s))))
}

// codeSpan returns the place of a code span without its backticks.
func (w *walker) codeSpan(n *ast.CodeSpan) bookcheck.Span {
	first, ok := n.FirstChild().(*ast.Text)
	last, ok2 := n.LastChild().(*ast.Text)
	if !ok || !ok2 {
		at := max(0, n.Pos())
		return bookcheck.Span{Start: at, End: at}
	}
	return bookcheck.Span{Start: first.Segment.Start, End: last.Segment.Stop}
}

// textOf returns the text of inline nodes as a reader sees it. Slugs are made of
// text and code only.
func (w *walker) textOf(parent ast.Node, slug bool) string {
	var b strings.Builder
	w.addText(&b, parent, slug)
	return strings.TrimSpace(b.String())
}

func (w *walker) addText(b *strings.Builder, parent ast.Node, slug bool) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Text:
			if value := n.Segment.Value(w.source); n.IsRaw() || parent.Kind() == ast.KindCodeSpan {
				b.Write(value)
			} else {
				b.WriteString(unescape(value))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(w.source))
		case *ast.Image:
			if !slug {
				w.addText(b, n, slug)
			}
		case *inline:
			if n.kind == kindBare || !slug {
				b.WriteString(w.inlineText(n))
			}
		default:
			w.addText(b, child, slug)
		}
	}
}

func (w *walker) inlineText(n *inline) string {
	switch n.kind {
	case kindRole:
		text, _, _ := w.roleParts(n)
		return text
	case kindFootnoteRef, kindInlineID, kindBraceComment, kindCite:
		return ""
	default:
		return w.text(n.span)
	}
}
