package markdown

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// The roles that refer to a label, of Sphinx and its extensions and of mystmd.
var refRoles = map[string]bool{
	"ref": true, "numref": true, "eq": true, "math:numref": true, "keyword": true, "any": true,
	"prf:ref": true, "proof:ref": true, "hoverxref": true, "std:ref": true, "std:numref": true, "sub-ref": true,
}

// The roles whose content is not prose but code, keys or formulas.
var codeRoles = map[string]bool{
	"code": true, "kbd": true, "command": true, "file": true, "program": true, "option": true, "envvar": true,
	"samp": true, "chem": true, "si": true, "raw": true, "eval": true, "glue": true, "token": true, "regexp": true,
}

// roleParts returns the text that a role shows, if the author gave one, and the
// span of what it points at.
func (w *walker) roleParts(n *inline) (text string, dest bookcheck.Span, titled bool) {
	dest = trimmedSpan(w.source, n.content)
	content := w.text(dest)
	if open := strings.LastIndexByte(content, '<'); open > 0 && strings.HasSuffix(content, ">") {
		text = strings.Join(strings.Fields(content[:open]), " ")
		inner := bookcheck.Span{Start: dest.Start + open + 1, End: dest.End - 1}
		return text, trimmedSpan(w.source, inner), true
	}
	return strings.Join(strings.Fields(content), " "), dest, false
}

// titleSpan returns where the text stands that the author gave to a role.
func (w *walker) titleSpan(n *inline) bookcheck.Span {
	open := strings.LastIndexByte(w.text(n.content), '<')
	return trimmedSpan(w.source, bookcheck.Span{Start: n.content.Start, End: n.content.Start + max(0, open)})
}

func (w *walker) role(n *inline, p *passage) {
	text, dest, titled := w.roleParts(n)
	kind, links := roleKind(n.name)
	switch {
	case kind == bookcheck.Cite && links:
		p.mask(maskCite, n.span)
		w.citations(n)
		return
	case n.name == "math":
		p.mask(maskMath, n.span)
		return
	case codeRoles[n.name]:
		p.mask(maskCode, n.span)
		return
	case links && !titled && kind != bookcheck.Term:
		p.mask(maskCode, n.span) // the builder puts a title or a number there
	case n.name == "abbr":
		short, _, _ := strings.Cut(text, "(")
		p.put(strings.TrimSpace(short), n.span)
	case titled:
		shown := w.titleSpan(n)
		p.write(w.source[shown.Start:shown.End], shown.Start)
	default:
		p.write(w.source[dest.Start:dest.End], dest.Start)
	}
	if !links || strings.HasPrefix(text, "!") {
		return
	}
	target := strings.Join(strings.Fields(w.text(dest)), " ")
	w.add(&bookcheck.Link{
		Span: n.span, Kind: kind, Form: bookcheck.Role, Name: n.name, Dest: dest, Target: target, Text: text, Titled: titled,
	})
}

// roleKind returns what a role points at. False: nothing in the book.
func roleKind(name string) (bookcheck.LinkKind, bool) {
	switch {
	case refRoles[name]:
		return bookcheck.Ref, true
	case name == "doc" || name == "std:doc":
		return bookcheck.Doc, true
	case name == "term" || name == "std:term":
		return bookcheck.Term, true
	case name == "download":
		return bookcheck.Download, true
	case name == "cite" || strings.HasPrefix(name, "cite:") || name == "footcite" || strings.HasPrefix(name, "footcite:"):
		return bookcheck.Cite, true
	default:
		return 0, false
	}
}

// citations adds a link for each key of a citation: {cite}`a,b`, with text around
// a key in braces, as in {cite}`{see}a{p. 3}`.
func (w *walker) citations(n *inline) {
	start := n.content.Start
	for start <= n.content.End {
		end := start
		for end < n.content.End && w.source[end] != ',' && w.source[end] != ';' {
			if w.source[end] == '{' {
				if i := strings.IndexByte(w.text(bookcheck.Span{Start: end, End: n.content.End}), '}'); i > 0 {
					end += i
				}
			}
			end++
		}
		if key := w.citationKey(bookcheck.Span{Start: start, End: end}); key.Len() > 0 {
			w.add(&bookcheck.Link{
				Span: key, Kind: bookcheck.Cite, Form: bookcheck.Role, Name: n.name, Dest: key, Target: w.text(key),
			})
		}
		start = end + 1
	}
}

// citationKey leaves out the braces before and after a key.
func (w *walker) citationKey(s bookcheck.Span) bookcheck.Span {
	s = trimmedSpan(w.source, s)
	if text := w.text(s); strings.HasPrefix(text, "{") {
		if i := strings.IndexByte(text, '}'); i > 0 {
			s.Start += i + 1
		}
	}
	if i := strings.IndexByte(w.text(s), '{'); i >= 0 {
		s.End = s.Start + i
	}
	return trimmedSpan(w.source, s)
}
