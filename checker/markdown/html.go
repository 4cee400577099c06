package markdown

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/bookcheck/bookcheck"
)

func (w *walker) htmlBlock(n *ast.HTMLBlock) {
	segments := allSegments(n.Lines())
	if n.HasClosure() {
		segments = append(slices.Clip(segments), n.ClosureLine)
	}
	w.html(newLines(w.source, segments), n, true)
}

func (w *walker) rawHTML(n *ast.RawHTML, p *passage) {
	text := newLines(w.source, allSegments(n.Segments))
	if len(text.text) > 0 {
		if text.text[0] == '<' && len(text.text) > 1 && (text.text[1] == '!' || text.text[1] == '?') {
			p.mask(maskNote, text.span(bookcheck.Span{Start: 0, End: len(text.text)}))
		}
		w.html(text, w.block, false)
	}
}

// html goes through raw HTML for tags and comments. The content of scripts and
// styles is skipped.
func (w *walker) html(text lines, node ast.Node, isBlock bool) {
	s := text.text
	for at := 0; at < len(s); {
		i := bytes.IndexByte(s[at:], '<')
		if i < 0 {
			return
		}
		at += i
		if bytes.HasPrefix(s[at:], []byte("<!--")) {
			end := len(s)
			if i := bytes.Index(s[at+4:], []byte("-->")); i >= 0 {
				end = at + 4 + i
			}
			w.comment(text.slice(at+4, end), 4, node, isBlock)
			at = min(end+3, len(s))
			continue
		}
		t, length := w.scanTag(s[at:])
		if length == 0 {
			at++
			continue
		}
		w.tag(t, text, at, length)
		at += length
		if !t.closing && w.dialect != "docusaurus" && (t.name == "script" || t.name == "style") {
			at += rawTextLength(s[at:], t.name)
		}
	}
}

// scanTag reads the tag at the start of s as the dialect does.
func (w *walker) scanTag(s []byte) (tag, int) {
	if w.dialect == "docusaurus" {
		t, length, _ := scanJSX(s)
		return t, length
	}
	return scanTag(s)
}

// rawTextLength returns how much of s is the content of an element in which tags
// mean nothing.
func rawTextLength(s []byte, name string) int {
	closing := []byte("</" + name)
	for i := 0; i+len(closing) <= len(s); i++ {
		if s[i] == '<' && bytes.EqualFold(s[i:i+len(closing)], closing) {
			return i
		}
	}
	return len(s)
}

// A tag is one HTML tag with the places of its attributes in the text.
type tag struct {
	name       string // in lower case
	closing    bool
	attributes []attribute
}

type attribute struct {
	name  string // in lower case
	value bookcheck.Span
}

// scanTag reads the tag at the start of s and returns its length; 0: it is none.
func scanTag(s []byte) (t tag, length int) {
	at := 1
	if at < len(s) && s[at] == '/' {
		t.closing = true
		at++
	}
	start := at
	for at < len(s) && (isTagLetter(s[at]) || at > start && (s[at] == '-' || s[at] == ':' || s[at] >= '0' && s[at] <= '9')) {
		at++
	}
	if at == start {
		return t, 0
	}
	t.name = strings.ToLower(string(s[start:at]))
	for at < len(s) {
		switch c := s[at]; {
		case c == '>':
			return t, at + 1
		case isHTMLSpace(c) || c == '/':
			at++
		default:
			a, n := scanAttribute(s[at:])
			a.value.Start += at
			a.value.End += at
			t.attributes = append(t.attributes, a)
			at += n
		}
	}
	return t, 0
}

// scanAttribute reads name, name=value, name="value" or name='value'.
func scanAttribute(s []byte) (a attribute, length int) {
	end := 1
	for end < len(s) && !isHTMLSpace(s[end]) && s[end] != '=' && s[end] != '>' && s[end] != '/' {
		end++
	}
	a.name = strings.ToLower(string(s[:end]))
	at := end
	for at < len(s) && isHTMLSpace(s[at]) {
		at++
	}
	if at >= len(s) || s[at] != '=' {
		return a, end
	}
	at++
	for at < len(s) && isHTMLSpace(s[at]) {
		at++
	}
	if at < len(s) && (s[at] == '"' || s[at] == '\'') {
		quote := s[at]
		start := at + 1
		n := bytes.IndexByte(s[start:], quote)
		if n < 0 {
			n = len(s) - start
		}
		a.value = bookcheck.Span{Start: start, End: start + n}
		return a, min(start+n+1, len(s))
	}
	start := at
	for at < len(s) && !isHTMLSpace(s[at]) && s[at] != '>' {
		at++
	}
	a.value = bookcheck.Span{Start: start, End: at}
	return a, at
}

func isTagLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// tag adds what a tag points at, and what it can be pointed at by.
func (w *walker) tag(t tag, text lines, at, length int) {
	if t.name == "a" {
		if t.closing {
			w.anchors = max(0, w.anchors-1)
		} else {
			w.anchors++
		}
	}
	if t.closing {
		return
	}
	whole := text.span(bookcheck.Span{Start: at, End: at + length})
	var link *bookcheck.Link
	alt, hasAlt := "", false
	for _, a := range t.attributes {
		local := bookcheck.Span{Start: at + a.value.Start, End: at + a.value.End}
		value := html.UnescapeString(string(text.text[local.Start:local.End]))
		switch {
		case local.Len() == 0 && w.dialect == "docusaurus" && a.name != "alt": // an expression
		case isComponent(t.name) && (a.name == "to" || a.name == "href") && link == nil:
			link = htmlLink(bookcheck.JSXLink, t.name, whole, text.span(local), value)
		case t.name == "a" && a.name == "href" && link == nil:
			link = htmlLink(bookcheck.HTMLLink, t.name, whole, text.span(local), value)
		case t.name == "img" && a.name == "src" && link == nil:
			link = htmlLink(bookcheck.HTMLImage, t.name, whole, text.span(local), value)
		case a.name == "alt":
			alt, hasAlt = value, true
		case a.name == "name" && value != "" && w.isImageDirective(t):
			w.found.Targets = append(w.found.Targets, &bookcheck.Target{
				Span: text.span(local), Kind: bookcheck.Label, Name: value, Of: "image",
			})
		case (a.name == "id" || t.name == "a" && a.name == "name") && value != "":
			w.found.Targets = append(w.found.Targets, &bookcheck.Target{
				Span: text.span(local), Kind: bookcheck.HTMLID, Name: value,
			})
		}
	}
	if link == nil {
		return
	}
	w.add(link)
	if link.Kind == bookcheck.HTMLImage && !isFilled(link.Target) {
		link.Text = alt
		w.found.Figures = append(w.found.Figures, &bookcheck.Figure{
			Span: whole, Link: link, Alt: alt, Decorative: hasAlt && strings.TrimSpace(alt) == "",
		})
	}
}

// isImageDirective tells whether MyST-Parser makes an image directive of a tag, so that
// its name is a label.
// https://myst-parser.readthedocs.io/en/latest/syntax/images_and_figures.html#html-images
func (w *walker) isImageDirective(t tag) bool {
	return t.name == "img" && w.dialect == "myst" && slices.Contains(w.parser.syntax.Extensions, "html_image")
}

func htmlLink(kind bookcheck.LinkKind, name string, whole, dest bookcheck.Span, target string) *bookcheck.Link {
	return &bookcheck.Link{
		Span: whole, Kind: kind, Form: bookcheck.HTML, Name: name, Dest: dest, Target: strings.TrimSpace(target), Silent: true,
	}
}
