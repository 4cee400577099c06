package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
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

// A prose is the text of a page as it is read, a paragraph a line.
type prose struct {
	text []byte
	gap  gap // what is owed before the next word
	full bool
}

// A gap is what stands between two words. The wider one counts.
type gap byte

const (
	glued gap = iota
	blank
	cell    // the next column of a table's row
	doubt   // a line break that may be one of the layout only
	newLine // of a paragraph
)

// part makes the gap before the next word at least so wide.
func (w *prose) part(g gap) {
	if len(w.text) > 0 {
		w.gap = max(w.gap, g)
	}
}

// write adds a text. White space is one blank, but for what groups the digits of a
// number; what has no width is left out.
func (w *prose) write(s string) {
	for s != "" && !w.full {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '\u00ad' || r == '\u200b' || r == '\u2060' || r == '\ufeff':
		case isThin(r) && w.gap == glued && isDigit(w.last()) && len(s) > size && isDigit(rune(s[size])):
			w.text = utf8.AppendRune(w.text, r)
		case unicode.IsSpace(r):
			w.part(blank)
		case unicode.IsControl(r):
		default:
			w.bridge(r)
			w.text = utf8.AppendRune(w.text, r)
			w.full = len(w.text) >= textLimit
		}
		s = s[size:]
	}
}

// bridge writes the gap before a character.
func (w *prose) bridge(next rune) {
	switch w.gap {
	case glued:
	case blank:
		w.text = append(w.text, ' ')
	case cell:
		w.text = append(w.text, " | "...)
	case doubt:
		// A sentence goes on in lower case, or after a word with the number it announces.
		if last := w.last(); unicode.IsLower(next) || unicode.IsDigit(next) && (unicode.IsLower(last) || last == ',') {
			w.text = append(w.text, ' ')
			break
		}
		w.text = append(w.text, '\n')
	case newLine:
		w.text = append(w.text, '\n')
	}
	w.gap = glued
}

// last returns the last character, whatever gap is owed after it.
func (w *prose) last() rune {
	r, _ := utf8.DecodeLastRune(w.text)
	return r
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isThin tells whether a blank can stand between the digits of one number.
func isThin(r rune) bool { return r == '\u00a0' || r == '\u2009' || r == '\u202f' }

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

// A table is one that is open.
type table struct {
	row    int   // where the open row begins; -1: none is open
	bars   []int // where cells of the row are parted
	nested bool  // a table is inside the row
}

// readPage reads what a reader sees of a page in HTML, and what the page says of
// itself.
func readPage(src []byte, mediaType string) (text string, cut bool, imprint *bookcheck.Imprint) {
	r := textReader{tokens: html.NewTokenizer(bytes.NewReader(src)), xhtml: mediaType == "application/xhtml+xml"}
	for r.next() {
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

// next reads one token. It returns false at the end.
func (r *textReader) next() bool {
	switch kind := r.tokens.Next(); kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		r.takeText()
	case html.StartTagToken, html.SelfClosingTagToken:
		r.open(kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := r.tokens.TagName()
		r.close(atom.Lookup(name), name)
	case html.CommentToken, html.DoctypeToken:
	}
	return true
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

// mostTables is how deep tables may be nested before their rows are not kept
// together.
const mostTables = 32

func (r *textReader) openTable() {
	r.part(newLine)
	if n := len(r.tables); n > 0 {
		r.tables[n-1].nested = true
	}
	if len(r.tables) < mostTables {
		r.tables = append(r.tables, table{row: -1})
	}
}

func (r *textReader) openRow() {
	r.endRow()
	r.part(newLine)
	if n := len(r.tables); n > 0 {
		r.tables[n-1].row = len(r.text)
	}
}

func (r *textReader) openCell() {
	n := len(r.tables)
	if n == 0 || r.tables[n-1].row < 0 || len(r.text) <= r.tables[n-1].row {
		r.part(newLine)
		return
	}
	r.gap = cell
	r.tables[n-1].bars = append(r.tables[n-1].bars, len(r.text))
}

// longestRow is how long the text of a row may be that is one of data. A longer one
// lays out the page.
const longestRow = 600

// endRow makes one line of a row of data, and lines of the cells of another.
func (r *textReader) endRow() {
	n := len(r.tables)
	if n == 0 {
		r.part(newLine)
		return
	}
	t := &r.tables[n-1]
	if t.row >= 0 && len(t.bars) > 0 && t.bars[len(t.bars)-1] <= len(r.text) {
		layout := t.nested || len(r.text)-t.row > longestRow
		r.text = append(r.text[:t.row], t.join(r.text, layout)...)
	}
	*t = table{row: -1}
	r.part(newLine)
}

// join returns the text of the open row, its cells parted by bars, or, where it lays
// out the page, a line each at least.
func (t *table) join(text []byte, layout bool) []byte {
	separator := " | "
	if layout {
		separator = "\n"
	}
	var row []byte
	start := t.row
	for _, end := range append(t.bars, len(text)) {
		part := bytes.TrimSpace(bytes.TrimPrefix(text[start:end], []byte(" | ")))
		start = end
		if len(part) == 0 {
			continue
		}
		if len(row) > 0 {
			row = append(row, separator...)
		} else if t.row > 0 {
			row = append(row, '\n')
		}
		if !layout {
			part = bytes.ReplaceAll(part, []byte("\n"), []byte(" "))
		}
		row = append(row, part...)
	}
	return row
}

func (r *textReader) endTable() {
	if n := len(r.tables); n > 0 {
		r.endRow()
		r.tables = r.tables[:n-1]
	}
	r.part(newLine)
}

// shownAttributes are the attributes that decide what is shown, and what a page says
// of itself.
type shownAttributes struct {
	alt, encoding, classes string
	hides                  bool

	name, property, content, kind, datetime string
}

func (a *shownAttributes) class(name string) bool { return strings.Contains(a.classes, name) }

func (a *shownAttributes) set(key, value []byte) {
	var field *string
	switch string(key) {
	case "alt", "alttext":
		field = &a.alt
	case "class":
		field = &a.classes
	case "encoding":
		field = &a.encoding
	case "hidden":
		a.hides = true
		return
	case "style":
		style := strings.ToLower(strings.ReplaceAll(string(value), " ", ""))
		a.hides = a.hides || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		return
	case "name":
		field = &a.name
	case "property", "itemprop":
		field = &a.property
	case "content":
		field = &a.content
	case "type":
		field = &a.kind
	case "datetime":
		field = &a.datetime
	default:
		return
	}
	if *field == "" {
		*field = string(value)
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

// mathWords are the commands of TeX that stand for a sign. The others only change
// the look.
var mathWords = map[string]string{
	"times": "×", "cdot": "·", "pm": "±", "sim": "∼", "approx": "≈", "simeq": "≈", "neq": "≠", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
	"lt": "<", "gt": ">", "infty": "∞", "to": "→", "rightarrow": "→", "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π",
	"rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "degree": "°", "euro": "€", "pounds": "£",
}

// plainMath returns a formula in TeX as near to plain text as it gets.
func plainMath(tex string) string {
	var b strings.Builder
	for tex != "" {
		c := tex[0]
		tex = tex[1:]
		switch c {
		case '{', '}', '$':
		case '~':
			b.WriteByte(' ')
		case '\\':
			n := 0
			for n < len(tex) && (tex[n]|0x20 >= 'a' && tex[n]|0x20 <= 'z') {
				n++
			}
			if n == 0 {
				tex = mathSign(&b, tex)
				continue
			}
			b.WriteString(mathWords[tex[:n]])
			tex = tex[n:]
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// mathSign reads a command whose name is no letter, and returns what follows.
func mathSign(b *strings.Builder, tex string) string {
	if tex == "" {
		return tex
	}
	switch tex[0] {
	case ',', ';', ':', ' ', '\\':
		b.WriteByte(' ')
	case '!', '(', ')', '[', ']':
	default:
		b.WriteByte(tex[0])
	}
	return tex[1:]
}

// readPlain reads what a reader sees of what is no page in HTML.
func readPlain(src []byte, mediaType string) (text string, cut bool, imprint *bookcheck.Imprint) {
	switch {
	case mediaType == "text/markdown" || mediaType == "text/x-markdown":
		text = plainMarkdown(src)
	case isJSON(mediaType):
		text = plainJSON(src)
	case isXML(mediaType):
		text, _, _ = readPage(src, mediaType)
	default:
		text = unwrap(string(src))
	}
	if cut = len(text) > textLimit; cut {
		text = text[:textLimit]
	}
	return strings.ToValidUTF8(text, "\uFFFD"), cut, &bookcheck.Imprint{Kind: "text"}
}

// unwrap joins the lines of a paragraph of plain text that was broken to fit a
// width. Lists, tables, headings and code keep their lines.
func unwrap(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	long := false // the line before was as long as those that are broken
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		if bare == "" {
			long = false
			continue
		}
		switch {
		case b.Len() == 0:
		case long && !opensLine(bare):
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(bare)
		long = len(bare) >= shortestBroken && bare[0] != '#' && bare[0] != '|'
	}
	return b.String()
}

// shortestBroken is the length from which on a line may have been broken.
const shortestBroken = 40

// opensLine tells whether a line begins something of its own.
func opensLine(line string) bool {
	switch line[0] {
	case '#', '|', '>', '`', '~', '+', '=':
		return true
	case '-', '*':
		return len(line) > 1 && (line[1] == ' ' || line[1] == line[0])
	}
	number, _, found := strings.Cut(line, ". ")
	return found && len(number) < 4 && strings.Trim(number, "0123456789") == ""
}

// plainMarkdown returns the text of Markdown without its markup.
func plainMarkdown(src []byte) string {
	r := textReader{tokens: html.NewTokenizer(bytes.NewReader(src)), pre: 1}
	for r.next() {
	}
	var b strings.Builder
	b.Grow(len(r.text))
	for line := range strings.Lines(string(r.text)) {
		b.WriteString(strings.TrimLeft(line, "#> \t"))
		if strings.HasPrefix(line, "#") {
			b.WriteByte('\n') // ends the paragraph that a heading is
		}
	}
	return unwrap(withoutMarks(b.String()))
}

// withoutMarks takes emphasis, code marks and the addresses of links out of
// Markdown.
func withoutMarks(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '*':
			item := i+1 < len(s) && s[i+1] == ' ' && (i == 0 || s[i-1] == '\n' || s[i-1] == ' ')
			product := i > 0 && i+1 < len(s) && isDigit(rune(s[i-1])) && isDigit(rune(s[i+1]))
			if item || product {
				b.WriteByte(c)
			}
		case '`':
		case '!':
			if i+1 >= len(s) || s[i+1] != '[' {
				b.WriteByte(c)
			}
		case '[':
			if !isLinkText(s[i+1:]) {
				b.WriteByte(c) // a note
			}
		case ']':
			n := addressLength(s[i+1:])
			if i += n; n == 0 {
				b.WriteByte(c)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isLinkText tells whether what stands behind a bracket is the text of a link.
func isLinkText(s string) bool {
	const longest = 300
	s = s[:min(len(s), longest)]
	end := strings.IndexAny(s, "[]")
	return end >= 0 && s[end] == ']' && addressLength(s[end+1:]) > 0
}

// addressLength returns how long the address of a link is that stands here, in
// parentheses; 0: none does.
func addressLength(s string) int {
	const longest = 500
	if !strings.HasPrefix(s, "(") {
		return 0
	}
	open := 0
	for i := range min(len(s), longest) {
		switch s[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i + 1
			}
		case '\n':
			return 0
		}
	}
	return 0
}

// plainJSON returns the names and values of JSON, one a line, as far as it can be
// read.
func plainJSON(src []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(src))
	decoder.UseNumber()
	var b strings.Builder
	var open []byte // '{' before a name, ':' before its value, '['
	for {
		token, err := decoder.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) && b.Len() == 0 {
				return string(src)
			}
			return b.String()
		}
		n := len(open)
		switch v := token.(type) {
		case json.Delim:
			switch v {
			case '{', '[':
				if n > 0 && open[n-1] == ':' {
					b.WriteByte('\n')
					open[n-1] = '{'
				}
				open = append(open, byte(v))
				continue
			default:
				open = open[:n-1]
				continue
			}
		case string:
			b.WriteString(strings.Join(strings.Fields(v), " "))
		case json.Number:
			b.WriteString(v.String())
		case bool:
			b.WriteString(map[bool]string{true: "true", false: "false"}[v])
		}
		if n = len(open); n == 0 {
			continue
		}
		switch open[n-1] {
		case '{':
			b.WriteString(": ")
			open[n-1] = ':'
		case ':':
			b.WriteByte('\n')
			open[n-1] = '{'
		default:
			b.WriteByte('\n')
		}
	}
}
