package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// sentenceEnds appends to ends where each sentence of text ends, white space
// included. Unicode's rules break after every abbreviation that a capital or a
// digit follows, and never before code that begins a sentence; both are mended
// here.
func (l *language) sentenceEnds(text []byte, ends []int) []int {
	if isOneSentence(text) {
		return append(ends, len(text))
	}
	at, from := 0, len(ends)
	for parts := sentences.FromBytes(text); parts.Next(); {
		part := parts.Value()
		if len(ends) > from && l.abbreviated(text[:at], part) {
			ends = ends[:len(ends)-1]
		}
		ends = splitAtMasks(part, at, ends)
		at += len(part)
		ends = append(ends, at)
	}
	return ends
}

// isOneSentence tells whether nothing inside a text can end a sentence, as in most
// items and cells.
func isOneSentence(text []byte) bool {
	for i, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
		ends := c == '.' || c == '!' || c == '?' || c < ' '
		if ends && i+1 < len(text) && byteKinds[text[i+1]]&isAlnum == 0 {
			return false
		}
	}
	return true
}

// abbreviated tells whether a sentence cannot end where before does, because its
// last word is an abbreviation.
func (l *language) abbreviated(before, after []byte) bool {
	before = bytes.TrimRightFunc(before, unicode.IsSpace)
	if !bytes.HasSuffix(before, []byte{'.'}) {
		return false
	}
	before = before[max(0, len(before)-1-longestWord) : len(before)-1]
	start := bytes.LastIndexFunc(before, func(r rune) bool {
		return r != '.' && !unicode.IsLetter(r)
	}) + 1
	if start == len(before) {
		return false
	}
	word := l.word(before, start, len(before))
	if l.classes.abbreviation.has(word) {
		return true
	}
	first, _ := utf8.DecodeRune(after)
	return l.classes.numbering.has(word) && unicode.IsDigit(first)
}

// splitAtMasks appends the ends of sentences inside part, which begins at offset
// at, that are followed by a mask.
func splitAtMasks(part []byte, at int, ends []int) []int {
	if bytes.IndexByte(part, maskByte) < 0 {
		return ends
	}
	for i := 0; ; {
		n := bytes.IndexFunc(part[i:], isSolidMask)
		if n < 0 {
			return ends
		}
		before := bytes.TrimRight(part[:i+n], " \t\n")
		if len(before) < i+n && len(before) > 0 && bytes.IndexByte([]byte(".!?"), before[len(before)-1]) >= 0 {
			ends = append(ends, at+i+n)
		}
		i += n + utf8.RuneLen(maskCode)
	}
}

// maskByte is the first byte of every solid mask.
const maskByte = 0xee

// isSolidMask tells whether a mask stands for something that can begin a
// sentence.
func isSolidMask(r rune) bool { return maskCode <= r && r <= maskDynamic }
