package misnamedlink

import (
	"strings"
	"unicode"
)

// A name is what something is called, in the form that is compared. The zero value
// is none.
type name struct {
	text  string // as written
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
	n := name{text: text}
	var w word
	small := 0 // letters in lower case
	end := func() {
		if len(w.key) > 0 && !articles[string(w.key)] {
			last := w.key[len(w.key)-1]
			w.capital = small == 0 || small == 1 && last == 's'
			n.words = append(n.words, w)
			n.key = append(n.key, w.key...)
		}
		w, small = word{}, 0
	}
	for _, r := range strings.ReplaceAll(text, "++", "PP") {
		switch {
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			return name{text: text}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			w.key = append(w.key, plain(unicode.ToLower(r))...)
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
	part := name{words: n.words[from:to]}
	texts := make([]string, 0, to-from)
	for _, w := range part.words {
		part.key = append(part.key, w.key...)
		texts = append(texts, string(w.key))
	}
	part.text = strings.Join(texts, "-")
	return part
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

func plain(r rune) []rune {
	if p, ok := accents[r]; ok {
		return p
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
