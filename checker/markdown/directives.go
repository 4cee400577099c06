package markdown

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/bookcheck/bookcheck"
)

func (w *walker) directive(d *directive, labels []*bookcheck.Target) {
	w.found.Directives = append(w.found.Directives, seen(d))
	labels = append(labels, w.ownLabels(d)...)
	todo := w.unfinishedAdmonition(d)
	if todo != nil {
		w.openings = append(w.openings, todo.Span)
	}
	first := len(w.found.Figures)
	w.argument(d)
	w.optionLinks(d)
	switch d.name {
	case "toctree":
		w.toctree(d)
	case "epigraph", "pull-quote", "highlights":
		w.quotes++
		w.walk(d)
		w.quotes--
	default:
		w.walk(d)
	}
	of, text := w.subject(d)
	describe(labels, of, text)
	w.describeFigures(d, w.found.Figures[first:], labels)
	if todo != nil {
		todo.Text = cmp.Or(todo.Text, w.captionOf(d))
		w.found.Todos = append(w.found.Todos, todo)
	}
}

// seen returns what leaves the walker of a directive.
func seen(d *directive) *bookcheck.Directive {
	open := d.opening.Start
	out := &bookcheck.Directive{
		Span: bookcheck.Span{Start: open, End: max(d.end, d.opening.End)}, Name: d.name,
		Fence: bookcheck.Span{Start: open, End: open + d.length}, Closed: d.closed,
	}
	for _, o := range d.options {
		out.Options = append(out.Options, bookcheck.Setting{Span: o.name, Name: o.key, Value: o.value})
	}
	return out
}

// ownLabels adds the labels that a directive gives to itself.
func (w *walker) ownLabels(d *directive) (labels []*bookcheck.Target) {
	add := func(span bookcheck.Span) {
		target := &bookcheck.Target{Span: span, Kind: bookcheck.Label, Name: w.text(span)}
		if d.name == "math" {
			target.Kind = bookcheck.Equation
		}
		w.found.Targets = append(w.found.Targets, target)
		labels = append(labels, target)
	}
	if d.shape.arg == argLabel && d.arg.Len() > 0 {
		add(d.arg)
	}
	for _, o := range d.options {
		switch o.key {
		case "name", "label", "mystnb.figure.name", "mystnb.table.name":
			if o.value.Len() > 0 {
				add(o.value)
			}
		}
	}
	return labels
}

// argument adds the link that a directive's argument is.
func (w *walker) argument(d *directive) {
	if d.arg.Len() == 0 {
		return
	}
	link := &bookcheck.Link{
		Span: d.arg, Form: bookcheck.Argument, Name: d.name, Dest: d.arg, Target: w.text(d.arg), Silent: true,
	}
	switch d.shape.arg {
	case argImage:
		link.Kind = bookcheck.Image
		figure := &bookcheck.Figure{Span: d.arg, Link: link}
		w.found.Figures = append(w.found.Figures, figure)
	case argInclude:
		link.Kind = bookcheck.Include
	case argRef:
		link.Kind, link.Titled = bookcheck.Ref, true
	case argLink:
		link.Kind = bookcheck.PageLink
	default:
		return
	}
	w.add(link)
}

// optionLinks adds the links that a directive's options are.
func (w *walker) optionLinks(d *directive) {
	for _, o := range d.options {
		if o.value.Len() == 0 {
			continue
		}
		link := &bookcheck.Link{
			Span: o.value, Form: bookcheck.Option, Name: o.key, Dest: o.value, Target: w.text(o.value),
			Titled: true, Silent: true,
		}
		switch o.key {
		case "target", "url":
			link.Kind = bookcheck.PageLink
		case "link":
			link.Kind, link.Name = w.cardLink(d)
		case "file":
			link.Kind = bookcheck.Include
		case "img-top", "img-bottom", "img-background":
			link.Kind = bookcheck.Image
		default:
			continue
		}
		w.add(link)
	}
}

// cardLink returns what the :link: of a card is: an address, or by its
// :link-type: a document or label.
func (w *walker) cardLink(d *directive) (kind bookcheck.LinkKind, name string) {
	if span, ok := d.option("link-type"); ok {
		if name := w.text(span); name == "doc" || name == "ref" || name == "any" {
			return bookcheck.Ref, name
		}
	}
	return bookcheck.PageLink, "link"
}

// toctree adds a link for each entry: a document, "Title <document>", or an
// address.
func (w *walker) toctree(d *directive) {
	for _, segment := range allSegments(d.Lines()) {
		entry := trimmedSpan(w.source, bookcheck.Span{Start: segment.Start, End: segment.Stop})
		text := w.text(entry)
		if text == "" || text == "self" || strings.ContainsAny(text, "*?[") {
			continue
		}
		link := &bookcheck.Link{Kind: bookcheck.Doc, Form: bookcheck.Entry, Name: d.name, Silent: true}
		if open := strings.LastIndexByte(text, '<'); open > 0 && strings.HasSuffix(text, ">") {
			link.Text, link.Titled = strings.TrimSpace(text[:open]), true
			entry = trimmedSpan(w.source, bookcheck.Span{Start: entry.Start + open + 1, End: entry.End - 1})
		}
		link.Span, link.Dest, link.Target = entry, entry, w.text(entry)
		if strings.Contains(link.Target, "://") {
			link.Kind = bookcheck.PageLink
		}
		w.add(link)
	}
}

// subject says what a directive's labels name, and the title or caption that a
// reference to them shows.
func (w *walker) subject(d *directive) (of, text string) {
	switch d.name {
	case "figure", "figure-md", "subfigure":
		return "figure", w.captionOf(d)
	case "table", "list-table", "csv-table":
		return "table", w.titleOf(d)
	case "code-block", "code", "sourcecode", "literalinclude":
		return "code", w.optionText(d, "caption")
	case "code-cell":
		if text = w.optionText(d, "mystnb.figure.caption", "mystnb.table.caption"); text == "" {
			return "", "" // what its code makes
		}
		return "figure", text
	case "math":
		return "equation", ""
	case "rubric":
		return "rubric", w.titleOf(d)
	case "image":
		return "image", ""
	default:
		return d.name, w.titleOf(d)
	}
}

func (w *walker) optionText(d *directive, keys ...string) string {
	span, _ := d.option(keys...)
	return w.text(span)
}

func (w *walker) titleOf(d *directive) string {
	if first, ok := d.FirstChild().(*titleBlock); ok {
		return w.textOf(first, false)
	}
	return ""
}

// captionOf returns the text under a figure. The paragraphs of a figure-md or a
// subfigure that hold nothing but images are the figure itself.
func (w *walker) captionOf(d *directive) string {
	for child := d.FirstChild(); child != nil; child = child.NextSibling() {
		switch child.Kind() {
		case ast.KindParagraph, ast.KindTextBlock:
		default:
			continue
		}
		if d.name != "figure" && onlyImages(child, w.source) {
			continue
		}
		return w.textOf(child, false)
	}
	return ""
}

func onlyImages(block ast.Node, source []byte) bool {
	for child := block.FirstChild(); child != nil; child = child.NextSibling() {
		switch n := child.(type) {
		case *ast.Image:
		case *ast.Link:
			if !onlyImages(n, source) {
				return false
			}
		case *ast.Text:
			if len(bytes.TrimSpace(n.Segment.Value(source))) > 0 {
				return false
			}
		case *inline:
			if n.kind != kindInlineID {
				return false
			}
		default:
			return false
		}
	}
	return block.HasChildren()
}

// describeFigures gives the images of a directive what its options and its caption
// say of them.
func (w *walker) describeFigures(d *directive, figures []*bookcheck.Figure, labels []*bookcheck.Target) {
	if len(figures) == 0 {
		return
	}
	if alt := w.optionText(d, "alt"); alt != "" {
		figures[0].Alt = alt
	}
	if d.name != "figure" && d.name != "figure-md" && d.name != "subfigure" && d.name != "image" {
		return
	}
	text := w.captionOf(d)
	for _, figure := range figures {
		if figure.Caption == "" {
			figure.Caption = text
		}
		if figure.Label == "" && len(labels) > 0 {
			figure.Label = labels[len(labels)-1].Name
		}
	}
}
