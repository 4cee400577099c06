package fetch

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/bookcheck/bookcheck"
)

// textLimit bounds the text that is kept of a page, in bytes.
const textLimit = 2 << 20

// A textReader is a walk over the tokens of a page for what a reader sees.
type textReader struct {
	prose
	tokens *html.Tokenizer
	xhtml  bool
	marks  imprinter

	mute  atom.Atom // element whose content nobody sees; 0: none
	depth int       // how often mute was opened

	// What is not shown at once, such as a closed tab, is put behind all else: it
	// may be shown, but it must not break a sentence.
	behind prose
	veiled []string // the open elements of what is not shown, the outermost first; nil: all is
	before []table  // the tables that are open around them

	pre     int  // how many elements are open that keep line breaks
	script  byte // '^' or '_': the next text is a superscript or subscript; 0: it is none
	noted   bool // in a superscript that leads to a note
	ended   bool // the token before closed an element of a line
	inMath  bool // in a formula whose source was not given yet
	formula int  // where its text begins
	solved  int  // where the text of the formula before ends
	tex     bool // the next text is a formula in TeX

	tables []table
}

// readPage reads what a reader sees of a page in HTML, and what the page says of
// itself.
func readPage(src []byte, mediaType string) (text string, cut bool, imprint *bookcheck.Imprint) {
	r := textReader{tokens: html.NewTokenizer(bytes.NewReader(src)), xhtml: mediaType == "application/xhtml+xml"}
	for next(r.tokens, &r) {
	}
	if len(r.veiled) > 0 {
		r.unveil()
	}
	for len(r.tables) > 0 {
		r.endTable()
	}
	whole := append(append(r.text, '\n'), r.behind.text...)
	return trimLines(whole), r.full || r.behind.full, r.marks.imprint()
}

// trimLines takes blanks off the ends of lines, and lines without a word.
func trimLines(text []byte) string {
	kept := text[:0]
	for line := range bytes.Lines(text) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			kept = append(append(kept, line...), '\n')
		}
	}
	return strings.ToValidUTF8(strings.TrimSuffix(string(kept), "\n"), "\uFFFD")
}

func (r *textReader) takeText() {
	switch {
	case r.mute == atom.Title || r.mute == atom.Script:
		if r.marks.wants != "" {
			r.marks.take(string(r.tokens.Text()))
		}
	case r.mute != 0:
	case r.tex:
		r.tex = false
		r.text = r.text[:r.formula]
		r.write(plainMath(string(r.tokens.Text())))
		r.mute, r.depth = atom.Math, 1
	default:
		text := string(r.tokens.Text())
		if r.script != 0 {
			text = r.raise(text)
		}
		r.marks.heading(text)
		if r.pre > 0 {
			r.writeLines(text)
		} else {
			r.write(text)
		}
	}
	r.ended = false
}

// writeLines adds a text whose line breaks count.
func (r *textReader) writeLines(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			r.part(newLine)
		}
		r.write(line)
	}
}

// raise returns the text of a superscript or subscript so that it does not become
// part of the number or word before it: 10^9, and m^2, but 1st.
func (r *textReader) raise(text string) string {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" {
		return text
	}
	mark := r.script
	r.script = 0
	first, _ := utf8.DecodeRuneInString(trimmed)
	last := r.last()
	switch {
	case r.gap != glued || !unicode.IsLetter(last) && !isDigit(last) && last != ')':
	case r.noted && first != '[':
		return " [" + trimmed + "]"
	case mark == '_' && (!isDigit(last) || !isDigit(first)):
	case mark == '^' && unicode.IsLetter(first) && (utf8.RuneCountInString(trimmed) > 1 || !isDigit(last)):
	case isDigit(first) || unicode.IsLetter(first) || strings.ContainsRune("-+−–", first):
		return string(mark) + trimmed
	}
	return text
}

func (r *textReader) open(closed bool) {
	name, more := r.tokens.TagName()
	tag := atom.Lookup(name)
	ended := r.ended
	r.ended = false
	var attrs shownAttributes
	for more {
		var key, value []byte
		key, value, more = r.tokens.TagAttr()
		attrs.set(key, value)
	}
	closed = closed && r.xhtml || void[tag]
	if closed && r.xhtml {
		r.tokens.NextIsNotRawText()
	}
	r.marks.open(tag, &attrs)
	switch {
	case r.mute != 0:
		if tag == r.mute && !closed {
			r.depth++
		}
		return
	case muted[tag]:
		if !closed {
			r.mute, r.depth = tag, 1
		}
		return
	case tag == atom.Span && attrs.class("katex-html") && r.solved == len(r.text) && r.solved > 0:
		r.mute, r.depth = tag, 1 // shows the formula that was just read again
		return
	}
	if !closed {
		r.veil(tag, name, &attrs)
	}
	r.show(tag, &attrs)
	if ended && lineParts[tag] && (unicode.IsLetter(r.last()) || isDigit(r.last())) {
		r.part(blank) // two elements that only the layout keeps apart
	}
}

// veil notes an element that is not shown at once, or one inside such.
func (r *textReader) veil(tag atom.Atom, name []byte, attrs *shownAttributes) {
	const deepest = 256
	switch {
	case len(r.veiled) > 0 && len(r.veiled) < deepest && !optionalEnd[tag]:
		r.veiled = append(r.veiled, string(name))
	case len(r.veiled) == 0 && attrs.hides && !optionalEnd[tag] && tag != atom.Body && tag != atom.Html && tag != atom.Math:
		r.veiled = append(r.veiled, string(name))
		r.swap()
		r.part(newLine)
	}
}

// swap goes over to the other of the two texts.
func (r *textReader) swap() {
	r.prose, r.behind = r.behind, r.prose
	r.tables, r.before = r.before, r.tables
	r.script, r.inMath, r.solved, r.tex = 0, false, 0, false
}

// unveil returns to what is shown.
func (r *textReader) unveil() {
	for len(r.tables) > 0 {
		r.endTable()
	}
	r.veiled = nil
	r.swap()
	r.part(blank)
}

// show does what the beginning of an element means for the text.
func (r *textReader) show(tag atom.Atom, attrs *shownAttributes) {
	switch tag {
	case atom.Br:
		r.part(doubt)
	case atom.Img, atom.Area:
		r.picture(attrs.alt)
	case atom.Sup:
		r.script, r.noted = '^', false
	case atom.Sub:
		r.script, r.noted = '_', false
	case atom.A:
		r.noted = r.script == '^'
	case atom.Math:
		r.openFormula(attrs.alt)
	case atom.Annotation:
		if r.tex = r.inMath && strings.Contains(attrs.encoding, "tex"); !r.tex {
			r.mute, r.depth = tag, 1
		}
	case atom.Pre:
		r.pre++
		r.part(newLine)
	case atom.Table:
		r.openTable()
	case atom.Tr:
		r.openRow()
	case atom.Td, atom.Th:
		r.openCell()
	default:
		if blocks[tag] {
			r.part(newLine)
		}
	}
}

// picture adds the text that stands for an image. That of a formula is in TeX.
func (r *textReader) picture(alt string) {
	if strings.HasPrefix(alt, "{\\") || strings.HasPrefix(alt, "$") || strings.HasPrefix(alt, `\`) {
		alt = plainMath(alt)
	}
	r.part(blank)
	r.write(alt)
	r.part(blank)
}

// openFormula begins a formula, or adds it where its source is given.
func (r *textReader) openFormula(tex string) {
	if tex != "" {
		r.write(plainMath(tex))
		r.mute, r.depth = atom.Math, 1
		return
	}
	r.bridge('x')
	r.inMath, r.formula = true, len(r.text)
}

func (r *textReader) close(tag atom.Atom, name []byte) {
	if r.mute != 0 {
		if tag != r.mute {
			return
		}
		if r.depth--; r.depth > 0 {
			return
		}
		r.mute = 0
	}
	switch tag {
	case atom.Sup, atom.Sub:
		r.script = 0
	case atom.Math:
		r.inMath, r.solved, r.tex = false, len(r.text), false
	case atom.H1:
		r.marks.closeHeading()
	case atom.Pre:
		r.pre = max(r.pre-1, 0)
		r.part(newLine)
	case atom.Table:
		r.endTable()
	case atom.Tr:
		r.endRow()
	default:
		if blocks[tag] && tag != atom.Td && tag != atom.Th && tag != atom.Br {
			r.part(newLine)
		}
	}
	r.ended = lineParts[tag]
	r.closeVeil(name)
}

// closeVeil looks for what an end tag closes among what is not shown. One that
// closes what was opened before shows that an end was forgotten.
func (r *textReader) closeVeil(name []byte) {
	for i, open := range slices.Backward(r.veiled) {
		if open == string(name) {
			if r.veiled = r.veiled[:i]; i == 0 {
				r.unveil()
			}
			return
		}
	}
	if len(r.veiled) > 0 && containers[atom.Lookup(name)] {
		r.unveil()
	}
}

// void are the elements without content.
var void = atoms(
	atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr,
)

// optionalEnd are the elements whose end need not be written, so that it cannot be
// told where what they hide ends.
var optionalEnd = atoms(
	atom.P, atom.Li, atom.Dt, atom.Dd, atom.Option, atom.Optgroup, atom.Tr, atom.Td, atom.Th, atom.Thead, atom.Tbody, atom.Tfoot, atom.Colgroup,
)

// containers are the elements whose end closes all that is open in them.
var containers = atoms(
	atom.Div, atom.Section, atom.Article, atom.Main, atom.Body, atom.Header, atom.Footer, atom.Aside, atom.Nav, atom.Table, atom.Ul, atom.Ol, atom.Dl,
)

// lineParts are the elements that a layout keeps apart where the source does not.
var lineParts = atoms(
	atom.A, atom.Span, atom.Label, atom.Time, atom.Button, atom.Strong, atom.Small, atom.Code, atom.Abbr,
)
