package markdown

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// A passageKind says what part of the page a passage is.
type passageKind int

// The kinds of passage.
const (
	paragraph passageKind = iota
	title                 // a heading
	item                  // the text of a list item without paragraphs
	cell                  // a cell of a table
	caption               // of a figure, a table or an admonition; the text of an image's alt
	term                  // of a glossary or a definition list
)

// One rune stands for each thing in a passage that is not prose, so that what
// stands around it keeps its grammar. Notes and citations are format characters,
// which neither end nor begin a sentence or a word.
const (
	maskNote    = '\u2063' // a comment, a footnote's mark, an anchor: the reader's eye skips it
	maskCite    = '\u2064' // a citation
	maskCode    = '\ue000' // a code span, a literal role
	maskMath    = '\ue001'
	maskImage   = '\ue002'
	maskURL     = '\ue003' // an address that is its own text
	maskDynamic = '\ue004' // text made when the book is built: a substitution
)

// A passage is a run of prose as a reader sees it, with the way back to the
// source. The walker writes one for each paragraph, heading, item, cell, caption
// and term. The zero value is an empty paragraph.
type passage struct {
	kind   passageKind
	quoted bool // in a block quote: somebody else's words
	text   []byte
	parts  []part // in the order of the text, without gaps
}

// A part of a passage is either a copy of its source, byte by byte, or text that
// stands for all of it.
type part struct {
	at     int // where it begins in the text
	source bookcheck.Span
	copied bool
}

// write adds text that stands in the source, as it is, from offset at.
func (p *passage) write(text []byte, at int) {
	if len(text) == 0 {
		return
	}
	if n := len(p.parts); n > 0 && p.parts[n-1].copied && p.parts[n-1].source.End == at {
		p.parts[n-1].source.End += len(text)
	} else {
		p.parts = append(p.parts, part{len(p.text), bookcheck.Span{Start: at, End: at + len(text)}, true})
	}
	p.text = append(p.text, text...)
}

// mask adds one rune for a span of the source that is not prose.
func (p *passage) mask(r rune, span bookcheck.Span) {
	p.parts = append(p.parts, part{at: len(p.text), source: span})
	p.text = utf8.AppendRune(p.text, r)
}

// put adds text that a reader sees in place of a span of the source: the
// character of an entity, the space of a line break.
func (p *passage) put(text string, span bookcheck.Span) {
	if text == "" {
		return
	}
	p.parts = append(p.parts, part{at: len(p.text), source: span})
	p.text = append(p.text, text...)
}

// copied appends the parts that stand in the source as they are.
func (p *passage) copied(spans []bookcheck.Span) []bookcheck.Span {
	for _, part := range p.parts {
		if part.copied {
			spans = append(spans, part.source)
		}
	}
	return spans
}

// span returns where text[start:end] stands in the source. A range that begins or
// ends inside text that stands for something else covers all of that.
func (p *passage) span(start, end int) bookcheck.Span {
	if len(p.parts) == 0 {
		return bookcheck.Span{}
	}
	first := p.part(start)
	from := first.source.Start
	if first.copied {
		from += start - first.at
	}
	if end <= start {
		return bookcheck.Span{Start: from, End: from}
	}
	last := p.part(end - 1)
	to := last.source.End
	if last.copied {
		to = last.source.Start + end - last.at
	}
	return bookcheck.Span{Start: from, End: max(from, to)} // a walker may take a caption from before its figure
}

// part returns the part that holds the byte at offset, or the last one.
func (p *passage) part(offset int) part {
	return p.parts[max(0, sort.Search(len(p.parts), func(i int) bool { return p.parts[i].at > offset })-1)]
}

// reading returns text[start:end] as a reader sees it: what the masks stand for
// is written as in the source, notes and citations are left out, and white space
// is folded.
func (p *passage) reading(chapter *bookcheck.Chapter, start, end int) string {
	text := p.text[start:end]
	if isPlain(text) {
		return string(text)
	}
	var b strings.Builder
	for at := start; at < end; {
		r, size := utf8.DecodeRune(p.text[at:end])
		switch {
		case r == maskNote || r == maskCite:
		case isSolidMask(r):
			b.WriteString(chapter.Text(p.span(at, at+size)))
		default:
			b.Write(p.text[at : at+size])
		}
		at += size
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// isPlain tells whether a text has nothing but ASCII and single spaces.
func isPlain(text []byte) bool {
	last := byte(' ')
	for _, c := range text {
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' '
}
