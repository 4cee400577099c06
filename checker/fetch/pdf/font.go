package pdf

import (
	"strings"
	"unicode/utf8"
)

// A font says what its codes mean, and how wide they are.
type font struct {
	wide    bool              // codes have two bytes
	unicode map[uint32]string // by the font's own word; nil: it has none
	letters [256]string       // of a font of single bytes; "": not known

	widths map[uint32]float64 // in ems
	usual  float64            // the width of the others
}

// glyph returns what a code shows, and its width in ems.
func (f *font) glyph(code uint32) (text string, width float64) {
	width, known := f.widths[code]
	if !known {
		width = f.usual
	}
	if text, said := f.unicode[code]; said {
		return text, width
	}
	if !f.wide && f.letters[code&0xff] != "" {
		return f.letters[code&0xff], width
	}
	return "\uFFFD", width
}

// font returns the font of a name among some resources.
func (f *file) font(value object) *font {
	id, shared := value.(reference)
	if known := f.fonts[id]; shared && known != nil {
		return known
	}
	f.steps += 1000 // what is not shared may be read often
	d := f.dict(value)
	t := &font{widths: make(map[uint32]float64), usual: 0.5}
	if s, ok := f.resolve(d["ToUnicode"]).(*stream); ok {
		t.unicode, _ = readMap(f.unpack(s))
	}
	if f.name(d["Subtype"]) == "Type0" {
		f.composite(t, d)
	} else {
		f.simple(t, d)
	}
	if shared {
		f.fonts[id] = t
	}
	return t
}

// composite reads a font whose codes have two bytes.
func (f *file) composite(t *font, d dict) {
	t.wide, t.usual = true, 1
	var own dict
	if list := f.list(d["DescendantFonts"]); len(list) > 0 {
		own = f.dict(list[0])
	}
	if own["DW"] != nil {
		t.usual = f.number(own["DW"]) / 1000
	}
	list := f.list(own["W"])
	for i := 0; i+1 < len(list); {
		first := f.number(list[i])
		if each, ok := f.resolve(list[i+1]).(array); ok {
			for j, width := range each {
				t.widths[uint32(max(first, 0))+uint32(j)] = f.number(width) / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			return
		}
		last := min(f.number(list[i+1]), 0xffff)
		for code := max(first, 0); code <= last; code++ {
			t.widths[uint32(code)] = f.number(list[i+2]) / 1000
		}
		i += 3
	}
}

// simple reads a font whose codes have one byte.
func (f *file) simple(t *font, d dict) {
	base := string(f.name(d["BaseFont"]))
	scale := 1.0 / 1000
	if matrix := f.list(d["FontMatrix"]); len(matrix) > 0 {
		scale = f.number(matrix[0]) // of a font whose glyphs are drawings
	}
	first := f.number(d["FirstChar"])
	for i, width := range f.list(d["Widths"]) {
		if code := first + float64(i); code >= 0 && code < 256 {
			t.widths[uint32(code)] = f.number(width) * scale
		}
	}
	if len(t.widths) == 0 {
		standardWidths(t, base)
	} else {
		t.usual = f.number(f.dict(d["FontDescriptor"])["MissingWidth"]) * scale
	}
	f.encode(t, d, base)
}

// encode fills in the letters.
func (f *file) encode(t *font, d dict, base string) {
	table := &standard
	encoding := f.name(d["Encoding"])
	differences := f.dict(d["Encoding"])
	if differences != nil {
		encoding = f.name(differences["BaseEncoding"])
	}
	switch {
	case encoding == "WinAnsiEncoding", encoding == "" && f.name(d["Subtype"]) == "TrueType":
		table = &winAnsi
	case encoding == "MacRomanEncoding":
		table = &macRoman
	case encoding == "" && isTeX(base):
		table = &texText
	}
	for code, r := range table {
		if r != 0 {
			t.letters[code] = spell(r)
		}
	}
	code := 0
	for _, value := range f.list(differences["Differences"]) {
		switch v := f.resolve(value).(type) {
		case float64:
			code = int(v)
		case name:
			if code >= 0 && code < 256 {
				t.letters[code] = glyphText(string(v))
			}
			code++
		}
	}
}

// isTeX tells whether a font is one of those that TeX comes with, which have an
// encoding of their own.
func isTeX(base string) bool {
	if _, after, found := strings.Cut(base, "+"); found {
		base = after
	}
	for _, family := range []string{"CMR", "CMBX", "CMTI", "CMSS", "CMSL", "CMCSC", "CMTT", "LMRoman", "SFRM"} {
		if strings.HasPrefix(base, family) {
			return true
		}
	}
	return false
}

// spell writes a letter that stands for several as those.
func spell(r rune) string {
	if r >= '\uFB00' && r <= '\uFB06' {
		return [...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-'\uFB00']
	}
	return string(r)
}

// glyphText returns what a glyph of a name shows; a mark of something unknown if the
// name does not tell.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".") // "a.sc"
	if r, known := glyphs[name]; known {
		return spell(r)
	}
	if utf8.RuneCountInString(name) == 1 {
		return name
	}
	if digits, found := strings.CutPrefix(name, "uni"); found && len(digits) >= 4 {
		return hexLetters(digits[:len(digits)/4*4], 4)
	}
	if digits, found := strings.CutPrefix(name, "u"); found && len(digits) >= 4 && len(digits) <= 6 {
		if text := hexLetters(digits, len(digits)); text != "" {
			return text
		}
	}
	if parts := strings.Split(name, "_"); len(parts) > 1 && len(parts) < 5 {
		var b strings.Builder
		for _, part := range parts {
			b.WriteString(glyphText(part))
		}
		return b.String()
	}
	return "\uFFFD"
}

// hexLetters reads code points of so many digits each; "" if they are none.
func hexLetters(digits string, each int) string {
	var b strings.Builder
	for ; len(digits) >= each; digits = digits[each:] {
		r := rune(0)
		for i := range each {
			d := digit(digits[i])
			if d < 0 {
				return ""
			}
			r = r<<4 | rune(d)
		}
		b.WriteString(spell(r))
	}
	return b.String()
}

// mostMapped bounds what a map from codes to letters may hold.
const mostMapped = 1 << 16

// readMap reads a ToUnicode map. Nil: it maps nothing.
func readMap(src []byte) (letters map[uint32]string, ok bool) {
	letters = make(map[uint32]string)
	l := lexer{src: src}
	var stack []object
	for len(letters) < mostMapped {
		value, more := l.next(0)
		if !more {
			if l.at >= len(l.src) {
				break
			}
			continue
		}
		switch value {
		case operator("beginbfchar"), operator("beginbfrange"):
			stack = stack[:0]
		case operator("endbfchar"):
			for i := 0; i+1 < len(stack); i += 2 {
				from, ok1 := stack[i].(literal)
				to, ok2 := stack[i+1].(literal)
				if ok1 && ok2 {
					letters[codeOf(from)] = mapped(to, 0)
				}
			}
		case operator("endbfrange"):
			for i := 0; i+2 < len(stack); i += 3 {
				mapRange(letters, stack[i], stack[i+1], stack[i+2])
			}
		default:
			if len(stack) < mostMapped {
				stack = append(stack, value)
			}
		}
	}
	if len(letters) == 0 {
		return nil, false
	}
	return letters, true
}

// mapRange maps a range of codes, to letters in a row or one by one.
func mapRange(letters map[uint32]string, from, to, target object) {
	low, ok1 := from.(literal)
	high, ok2 := to.(literal)
	if !ok1 || !ok2 {
		return
	}
	first, last := codeOf(low), codeOf(high)
	for code := first; code <= last && code-first < 0x10000 && len(letters) < mostMapped; code++ {
		switch v := target.(type) {
		case literal:
			letters[code] = mapped(v, code-first)
		case array:
			if n := int(code - first); n < len(v) {
				each, _ := v[n].(literal)
				letters[code] = mapped(each, 0)
			}
		}
	}
}

// mapped decodes the letters that a code maps to, the last of them so much further
// on.
func mapped(to literal, further uint32) string {
	runes := []rune(fromUTF16(string(to)))
	if len(runes) == 0 {
		if len(to) == 1 {
			return spell(rune(to[0]) + rune(further))
		}
		return ""
	}
	runes[len(runes)-1] += rune(further)
	var b strings.Builder
	for _, r := range runes {
		b.WriteString(spell(r))
	}
	return b.String()
}

func codeOf(s literal) uint32 {
	var code uint32
	for i := range min(len(s), 4) {
		code = code<<8 | uint32(s[i])
	}
	return code
}
