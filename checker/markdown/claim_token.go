package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// A tokenKind says what a token is.
type tokenKind uint8

// The kinds of token.
const (
	wordToken   tokenKind = iota // begins with a letter
	numberToken                  // begins with a digit
	markToken                    // one rune of punctuation
	maskToken                    // stands for what is not prose
)

// A token is a word, a number, or a rune of punctuation in a passage. White space
// and notes are no tokens, so that what they part stands side by side.
type token struct {
	start, end int
	word       word // in the vocabulary; 0: not there
	kind       tokenKind
	capital    bool // begins with a capital, or has a digit in it: perhaps a name
	quoted     bool // inside a long quotation
}

// longestQuip is how long a quotation may be, in bytes, and still be the author's
// own way of speaking.
const longestQuip = 24

// A scanner splits one passage after the other into tokens.
type scanner struct {
	language *language
	text     []byte
	tokens   []token
	present  words // the words of the vocabulary that the text has
	number   bool  // the text has a number in digits
	digit    bool  // or a word with a digit in it
	quotes   bool  // the text has a long quotation
	quote    int   // the token that opened a quotation; -1: none is open
}

func newScanner(l *language) scanner {
	const usual = 256 // tokens of a passage
	return scanner{language: l, tokens: make([]token, 0, usual), present: make(words, len(l.vocabulary)/64+1)}
}

// scan splits text into tokens.
func (s *scanner) scan(text []byte) {
	s.text, s.tokens, s.quote = text, s.tokens[:0], -1
	s.number, s.digit, s.quotes = false, false, false
	clear(s.present)
	for at := 0; at < len(text); {
		c := text[at]
		switch kind := byteKinds[c]; {
		case kind&isLetter != 0:
			at = s.scanWord(at, wordToken)
		case kind&isDigitByte != 0:
			at = s.scanWord(at, numberToken)
		case c == ' ' || c == '\n' || c == '\t':
			at++
		case c < utf8.RuneSelf:
			s.addMark(at, at+1, rune(c))
			at++
		default:
			at = s.scanRune(at)
		}
	}
}

// scanRune takes what begins with a rune outside ASCII.
func (s *scanner) scanRune(at int) int {
	r, size := utf8.DecodeRune(s.text[at:])
	switch {
	case unicode.IsLetter(r):
		return s.scanWord(at, wordToken)
	case unicode.IsDigit(r):
		return s.scanWord(at, numberToken)
	case r == maskNote || r == maskCite || unicode.IsSpace(r):
	case isSolidMask(r):
		s.tokens = append(s.tokens, token{start: at, end: at + size, kind: maskToken})
	default:
		s.addMark(at, at+size, r)
	}
	return at + size
}

// scanWord takes a run of letters and digits. A hyphen, an apostrophe, a point or
// a comma stays inside if it has a letter or digit on both sides; a comma, only
// between digits.
func (s *scanner) scanWord(start int, kind tokenKind) int {
	text, at, seen := s.text, start, byteKind(0)
	for at < len(text) {
		if kind := byteKinds[text[at]]; kind&isAlnum != 0 {
			seen |= kind
			at++
			continue
		}
		if text[at] == ' ' {
			break
		}
		size := s.inner(at)
		if size == 0 {
			break
		}
		at += size
	}
	w := s.language.word(text, start, at)
	s.present[w>>6] |= 1 << (w & 63)
	s.number, s.digit = s.number || kind == numberToken, s.digit || seen&isDigitByte != 0
	s.tokens = append(s.tokens, token{
		start: start, end: at, kind: kind, word: w, capital: seen&isDigitByte != 0 || s.isUpper(start),
	})
	return at
}

// isUpper tells whether a capital stands at offset at.
func (s *scanner) isUpper(at int) bool {
	if c := s.text[at]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRune(s.text[at:])
	return unicode.IsUpper(r)
}

// inner returns the length of the rune at offset at if it belongs inside a word,
// or 0. It stands after a letter or digit.
func (s *scanner) inner(at int) int {
	switch c := s.text[at]; {
	case c == '\'' || c == '-' || c == '.' || c == '_':
		if s.joins(at + 1) {
			return 1
		}
		return 0
	case c == ',':
		if isDigit(s.text[at-1]) && at+1 < len(s.text) && isDigit(s.text[at+1]) {
			return 1
		}
		return 0
	case c < utf8.RuneSelf:
		return 0
	}
	r, size := utf8.DecodeRune(s.text[at:])
	if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '’' && s.joins(at+size) {
		return size
	}
	return 0
}

// joins tells whether a letter or digit stands at offset at.
func (s *scanner) joins(at int) bool {
	if at >= len(s.text) {
		return false
	}
	if c := s.text[at]; c < utf8.RuneSelf {
		return byteKinds[c]&isAlnum != 0
	}
	r, _ := utf8.DecodeRune(s.text[at:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// addMark adds a rune of punctuation. One that ends a quotation marks what is
// inside as quoted if it is long: there somebody else speaks.
func (s *scanner) addMark(start, end int, r rune) {
	switch {
	case r == '“':
		s.quote = len(s.tokens)
	case r == '"' && s.quote < 0:
		s.quote = len(s.tokens)
	case (r == '"' || r == '”') && s.quote >= 0:
		if start-s.tokens[s.quote].end > longestQuip {
			s.quotes = true
			for i := s.quote + 1; i < len(s.tokens); i++ {
				s.tokens[i].quoted = true
			}
		}
		s.quote = -1
	}
	w := s.language.word(s.text, start, end)
	s.present[w>>6] |= 1 << (w & 63)
	s.tokens = append(s.tokens, token{start: start, end: end, kind: markToken, word: w})
}

// bytes returns the text of a token.
func (s *scanner) bytes(i int) []byte { return s.text[s.tokens[i].start:s.tokens[i].end] }

// hasSuffix tells whether a token is a longer word that ends in suffix.
func (s *scanner) hasSuffix(i int, suffix string) bool {
	text := s.bytes(i)
	return s.tokens[i].kind == wordToken && len(text) > len(suffix)+1 && bytes.HasSuffix(text, []byte(suffix))
}

// A byteKind says what a byte of ASCII is in a word. Other bytes are none of it.
type byteKind uint8

// The kinds of byte.
const (
	isLetter byteKind = 1 << iota
	isDigitByte

	isAlnum = isLetter | isDigitByte
)

var byteKinds = func() (kinds [256]byteKind) {
	for i := range kinds {
		switch c := byte(i); {
		case isDigit(c):
			kinds[i] = isDigitByte
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			kinds[i] = isLetter
		}
	}
	return kinds
}()

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
