package weigh

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word or a number of a text.
type token struct {
	start, end int32 // bytes of the text
	lexeme     int32 // in the vocabulary of the text
	gap        gap   // what stands in front of it
}

// A gap is what stands between two tokens.
type gap uint8

// What a gap can hold.
const (
	sentenceEnd gap = 1 << iota
	comma           // or another mark that parts clauses
	glued           // nothing but a hyphen, or nothing at all
)

// A lexeme is a word as a text knows it, whatever its form.
type lexeme struct {
	stem    string
	class   class
	choices uint64 // the contrasts that it takes part in
	axis    axis
	root    int32 // the first lexeme with this stem, which stands for all of them
	count   int32 // of a root: sentences that hold its stem
	last    int32 // of a root: the last of them, from 1
}

// A vocabulary is all lexemes of a text. Words that share their stem, class and
// contrasts share a lexeme; the same word in two forms has one root.
type vocabulary struct {
	lexemes []lexeme
	forms   map[string]int32 // by word in lower case
	stems   map[string]int32 // by stem: the first lexeme that has it
	lossy   bool             // the text lost its ligatures, so that words are compared without
}

func newVocabulary(lossy bool) *vocabulary {
	return &vocabulary{forms: make(map[string]int32), stems: make(map[string]int32), lossy: lossy}
}

// lexeme returns that of a word in lower case.
func (v *vocabulary) lexeme(form []byte) int32 {
	if id, known := v.forms[string(form)]; known {
		return id
	}
	word := string(form)
	l := lexeme{class: classes[word], choices: choices[word], axis: axes[word]}
	switch {
	case '0' <= word[0] && word[0] <= '9':
		l.stem, l.class = strings.ReplaceAll(word, ",", ""), numeric
	case v.lossy:
		l.stem = stem(withoutLigatures(word))
	default:
		l.stem = stem(word)
	}
	id := int32(len(v.lexemes))
	first, known := v.stems[l.stem]
	switch {
	case !known:
		v.stems[l.stem], l.root = id, id
		v.lexemes = append(v.lexemes, l)
	case v.lexemes[first].class == l.class && v.lexemes[first].choices == l.choices && v.lexemes[first].axis == l.axis:
		id = first
	default:
		l.root = first
		v.lexemes = append(v.lexemes, l)
	}
	v.forms[word] = id
	return id
}

// root returns the lexeme that stands for all with the stem of a token.
func (v *vocabulary) root(tok token) int32 { return v.lexemes[tok.lexeme].root }

// class returns that of a token.
func (v *vocabulary) class(tok token) class { return v.lexemes[tok.lexeme].class }

// withoutLigatures leaves out of a word what PDF files write as one glyph, and the
// mark that stands for a glyph without a name.
var ligatures = strings.NewReplacer("\uFFFD", "", "ffi", "", "ffl", "", "ff", "", "fi", "", "fl", "",
	"ﬃ", "", "ﬄ", "", "ﬀ", "", "ﬁ", "", "ﬂ", "")

func withoutLigatures(word string) string { return ligatures.Replace(word) }

// longestWord bounds the words that are told apart, in bytes: what is longer is no
// word of a language.
const longestWord = 48

// tokens splits a text. Letters and digits that follow each other are two tokens, as
// in Llama2; a possessive s and the hyphen at the end of a broken line are left out.
func (v *vocabulary) tokens(text string, soft bool) []token {
	tokens := make([]token, 0, len(text)/6+4)
	var buffer [longestWord + utf8.UTFMax]byte
	last := 0 // the end of the token before
	for at := 0; at < len(text); {
		kind, size := kindAt(text[at:])
		if kind == blank {
			at += size
			continue
		}
		start := at
		var form []byte
		if kind == digits {
			at = numberEnd(text, at)
			form = append(buffer[:0], text[start:min(at, start+longestWord)]...)
		} else {
			form, at = lowerWord(text, at, buffer[:0])
		}
		if len(form) == 0 { // a possessive s
			last = at
			continue
		}
		tokens = append(tokens, token{
			start: int32(start), end: int32(at), lexeme: v.lexeme(form),
			gap: readGap(text, last, start, len(tokens) == 0, soft, tokens),
		})
		last = at
	}
	return tokens
}

// A kind of rune, as far as splitting text goes.
type kind uint8

const (
	blank kind = iota
	letters
	digits
)

func kindAt(text string) (kind, int) {
	c := text[0]
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		return letters, 1
	case '0' <= c && c <= '9':
		return digits, 1
	case c < utf8.RuneSelf:
		return blank, 1
	}
	r, size := utf8.DecodeRuneInString(text)
	if unicode.IsLetter(r) || unicode.IsMark(r) || r == utf8.RuneError && size == 3 {
		return letters, size
	}
	return blank, size
}

// numberEnd returns where the number that begins at an offset ends. Points and commas
// between digits belong to it.
func numberEnd(text string, at int) int {
	for at < len(text) {
		c := text[at]
		inside := (c == '.' || c == ',') && at+1 < len(text) && isDigit(text[at+1])
		if !isDigit(c) && !inside {
			break
		}
		at++
	}
	return at
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// lowerWord appends the word that begins at an offset to form, in lower case, and
// returns where it ends. Of don't, t is a word of its own; of Ada's, s is none.
func lowerWord(text string, start int, form []byte) ([]byte, int) {
	at := start
	for at < len(text) {
		kind, size := kindAt(text[at:])
		if kind != letters {
			next := brokenLine(text[at:])
			if next == 0 {
				break
			}
			at += next
			continue
		}
		if len(form) < longestWord {
			if size == 1 {
				form = append(form, text[at]|0x20)
			} else {
				r, _ := utf8.DecodeRuneInString(text[at:])
				form = utf8.AppendRune(form, unicode.ToLower(r))
			}
		}
		at += size
	}
	if len(form) == 1 && form[0] == 's' && start > 0 && (text[start-1] == '\'' || strings.HasSuffix(text[:start], "’")) {
		return nil, at
	}
	return form, at
}

// brokenLine returns the length of a hyphen and line end that divide a word; 0: there
// are none.
func brokenLine(text string) int {
	if !strings.HasPrefix(text, "-\n") || len(text) < 3 || text[2] < 'a' || text[2] > 'z' {
		return 0
	}
	return 2
}

// readGap tells what stands between two tokens. In a soft text, lines are broken
// anywhere.
func readGap(text string, from, to int, first, soft bool, tokens []token) gap {
	if first {
		return sentenceEnd
	}
	between := text[from:to]
	switch between {
	case " ":
		return 0
	case "", "-":
		return glued
	}
	var g gap
	stop, lines := false, 0
	for i := 0; i < len(between); i++ {
		switch c := between[i]; c {
		case '.':
			next := byte(' ')
			if i+1 < len(between) {
				next = between[i+1]
			} else if to < len(text) {
				next = text[to]
			}
			stop = stop || !isLetter(next) && !isDigit(next)
		case '!', '?':
			stop = true
		case '\n':
			lines++
		case ',', ';', ':', '(', ')', '\t', '|', '[', ']':
			g |= comma
		case 0xE2: // of —, •, …
			if strings.HasPrefix(between[i:], "—") || strings.HasPrefix(between[i:], "–") {
				g |= comma
			}
			if strings.HasPrefix(between[i:], "•") {
				stop = true
			}
		}
	}
	lower := to < len(text) && 'a' <= text[to] && text[to] <= 'z'
	abbreviated := between[0] == '.' && len(tokens) > 0 && abbreviations[strings.ToLower(text[tokens[len(tokens)-1].start:tokens[len(tokens)-1].end])]
	switch {
	case lines > 1, stop && !lower && !abbreviated, lines == 1 && !soft && !lower && g&comma == 0:
		return g | sentenceEnd
	}
	return g
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// A sentence is a run of tokens, as a text is punctuated.
type sentence struct {
	from, to   int32 // tokens
	first, end int32 // facts
}

// longestSentence bounds the tokens of a sentence: what is longer is a list or a
// table, and is cut.
const longestSentence = 200

// sentences parts the tokens, and counts in how many sentences each lexeme stands.
func (v *vocabulary) sentences(tokens []token) []sentence {
	var all []sentence
	for from := 0; from < len(tokens); {
		to := from + 1
		for to < len(tokens) && to-from < longestSentence && tokens[to].gap&sentenceEnd == 0 {
			to++
		}
		all = append(all, sentence{from: int32(from), to: int32(to)})
		number := int32(len(all))
		for _, tok := range tokens[from:to] {
			if l := &v.lexemes[v.root(tok)]; l.last != number {
				l.last = number
				l.count++
			}
		}
		from = to
	}
	return all
}
