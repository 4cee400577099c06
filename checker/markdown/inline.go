package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// A span of MyST inside a line: a role, a substitution, math, a footnote's
// reference, or an address in running text.
type inline struct {
	ast.BaseInline
	kind    ast.NodeKind
	name    string         // of a role
	span    bookcheck.Span // the whole
	content bookcheck.Span // between the delimiters, as written
	target  string         // of a bare address
}

var (
	kindRole         = ast.NewNodeKind("Role")
	kindSubstitution = ast.NewNodeKind("Substitution")
	kindInlineMath   = ast.NewNodeKind("InlineMath")
	kindFootnoteRef  = ast.NewNodeKind("FootnoteRef")
	kindBare         = ast.NewNodeKind("BareURL")
	kindInlineID     = ast.NewNodeKind("InlineAttributes")
)

func (i *inline) Kind() ast.NodeKind { return i.kind }

// Dump implements ast.Node.
func (i *inline) Dump(source []byte, level int) { ast.DumpHelper(i, source, level, nil, nil) }

// braceParser reads what begins with a brace: {role}`content`,
// {{ substitution }} and the {attributes} of the inline before it.
type braceParser struct{ roles, substitutions, attributes bool }

func (p *braceParser) Trigger() []byte { return []byte{'{'} }

func (p *braceParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	pc.(*context).enter(parent)
	line, segment := block.PeekLine()
	switch {
	case p.substitutions && bytes.HasPrefix(line, []byte("{{")):
		return parseSubstitution(block)
	case p.roles:
		if node := parseRole(line, block); node != nil {
			return node
		}
	}
	if p.attributes && (attributable(parent.LastChild()) || closesSpan(block.Source(), segment.Start)) {
		if id, n := parseAttributes(line); n > 0 {
			node := &inline{kind: kindInlineID, span: bookcheck.Span{Start: segment.Start, End: segment.Start + n}}
			if id.Len() > 0 {
				node.content = bookcheck.Span{Start: segment.Start + id.Start, End: segment.Start + id.End}
			}
			block.Advance(n)
			return node
		}
	}
	return nil
}

// closesSpan tells whether a bracket closes before an offset, as in [words]{#id}.
func closesSpan(source []byte, at int) bool { return at > 0 && source[at-1] == ']' }

func attributable(node ast.Node) bool {
	if node == nil {
		return false
	}
	switch node.Kind() {
	case ast.KindLink, ast.KindImage, ast.KindCodeSpan, ast.KindEmphasis, ast.KindAutoLink, kindRole, kindInlineMath:
		return true
	default:
		return false
	}
}

// parseRole reads {name}`content`. The content ends at the next run of as many
// backticks as it began with.
func parseRole(line []byte, block text.Reader) ast.Node {
	end := bytes.IndexByte(line, '}')
	if end < 2 || end+1 >= len(line) || line[end+1] != '`' || !isRoleName(line[1:end]) {
		return nil
	}
	ticks := runLength(line[end+1:], '`')
	content, whole, ok := delimited(block, end+1+ticks, func(rest []byte) (start, stop int) {
		for at := 0; ; {
			i := bytes.IndexByte(rest[at:], '`')
			if i < 0 {
				return -1, -1
			}
			at += i
			n := runLength(rest[at:], '`')
			if n == ticks {
				return at, at + n
			}
			at += n
		}
	})
	if !ok {
		return nil
	}
	return &inline{kind: kindRole, name: string(line[1:end]), span: whole, content: content}
}

func isRoleName(name []byte) bool {
	for _, c := range name {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case c == '-' || c == '_' || c == ':' || c == '+':
		default:
			return false
		}
	}
	return len(name) > 0
}

// parseSubstitution reads {{ expression }}, up to the first closing braces.
func parseSubstitution(block text.Reader) ast.Node {
	content, whole, ok := delimited(block, 2, func(rest []byte) (start, stop int) {
		i := bytes.Index(rest, []byte("}}"))
		return i, i + 2
	})
	if !ok {
		return nil
	}
	return &inline{kind: kindSubstitution, span: whole, content: content}
}

// delimited takes a construct that may run over lines: it skips the opening, then
// asks each line for where the closing starts and stops. Where there is none the
// reader is where it was.
func delimited(block text.Reader, opening int, find func(rest []byte) (start, stop int)) (content, whole bookcheck.Span, ok bool) {
	savedLine, saved := block.Position()
	block.Advance(opening)
	_, first := block.PeekLine()
	for {
		rest, segment := block.PeekLine()
		if rest == nil {
			block.SetPosition(savedLine, saved)
			return content, whole, false
		}
		if start, stop := find(rest); start >= 0 {
			content = bookcheck.Span{Start: first.Start, End: segment.Start + start}
			whole = bookcheck.Span{Start: saved.Start, End: segment.Start + stop}
			block.Advance(stop)
			return content, whole, true
		}
		block.AdvanceLine()
	}
}

// dollarParser reads inline math. As in MyST-Parser's default, spaces and digits
// may stand inside of the dollars.
type dollarParser struct {
	strict bool // as in Pandoc: no space inside of the dollars, no digit after them
}

func (dollarParser) Trigger() []byte { return []byte{'$'} }

func (p dollarParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := pc.(*context)
	c.enter(parent)
	line, _ := block.PeekLine()
	if n := runLength(line, '$'); n > 1 || c.noDollar == parent {
		return nil
	}
	if p.strict && (len(line) < 2 || isHTMLSpace(line[1])) {
		return nil
	}
	content, whole, ok := delimited(block, 1, func(rest []byte) (start, stop int) {
		for at := 0; ; {
			i := bytes.IndexByte(rest[at:], '$')
			if i < 0 {
				return -1, -1
			}
			at += i
			if !escapedAt(rest, at) && (!p.strict || !loose(rest, at)) {
				return at, at + 1
			}
			at++
		}
	})
	if !ok {
		c.noDollar = parent
		return nil
	}
	return &inline{kind: kindInlineMath, span: whole, content: content}
}

// loose tells whether a dollar cannot close math in Pandoc.
func loose(s []byte, at int) bool {
	return at > 0 && isHTMLSpace(s[at-1]) || at+1 < len(s) && s[at+1] >= '0' && s[at+1] <= '9'
}

// escapedAt tells whether an odd number of backslashes stands before s[at].
func escapedAt(s []byte, at int) bool {
	n := 0
	for at-n > 0 && s[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

// linkParser is goldmark's parser of links, which tells where a link's parts
// stand, and which references nothing defines.
type linkParser struct {
	parser.InlineParser
	footnotes bool
}

// A destination may nest parentheses; CommonMark lets a parser stop at some
// depth, and 32 is what its reference implementation, cmark, has.
const maxParentheses = 32

func (p *linkParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := pc.(*context)
	c.enter(parent)
	line, segment := block.PeekLine()
	switch {
	case line[0] == '[':
		if p.footnotes {
			if node := p.footnote(line, segment.Start, block, c); node != nil {
				return node
			}
		}
		c.brackets = append(c.brackets, segment.Start)
		return p.InlineParser.Parse(parent, block, pc)
	case line[0] == '!':
		node := p.InlineParser.Parse(parent, block, pc)
		if node != nil {
			c.brackets = append(c.brackets, segment.Start)
		}
		return node
	case len(line) > 1 && line[1] == '(' && nestsTooDeep(line[2:]):
		block.Advance(1)
		return ast.NewTextSegment(text.NewSegment(segment.Start, segment.Start+1))
	}
	return p.closing(parent, block, c)
}

// closing parses from a closing bracket.
func (p *linkParser) closing(parent ast.Node, block text.Reader, c *context) ast.Node {
	line, segment := block.PeekLine()
	opening := -1
	if n := len(c.brackets); n > 0 {
		opening, c.brackets = c.brackets[n-1], c.brackets[:n-1]
	}
	number, start := block.Position()
	c.missed = false
	node := p.InlineParser.Parse(parent, block, c)
	if node == nil {
		if c.missed && opening >= 0 {
			c.noteUndefined(block.Source(), opening, segment.Start, line)
		}
		return nil
	}
	endLine, end := block.Position()
	where := place{end: end.Start}
	if l, ok := linkOf(node); ok && l.Reference == nil {
		where.dest = destination(block, number, start, len(l.Destination))
		block.SetPosition(endLine, end)
	}
	c.places[node] = where
	return node
}

func linkOf(node ast.Node) (*ast.Link, bool) {
	switch n := node.(type) {
	case *ast.Link:
		return n, true
	case *ast.Image:
		link := ast.NewLink()
		link.Destination, link.Reference = n.Destination, n.Reference
		return link, true
	default:
		return nil, false
	}
}

// destination returns the span of the destination of an inline link whose
// closing bracket is at the given position.
func destination(block text.Reader, line int, at text.Segment, length int) bookcheck.Span {
	block.SetPosition(line, at)
	block.Advance(2) // ](
	block.SkipSpaces()
	if block.Peek() == '<' {
		block.Advance(1)
	}
	_, segment := block.PeekLine()
	return bookcheck.Span{Start: segment.Start, End: segment.Start + length}
}

// nestsTooDeep tells whether a destination opens more parentheses than anybody
// writes, each of which would have goldmark read the rest of the line.
func nestsTooDeep(dest []byte) bool {
	depth := 0
	for i := 0; i < len(dest); i++ {
		switch dest[i] {
		case '\\':
			i++
		case '(':
			if depth++; depth > maxParentheses {
				return true
			}
		case ')':
			if depth--; depth < 0 {
				return false
			}
		case ' ', '\t', '\n', '\r', '<':
			return false
		}
	}
	return false
}

// footnote parses a footnote's reference.
func (p *linkParser) footnote(line []byte, at int, block text.Reader, c *context) ast.Node {
	label := footnoteLabel(line)
	if label == 0 {
		return nil
	}
	whole := bookcheck.Span{Start: at, End: at + label + 3}
	content := bookcheck.Span{Start: at + 2, End: at + 2 + label}
	if !c.footnotes[string(line[2:2+label])] {
		if next := line[label+3:]; len(next) == 0 || next[0] != '(' && next[0] != '[' && next[0] != ':' {
			c.undefined = append(c.undefined, undefined{span: whole, label: content, footnote: true})
		}
		return nil
	}
	block.Advance(label + 3)
	return &inline{kind: kindFootnoteRef, span: whole, content: content}
}

// noteUndefined keeps [text][label] where nothing defines label. Brackets after a
// word or another bracket are an index, as in a[i][j].
func (c *context) noteUndefined(source []byte, opening, closing int, line []byte) {
	if len(line) < 4 || line[1] != '[' || closing-opening < 2 || source[opening] != '[' {
		return
	}
	end := bytes.IndexByte(line, '\n')
	if end < 0 {
		end = len(line)
	}
	end = bytes.IndexByte(line[2:end], ']')
	if end < 1 || line[2] == '^' || bytes.IndexByte(line[2:2+end], '[') >= 0 {
		return
	}
	if opening > 0 && !startsWord(source[opening-1]) {
		return
	}
	if after := line[2+end+1:]; len(after) > 0 && (after[0] == '[' || after[0] == '(') {
		return
	}
	if isIndex(source[opening+1:closing], line[2:2+end]) {
		return
	}
	c.undefined = append(c.undefined, undefined{
		span:  bookcheck.Span{Start: opening, End: closing + 2 + end + 1},
		label: bookcheck.Span{Start: closing + 2, End: closing + 2 + end},
	})
}

// isIndex tells whether two brackets in a row are no reference: keys to press,
// notes, the indices of a matrix, or classes of characters, as in [tab][tab],
// [2][3], [i][j] and [a-z][0-9].
func isIndex(text, label []byte) bool {
	return bytes.Equal(text, label) || shortIndex.Match(text) && shortIndex.Match(label)
}

var shortIndex = regexp.MustCompile(`^(?:\d+|\pL|\^?(?:\w-\w)+\w*)$`)

// startsWord tells whether a word may begin after a byte.
func startsWord(before byte) bool {
	switch before {
	case ' ', '\t', '\n', '\r', '(', '>', '|', '*', '"', '\'', '-', ',', ';', ':', '/':
		return true
	default:
		return false
	}
}

// CloseBlock implements parser.CloseBlocker.
func (p *linkParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
	pc.(*context).block = nil
}
