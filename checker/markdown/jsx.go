package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// scanJSX reads the tag at the start of s and returns its length; 0: it is none. A
// tag that does not end in s is cut.
func scanJSX(s []byte) (t tag, length int, cut bool) {
	at := 1
	if at < len(s) && s[at] == '/' {
		t.closing = true
		at++
	}
	start := at
	for at < len(s) && (isTagLetter(s[at]) || at > start && bytes.IndexByte([]byte("-:._$0123456789"), s[at]) >= 0) {
		at++
	}
	t.name = string(s[start:at])
	for at < len(s) {
		switch c := s[at]; {
		case c == '>':
			return t, at + 1, false
		case t.name == "":
			return t, 0, false // neither a tag nor <> nor </>
		case isHTMLSpace(c) || c == '/':
			at++
		case c == '{': // {...properties}
			n := braced(s[at:])
			if n == 0 {
				return t, 0, true
			}
			at += n
		default:
			a, n, cut := scanProperty(s[at:])
			if n == 0 {
				return t, 0, cut
			}
			a.value.Start += at
			a.value.End += at
			t.attributes = append(t.attributes, a)
			at += n
		}
	}
	return t, 0, true
}

// scanProperty reads name, name="value" or name={expression}.
func scanProperty(s []byte) (a attribute, length int, cut bool) {
	end := 0
	for end < len(s) && (isTagLetter(s[end]) || bytes.IndexByte([]byte("-:_$0123456789"), s[end]) >= 0) {
		end++
	}
	if end == 0 {
		return a, 0, false
	}
	a.name = strings.ToLower(string(s[:end]))
	at := end
	for at < len(s) && isHTMLSpace(s[at]) {
		at++
	}
	if at >= len(s) || s[at] != '=' {
		return a, end, false
	}
	for at++; at < len(s) && isHTMLSpace(s[at]); {
		at++
	}
	switch {
	case at >= len(s):
		return a, 0, true
	case s[at] == '"' || s[at] == '\'':
		n := bytes.IndexByte(s[at+1:], s[at])
		if n < 0 {
			return a, 0, true
		}
		a.value = bookcheck.Span{Start: at + 1, End: at + 1 + n}
		return a, at + n + 2, false
	case s[at] == '{':
		n := braced(s[at:])
		if n == 0 {
			return a, 0, true
		}
		if m := literalPath.FindSubmatchIndex(s[at : at+n]); m != nil {
			a.value = bookcheck.Span{Start: at + m[2], End: at + m[3]}
		}
		return a, at + n, false
	default:
		return a, 0, false
	}
}

// literalPath recognizes expressions whose value is a path that stands in them.
var literalPath = regexp.MustCompile("^\\{\\s*(?:require\\(\\s*|useBaseUrl\\(\\s*(?:['\"`]/)??)?['\"`]([^'\"`$\\n]*)['\"`]\\s*\\)?(?:\\.default)?\\s*\\}$")

// braced returns the length of the expression in braces at the start of s; 0: it
// does not end. Braces in strings do not count.
func braced(s []byte) int {
	depth := 0
	for at := 0; at < len(s); at++ {
		switch c := s[at]; c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return at + 1
			}
		case '"', '\'', '`':
			n := bytes.IndexByte(s[at+1:], c)
			if n < 0 {
				return 0
			}
			at += n + 1
		}
	}
	return 0
}

// isComponent tells whether a tag is one of the site's own making.
func isComponent(name string) bool { return name != "" && name[0] >= 'A' && name[0] <= 'Z' }

// jsxParser reads tags in a text, which may run over lines.
type jsxParser struct{}

func (jsxParser) Trigger() []byte { return []byte{'<'} }

func (jsxParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := pc.(*context)
	c.enter(parent)
	line, _ := block.PeekLine()
	if bytes.HasPrefix(line, []byte("<!--")) {
		return parser.NewRawHTMLParser().Parse(parent, block, pc)
	}
	if c.noTag == parent {
		return nil
	}
	if _, n, cut := scanJSX(line); n > 0 {
		return takeTag(block, n)
	} else if !cut {
		return nil
	}
	number, start := block.Position()
	var segments []text.Segment
	for tried := 2; ; tried *= 2 {
		for len(segments) < tried {
			line, segment := block.PeekLine()
			if line == nil {
				break
			}
			segments = append(segments, segment)
			block.AdvanceLine()
		}
		more, _ := block.PeekLine()
		_, n, cut := scanJSX(newLines(block.Source(), segments).text)
		switch {
		case n > 0:
			block.SetPosition(number, start)
			return takeTag(block, n)
		case cut && more == nil:
			c.noTag = parent
			fallthrough
		case !cut:
			block.SetPosition(number, start)
			return nil
		}
	}
}

// takeTag makes a node of the next n bytes of a text.
func takeTag(block text.Reader, n int) ast.Node {
	node := ast.NewRawHTML()
	for n > 0 {
		_, segment := block.PeekLine()
		take := min(n, segment.Len())
		node.Segments.Append(segment.WithStop(segment.Start + take))
		n -= take
		block.Advance(take)
	}
	return node
}

// jsxBlockParser reads tags that fill whole lines. They open and close nothing:
// what stands between them is Markdown like any other.
type jsxBlockParser struct{ leafParser }

func (jsxBlockParser) Trigger() []byte { return []byte{'<'} }

func (jsxBlockParser) CanAcceptIndentedLine() bool { return true }

func (jsxBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	if line == nil {
		return nil, parser.NoChildren
	}
	end := pc.(*context).tagsEnd(reader.Source(), at)
	if end == 0 {
		return nil, parser.NoChildren
	}
	node := &span{until: end}
	node.kind = kindTag
	node.take(at, at+len(line))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (jsxBlockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	return braceCommentParser{}.Continue(node, reader, pc)
}

// tagsEnd returns where the tags end that begin at an offset, if they fill their
// lines; 0: they do not.
func (c *context) tagsEnd(source []byte, at int) int {
	if at < c.noTagBefore {
		return 0
	}
	limit, ok := c.next(source, at, "\n\n")
	if !ok {
		limit = len(source)
	}
	for {
		_, n, cut := scanJSX(source[at:limit])
		if n == 0 {
			if cut {
				c.noTagBefore = limit
			}
			return 0
		}
		at += n
		rest := source[at:limit]
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			rest = rest[:i]
		}
		if util.IsBlank(rest) {
			return at
		}
		at += len(rest) - len(bytes.TrimLeft(rest, " \t"))
		if source[at] != '<' || bytes.HasPrefix(source[at:], []byte("<!--")) {
			return 0
		}
	}
}
