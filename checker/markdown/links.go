package markdown

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/bookcheck/bookcheck"
)

func (w *walker) add(link *bookcheck.Link) *bookcheck.Link {
	if len(w.fillings) > 0 && w.fills(link) {
		return link
	}
	w.found.Links = append(w.found.Links, link)
	return link
}

// destSpan returns where the destination of a link stands: in the link, or in the
// definition that it refers to.
func (w *walker) destSpan(node ast.Node, destination []byte, byReference bool) bookcheck.Span {
	where := w.context.places[node]
	if !byReference {
		return where.dest
	}
	if span, ok := w.within(destination); ok {
		return span
	}
	return bookcheck.Span{Start: max(0, node.Pos()), End: where.end}
}

func (w *walker) link(n *ast.Link, p *passage) {
	target := unescape(n.Destination)
	if w.dialect == "myst" && unsafeScheme(target) { // markdown-it leaves it as text
		w.inlines(n, p)
		return
	}
	if target == "" && w.dialect == "mdbook" && path.Base(w.found.Path) == "SUMMARY.md" { // a chapter to come
		w.inlines(n, p)
		return
	}
	link := &bookcheck.Link{
		Span:   bookcheck.Span{Start: n.Pos(), End: w.context.places[n].end},
		Kind:   bookcheck.PageLink,
		Dest:   w.destSpan(n, n.Destination, n.Reference != nil),
		Target: target,
		Text:   w.textOf(n, false),
	}
	link.Titled = link.Text != ""
	if n.Reference != nil {
		link.Form = bookcheck.Reference
	}
	w.add(link)
	w.links++
	w.inlines(n, p)
	w.links--
}

// unsafeScheme tells whether markdown-it refuses a destination.
// https://github.com/markdown-it/markdown-it/blob/master/lib/index.mjs validateLink
func unsafeScheme(target string) bool {
	scheme, rest, ok := strings.Cut(target, ":")
	if !ok {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(scheme)) {
	case "javascript", "vbscript", "file":
		return true
	case "data":
		for _, kind := range []string{"image/gif;", "image/png;", "image/jpeg;", "image/webp;"} {
			if strings.HasPrefix(strings.ToLower(rest), kind) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

func (w *walker) image(n *ast.Image, p *passage) {
	link := &bookcheck.Link{
		Span:   bookcheck.Span{Start: n.Pos(), End: w.context.places[n].end},
		Kind:   bookcheck.Image,
		Dest:   w.destSpan(n, n.Destination, n.Reference != nil),
		Target: unescape(n.Destination),
		Text:   w.textOf(n, false),
	}
	link.Titled = link.Text != ""
	if n.Reference != nil {
		link.Form = bookcheck.Reference
	}
	p.mask(maskImage, link.Span)
	if w.dialect == "myst" && unsafeScheme(link.Target) {
		return
	}
	w.add(link)
	if len(w.fillings) > 0 && isFilled(link.Target) {
		return
	}
	w.found.Figures = append(w.found.Figures, &bookcheck.Figure{Span: link.Span, Link: link, Alt: link.Text})
	if w.dialect == "quarto" { // the text of an image is its caption, with citations and links
		w.inlines(n, &passage{kind: caption})
	}
}

func (w *walker) autolink(n *ast.AutoLink, p *passage) {
	label := n.Label(w.source)
	dest, ok := w.within(label)
	if !ok {
		return
	}
	link := &bookcheck.Link{
		Span:   bookcheck.Span{Start: dest.Start - 1, End: dest.End + 1},
		Kind:   bookcheck.PageLink,
		Form:   bookcheck.Autolink,
		Dest:   dest,
		Target: string(label),
		Text:   string(label),
	}
	if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(label, []byte("mailto:")) {
		link.Target = "mailto:" + link.Target
	}
	p.mask(maskURL, link.Span)
	w.add(link)
}

// isMoney tells whether what stands between two dollars was meant as prose, though MyST
// shows it as mathematics: $10 a month or $100. The second one is another price.
func isMoney(source []byte, span bookcheck.Span) bool {
	inner := source[span.Start+1 : max(span.Start+1, span.End-1)]
	if len(inner) == 0 || span.End >= len(source) || !isDigit(inner[0]) || !isDigit(source[span.End]) {
		return false
	}
	last := inner[len(inner)-1]
	return (last == ' ' || last == '(' || last == '-') && !bytes.ContainsAny(inner, "\\^_={}\n")
}

func (w *walker) mystInline(n *inline, p *passage) {
	switch n.kind {
	case kindBare:
		w.bare(n, p)
	case kindRole:
		w.role(n, p)
	case kindSubstitution:
		w.substitution(n, p)
	case kindInlineMath:
		if isMoney(w.source, n.span) {
			p.write(w.source[n.span.Start:n.span.End], n.span.Start)
		} else {
			p.mask(maskMath, n.span)
		}
	case kindFootnoteRef:
		p.mask(maskNote, n.span)
		w.add(&bookcheck.Link{
			Span: n.span, Kind: bookcheck.FootnoteRef, Form: bookcheck.Inline, Dest: n.content, Target: w.text(n.content),
		})
	case kindBraceComment:
		w.braceComment(n, p)
	case kindCite:
		w.cite(n, p)
	case kindInlineID:
		w.attributes(n)
	}
}

// attributed says what attributes inside a line belong to.
func attributed(n *inline) string {
	if before := n.PreviousSibling(); before != nil && before.Kind() == ast.KindImage {
		return "image"
	}
	return "span"
}

func (w *walker) bare(n *inline, p *passage) {
	p.mask(maskURL, n.span)
	if w.links > 0 || w.anchors > 0 {
		return // the text of another link
	}
	w.add(&bookcheck.Link{
		Span: n.span, Kind: bookcheck.PageLink, Form: bookcheck.Bare, Dest: n.span, Target: n.target, Text: w.text(n.span),
	})
}

func (w *walker) substitution(n *inline, p *passage) {
	p.mask(maskDynamic, n.span)
	dest := trimmedSpan(w.source, n.content)
	link := w.add(&bookcheck.Link{
		Span: n.span, Kind: bookcheck.Substitution, Form: bookcheck.Expression, Dest: dest, Target: w.unindented(dest),
	})
	if w.unfinished(link.Target) {
		w.found.Todos = append(w.found.Todos, &bookcheck.Todo{
			Span: n.span, Scope: n.span, Marker: link.Target, Text: w.text(n.span),
		})
	}
}

// unindented returns text that may run over lines without the markers and the
// indentation of the containers that it stands in.
func (w *walker) unindented(s bookcheck.Span) string {
	text := w.text(s)
	if !strings.Contains(text, "\n") {
		return text
	}
	var around []ast.Node
	for n := w.block.Parent(); n != nil; n = n.Parent() {
		around = append(around, n)
	}
	first, rest, _ := strings.Cut(text, "\n")
	lines := strings.Split(rest, "\n")
	for i, line := range lines {
		for _, n := range slices.Backward(around) {
			line = withoutMarker(line, n)
		}
		lines[i] = line
	}
	return first + "\n" + strings.Join(lines, "\n")
}

// withoutMarker takes off a line what a container puts before it.
func withoutMarker(line string, container ast.Node) string {
	indent := 0
	switch n := container.(type) {
	case *ast.Blockquote:
		if quoted, ok := strings.CutPrefix(strings.TrimLeft(line, " "), ">"); ok {
			return strings.TrimPrefix(quoted, " ")
		}
	case *ast.ListItem:
		indent = n.Offset
	case *directive:
		indent = n.indent
	case *glossaryNode:
		indent = n.indent
	case *footnote:
		indent = 4
	}
	for ; indent > 0 && strings.HasPrefix(line, " "); indent-- {
		line = line[1:]
	}
	return line
}

func trimmedSpan(source []byte, s bookcheck.Span) bookcheck.Span {
	text := source[s.Start:s.End]
	left := len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	right := len(bytes.TrimRight(text, " \t\r\n"))
	return bookcheck.Span{Start: s.Start + left, End: s.Start + max(left, right)}
}
