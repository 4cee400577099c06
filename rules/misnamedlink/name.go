package misnamedlink

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A name is what something is called, in the form that is compared. The zero value
// is none.
type name struct {
	text  string // as written; "": of words of another name, see said
	words []word
	key   []rune // of all words, without what is between them

	unwritten bool // from an address or a key, in which names are not written as in a text
}

// A word is a run of letters and digits.
type word struct {
	key     []rune // in lower case, without accents
	capital bool   // none of its letters is in lower case, but for the s of a plural
}

// The bounds on a name. What is longer is a sentence, and in what is shorter every
// other word is near.
const (
	mostWords    = 3
	fewestSigns  = 5
	mostSigns    = 40
	fewestLetter = 4
)

// newName returns the name that a text is. It is the zero value if the text looks
// like something else: a sentence, an address, a path, a word of the language.
func newName(text string) name {
	text = strings.TrimSpace(text)
	if len(text) > 4*mostSigns || strings.Contains(text, "//") || !hasMark(text) {
		return name{}
	}
	n := split(text)
	if len(strings.Fields(text)) > mostWords || len(n.key) > mostSigns {
		return name{}
	}
	return n
}

// sound tells whether there is enough of a name to compare.
func (n name) sound() bool {
	letters := 0
	for _, r := range n.key {
		if !unicode.IsDigit(r) {
			letters++
		}
	}
	return len(n.key) >= fewestSigns && letters >= fewestLetter
}

// hasMark tells whether a text has what marks a name: a capital or a digit.
func hasMark(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) })
}

// split returns a text as a name, whatever it is, without its articles. A text in another script than the
// Latin one has no words: what is written in two scripts is never near.
func split(text string) name {
	n := name{text: text, key: make([]rune, 0, len(text))} // the words share it
	start, small := 0, 0                                   // of the word, and its letters in lower case
	end := func() {
		if key := n.key[start:len(n.key):len(n.key)]; len(key) > 0 && articles[string(key)] {
			n.key = n.key[:start]
		} else if len(key) > 0 {
			capital := small == 0 || small == 1 && key[len(key)-1] == 's'
			n.words = append(n.words, word{key, capital})
		}
		start, small = len(n.key), 0
	}
	for _, r := range strings.ReplaceAll(text, "++", "PP") {
		switch {
		case 'a' <= r && r <= 'z':
			n.key = append(n.key, r)
			small++
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			return name{text: text}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n.key = append(n.key, plain(unicode.ToLower(r))...)
			if unicode.IsLower(r) {
				small++
			}
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r): // belongs to the word
		default:
			end()
		}
	}
	end()
	return n
}

// run returns the name that the words from one to another make.
func (n name) run(from, to int) name {
	start, end := 0, 0
	for i, w := range n.words[:to] {
		if i < from {
			start += len(w.key)
		}
		end += len(w.key)
	}
	return name{words: n.words[from:to], key: n.key[start:end:end]}
}

// said returns how a name is written, as far as that is known.
func (n name) said() string {
	if n.text != "" {
		return n.text
	}
	texts := make([]string, len(n.words))
	for i, w := range n.words {
		texts[i] = string(w.key)
	}
	return strings.Join(texts, "-")
}

// accents are the letters that are written without their marks in addresses.
var accents = letters(map[string]string{
	"a": "àáâãåāăą", "ae": "äæ", "c": "çćĉċč", "d": "ďđð", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
	"i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľŀł", "n": "ñńņňŋ", "o": "òóôõōŏő", "oe": "öøœ",
	"r": "ŕŗř", "s": "śŝşšș", "ss": "ß", "t": "ţťŧț", "th": "þ", "u": "ùúûũūŭůűų", "ue": "ü",
	"w": "ŵ", "y": "ýÿŷ", "z": "źżž",
})

func letters(by map[string]string) map[rune][]rune {
	of := make(map[rune][]rune)
	for plain, marked := range by {
		for _, r := range marked {
			of[r] = []rune(plain)
		}
	}
	return of
}

// plain returns a letter without its marks.
func plain(r rune) []rune {
	if r >= utf8.RuneSelf {
		if p, ok := accents[r]; ok {
			return p
		}
	}
	return []rune{r}
}

// runs returns a title as a name, and the names that it has in runs of up to so many
// words.
func runs(title string, most int) (whole, parts []name) {
	words := strings.Fields(title)
	if len(words) == 0 || len(words) > mostTitleWords {
		return nil, nil
	}
	for i := range words {
		for n := 1; n <= most && i+n <= len(words); n++ {
			run := strings.Trim(strings.Join(words[i:i+n], " "), ".,:;!?()[]{}\"'“”‘’|–—-")
			if hasMark(run) && !articles[strings.ToLower(words[i])] { // it begins with a name
				parts = append(parts, split(run))
			}
		}
	}
	return []name{split(title)}, parts
}

// articles are left out of addresses.
var articles = map[string]bool{"a": true, "an": true, "the": true}

// mostTitleWords bounds a title: what is longer is none.
const mostTitleWords = 60
