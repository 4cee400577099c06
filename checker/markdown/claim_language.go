package markdown

import (
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	short      shortTable
	long       map[string]word
	lengths    [256]uint32 // by first byte, capital or not: which lengths some word that begins so has
	values     []int       // by word: the number of a month, an ordinal or a magnitude; 0 if there is none
	sets       map[string]*words
	classes    classes
	cues       []*cue
	yearless   *cue // what makes of a day without a year a cue
	finds      []find
	first      [][]int  // by word: the patterns that begin with it
	numeric    []int    // the patterns that begin with a number
	keyed      [][]int  // by word: the patterns of whose key it is
	keys       words    // all words of keys
	keyless    []int    // the patterns without a key
	pages      []string // stems and folders of pages that are dated by nature
	sections   []string // beginnings of headings that are
	practices  []string // beginnings of headings over what the reader is to do
}

// classes are the sets of words that the code asks for by name. Others are known
// to patterns alone.
type classes struct {
	stop, abbreviation, numbering, month, ordinal, half, quarter, period, ordinalSuffix                                         words
	reader, author, this, supposing, setting, own, must, letting, order, leadIn, moment, verb, tuning, specimen, part, numbered words
	yearLead, dayLead                                                                                                           words
}

// A cue is one way of saying that something depends on time.
type cue struct {
	kind   bookcheck.CueKind
	worth  bookcheck.Worth // what it shows a sentence to be worth checking for; "": nothing, it is about time
	rank   int             // its place in the file: of two cues in one place the first wins
	guards []guard
}

// A find is a pattern with the cue that it is a sign of.
type find struct {
	cue     *cue
	pattern pattern
	starts  words // what it begins with; nil: a number
	number  bool  // a number must stand in the passage
}

// words is a set of words.
type words []uint64

// has tells whether w is in the set. No set has the unknown word.
func (s *words) has(w word) bool {
	i := int(w >> 6)
	return i < len(*s) && (*s)[i]&(1<<(w&63)) != 0
}

func (s *words) add(w word) {
	for int(w>>6) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[w>>6] |= 1 << (w & 63)
}

// all returns the words of the set.
func (s *words) all() iter.Seq[word] {
	return func(yield func(word) bool) {
		for i, part := range *s {
			for ; part != 0; part &= part - 1 {
				if !yield(word(64*i + bits.TrailingZeros64(part))) {
					return
				}
			}
		}
	}
}

// word looks up text[start:end], however it is capitalized. It is asked for every
// word of a book: most are not there, and most of the others are short.
func (l *language) word(text []byte, start, end int) word {
	n := end - start
	switch {
	case n > longestWord || l.lengths[text[start]]&(1<<n) == 0:
		return 0
	case n <= shortWord:
		return l.short.find(shortKey(text, start, n))
	}
	var buffer [longestWord]byte
	for i, c := range text[start:end] {
		buffer[i] = c | 0x20
	}
	return l.long[string(buffer[:n])]
}

// shortWord is the length of a word that fits into a machine word.
const shortWord = 8

// shortKey returns n bytes of text from start on as a number. Setting one bit
// makes capitals small, and leaves digits and marks as they are.
func shortKey(text []byte, start, n int) uint64 {
	var key uint64
	if start+shortWord <= len(text) {
		key = binary.LittleEndian.Uint64(text[start:]) << (64 - 8*n) >> (64 - 8*n)
	} else {
		for i := range n {
			key |= uint64(text[start+i]) << (8 * i)
		}
	}
	return key | 0x2020202020202020
}

// A shortTable finds short words. It is open and at most a quarter full.
type shortTable []shortEntry

type shortEntry struct {
	key  uint64
	word word // 0: free
}

func (t shortTable) find(key uint64) word { return t[t.place(key)].word }

// place returns where a key is, or where it would be.
func (t shortTable) place(key uint64) int {
	mask := uint64(len(t) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 40 & mask; ; i = (i + 1) & mask {
		if t[i].word == 0 || t[i].key == key {
			return int(i)
		}
	}
}

// index makes the tables in which words are looked up, each under all its ways of
// writing the apostrophe.
func (l *language) index() {
	size := 1
	for size < 8*len(l.vocabulary) {
		size *= 2
	}
	l.short, l.long = make(shortTable, size), make(map[string]word)
	for spelling, w := range l.vocabulary {
		l.file(spelling, w)
		l.file(strings.ReplaceAll(spelling, "'", curly), w)
	}
}

func (l *language) file(spelling string, w word) {
	if len(spelling) > longestWord {
		return
	}
	first := []byte{spelling[0], spelling[0] &^ 0x20}
	if byteKinds[spelling[0]]&isLetter == 0 {
		first = first[:1]
	}
	for _, c := range first {
		l.lengths[c] |= 1 << len(spelling)
	}
	lowered := []byte(spelling)
	for i := range lowered {
		lowered[i] |= 0x20
	}
	if len(lowered) > shortWord {
		l.long[string(lowered)] = w
		return
	}
	key := shortKey(lowered, 0, len(lowered))
	l.short[l.short.place(key)] = shortEntry{key, w}
}

// learn returns the number of a word, which it adds if need be.
func (l *language) learn(text string) word {
	if w, ok := l.vocabulary[text]; ok {
		return w
	}
	l.values = append(l.values, 0)
	w := word(len(l.vocabulary) + 1)
	l.vocabulary[text] = w
	return w
}

// loadLanguages reads every language of the program. A fault in them is our own.
func loadLanguages(fsys fs.FS) []*language {
	paths, err := fs.Glob(fsys, "cues/*.cues")
	if err != nil {
		panic(err)
	}
	sources := make(map[string]string)
	for _, path := range paths { // sorted: en.cues comes before en.worth.cues
		source, err := fs.ReadFile(fsys, path)
		if err != nil {
			panic(err)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(path, "cues/"), ".")
		sources[name] += string(source)
	}
	all := make([]*language, 0, len(sources))
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		l, err := parseLanguage(name, sources[name])
		if err != nil {
			panic(fmt.Errorf("cues/%s: %w", name, err))
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
		sets:       make(map[string]*words),
		values:     []int{0},
		yearless:   new(cue),
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
		case "practice":
			l.practices = append(l.practices, strings.Join(fields[1:], " "))
		case "cue":
			current, err = l.newCue(fields[1:])
		case "worth":
			if current, err = l.newCue(fields[1:]); err == nil {
				current.worth, current.kind = bookcheck.Worth(current.kind), ""
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
	l.fileFinds()
	l.index()
	return l, nil
}

// newCue reads the kind of a cue.
func (l *language) newCue(fields []string) (*cue, error) {
	if len(fields) != 1 {
		return nil, errors.New("a cue has a kind")
	}
	c := &cue{kind: bookcheck.CueKind(fields[0]), rank: len(l.cues)}
	l.cues = append(l.cues, c)
	if c.kind == bookcheck.YearlessDate {
		l.yearless = c
	}
	return c, nil
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
		number, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%q: a value is a number", field)
		}
		l.values[w] = number
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

// parseFind reads a pattern that begins with a word or a number.
func (l *language) parseFind(c *cue, fields []string) error {
	p, err := l.parsePattern(fields)
	switch {
	case err != nil:
		return err
	case c == nil:
		return errors.New("find stands before any cue")
	case p[0].optional || p[0].negated || p[0].suffixes != nil || p[0].kind != wantWord && p[0].kind != wantNumber:
		return errors.New("a cue begins with a word or a number")
	}
	l.finds = append(l.finds, find{c, p, p[0].words, p.countsOn()})
	return nil
}

// fileFinds files the patterns under the words that they begin with, and under those
// without which they cannot match.
func (l *language) fileFinds() {
	l.first, l.keyed = make([][]int, len(l.vocabulary)+1), make([][]int, len(l.vocabulary)+1)
	for i, find := range l.finds {
		if find.starts == nil {
			l.numeric = append(l.numeric, i)
		}
		for w := range find.starts.all() {
			l.first[w] = append(l.first[w], i)
		}
		key := find.pattern.key(l.classes.stop)
		if key == nil {
			l.keyless = append(l.keyless, i)
		}
		for w := range key.all() {
			l.keyed[w] = append(l.keyed[w], i)
			l.keys.add(w)
		}
	}
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
		ordinalSuffix: *l.set("ordinal-suffix"),
		this:          *l.set("this"),
		reader:        *l.set("reader"),
		author:        *l.set("author"),
		supposing:     *l.set("supposing"),
		setting:       *l.set("setting"),
		own:           *l.set("own"),
		must:          *l.set("must"),
		letting:       *l.set("letting"),
		order:         *l.set("order"),
		leadIn:        *l.set("lead-in"),
		moment:        *l.set("moment"),
		tuning:        *l.set("tuning"),
		specimen:      *l.set("specimen"),
		part:          *l.set("part"),
		numbered:      *l.set("numbered"),
		verb:          *l.set("verb"),
		yearLead:      *l.set("year-lead"),
		dayLead:       *l.set("day-lead"),
	}
}

// languageOf returns the language that the passages are written in, or nil if it
// is none that is known: then too few of their words are its small words. A few
// words alone show nothing and count as the first language. A page that begins with
// a list of names is read further.
func languageOf(passages []*passage) *language {
	if l := languageOfWords(passages, manyWords); l != nil {
		return l
	}
	return languageOfWords(passages, mostWords)
}

func languageOfWords(passages []*passage, words int) *language {
	var best *language
	most := 0
	for _, l := range languages {
		total, small := l.count(passages, words)
		if known := total < fewWords || small*leastStop >= total; known && (best == nil || small > most) {
			best, most = l, small
		}
	}
	return best
}

const (
	fewWords  = 40
	manyWords = 200
	mostWords = 2000
	leastStop = 8 // one word in so many is a small word; in English prose it is every third
)

// count returns how many words the first passages have, up to a few more than most, and how many of them are
// the language's small words. Scripts without spaces have a word for every few
// characters.
func (l *language) count(passages []*passage, most int) (total, small int) {
	for _, p := range passages {
		for at := 0; at < len(p.text) && total <= most; {
			end := at + letters(p.text[at:])
			switch {
			case end == at:
				end++
			case p.text[at] >= utf8.RuneSelf:
				total += wordsIn(end - at)
			default:
				total++
				if l.classes.stop.has(l.word(p.text, at, end)) {
					small++
				}
			}
			at = end
		}
	}
	return total, small
}

// wordsIn returns for how many words letters outside ASCII count that take n bytes.
func wordsIn(n int) int {
	const word = 6 // bytes: two characters of Chinese, three of Russian
	return 1 + n/word
}

// letters returns the length of the letters that text begins with.
func letters(text []byte) int {
	at := 0
	for at < len(text) {
		if text[at] < utf8.RuneSelf {
			if byteKinds[text[at]]&isLetter == 0 {
				break
			}
			at++
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		at += size
	}
	return at
}
