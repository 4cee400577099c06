package bibtex

import (
	"strings"
	"unicode/utf8"
)

// readable returns a value as a reader sees it typeset: without braces and
// commands, with the letters that TeX makes of its accents, on one line. A power
// keeps its ^, so that 10^9 stays what it is.
func readable(value string) string {
	if !strings.ContainsAny(value, "\\{}$~`'-^_%\n\t") && !strings.Contains(value, "  ") {
		return strings.TrimSpace(value)
	}
	t := typesetter{rest: value, math: strings.Count(value, "$")-strings.Count(value, `\$`) > 1}
	for t.rest != "" {
		t.next()
	}
	return strings.Join(strings.Fields(t.text.String()), " ")
}

// A typesetter does the little of TeX that occurs in bibliographies.
type typesetter struct {
	rest   string
	text   strings.Builder
	accent byte // to be put on the next letter; 0: none
	math   bool // a $ is one of a pair, and not a price
}

// next reads one character or command.
func (t *typesetter) next() {
	switch c := t.rest[0]; c {
	case '\\':
		t.command()
		return
	case '}':
		t.accent = 0
	case '{':
	case '~':
		t.text.WriteByte(' ')
	case '$':
		if !t.math {
			t.text.WriteByte(c)
		}
	case '_':
		if !t.math {
			t.text.WriteByte(c)
		}
	case '-', '`', '\'':
		t.rest = t.rest[t.ligature():]
		return
	default:
		r, size := utf8.DecodeRuneInString(t.rest)
		t.write(r, size)
		t.rest = t.rest[size:]
		return
	}
	t.rest = t.rest[1:]
}

// ligatures are what several characters become in print. The longest that fits
// counts.
var ligatures = []struct{ from, to string }{
	{"---", "—"}, {"--", "–"}, {"``", "“"}, {"''", "”"}, {"`", "‘"},
}

// ligature writes what stands here, and returns how many bytes that were.
func (t *typesetter) ligature() int {
	for _, l := range ligatures {
		if strings.HasPrefix(t.rest, l.from) {
			t.text.WriteString(l.to)
			return len(l.from)
		}
	}
	t.text.WriteByte(t.rest[0])
	return 1
}

// write adds a character with the accent that waits for one. What is not UTF-8
// stays as it is.
func (t *typesetter) write(r rune, size int) {
	switch {
	case t.accent != 0 && r > ' ' && r != utf8.RuneError:
		t.text.WriteString(accented(t.accent, r))
		t.accent = 0
	default:
		t.text.WriteString(t.rest[:size])
	}
}

// command reads what begins with a backslash.
func (t *typesetter) command() {
	t.rest = t.rest[1:]
	n := 0
	for n < len(t.rest) && 'a' <= t.rest[n]|0x20 && t.rest[n]|0x20 <= 'z' {
		n++
	}
	if n == 0 {
		t.symbol()
		return
	}
	name := t.rest[:n]
	t.rest = strings.TrimLeft(t.rest[n:], " \t\r\n")
	switch {
	case name == "url" || name == "path":
		t.text.WriteString(escapes.Replace(t.group()))
	case name == "href":
		t.group() // the text that follows is what the reader sees
	case len(name) == 1 && accents[name[0]].mark != 0:
		t.accent = name[0]
	case t.accent != 0 && (name == "i" || name == "j"):
		t.text.WriteString(accented(t.accent, rune(name[0])))
		t.accent = 0
	default:
		t.text.WriteString(words[name]) // one that is not known only changes the look
	}
}

// symbol reads a command whose name is one character that is no letter.
func (t *typesetter) symbol() {
	if t.rest == "" {
		return
	}
	r, size := utf8.DecodeRuneInString(t.rest)
	switch {
	case size == 1 && accents[t.rest[0]].mark != 0:
		t.accent = t.rest[0]
	case strings.ContainsRune(`&%$#_{}`, r):
		t.text.WriteRune(r)
	case strings.ContainsRune("-/!@()", r): // where to break, how far to space, math
	case strings.ContainsRune("\\,;:> \n", r):
		t.text.WriteByte(' ')
	default:
		t.text.WriteString(t.rest[:size])
	}
	t.rest = t.rest[size:]
}

// longestAddress is how far the end of a group with an address is looked for, so
// that a file of nothing but openings is not searched once for each.
const longestAddress = 2000

// group takes the group that stands here, without its braces; "" if there is none.
func (t *typesetter) group() string {
	if !strings.HasPrefix(t.rest, "{") {
		return ""
	}
	depth := 0
	for i := range min(len(t.rest), longestAddress) {
		switch t.rest[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				group := t.rest[1:i]
				t.rest = t.rest[i+1:]
				return group
			}
		}
	}
	return ""
}

// accents are TeX's, with the letters that have one of their own in Unicode. Any
// other gets the mark behind it.
var accents = [256]struct {
	mark     rune
	from, to string
}{
	'`':  {'\u0300', "aeiouAEIOUnN", "àèìòùÀÈÌÒÙǹǸ"},
	'\'': {'\u0301', "aeiouyAEIOUYcnszlrgCNSZLRG", "áéíóúýÁÉÍÓÚÝćńśźĺŕǵĆŃŚŹĹŔǴ"},
	'^':  {'\u0302', "aeiouAEIOUcghjswyCGHJSWY", "âêîôûÂÊÎÔÛĉĝĥĵŝŵŷĈĜĤĴŜŴŶ"},
	'"':  {'\u0308', "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"},
	'~':  {'\u0303', "anoiueyANOIUEY", "ãñõĩũẽỹÃÑÕĨŨẼỸ"},
	'=':  {'\u0304', "aeiouyAEIOUY", "āēīōūȳĀĒĪŌŪȲ"},
	'.':  {'\u0307', "cezgCEZGI", "ċėżġĊĖŻĠİ"},
	'c':  {'\u0327', "cstkglnrCSTKGLNR", "çşţķģļņŗÇŞŢĶĢĻŅŖ"},
	'k':  {'\u0328', "aeiouAEIOU", "ąęįǫųĄĘĮǪŲ"},
	'v':  {'\u030c', "cszrndtelgaiouCSZRNDTELGAIOU", "čšžřňďťěľǧǎǐǒǔČŠŽŘŇĎŤĚĽǦǍǏǑǓ"},
	'H':  {'\u030b', "ouOU", "őűŐŰ"},
	'u':  {'\u0306', "aegiouAEGIOU", "ăĕğĭŏŭĂĔĞĬŎŬ"},
	'r':  {'\u030a', "auAU", "åůÅŮ"},
	'd':  {'\u0323', "", ""},
	'b':  {'\u0331', "", ""},
}

// accented returns a letter with an accent.
func accented(accent byte, letter rune) string {
	a := accents[accent]
	for i, to := range []rune(a.to) {
		if rune(a.from[i]) == letter {
			return string(to)
		}
	}
	return string(letter) + string(a.mark)
}

// words are the commands that stand for a text.
var words = map[string]string{
	"ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å",
	"l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ",

	"TeX": "TeX", "LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "BibTeX": "BibTeX",
	"S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "dots": "…", "ldots": "…", "textellipsis": "…",
	"quad": " ", "qquad": " ", "space": " ", "newline": " ", "slash": "/", "textbar": "|", "textbackslash": `\`,
	"textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'",
	"textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": `"`, "textasciitilde": "~", "textasciicircum": "^",
	"textunderscore": "_", "textdollar": "$", "textregistered": "®", "texttrademark": "™", "textdegree": "°", "textperiodcentered": "·",

	"times": "×", "cdot": "·", "pm": "±", "sim": "∼", "approx": "≈", "neq": "≠", "infty": "∞", "ell": "ℓ", "degree": "°", "circ": "°",
	"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "lt": "<", "gt": ">", "to": "→", "rightarrow": "→", "leftarrow": "←", "star": "*",
	"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
	"kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
	"chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}
