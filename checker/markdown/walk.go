package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/bookcheck/bookcheck"
)

// A walker goes through one tree and fills a chapter. Its offsets are those of the
// text that was parsed; relocate makes them those of the file.
type walker struct {
	parser  *Parser
	source  []byte
	context *context
	dialect string
	found   *bookcheck.Chapter

	fillings []filling // in the order of the text

	passages []*passage
	pending  []*bookcheck.Target // labels that wait for the block they name
	quotes   int                 // block quotes around
	links    int                 // links around: what is in them is no link of its own
	anchors  int                 // open <a> tags in the block
	openings []bookcheck.Span    // of the admonitions that are marks of unfinished work
	block    ast.Node            // whose inline text is being walked
}

// walk goes through the children of a block.
func (w *walker) walk(parent ast.Node) {
	for child := parent.FirstChild(); child != nil; child = child.NextSibling() {
		w.blockNode(child)
	}
}

func (w *walker) blockNode(node ast.Node) {
	switch n := node.(type) {
	case *leaf:
		w.leaf(n)
		return
	case *span:
		w.leaf(&n.leaf)
		return
	case *div:
		w.div(n)
		return
	case *ast.LinkReferenceDefinition:
		w.definition(n)
		return
	case *ast.HTMLBlock:
		w.htmlBlock(n)
		return
	}
	labels := w.pending
	w.pending = nil
	describe(labels, subjectOf(node), "")
	switch n := node.(type) {
	case *ast.Heading:
		w.heading(n, labels)
	case *directive:
		w.directive(n, labels)
	case *mathBlock:
		w.math(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.prose(node, paragraph)
	case *titleBlock:
		w.prose(node, caption)
	case *extast.TableCell:
		w.prose(node, cell)
	case *extast.DefinitionTerm:
		w.prose(node, term)
	case *glossaryNode:
		w.glossary(n)
	case *admonition:
		w.admonition(n)
	case *footnote:
		w.found.Targets = append(w.found.Targets, &bookcheck.Target{
			Span: n.label, Kind: bookcheck.Footnote, Name: w.text(n.label),
		})
		w.walk(n)
	case *ast.Blockquote:
		w.quotes++
		w.walk(n)
		w.quotes--
	case *captionBlock:
		w.caption(n)
	case *ast.FencedCodeBlock:
		w.cell(n)
	case *ast.CodeBlock, *ast.ThematicBreak:
	default:
		w.walk(node)
	}
}

// subjectOf says what a label before a block names, for those that say no more of
// themselves.
func subjectOf(node ast.Node) string {
	switch n := node.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if first, ok := n.FirstChild().(*inline); ok && first.kind == kindSubstitution {
			return "" // what it prints
		}
		return "paragraph"
	case *ast.List:
		return "list"
	case *ast.Blockquote:
		return "quote"
	case *extast.Table:
		return "table"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return "code"
	case *mathBlock:
		return "equation"
	default:
		return ""
	}
}

func (w *walker) text(s bookcheck.Span) string { return string(w.source[s.Start:s.End]) }

// finish puts what was found in the order of the text, and finds what needs all
// of it.
func (w *walker) finish() {
	for _, u := range w.context.undefined {
		w.undefined(u)
	}
	w.filled()
	f := w.found
	slices.SortStableFunc(f.Links, func(a, b *bookcheck.Link) int { return cmp.Compare(a.Start, b.Start) })
	slices.SortStableFunc(f.Figures, func(a, b *bookcheck.Figure) int { return cmp.Compare(a.Start, b.Start) })
	for _, p := range w.passages {
		w.visibleTodos(p)
		f.Prose = p.copied(f.Prose)
	}
	slices.SortFunc(f.Prose, func(a, b bookcheck.Span) int { return a.Start - b.Start })
	slices.SortStableFunc(f.Todos, func(a, b *bookcheck.Todo) int { return cmp.Compare(a.Start, b.Start) })
	slices.SortStableFunc(f.Targets, func(a, b *bookcheck.Target) int { return cmp.Compare(a.Start, b.Start) })
	f.Claims = claimsOf(f, w.passages)
	if len(f.Headings) > 0 {
		f.Title = f.Headings[0].Text
	}
}

func (w *walker) undefined(u undefined) {
	link := &bookcheck.Link{Span: u.span, Dest: u.label, Target: w.text(u.label), Undefined: true}
	if u.footnote {
		link.Kind, link.Form = bookcheck.FootnoteRef, bookcheck.Inline
	} else {
		link.Kind, link.Form = bookcheck.PageLink, bookcheck.Reference
		link.Text, link.Titled = w.text(bookcheck.Span{Start: u.span.Start + 1, End: u.label.Start - 2}), true
	}
	w.found.Links = append(w.found.Links, link)
}

func (w *walker) leaf(n *leaf) {
	if n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	whole := bookcheck.Span{Start: first.Start, End: n.Lines().At(n.Lines().Len() - 1).Stop}
	switch n.kind {
	case kindComment:
		w.comment(newLines(w.source, allSegments(n.Lines())), 0, n, true)
	case kindSnippet:
		w.add(includeLink(w.source, n.label, "snippet"))
	case kindImport:
		w.imports(newLines(w.source, allSegments(n.Lines())))
	case kindBraceComment:
		w.comment(newLines(w.source, allSegments(n.Lines())), 3, n, true)
	case kindTag:
		w.html(newLines(w.source, allSegments(n.Lines())), n, true)
	case kindTarget, kindAttributes:
		if n.label.Len() == 0 {
			return
		}
		if n.kind == kindAttributes {
			whole = n.label
		}
		w.label(whole, n.label)
	case kindBlockBreak:
		if n.label.Len() > 0 {
			w.named(n.label)
		}
	}
}

// admonition walks a note of MkDocs. One that says so is a mark of unfinished work.
func (w *walker) admonition(n *admonition) {
	w.walk(n)
	title := w.text(n.title)
	marker := unfinishedTitle.FindString(title)
	if n.name == "todo" {
		marker = n.name
	}
	if marker == "" {
		return
	}
	w.found.Todos = append(w.found.Todos, &bookcheck.Todo{
		Span: n.opening, Scope: bookcheck.Span{Start: n.opening.Start, End: max(extent(n).End, n.opening.End)},
		Marker: marker, Text: title,
	})
}

// label adds a label that names the next block.
func (w *walker) label(span, name bookcheck.Span) {
	target := &bookcheck.Target{Span: span, Kind: bookcheck.Label, Name: strings.TrimSpace(w.text(name))}
	w.found.Targets = append(w.found.Targets, target)
	w.pending = append(w.pending, target)
}

// named adds a label that stands in the attributes of what it names.
func (w *walker) named(name bookcheck.Span) *bookcheck.Target {
	target := &bookcheck.Target{Span: name, Kind: bookcheck.Label, Name: w.text(name)}
	w.found.Targets = append(w.found.Targets, target)
	return target
}

// describe tells labels what they name.
func describe(labels []*bookcheck.Target, of, text string) {
	for _, label := range labels {
		label.Of, label.Title = of, text
	}
}

func (w *walker) definition(n *ast.LinkReferenceDefinition) {
	start := n.Pos() + bytes.IndexByte(w.source[n.Pos():], '[') + 1
	span := bookcheck.Span{Start: start, End: start + bytes.IndexByte(w.source[start:], ']')}
	if bytes.IndexByte(n.Label, '\\') >= 0 { // an escaped bracket may stand in it
		span.End = start + len(n.Label)
	}
	w.found.Targets = append(w.found.Targets, &bookcheck.Target{
		Span: span, Kind: bookcheck.Definition, Name: string(n.Label), Title: unescape(n.Destination),
	})
}

func (w *walker) heading(n *ast.Heading, labels []*bookcheck.Target) {
	w.prose(n, title)
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	h := &bookcheck.Heading{
		Span:  bookcheck.Span{Start: n.Pos(), End: lines.At(lines.Len() - 1).Stop},
		Level: n.Level,
		Text:  w.textOf(n, false),
		Plain: w.textOf(n, true),
	}
	if len(w.fillings) > 0 {
		h.Text, h.Plain = unfilled(h.Text), unfilled(h.Plain)
	}
	w.found.Headings = append(w.found.Headings, h)
	if id, ok := w.context.ids[n]; ok {
		h.ID = w.text(id)
		labels = append(labels, w.named(id))
	}
	describe(labels, "section", h.Text)
}

func (w *walker) math(n *mathBlock) {
	if n.attributes {
		if n.label.Len() > 0 {
			w.crossed(n.label, "")
		}
		return
	}
	if n.label.Len() > 0 {
		w.found.Targets = append(w.found.Targets, &bookcheck.Target{
			Span: bookcheck.Span{Start: n.label.Start - 1, End: n.label.End + 1},
			Kind: bookcheck.Equation, Name: w.text(n.label), Of: "equation",
		})
	}
}

func (w *walker) glossary(n *glossaryNode) {
	if !n.term {
		w.walk(n)
		return
	}
	w.prose(n, term)
	line := n.Lines().At(0)
	span := bookcheck.Span{Start: line.Start, End: line.Stop}
	name, _, _ := strings.Cut(w.textOf(n, false), " : ") // a classifier may follow, as in docutils
	w.found.Targets = append(w.found.Targets, &bookcheck.Target{
		Span: span, Kind: bookcheck.TermDefinition, Name: name, Title: name, Of: "term",
	})
}

// within returns where a part of the source, as goldmark hands them out, stands.
// False: it is a copy.
func (w *walker) within(part []byte) (bookcheck.Span, bool) {
	start := cap(w.source) - cap(part)
	if len(part) == 0 || start < 0 || start >= len(w.source) || &w.source[start] != &part[0] {
		return bookcheck.Span{}, false
	}
	return bookcheck.Span{Start: start, End: start + len(part)}, true
}

// extent returns the source that a block takes.
func extent(node ast.Node) bookcheck.Span {
	if d, ok := node.(*directive); ok {
		return bookcheck.Span{Start: d.opening.Start, End: d.end}
	}
	span := bookcheck.Span{Start: max(0, node.Pos()), End: max(0, node.Pos())}
	if node.Type() == ast.TypeBlock {
		if lines := node.Lines(); lines != nil && lines.Len() > 0 {
			span.Start = min(span.Start, lines.At(0).Start)
			span.End = max(span.End, lines.At(lines.Len()-1).Stop)
		}
	}
	if last := node.LastChild(); last != nil && last.Type() == ast.TypeBlock {
		span.End = max(span.End, extent(last).End)
	}
	return span
}
