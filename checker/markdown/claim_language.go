package markdown

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed cues/*.cues
var cueFiles embed.FS

// languages are the languages whose claims are found; see cues/README.md.
var languages = loadLanguages(cueFiles)

// A word is the number of a word in a language's vocabulary. Zero: it is not in it.
type word uint16

const curly = "’"

// longestWord is the length of the longest word of a vocabulary, in bytes.
const longestWord = 24

// A language is what is known about the words of a language.
type language struct {
	name       string
	vocabulary map[string]word
	spellings  []string    // by word
	table      []word      // by hash; 0: free
	lengths    [256]uint32 // by first byte, capital or not: which lengths some word that begins so has
	values     []int       // by word: the number of a month, an ordinal or a magnitude; 0 if there is none
	units      []string    // by word: the unit that it is another name of; "" if there is none
	sets       map[string]*words
	classes    classes
	cues       []*cue
	yearless   *cue     // what makes of a day without a year a cue
	first      [][]find // by word: the patterns that begin with it
	numeric    []find   // the patterns that begin with a number
	pages      []string // stems and folders of pages that are dated by nature
	sections   []string // beginnings of headings that are
}

// classes are the sets of words that the code asks for by name. Others are known
// to patterns alone.
type classes struct {
	stop, abbreviation, numbering, month, ordinal, half, quarter, period, magnitude, ordinalSuffix words
	yearLead, dayLead, currency, unit, notUnit, approximate                                        words
}

// A cue is one way of saying that something depends on time.
type cue struct {
	kind   bookcheck.CueKind
	rank   int // its place in the file: of two cues in one place the first wins
	guards []guard
}

// A find is a pattern with the cue that it is a sign of.
type find struct {
	cue     *cue
	pattern pattern
	key     words // one of these must stand in the passage; nil: any passage will do
}

// words is a set of words.
type words []uint64

// has tells whether w is in the set. No set has the unknown word.
func (s words) has(w word) bool {
	i := int(w >> 6)
	return i < len(s) && s[i]&(1<<(w&63)) != 0
}

func (s *words) add(w word) {
	for int(w>>6) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[w>>6] |= 1 << (w & 63)
}

// meets tells whether the sets have a word in common.
func (s words) meets(other words) bool {
	for i := range min(len(s), len(other)) {
		if s[i]&other[i] != 0 {
			return true
		}
	}
	return false
}

// word looks text up, however it is capitalized. It is asked for every word of a
// book, and most are not there.
func (l *language) word(text []byte) word {
	if len(text) == 0 || len(text) > longestWord || l.lengths[text[0]]&(1<<len(text)) == 0 {
		return 0
	}
	var buffer [longestWord]byte
	key := buffer[:0]
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == curly[0] && strings.HasPrefix(string(text[i:]), curly) {
			c = '\''
			i += len(curly) - 1
		}
		key = append(key, byteKinds[c].lower)
	}
	for i := hash(key) & uint32(len(l.table)-1); ; i = (i + 1) & uint32(len(l.table)-1) {
		if w := l.table[i]; w == 0 || l.spellings[w] == string(key) {
			return w
		}
	}
}

// hash is FNV-1a.
func hash[T string | []byte](text T) uint32 {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return h
}

// index makes the table in which words are looked up.
func (l *language) index() {
	size := 1
	for size < 4*len(l.spellings) {
		size *= 2
	}
	l.table = make([]word, size)
	for w, spelling := range l.spellings {
		if w == 0 {
			continue
		}
		i := hash(spelling) & uint32(size-1)
		for l.table[i] != 0 {
			i = (i + 1) & uint32(size-1)
		}
		l.table[i] = word(w)
	}
}

// learn returns the number of a word, which it adds if need be.
func (l *language) learn(text string) word {
	if w, ok := l.vocabulary[text]; ok {
		return w
	}
	w := word(len(l.spellings))
	l.vocabulary[text] = w
	l.spellings = append(l.spellings, text)
	l.values, l.units = append(l.values, 0), append(l.units, "")
	for _, first := range []byte{text[0], strings.ToUpper(text)[0]} {
		l.lengths[first] |= 1 << len(text)
		if n := len(text) + strings.Count(text, "'")*(len(curly)-1); n <= longestWord {
			l.lengths[first] |= 1 << n
		}
	}
	return w
}

// loadLanguages reads every language of the program. A fault in them is our own.
func loadLanguages(fsys fs.FS) []*language {
	paths, err := fs.Glob(fsys, "cues/*.cues")
	if err != nil {
		panic(err)
	}
	all := make([]*language, 0, len(paths))
	for _, path := range paths {
		source, err := fs.ReadFile(fsys, path)
		if err != nil {
			panic(err)
		}
		l, err := parseLanguage(strings.TrimSuffix(strings.TrimPrefix(path, "cues/"), ".cues"), string(source))
		if err != nil {
			panic(fmt.Errorf("%s: %w", path, err))
		}
		all = append(all, l)
	}
	return all
}

// parseLanguage reads a file of words and cues.
func parseLanguage(name, source string) (*language, error) {
	l := &language{
		name:       name,
		vocabulary: make(map[string]word),
		spellings:  []string{""},
		sets:       make(map[string]*words),
		values:     []int{0},
		units:      []string{""},
	}
	var current *cue
	for n, line := range strings.Split(source, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		var err error
		switch fields[0] {
		case "class":
			err = l.parseClass(fields[1:])
		case "page":
			l.pages = append(l.pages, fields[1:]...)
		case "section":
			l.sections = append(l.sections, strings.Join(fields[1:], " "))
		case "cue":
			current = &cue{kind: bookcheck.CueKind(fields[1]), rank: len(l.cues)}
			l.cues = append(l.cues, current)
			if current.kind == bookcheck.YearlessDate {
				l.yearless = current
			}
		case "find":
			err = l.parseFind(current, fields[1:])
		case "not", "need":
			err = l.parseGuard(current, fields[0] == "need", fields[1:])
		default:
			err = fmt.Errorf("%q begins no line", fields[0])
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	l.nameClasses()
	l.index()
	return l, nil
}

// parseClass reads "NAME WORD WORD=VALUE …".
func (l *language) parseClass(fields []string) error {
	if len(fields) < 2 {
		return errors.New("a class has a name and words")
	}
	set := l.set(fields[0])
	for _, field := range fields[1:] {
		text, value, valued := strings.Cut(field, "=")
		if len(text) > longestWord || text == "" {
			return fmt.Errorf("%q: a word has 1 to %d bytes", text, longestWord)
		}
		w := l.learn(text)
		set.add(w)
		if !valued {
			continue
		}
		if number, err := strconv.Atoi(value); err == nil {
			l.values[w] = number
		} else {
			l.units[w] = value
		}
	}
	return nil
}

// set returns the class of a name, which it makes if need be.
func (l *language) set(name string) *words {
	if l.sets[name] == nil {
		l.sets[name] = new(words)
	}
	return l.sets[name]
}

// parseFind reads a pattern and files it under the words that it begins with.
func (l *language) parseFind(c *cue, fields []string) error {
	p, err := l.parsePattern(fields)
	switch {
	case err != nil:
		return err
	case c == nil:
		return errors.New("find stands before any cue")
	case p[0].kind == wantNumber && !p[0].optional && !p[0].negated:
		l.numeric = append(l.numeric, find{c, p, p.key()})
		return nil
	case p[0].kind != wantWord || p[0].optional || p[0].negated || p[0].suffixes != nil:
		return errors.New("a cue begins with a word or a number")
	}
	for w := range word(len(p[0].words) * 64) {
		if !p[0].words.has(w) {
			continue
		}
		for int(w) >= len(l.first) {
			l.first = append(l.first, nil)
		}
		l.first[w] = append(l.first[w], find{c, p, p.key()})
	}
	return nil
}

// nameClasses makes the classes known to the code.
func (l *language) nameClasses() {
	l.classes = classes{
		stop:          *l.set("stop"),
		abbreviation:  *l.set("abbreviation"),
		numbering:     *l.set("numbering"),
		month:         *l.set("month"),
		ordinal:       *l.set("ordinal"),
		half:          *l.set("half"),
		quarter:       *l.set("quarter"),
		period:        *l.set("period"),
		magnitude:     *l.set("magnitude"),
		ordinalSuffix: *l.set("ordinal-suffix"),
		yearLead:      *l.set("year-lead"),
		dayLead:       *l.set("day-lead"),
		currency:      *l.set("currency"),
		unit:          *l.set("unit"),
		notUnit:       *l.set("not-unit"),
		approximate:   *l.set("approximate"),
	}
}

// languageOf returns the language that the passages are written in, or nil if it
// is none that is known: then too few of their words are its small words. A few
// words alone show nothing and count as the first language.
func languageOf(passages []*passage) *language {
	var best *language
	most := 0
	for _, l := range languages {
		total, small := l.count(passages)
		if known := total < fewWords || small*leastStop >= total; known && (best == nil || small > most) {
			best, most = l, small
		}
	}
	return best
}

const (
	fewWords  = 40
	manyWords = 200
	leastStop = 8 // one word in so many is a small word; in English prose it is every third
)

// count returns how many words the first passages have, and how many of them are
// the language's small words.
func (l *language) count(passages []*passage) (total, small int) {
	s := newScanner(l)
	for _, p := range passages {
		s.scan(p.text[:min(len(p.text), 16*manyWords)])
		for i := range s.tokens {
			if s.tokens[i].kind != wordToken {
				continue
			}
			total++
			if l.classes.stop.has(s.tokens[i].word) {
				small++
			}
		}
		if total > manyWords {
			break
		}
	}
	return total, small
}
