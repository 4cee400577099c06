package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// A context is what one parse keeps beside the tree: what goldmark's nodes do not
// tell, and what was looked for and not found.
type context struct {
	parser.Context

	places    map[ast.Node]place          // of links and images
	ids       map[ast.Node]bookcheck.Span // the names in the attributes of headings and captions
	undefined []undefined
	footnotes map[string]bool

	// Link reference definitions, by whether they stand in a directive's body:
	// MyST-Parser reads bodies after the text around them, so that what is defined
	// in a body is not defined outside.
	outer, inner map[string]parser.Reference

	block    ast.Node // whose inline text is being parsed
	inBody   bool     // block stands in a directive's body
	brackets []int    // offsets of the opening brackets in block that are not closed yet
	missed   bool     // the last label looked up was not defined

	unclosed map[string]int // by closing mark: no such mark from this offset on
	noDollar ast.Node       // a block in which no further $ closes

	fences      map[ast.Node]fence // of code that may be indented
	noTag       ast.Node           // a block in which a tag does not close
	noTagBefore int                // and an offset up to which none does
	noComment   ast.Node           // a block in which no further comment closes
	examples    map[string]bool    // the names of Pandoc's numbered examples
	nexts       map[string]int     // where each mark stands that was last looked for
}

// A place is where a link's parts stand, which goldmark does not keep.
type place struct {
	end  int            // of the whole construct
	dest bookcheck.Span // as written; unset for a reference
}

// An undefined is a reference or a footnote that CommonMark reads as text,
// because nothing defines it.
type undefined struct {
	span, label bookcheck.Span
	footnote    bool
}

func newContext() *context {
	return &context{
		Context:   parser.NewContext(),
		places:    make(map[ast.Node]place),
		ids:       make(map[ast.Node]bookcheck.Span),
		footnotes: make(map[string]bool),
		outer:     make(map[string]parser.Reference),
		inner:     make(map[string]parser.Reference),
		unclosed:  make(map[string]int),
		fences:    make(map[ast.Node]fence),
		examples:  make(map[string]bool),
		nexts:     make(map[string]int),
	}
}

// next returns where a mark stands next from an offset on. It looks at each byte
// once.
func (c *context) next(source []byte, from int, mark string) (at int, ok bool) {
	at, known := c.nexts[mark]
	if !known || at < from && at >= 0 {
		at = bytes.Index(source[from:], []byte(mark))
		if at >= 0 {
			at += from
		}
		c.nexts[mark] = at
	}
	return at, at >= 0
}

// AddReference keeps a definition; the first of a label counts.
func (c *context) AddReference(ref parser.Reference) {
	scope := c.outer
	if c.inBody {
		scope = c.inner
	}
	key := util.ToLinkReference(ref.Label())
	if _, ok := scope[key]; !ok {
		scope[key] = ref
	}
}

// Reference looks a label up as seen from the block that is being parsed.
func (c *context) Reference(label string) (parser.Reference, bool) {
	if ref, ok := c.outer[label]; ok {
		return ref, true
	}
	if ref, ok := c.inner[label]; ok && c.inBody {
		return ref, true
	}
	c.missed = true
	return nil, false
}

// enter notes that the inline text of a block is about to be parsed.
func (c *context) enter(block ast.Node) {
	if c.block == block {
		return
	}
	c.block, c.brackets, c.inBody = block, c.brackets[:0], inBody(block)
}

func inBody(node ast.Node) bool {
	for n := node.Parent(); n != nil; n = n.Parent() {
		if n.Kind() == kindDirective {
			return true
		}
	}
	return false
}

// closesLater tells whether mark stands at the end of a line, or before a label
// there, from offset on. It looks at each byte once for each mark that is missing.
func (c *context) closesLater(source []byte, from int, mark []byte) bool {
	if at, ok := c.unclosed[string(mark)]; ok && from >= at {
		return false
	}
	for at := from; ; {
		i := bytes.Index(source[at:], mark)
		if i < 0 {
			c.unclosed[string(mark)] = from
			return false
		}
		at += i + len(mark)
		rest := source[at:]
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			rest = rest[:end]
		}
		rest = bytes.TrimSpace(rest)
		if len(rest) == 0 || rest[0] == '(' && rest[len(rest)-1] == ')' || bytes.HasPrefix(rest, []byte("{#")) {
			return true
		}
	}
}

// definitionTransformer takes link reference definitions out of paragraphs, as
// goldmark does, and notes on which side of a directive's body they stand.
type definitionTransformer struct{}

func (definitionTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	first := node.Lines().At(0)
	if line := first.Value(reader.Source()); !bytes.HasPrefix(bytes.TrimLeft(line, " \t"), []byte("[")) {
		return // most paragraphs: save goldmark its reader
	}
	pc.(*context).inBody = inBody(node)
	parser.LinkReferenceParagraphTransformer.Transform(node, reader, pc)
	pc.(*context).inBody = false
}
