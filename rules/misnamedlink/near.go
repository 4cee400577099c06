package misnamedlink

import (
	"slices"
	"strings"
	"unicode"
)

// among tells whether one of some names is the name, has it in it, or is most of it.
func (n name) among(others []name) bool {
	return slices.ContainsFunc(others, func(other name) bool {
		return has(other.key, n.key) || 3*len(other.key) >= 2*len(n.key) && has(n.key, other.key)
	})
}

// has tells whether a key has another in it.
func has(key, part []rune) bool {
	for i := 0; i+len(part) <= len(key); i++ {
		if slices.Equal(key[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// near returns the first of some names that the name was perhaps meant to be: it is
// a letter or two away, as after a slip of the finger, and no habit of spelling
// explains how.
func (n name) near(others []name) (meant name, found bool) {
	for _, other := range others {
		if n.slipped(other) && !n.excused(other) {
			return other, true
		}
	}
	return name{}, false
}

// slipped tells whether a slip or two turn one name into the other. Who leaves out
// two letters abbreviates, and who exchanges two that are neighbors means another
// word, as does who begins a word with another letter, unless it is very long.
func (n name) slipped(other name) bool {
	a, b := n.key, other.key
	if len(b) < fewestSigns || len(a)-len(b) > 1 || len(b)-len(a) > 1 {
		return false
	}
	d := distance(a, b)
	short := min(len(a), len(b)) < signsForFirst
	a, b = differing(a, b)
	if short && n.key[0] != other.key[0] && !swapped(a, b) {
		return false
	}
	return d == 1 || d == 2 && (len(a) > 2 || len(b) > 2) && n.slippedInOne(other)
}

// signsForTwo is how long a word must be for two slips to leave it recognizable, and
// signsForFirst how long a name for one in its first letter.
const (
	signsForTwo   = 8
	signsForFirst = 12
)

// swapped tells whether two differing pieces are two letters in either order.
func swapped(a, b []rune) bool {
	return len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]
}

// slippedInOne tells whether names differ in one long word alone.
func (n name) slippedInOne(other name) bool {
	if len(n.words) != len(other.words) {
		return false
	}
	differ := 0
	for i, w := range n.words {
		with := other.words[i].key
		if string(w.key) == string(with) {
			continue
		}
		if differ++; min(len(w.key), len(with)) < signsForTwo {
			return false
		}
	}
	return differ == 1
}

// differing returns what is left of two keys without their common ends.
func differing(a, b []rune) (restA, restB []rune) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return a, b
}

// excused tells whether two names are near by some habit: one is the plural of the
// other, spelled as in another country, abbreviated to initials, or another version.
func (n name) excused(other name) bool {
	return numerals(n.key) != numerals(other.key) ||
		habits(n.key) == habits(other.key) ||
		n.inflects(other) || n.acronyms(other) || n.rearranges(other) || n.initials(other) || other.initials(n) || n.joins(other) || other.joins(n)
}

// numerals returns the digits of a key in order of size, leading zeros left out.
func numerals(key []rune) string {
	var digits []rune
	within := false
	for _, r := range key {
		if unicode.IsDigit(r) && (r != '0' || within) {
			digits = append(digits, r)
			within = true
		}
		within = within && unicode.IsDigit(r)
	}
	slices.Sort(digits)
	return string(digits)
}

// spellings are the letters that are written in one way here and in another there.
var spellings = strings.NewReplacer(
	"ise", "ize", "isi", "izi", "isa", "iza", "yse", "yze", "ence", "ense", "ce", "se", "our", "or", "tre", "ter", "ll", "l",
	"ogue", "og", "ae", "a", "oe", "o", "ue", "u", "gray", "grey", "judgem", "judgm",
)

// habits returns a key with all spellings in one form, and without zeros.
func habits(key []rune) string { return strings.ReplaceAll(spellings.Replace(string(key)), "0", "") }

// inflects tells whether names differ in the endings of their words alone.
func (n name) inflects(other name) bool {
	if len(n.words) != len(other.words) {
		a, b := differing(n.key, other.key)
		return onlyPlural(a, b) || onlyPlural(b, a)
	}
	for i, w := range n.words {
		if with := other.words[i].key; !inflected(w.key, with) && !inflected([]rune(habits(w.key)), []rune(habits(with))) {
			return false
		}
	}
	return true
}

// inflected tells whether words differ in their endings alone.
func inflected(a, b []rune) bool {
	endA, endB := ends(a, b)
	return endings[endA] && endings[endB]
}

// acronyms tells whether names differ in short words of capitals, each of which
// stands for something else: URI and URL.
func (n name) acronyms(other name) bool {
	if len(n.words) != len(other.words) {
		return false
	}
	const short = 5
	for i, w := range n.words {
		with := other.words[i]
		if string(w.key) == string(with.key) {
			continue
		}
		a, b := differing(w.key, with.key)
		if swapped(a, b) || !w.capital || len(w.key) > short {
			return false
		}
	}
	return true
}

func onlyPlural(a, b []rune) bool { return len(a) == 0 && string(b) == "s" }

// ends returns what is left of two words without their common beginning.
func ends(a, b []rune) (endA, endB string) {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	return string(a[i:]), string(b[i:])
}

// endings are what words of the language are inflected by.
var endings = map[string]bool{
	"": true, "s": true, "es": true, "e": true, "d": true, "ed": true, "r": true, "er": true, "rs": true, "ers": true, "or": true,
	"ing": true, "ings": true, "ion": true, "ions": true, "y": true, "ies": true, "ied": true, "t": true, "ce": true, "ts": true, "cy": true, "ic": true, "al": true, "ly": true, "n": true, "p": true, "i": true,
}

// rearranges tells whether other is made of the words of n in another order: SQS/SNS
// is snssqs.
func (n name) rearranges(other name) bool {
	return len(n.words) <= mostWords+1 && len(n.key) == len(other.key) && consists(string(other.key), n.words)
}

// consists tells whether a text is made of some words, each once.
func consists(text string, words []word) bool {
	for i, w := range words {
		if rest, found := strings.CutPrefix(text, string(w.key)); found {
			others := slices.Concat(words[:i], words[i+1:])
			if len(others) == 0 && rest == "" || len(others) > 0 && consists(rest, others) {
				return true
			}
		}
	}
	return false
}

// initials tells whether other has only the initial of the first name in n, with
// that of a second one or without: Dan Lorenc is dlorenc.
func (n name) initials(other name) bool {
	if len(n.words) < 2 || n.words[0].key[0] != other.key[0] {
		return false
	}
	rest := n.key[len(n.words[0].key):]
	front := len(other.key) - len(rest)
	return 0 < front && front <= 3 && front < len(n.words[0].key) && string(other.key[front:]) == string(rest)
}

// joins tells whether other has one letter more, where two words of n meet: a middle
// initial, or the n of rock'n'roll.
func (n name) joins(other name) bool {
	if len(other.key) != len(n.key)+1 {
		return false
	}
	at := 0
	for _, w := range n.words[:len(n.words)-1] {
		at += len(w.key)
		if string(other.key[:at]) == string(n.key[:at]) && string(other.key[at+1:]) == string(n.key[at:]) {
			return true
		}
	}
	return false
}

// distance returns how many letters must be inserted, dropped, replaced or swapped
// with their neighbor to turn a into b; 3 stands for more than two.
func distance(a, b []rune) int {
	const many = 3
	if len(a)-len(b) >= many || len(b)-len(a) >= many {
		return many
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i, r := range a {
		row[0] = i + 1
		for j, s := range b {
			cost := 1
			if r == s {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && r == b[j-1] && a[i-1] == s {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], many)
}
