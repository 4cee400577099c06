package fact

import (
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// A kind says what a token is.
type kind uint8

// The kinds of token.
const (
	mark   kind = iota // one rune of punctuation; the zero value stands for what is not there
	word               // a run of letters
	number             // 1,400.5; 1.4e12; ½
	opaque             // an address, a version, a hash: nothing to be read inside
)

// A token is a piece of a text. White space is no token, but parts them.
type token struct {
	start, end int
	kind       kind
	glued      bool // nothing stands before it but another token
	capital    bool // of a word: begins with one
	plain      bool // of a number: nothing but ASCII digits
	sentence   bool // the first one of a sentence
	rune       rune // of a mark, in one spelling: - for every dash, " for every double quote, ~ for every sign of about
	value      float64
	entry      *entry // what is known about a word; never nil
}

// mostTokens bounds how much of a text is looked at in one piece. A paragraph has
// fewer; a text without paragraphs is cut, at the end of a sentence if it has any.
const mostTokens = 4000

// scan splits what stands from offset at on into tokens, up to the end of the
// paragraph, and returns where that is.
func (r *Reader) scan(at int) int {
	r.tokens = r.tokens[:0]
	text, glued, newlines, cut := r.text, false, 0, 0
	for at < len(text) {
		c := text[at]
		switch class := classes[c]; {
		case class == blank:
			if c == '\n' {
				if newlines++; newlines > 1 && len(r.tokens) > 0 {
					return at + 1
				}
			}
			glued = false
			at++
			continue
		case len(r.tokens) >= mostTokens:
			if cut > 0 && r.tokens[cut].start > r.tokens[0].start {
				at = r.tokens[cut].start
				r.tokens = r.tokens[:cut]
			}
			return at
		case class == letter:
			at = r.scanWord(at, glued)
		case class == digit || c == '.' && !glued && at+1 < len(text) && classes[text[at+1]] == digit:
			at = r.scanNumber(at, glued)
		case class == punctuation:
			r.addMark(at, at+1, rune(c), glued)
			at++
		default:
			next, isBlank := r.scanRune(at, glued)
			if at = next; isBlank {
				glued = false
				continue
			}
		}
		newlines = 0
		if n := len(r.tokens) - 1; n >= 0 && r.tokens[n].end == at {
			if r.tokens[n].sentence = r.beginsSentence(n); r.tokens[n].sentence {
				cut = n
			}
		}
		glued = true
	}
	return at
}

// beginsSentence tells whether token n is the first one of a sentence: what stands
// before it ends one, and it begins with a capital or no letter at all.
func (r *Reader) beginsSentence(n int) bool {
	tok := &r.tokens[n]
	at := n - 1
	for at >= n-3 && at >= 0 && r.tokens[at].glued && (r.tokens[at].is(')') || r.tokens[at].is('"') || r.tokens[at].is('*')) {
		at--
	}
	switch {
	case n == 0:
		return true
	case at < 0:
		return r.tokens[n-1].sentence
	case tok.glued:
		return r.tokens[n-1].sentence && r.tokens[n-1].kind == mark // an opening quote or parenthesis
	case r.tokens[at].is('!') || r.tokens[at].is('?'):
		return tok.kind != word || tok.capital
	case !r.tokens[at].is('.') || tok.kind == word && !tok.capital:
		return r.tokens[n-1].sentence && r.tokens[n-1].kind == mark
	}
	return at == 0 || r.tokens[at-1].kind != word || !r.tokens[at].glued || r.tokens[at-1].entry.role&abbreviation == 0
}

// scanWord takes a run of letters; an address or a domain name whole.
func (r *Reader) scanWord(start int, glued bool) int {
	at := start + letters(r.text[start:])
	if at < len(r.text) && (!glued || r.tokens[len(r.tokens)-1].kind == mark) {
		if end := addressEnd(r.text, start, at); end > at {
			r.tokens = append(r.tokens, token{start: start, end: end, kind: opaque, entry: &unknown})
			return end
		}
	}
	r.tokens = append(r.tokens, token{
		start: start, end: at, kind: word, glued: glued, capital: isUpper(r.text[start:]), entry: lookUp(r.text[start:at]),
	})
	return at
}

// letters returns the length of the letters that text begins with.
func letters(text string) int {
	at := 0
	for at < len(text) {
		if text[at] < utf8.RuneSelf {
			if classes[text[at]] != letter {
				break
			}
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		at += size
	}
	return at
}

func isUpper(text string) bool {
	if c := text[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(r)
}

// addressEnd returns where an address ends whose first letters are text[start:at]:
// https://x.org/2, www.x.org, me@x.org. It returns at if there is none.
func addressEnd(text string, start, at int) int {
	rest := text[at:]
	switch {
	case len(rest) > 2 && rest[:3] == "://":
	case rest[0] == '.' && at-start == len("www") && (text[start:at] == "www" || text[start:at] == "WWW"):
	case rest[0] == '@' && len(rest) > 1 && classes[rest[1]] == letter:
	default:
		return at
	}
	end := at
	for end < len(text) && classes[text[end]] != blank && text[end] != '<' && text[end] != '>' && text[end] != '"' {
		end++
	}
	for end > at && (text[end-1] == '.' || text[end-1] == ',' || text[end-1] == ')' || text[end-1] == ';') {
		end--
	}
	return end
}

// longestNumber bounds the digits of what can be a number. What has more is one for
// machines.
const longestNumber = 40

// scanNumber takes a number, with what parts its thousands, its decimals and its
// exponent; or a version, or what else has digits and points.
func (r *Reader) scanNumber(start int, glued bool) int {
	text := r.text
	var buffer [longestNumber + 8]byte
	digits := buffer[:0]
	at, plain := start, true
	take := func() {
		for at < len(text) && classes[text[at]] == digit {
			if len(digits) < longestNumber {
				digits = append(digits, text[at])
			}
			at++
		}
	}
	take()
	for whole := at - start; whole > 0 && whole <= 3; {
		n := separator(text[at:])
		if n == 0 || !isGroup(text[at+n:]) {
			break
		}
		at, plain = at+n, false
		take()
	}
	kind := number
	if at+1 < len(text) && text[at] == '.' && classes[text[at+1]] == digit {
		digits, plain = append(digits, '.'), false
		at++
		take()
		for at+1 < len(text) && text[at] == '.' && classes[text[at+1]] == digit { // 1.2.3
			kind = opaque
			at++
			take()
		}
	}
	if at+1 < len(text) && text[at] == ',' && classes[text[at+1]] == digit { // 22,24,26 and 5,00
		kind = opaque
		for at+1 < len(text) && text[at] == ',' && classes[text[at+1]] == digit {
			at++
			take()
		}
	}
	if n := exponent(text[at:]); n > 0 {
		digits, plain = append(digits, text[at:at+n]...), false
		at += n
	}
	value, err := strconv.ParseFloat(string(digits), 64)
	if err != nil || at-start > longestNumber {
		kind = opaque
	}
	r.tokens = append(r.tokens, token{start: start, end: at, kind: kind, glued: glued, plain: plain, value: value, entry: &unknown})
	return at
}

// separator returns the length of what parts the thousands of a number: a comma, or
// a space that keeps its line.
func separator(text string) int {
	if text == "" || text[0] == ',' {
		return min(len(text), 1)
	}
	for _, s := range [...]string{"\u00a0", "\u202f", "\u2009"} {
		if len(text) > len(s) && text[:len(s)] == s {
			return len(s)
		}
	}
	return 0
}

// isGroup tells whether text begins with three digits and not more.
func isGroup(text string) bool {
	return len(text) >= 3 && classes[text[0]] == digit && classes[text[1]] == digit && classes[text[2]] == digit &&
		(len(text) == 3 || classes[text[3]] != digit)
}

// exponent returns the length of e12, E+3 or e-5 at the start of text, unless more
// letters or digits follow than a number can have.
func exponent(text string) int {
	if len(text) < 2 || text[0]|0x20 != 'e' {
		return 0
	}
	at := 1
	if text[at] == '+' || text[at] == '-' {
		at++
	}
	first := at
	for at < len(text) && classes[text[at]] == digit {
		at++
	}
	if at == first || at-first > 3 || at < len(text) && classes[text[at]] == letter {
		return 0
	}
	return at
}

// scanRune takes what begins with a byte outside ASCII, and tells whether it is
// white space.
func (r *Reader) scanRune(at int, glued bool) (next int, isBlank bool) {
	c, size := utf8.DecodeRuneInString(r.text[at:])
	switch {
	case unicode.IsLetter(c):
		return r.scanWord(at, glued), false
	case unicode.IsSpace(c) || c == '\u200b':
		return at + size, true
	case unicode.Is(unicode.Cf, c): // soft hyphens and what else is not seen
		return at + size, false
	}
	if value := vulgars[c]; value > 0 {
		r.addFraction(at, at+size, value, glued)
	} else {
		r.addMark(at, at+size, c, glued)
	}
	return at + size, false
}

// vulgars are the values of ½ and its like.
var vulgars = map[rune]float64{
	'½': 1. / 2, '⅓': 1. / 3, '⅔': 2. / 3, '¼': 1. / 4, '¾': 3. / 4, '⅕': 1. / 5, '⅖': 2. / 5, '⅗': 3. / 5, '⅘': 4. / 5,
	'⅙': 1. / 6, '⅚': 5. / 6, '⅛': 1. / 8, '⅜': 3. / 8, '⅝': 5. / 8, '⅞': 7. / 8,
}

// addFraction adds ½, or adds it to the number before it: 2½.
func (r *Reader) addFraction(start, end int, value float64, glued bool) {
	if n := len(r.tokens) - 1; glued && n >= 0 && r.tokens[n].kind == number && r.tokens[n].value == math.Trunc(r.tokens[n].value) {
		r.tokens[n].value += value
		r.tokens[n].end, r.tokens[n].plain = end, false
		return
	}
	r.tokens = append(r.tokens, token{start: start, end: end, kind: number, glued: glued, value: value, entry: &unknown})
}

// addMark adds a rune of punctuation.
func (r *Reader) addMark(start, end int, c rune, glued bool) {
	switch c {
	case '‐', '‑', '‒', '–', '—', '―', '−':
		c = '-'
	case '∼', '≈', '≃', '≅', '˜', '～':
		c = '~'
	case '⩾':
		c = '≥'
	case '⩽':
		c = '≤'
	case '’', '‘', '`', '´':
		c = '\''
	case '％':
		c = '%'
	case '⁄':
		c = '/'
	}
	r.tokens = append(r.tokens, token{start: start, end: end, kind: mark, glued: glued, rune: c, entry: &unknown})
}

// A class says what a byte is in a text.
type class uint8

// The classes of bytes.
const (
	punctuation class = iota
	blank
	letter
	digit
	other // begins a rune outside ASCII
)

var classes = func() (all [256]class) {
	for i := range all {
		switch c := byte(i); {
		case c >= utf8.RuneSelf:
			all[i] = other
		case '0' <= c && c <= '9':
			all[i] = digit
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			all[i] = letter
		case c <= ' ' || c == 0x7f:
			all[i] = blank
		}
	}
	return all
}()

// is tells whether a token is a mark.
func (t *token) is(c rune) bool { return t.kind == mark && t.rune == c }
