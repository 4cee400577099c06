package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// An elementKind says what an element of a pattern matches.
type elementKind uint8

// The kinds of element.
const (
	wantWord      elementKind = iota // a word of a set or with an ending: may|might, {class}, *ing, *ing|-being
	wantName                         // <name>: a word with a capital or a digit in it, of the first of its sentence not its first letter; code
	wantNumber                       // <number>: a number that is no year
	wantVersion                      // <version>: 5.2, v3, 3.x, GPT-4
	wantDate                         // <date>: a date with its year, a month, a quarter, a year
	wantPeriod                       // <period>: a quarter or half of a year
	wantGap                          // ..N: at most N tokens of the same clause; ~N: up to a comma at most
	wantStart                        // ^: the start of the sentence; a guard's first element
	wantClauseEnd                    // ;: the end of a clause
	wantCue                          // where the cue begins: the last element of each guard before it
)

var elementNames = map[string]elementKind{
	"<name>": wantName, "<number>": wantNumber, "<version>": wantVersion, "<date>": wantDate, "<period>": wantPeriod,
	"^": wantStart, ";": wantClauseEnd,
}

// An element of a pattern matches one token; or none, or several, as its kind
// says.
type element struct {
	kind     elementKind
	optional bool
	negated  bool // one token that does not match
	words    words
	suffixes []string
	except   words // of those with such an ending
	n        int
	strict   bool // a comma ends the gap
}

// A pattern is a row of elements.
type pattern []element

// A guard is a pattern that must, or must not, stand near a cue. Of the guards of
// one cue that demand something, one is enough.
type guard struct {
	need   bool
	apart  pattern // anywhere in the sentence; nil: around the cue
	before pattern // it ends where the cue begins
	after  pattern // it begins where the cue ends
}

// theCue stands in a guard for the cue itself.
const theCue = "@"

// parseGuard reads a pattern in which @ stands for the cue.
func (l *language) parseGuard(c *cue, need bool, fields []string) error {
	if c == nil {
		return errors.New("a guard belongs to a cue")
	}
	g := guard{need: need}
	var before, after error
	switch at := slices.Index(fields, theCue); at {
	case -1:
		g.apart, before = l.parsePattern(fields)
	case 0:
		g.after, after = l.parsePattern(fields[1:])
	case len(fields) - 1:
		g.before, before = l.parsePattern(fields[:at])
	default:
		g.before, before = l.parsePattern(fields[:at])
		g.after, after = l.parsePattern(fields[at+1:])
	}
	if g.before != nil {
		g.before = append(g.before, element{kind: wantCue})
	}
	c.guards = append(c.guards, g)
	return errors.Join(before, after)
}

// parsePattern reads elements.
func (l *language) parsePattern(fields []string) (pattern, error) {
	if len(fields) == 0 {
		return nil, errors.New("a pattern has elements")
	}
	p := make(pattern, 0, len(fields))
	for _, field := range fields {
		e, err := l.parseElement(field)
		if err != nil {
			return nil, err
		}
		p = append(p, e)
	}
	return p, nil
}

func (l *language) parseElement(field string) (element, error) {
	var e element
	if rest, ok := strings.CutPrefix(field, ".."); ok {
		return parseGap(rest, false)
	}
	if rest, ok := strings.CutPrefix(field, "~"); ok {
		return parseGap(rest, true)
	}
	if rest, ok := strings.CutSuffix(field, "?"); ok && rest != "" {
		e.optional, field = true, rest
	}
	if rest, ok := strings.CutPrefix(field, "!"); ok && rest != "" {
		e.negated, field = true, rest
	}
	if kind, ok := elementNames[field]; ok {
		e.kind = kind
		return e, nil
	}
	for alternative := range strings.SplitSeq(field, "|") {
		class, isClass := strings.CutPrefix(alternative, "{")
		suffix, isSuffix := strings.CutPrefix(alternative, "*")
		exception, isException := strings.CutPrefix(alternative, "-")
		switch {
		case isException:
			e.except.add(l.learn(exception))
		case isSuffix:
			e.suffixes = append(e.suffixes, suffix)
		case isClass:
			set := l.sets[strings.TrimSuffix(class, "}")]
			if set == nil {
				return e, fmt.Errorf("no class %s stands above", alternative)
			}
			e.words.join(*set)
		case alternative == "" || len(alternative) > longestWord:
			return e, fmt.Errorf("%q is no element", field)
		default:
			e.words.add(l.learn(alternative))
		}
	}
	return e, nil
}

func parseGap(size string, strict bool) (element, error) {
	n, err := strconv.Atoi(size)
	return element{kind: wantGap, n: n, strict: strict}, err
}

// join adds all words of another set.
func (s *words) join(other words) {
	for len(*s) < len(other) {
		*s = append(*s, 0)
	}
	for i, part := range other {
		(*s)[i] |= part
	}
}

// key returns the rarest set of words of which every match has one; nil: there is
// none. Small words stand in every passage.
func (p pattern) key(small words) words {
	const common = 100 // times as frequent as another word
	var key words
	least := 0
	for _, e := range p {
		if e.kind != wantWord || e.optional || e.negated || e.suffixes != nil {
			continue
		}
		weight := 0
		for i, part := range e.words {
			weight += bits.OnesCount64(part)
			if i < len(small) {
				weight += common * bits.OnesCount64(part&small[i])
			}
		}
		if key == nil || weight < least {
			key, least = e.words, weight
		}
	}
	return key
}

// countsOn tells whether every match has a number in it.
func (p pattern) countsOn() bool {
	return slices.ContainsFunc(p, func(e element) bool {
		return !e.optional && !e.negated && (e.kind == wantNumber || e.kind == wantPeriod || e.kind == wantDate)
	})
}

// A reading is a look at one sentence of a passage.
type reading struct {
	*scanner
	from, to int       // the sentence, in tokens
	first    int       // its first token that is no mark
	date     time.Time // the last day of the last date that a match went over
}

// match tells whether the pattern matches from token at, and where it ends. Gaps
// take as little as they can.
func (r *reading) match(p pattern, at int) (end int, ok bool) {
	if len(p) == 0 {
		return at, true
	}
	e := &p[0]
	switch e.kind {
	case wantGap:
		return r.matchGap(p, at)
	case wantClauseEnd:
		if at == r.to || r.parts(at) {
			return r.match(p[1:], at)
		}
		return 0, false
	case wantCue:
		return at, at == r.to
	default: // one token, or none
	}
	if n := r.matchOne(e, at); n > 0 {
		if end, ok := r.match(p[1:], at+n); ok {
			return end, true
		}
	}
	if e.optional {
		return r.match(p[1:], at)
	}
	return 0, false
}

// matchGap matches a pattern that begins with a gap.
func (r *reading) matchGap(p pattern, at int) (end int, ok bool) {
	for i := at; ; i++ {
		if end, ok := r.match(p[1:], i); ok {
			return end, true
		}
		if i-at == p[0].n || i >= r.to || r.parts(i) || p[0].strict && r.isComma(i) {
			return 0, false
		}
	}
}

// matchOne returns how many tokens an element matches at token at; 0: it does
// not.
func (r *reading) matchOne(e *element, at int) int {
	if at < r.from || at >= r.to {
		return 0
	}
	n := r.width(e, at)
	switch {
	case !e.negated:
		return n
	case n == 0 && !r.parts(at):
		return 1
	}
	return 0
}

// width returns how many tokens an element, negated or not, is about.
func (r *reading) width(e *element, at int) int {
	tok := &r.tokens[at]
	found := false
	switch e.kind {
	case wantWord:
		found = e.words.has(tok.word) || !e.except.has(tok.word) && slices.ContainsFunc(e.suffixes, func(suffix string) bool {
			return r.hasSuffix(at, suffix)
		})
	case wantName:
		found = tok.kind == maskToken || tok.kind == wordToken && tok.capital && (!r.opens(at) || r.isOddlyCased(at))
	case wantNumber:
		found = tok.kind == numberToken && !isYear(r.bytes(at))
	case wantVersion:
		found = isVersion(r.bytes(at))
	case wantDate, wantPeriod:
		d, n := r.dateAt(at)
		if n == 0 || d.year == 0 || e.kind == wantPeriod && !d.period {
			return 0
		}
		r.date = d.end()
		return n
	default: // no element of one token
	}
	if found {
		return 1
	}
	return 0
}

// opens tells whether token at is the first word of its sentence: before it stand
// only marks.
func (r *reading) opens(at int) bool { return at <= r.first }

// isOddlyCased tells whether a word has a capital or a digit behind its first letter,
// as no word has merely because a sentence begins with it.
func (r *reading) isOddlyCased(at int) bool {
	return bytes.ContainsFunc(r.bytes(at)[1:], func(c rune) bool { return unicode.IsUpper(c) || unicode.IsDigit(c) })
}

func (r *reading) isComma(at int) bool {
	tok := &r.tokens[at]
	return tok.kind == markToken && r.text[tok.start] == ','
}

// parts tells whether a token parts two clauses.
func (r *reading) parts(at int) bool {
	tok := &r.tokens[at]
	if tok.kind != markToken {
		return false
	}
	switch string(r.text[tok.start:tok.end]) {
	case ".", "!", "?", ";", ":", "(", ")", "[", "]", "—", "–", "…":
		return true
	}
	return false
}

func (r *reading) isMask(at int, mask rune) bool {
	return r.tokens[at].kind == maskToken && string(r.bytes(at)) == string(mask)
}

// allows tells whether the guards of a cue that covers the tokens from start to
// end let it stand.
func (r *reading) allows(c *cue, start, end int) bool {
	needed, met := false, false
	for i := range c.guards {
		g := &c.guards[i]
		if g.need && met {
			continue
		}
		found := r.stands(g, start, end)
		if found && !g.need {
			return false
		}
		needed = needed || g.need
		met = met || g.need && found
	}
	return !needed || met
}

// farthest is how many tokens around a cue a guard looks.
const farthest = 48

// stands tells whether a guard is met by what stands around the tokens from start
// to end.
func (r *reading) stands(g *guard, start, end int) bool {
	if g.apart != nil {
		return r.finds(g.apart, start-farthest, end+farthest)
	}
	if g.after != nil {
		if _, ok := r.match(g.after, end); !ok {
			return false
		}
	}
	upToCue := *r
	upToCue.to = start
	return g.before == nil || upToCue.finds(g.before, start-farthest, start)
}

// finds tells whether a pattern matches from some token of those from low to
// high.
func (r *reading) finds(p pattern, low, high int) bool {
	if p[0].kind == wantStart {
		_, ok := r.match(p[1:], r.first)
		return ok
	}
	for at := max(r.from, low); at <= min(r.to, high); at++ {
		if _, ok := r.match(p, at); ok {
			return true
		}
	}
	return false
}
