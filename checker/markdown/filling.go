package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A filling is a part of a text in place of which a builder puts something else
// before it reads the text as Markdown: an include, a shortcode.
type filling struct {
	span bookcheck.Span
	link *bookcheck.Link // what it points at; nil: nothing
}

// The characters that stand in a text for its fillings: a mask, as in a passage,
// and soft hyphens. None of them means anything in Markdown.
const (
	fillSign  = string(maskDynamic)
	fillShort = "\u00ad"
)

// fill returns a text in which each filling is replaced, byte for byte, by
// characters that Markdown passes on. Line ends and indentation stay.
func fill(source []byte, fillings []filling) []byte {
	if len(fillings) == 0 {
		return source
	}
	filled := bytes.Clone(source)
	for _, f := range fillings {
		for start := f.span.Start; start < f.span.End; {
			end := f.span.End
			if i := bytes.IndexByte(filled[start:end], '\n'); i >= 0 {
				end = start + i
			}
			line := bytes.TrimRight(filled[start:end], " \t\r")
			if start > f.span.Start {
				line = bytes.TrimLeft(line, " \t")
			}
			fillLine(line)
			start = end + 1
		}
	}
	return filled
}

// fillLine replaces a text of any length but one.
func fillLine(line []byte) {
	n := len(line)
	switch {
	case n == 1:
		line[0] = 'x'
	case n%2 == 1 || n >= 6:
		line = line[copy(line, fillSign):]
		if n%2 == 0 {
			line = line[copy(line, fillSign):]
		}
	}
	for len(line) > 1 {
		line = line[copy(line, fillShort):]
	}
}

// isFilled tells whether a text holds a filling.
func isFilled(text string) bool { return strings.Contains(text, fillSign) }

// unfilled returns a text without its fillings.
func unfilled(text string) string {
	return strings.TrimSpace(strings.NewReplacer(fillSign, "", fillShort, "").Replace(text))
}

// fills tells whether a link's destination is made by a filling. What it shows is
// then the text of the filling's own link.
func (w *walker) fills(link *bookcheck.Link) bool {
	link.Text = unfilled(link.Text)
	if !isFilled(link.Target) {
		return false
	}
	i, _ := slices.BinarySearchFunc(w.fillings, link.Dest.Start, func(f filling, at int) int { return cmp.Compare(f.span.Start, at) })
	if i < len(w.fillings) && link.Dest.Contains(w.fillings[i].span) && w.fillings[i].link != nil {
		filler := w.fillings[i].link
		filler.Text, filler.Titled, filler.Silent = link.Text, link.Titled, link.Silent
	}
	return true
}

// filled adds the links of the fillings.
func (w *walker) filled() {
	for _, f := range w.fillings {
		if f.link != nil {
			w.found.Links = append(w.found.Links, f.link)
		}
	}
}
