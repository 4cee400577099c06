package pdf

import (
	"bytes"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// times returns the map that does m first, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

// A state is what drawing depends on.
type state struct {
	ctm                            matrix
	font                           *font
	size, spread, gap, rise, width float64 // width: of the letters, 1 being theirs; gap: added to blanks
	leading                        float64
	hidden                         bool // invisible, or only a shape to draw through
}

// A canvas is a page on which text is being drawn.
type canvas struct {
	file *file
	state
	text, line matrix // where the next letter goes, and where the line began
	saved      []state

	lines      []line
	unreadable int // letters that mean nothing we know
}

// A line is letters in a row.
type line struct {
	text        []byte
	left, right float64
	y           float64 // of the first letter
	size        float64 // of the largest letter
	parted      bool    // a row of a table: parts of it are far from each other

	x, base float64 // where the last letter ended
	last    float64 // its size
}

// draw reads a page.
func (c *canvas) draw(s sheet) {
	c.state = state{ctm: identity, width: 1}
	var program []byte
	switch contents := c.file.resolve(s.dict["Contents"]).(type) {
	case *stream:
		program = c.file.unpack(contents)
	case array:
		for _, part := range contents {
			if one, ok := c.file.resolve(part).(*stream); ok && !c.file.spent() {
				program = append(append(program, c.file.unpack(one)...), '\n')
			}
		}
	}
	c.run(program, c.file.dict(s.resources), 0)
}

// run does what a program for drawing says.
func (c *canvas) run(program []byte, resources dict, depth int) {
	const most = 64 // operands that an operator may have
	l := lexer{src: program}
	operands := make([]object, 0, most)
	for l.at < len(l.src) {
		value, ok := l.next(0)
		if !ok {
			continue
		}
		op, isOperator := value.(operator)
		if !isOperator {
			if len(operands) < most {
				operands = append(operands, value)
			}
			continue
		}
		if c.file.steps += 1 + len(operands); c.file.spent() {
			return
		}
		if op == "BI" {
			skipImage(&l)
		} else {
			c.do(op, operands, resources, depth)
		}
		operands = operands[:0]
	}
}

// skipImage moves behind an image that stands in the program itself.
func skipImage(l *lexer) {
	for {
		i := bytes.Index(l.src[l.at:], []byte("EI"))
		if i < 0 {
			l.at = len(l.src)
			return
		}
		l.at += i + 2
		if isSpace(l.src[max(l.at-3, 0)]) && (l.at == len(l.src) || isSpace(l.src[l.at])) {
			return
		}
	}
}

// do does what one operator says.
func (c *canvas) do(op operator, operands []object, resources dict, depth int) {
	numbers := func(n int) ([6]float64, bool) {
		var list [6]float64
		if len(operands) < n {
			return list, false
		}
		for i, value := range operands[len(operands)-n:] {
			list[i], _ = value.(float64)
		}
		return list, true
	}
	switch op {
	case "q":
		if len(c.saved) < 256 {
			c.saved = append(c.saved, c.state)
		}
	case "Q":
		if n := len(c.saved); n > 0 {
			c.state, c.saved = c.saved[n-1], c.saved[:n-1]
		}
	case "cm":
		if v, ok := numbers(6); ok {
			c.ctm = matrix{v[0], v[1], v[2], v[3], v[4], v[5]}.times(c.ctm)
		}
	case "BT":
		c.text, c.line = identity, identity
	case "Tc", "Tw", "Tz", "TL", "Ts", "Tr":
		if v, ok := numbers(1); ok {
			c.set(op, v[0])
		}
	case "Tf":
		if len(operands) >= 2 {
			which, _ := operands[0].(name)
			c.font = c.file.font(c.file.dict(resources["Font"])[which])
			c.size, _ = operands[1].(float64)
		}
	case "Td", "TD":
		if v, ok := numbers(2); ok {
			if op == "TD" {
				c.leading = -v[1]
			}
			c.move(v[0], v[1])
		}
	case "Tm":
		if v, ok := numbers(6); ok {
			c.line = matrix{v[0], v[1], v[2], v[3], v[4], v[5]}
			c.text = c.line
		}
	case "T*":
		c.move(0, -c.leading)
	case "\"":
		if v, ok := numbers(3); ok {
			c.gap, c.spread = v[0], v[1]
		}
		c.move(0, -c.leading)
		c.showAll(operands)
	case "'":
		c.move(0, -c.leading)
		c.showAll(operands)
	case "Tj", "TJ":
		c.showAll(operands)
	case "Do":
		c.form(operands, resources, depth)
	}
}

func (c *canvas) set(op operator, value float64) {
	switch op {
	case "Tc":
		c.spread = value
	case "Tw":
		c.gap = value
	case "Tz":
		c.width = value / 100
	case "TL":
		c.leading = value
	case "Ts":
		c.rise = value
	case "Tr":
		c.hidden = value == 7
	}
}

func (c *canvas) move(x, y float64) {
	c.line = matrix{a: 1, d: 1, e: x, f: y}.times(c.line)
	c.text = c.line
}

// form draws a drawing that the page uses.
func (c *canvas) form(operands []object, resources dict, depth int) {
	if len(operands) == 0 || depth >= formsDeepest {
		return
	}
	which, _ := operands[0].(name)
	form, ok := c.file.resolve(c.file.dict(resources["XObject"])[which]).(*stream)
	if !ok || c.file.name(form.dict["Subtype"]) != "Form" {
		return
	}
	c.file.steps += 100
	before, saved := c.state, c.saved
	c.saved = nil
	if list := c.file.list(form.dict["Matrix"]); len(list) == 6 {
		var v [6]float64
		for i := range v {
			v[i] = c.file.number(list[i])
		}
		c.ctm = matrix{v[0], v[1], v[2], v[3], v[4], v[5]}.times(c.ctm)
	}
	if own := c.file.dict(form.dict["Resources"]); own != nil {
		resources = own
	}
	c.run(c.file.unpack(form), resources, depth+1)
	c.state, c.saved = before, saved
}

// showAll shows strings, and moves by the numbers between them.
func (c *canvas) showAll(operands []object) {
	if len(operands) == 0 || c.font == nil {
		return
	}
	switch v := operands[len(operands)-1].(type) {
	case literal:
		c.show(v)
	case array:
		c.file.steps += len(v)
		for _, value := range v {
			switch part := value.(type) {
			case literal:
				c.show(part)
			case float64:
				c.advance(-part / 1000 * c.size * c.width)
			}
		}
	}
}

// advance moves along the line.
func (c *canvas) advance(x float64) {
	c.text.e += x * c.text.a
	c.text.f += x * c.text.b
}

// show shows a string.
func (c *canvas) show(s literal) {
	c.file.steps += len(s)
	for i := 0; i < len(s) && c.file.steps < stepLimit; {
		code := uint32(s[i])
		i++
		if c.font.wide && i < len(s) {
			code = code<<8 | uint32(s[i])
			i++
		}
		text, width := c.font.glyph(code)
		at := matrix{c.size * c.width, 0, 0, c.size, 0, c.rise}.times(c.text).times(c.ctm)
		step := (width*c.size + c.spread) * c.width
		if code == ' ' && !c.font.wide {
			step += c.gap * c.width
		}
		c.advance(step)
		if !c.hidden {
			c.put(text, at, width)
		}
	}
}

// put adds a letter to its line, or begins one.
func (c *canvas) put(text string, at matrix, width float64) {
	size := math.Hypot(at.c, at.d)
	x, y, along := at.e, at.f, math.Hypot(at.a, at.b)
	if math.Abs(at.b) > math.Abs(at.a) { // runs up or down the page
		x, y = at.f, -at.e
		if at.b < 0 {
			x, y = -at.f, at.e
		}
	}
	if !(size > 0) || math.IsInf(x+y+along+size, 0) || math.IsNaN(x+y+along) {
		return
	}
	end := x + width*along
	n := len(c.lines)
	if n == 0 || !c.lines[n-1].goesOn(x, y, size) {
		if !unicode.IsSpace(firstRune(text)) {
			begun := line{left: x, right: end, y: y, size: size, x: end, base: y, last: size}
			begun.write(c.legible(text))
			c.lines = append(c.lines, begun)
		}
		return
	}
	l := &c.lines[n-1]
	l.bridge(x, y, size, text)
	l.write(c.legible(text))
	l.right, l.size = max(l.right, end), max(l.size, size)
	l.x, l.base, l.last = end, y, size
}

// legible counts what means nothing.
func (c *canvas) legible(text string) string {
	if text == "\uFFFD" {
		c.unreadable++
	}
	return text
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// goesOn tells whether a letter is on the line.
func (l *line) goesOn(x, y, size float64) bool {
	larger := max(size, l.last)
	return math.Abs(y-l.base) <= larger/2 && math.Abs(y-l.y) <= larger && x > l.x-2*larger && x >= l.left-larger/2
}

// bridge writes what stands between the line and its next letter.
func (l *line) bridge(x, y, size float64, text string) {
	const (
		blank  = 0.12 // of an em: the least gap between words
		column = 1.2  // the least gap between the columns of a table
	)
	larger := max(size, l.last)
	gap := x - l.x
	last, _ := utf8.DecodeLastRune(l.text)
	switch {
	case gap > column*larger && !bytes.HasSuffix(l.text, []byte(" | ")):
		l.text = append(bytes.TrimRight(l.text, " "), " | "...)
		l.parted = true
	case gap > blank*larger && last != ' ':
		l.text = append(l.text, ' ')
	case gap <= blank*larger && size < 0.85*l.last && math.Abs(y-l.base) > 0.1*larger:
		mark := byte('^')
		if y < l.base {
			mark = '_'
		}
		next := firstRune(text)
		if isDigit(last) && isDigit(next) || mark == '^' && isDigit(next) && (unicode.IsLetter(last) || last == ')') || mark == '^' && isDigit(last) && strings.ContainsRune("-−–", next) {
			l.text = append(l.text, mark)
		}
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// write adds letters.
func (l *line) write(text string) {
	for _, r := range text {
		switch {
		case r == '\u00ad':
			l.text = append(l.text, '-')
		case unicode.IsSpace(r):
			if n := len(l.text); n > 0 && l.text[n-1] != ' ' {
				l.text = append(l.text, ' ')
			}
		case unicode.IsControl(r):
		default:
			l.text = utf8.AppendRune(l.text, r)
		}
	}
}

// join makes paragraphs of lines: those that stand close below each other, and those
// that go on in the next column. Rows of tables stay lines.
func join(lines []line) string {
	var b []byte
	var before *line
	for i := range lines {
		text := bytes.TrimSpace(lines[i].text)
		if len(text) == 0 {
			continue
		}
		if before != nil && before.flowsInto(&lines[i], text) {
			b = b[:len(b)-1] // the end of the line
			if isHyphenated(b, text) {
				b = b[:len(b)-1]
			} else if len(b) > 0 && b[len(b)-1] != '-' {
				b = append(b, ' ')
			}
		}
		b = append(append(b, text...), '\n')
		before = &lines[i]
	}
	return string(b)
}

// flowsInto tells whether the next line is of the same paragraph.
func (l *line) flowsInto(next *line, text []byte) bool {
	const (
		leading = 1.75 // the most that lines of a paragraph are apart, in ems
		indent  = 0.8  // the least that a paragraph begins further in
	)
	first, _ := utf8.DecodeRune(text)
	down := l.y - next.y
	switch {
	case l.parted || next.parted, next.size > 1.15*l.size, next.size < 0.85*l.size:
		return false
	case first == '•' || first == '▪', strings.ContainsRune("–-*", first) && endsSentence(l.text):
		return false
	case down > leading*l.size || down < 0.5*l.size || next.left > l.right || next.right < l.left: // another column, or a gap
		end, _ := utf8.DecodeLastRune(bytes.TrimSpace(l.text))
		return unicode.IsLower(first) && (unicode.IsLower(end) || end == ',' || end == '-')
	case next.left-l.left > indent*l.size:
		return unicode.IsLower(first)
	default:
		return 5*(l.right-l.left) > 3*(next.right-next.left) // a heading is shorter than what follows
	}
}

func endsSentence(text []byte) bool {
	end, _ := utf8.DecodeLastRune(bytes.TrimSpace(text))
	return strings.ContainsRune(".:;!?", end)
}

// isHyphenated tells whether a word was parted to fit its line.
func isHyphenated(before, after []byte) bool {
	if len(before) < 2 || before[len(before)-1] != '-' {
		return false
	}
	last, _ := utf8.DecodeLastRune(before[:len(before)-1])
	first, _ := utf8.DecodeRune(after)
	return unicode.IsLower(last) && unicode.IsLower(first)
}
