package badarithmetic

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// A sentence is a run of tokens of a passage.
type sentence struct {
	*passage
	tokens []token
}

// A kind says what a token is.
type kind int

const (
	none   kind = iota // outside of the sentence
	sign               // one character
	plain              // a word
	named              // letters and digits: a name, a version, a time
	number             // a number, its magnitude included
)

// A token is a word, a number or a sign.
type token struct {
	kind       kind
	start, end int    // in the text of the passage
	word       string // in lower case; of a sign, itself
	spaced     bool   // white space stands before it
	capital    bool   // begins with a capital letter

	value   float64 // of a number
	ulp     float64 // what one more in its last written digit is worth
	unit    string  // written onto it: "%", "$", "gb"; "" if nothing is
	whole   bool    // written with digits alone, without magnitude or fraction
	spelled bool    // written as a word
	ordinal bool    // first, 2nd
}

// span returns where the tokens from one to another stand in the source.
func (s *sentence) span(from, to int) bookcheck.Span {
	return bookcheck.Span{Start: s.offset(s.tokens[from].start), End: s.offset(s.tokens[to-1].end-1) + 1}
}

// written returns the tokens from one to another as a reader sees them.
func (s *sentence) written(from, to int) string {
	text := string(s.text[s.tokens[from].start:s.tokens[to-1].end])
	return strings.Join(strings.Fields(text), " ")
}

// at returns the token at an index; outside of the sentence, one that is nothing.
func (s *sentence) at(i int) *token {
	if i < 0 || i >= len(s.tokens) {
		return &token{}
	}
	return &s.tokens[i]
}

// is tells whether the token at an index is one of some words or signs.
func (s *sentence) is(i int, words ...string) bool {
	t := s.at(i)
	if t.kind == number && !t.spelled || t.kind == none {
		return false
	}
	return slices.Contains(words, t.word)
}

// in tells whether the token at an index is a word of a set.
func (s *sentence) in(i int, set map[string]bool) bool {
	t := s.at(i)
	return t.kind == plain && set[t.word]
}

// says tells whether some token of the sentence is a word of a set.
func (s *sentence) says(set map[string]bool) bool {
	for i := range s.tokens {
		if s.in(i, set) {
			return true
		}
	}
	return false
}

// scan splits the text from one offset to another into tokens.
func (s *sentence) scan(start, end int) {
	spaced := true
	for i := start; i < end && len(s.tokens) <= mostTokens; {
		r, size := utf8.DecodeRune(s.text[i:end])
		if unicode.IsSpace(r) {
			spaced = true
			i += size
			continue
		}
		t := token{kind: sign, start: i, end: i + size, word: string(s.text[i : i+size]), spaced: spaced}
		switch {
		case unicode.IsDigit(r):
			s.scanNumber(&t, end)
		case unicode.IsLetter(r):
			t.capital = unicode.IsUpper(r)
			s.scanWord(&t, end)
		case r == '−':
			t.word = "-"
		}
		spaced = false
		i = t.end
		if last := len(s.tokens) - 1; t.kind == plain && last >= 0 && s.multiply(&s.tokens[last], &t) {
			continue
		}
		s.tokens = append(s.tokens, t)
	}
	s.currencies()
}

// scanWord reads a word, or a name that has digits in it.
func (s *sentence) scanWord(t *token, end int) {
	t.kind = plain
	i := t.start
	for i < end {
		r, size := utf8.DecodeRune(s.text[i:end])
		inner := strings.ContainsRune("-‐‑.'’_@&+/", r) && i+size < end && isAlnum(s.text[i+size:end])
		switch {
		case unicode.IsLetter(r):
		case unicode.IsDigit(r):
			t.kind = named
		case inner && r == '-' && spelledOut[string(bytes.ToLower(s.text[t.start:i]))] != 0:
			inner = false // five-year
			fallthrough
		default:
			if !inner {
				s.endWord(t, i)
				return
			}
		}
		i += size
	}
	s.endWord(t, i)
}

func (s *sentence) endWord(t *token, end int) {
	t.end = end
	t.word = strings.ToLower(string(s.text[t.start:end]))
	if value := spelledOut[t.word]; value != 0 && t.kind == plain {
		t.kind, t.value, t.ulp, t.spelled, t.whole = number, value, 1, true, true
	}
}

func isAlnum(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// spelledOut are the numbers that are written as words. One is a pronoun more often.
var spelledOut = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// scanNumber reads a number with what is written onto it. What is part of something
// longer is a name: 1.2.3, 10:30, 4x4, 2016-12-29.
func (s *sentence) scanNumber(t *token, end int) {
	i, digits, scale := t.start, make([]byte, 0, 16), 0
	for i < end {
		c := s.text[i]
		switch {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
			if scale > 0 {
				scale++
			}
		case c == ',' && scale == 0 && s.isGroup(i+1, end):
		case c == '.' && scale == 0 && i+1 < end && isDigit(s.text[i+1]):
			digits, scale = append(digits, '.'), 1
		case isThinSpace(s.text[i:end]) > 0 && scale == 0 && s.isGroup(i+isThinSpace(s.text[i:end]), end):
			i += isThinSpace(s.text[i:end]) - 1
		default:
			s.endNumber(t, i, end, digits, max(0, scale-1))
			return
		}
		i++
	}
	s.endNumber(t, i, end, digits, max(0, scale-1))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isThinSpace returns the length of the space in the middle of a number; 0: there is
// none.
func isThinSpace(text []byte) int {
	for _, space := range []string{"\u202f", "\u2009", "\u00a0"} {
		if bytes.HasPrefix(text, []byte(space)) {
			return len(space)
		}
	}
	return 0
}

// isGroup tells whether three digits, and no more, stand at an offset.
func (s *sentence) isGroup(at, end int) bool {
	if at+3 > end {
		return false
	}
	for _, c := range s.text[at : at+3] {
		if !isDigit(c) {
			return false
		}
	}
	return at+3 == end || !isDigit(s.text[at+3])
}

func (s *sentence) endNumber(t *token, at, end int, digits []byte, places int) {
	t.kind, t.end = number, at
	value, err := strconv.ParseFloat(string(digits), 64)
	rest := at
	for rest < end && s.goesOn(rest, end) {
		_, size := utf8.DecodeRune(s.text[rest:end])
		rest += size
	}
	suffix := strings.ToLower(string(s.text[at:rest]))
	t.value, t.ulp, t.whole, t.end = value, 1, places == 0, rest
	for range places {
		t.ulp /= 10
	}
	t.word = strings.ToLower(string(s.text[t.start:rest]))
	switch scale := suffixes[string(s.text[at:rest])]; {
	case err != nil || len(digits) > 15:
		t.kind = named
	case suffix == "":
	case scale != 0:
		t.scale(scale)
	case ordinals[suffix]:
		t.ordinal = true
	case strings.IndexFunc(suffix, func(r rune) bool { return !unicode.IsLetter(r) }) < 0:
		t.unit, t.whole = suffix, false
	default:
		t.kind = named
	}
}

// goesOn tells whether what stands at an offset is written onto the number before.
func (s *sentence) goesOn(at, end int) bool {
	r, size := utf8.DecodeRune(s.text[at:end])
	switch {
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '_', r == '^':
		return true
	case r == '.', r == ':', r == ',':
		return at+size < end && isDigit(s.text[at+size])
	case r == '-': // a date or a telephone number; 2019-2021 is a range
		return s.isISO(at, end)
	default:
		return false
	}
}

// isISO tells whether the hyphen at an offset is inside of three numbers with hyphens.
func (s *sentence) isISO(at, end int) bool {
	hyphens := 0
	for i := at; i < end && (isDigit(s.text[i]) || s.text[i] == '-'); i++ {
		if s.text[i] == '-' {
			hyphens++
		}
	}
	for i := at - 1; i >= 0 && (isDigit(s.text[i]) || s.text[i] == '-'); i-- {
		if s.text[i] == '-' {
			hyphens++
		}
	}
	return hyphens > 1
}

// suffixes are the letters that scale a number.
var suffixes = map[string]float64{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "T": 1e12, "bn": 1e9}

var ordinals = wordSet("st nd rd th")

// magnitudes are the words that scale the number before.
var magnitudes = map[string]float64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

func (t *token) scale(by float64) {
	t.value, t.ulp, t.whole = t.value*by, t.ulp*by, false
}

// multiply makes a number and the magnitude that follows it one token.
func (s *sentence) multiply(n, word *token) bool {
	by := magnitudes[word.word]
	if by == 0 || n.kind != number || n.unit != "" || n.ordinal {
		return false
	}
	n.scale(by)
	n.end = word.end
	return true
}

// currencies are the signs that stand before an amount.
var currencies = wordSet("$ € £ ¥")

// currencies joins amounts with their currency, and numbers with their percent sign.
func (s *sentence) currencies() {
	joined := s.tokens[:0]
	for i := range s.tokens {
		t := s.tokens[i]
		last := len(joined) - 1
		switch {
		case last >= 0 && t.kind == number && t.unit == "" && joined[last].kind == sign && currencies[joined[last].word] && !t.spaced:
			t.start, t.unit, t.spaced = joined[last].start, joined[last].word, joined[last].spaced
			joined[last] = t
			continue
		case last >= 0 && isPercent(&t) && joined[last].kind == number && joined[last].unit == "":
			joined[last].unit, joined[last].end = "%", t.end
			continue
		}
		joined = append(joined, t)
	}
	s.tokens = joined
}

func isPercent(t *token) bool {
	return t.kind == sign && t.word == "%" || t.kind == plain && (t.word == "percent" || t.word == "per-cent")
}
