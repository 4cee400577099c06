package badarithmetic

import (
	"math"
	"strconv"
	"strings"
)

// A reach is where a number lies that was written as it was: rounded, perhaps.
type reach struct{ low, high float64 }

// reach returns where the value of a number lies. A count is what it says. A fraction,
// a magnitude and the zeros at the end of a large number are rounded.
func (t *token) reach() reach {
	half := t.ulp / 2
	if t.whole {
		half = 0
		if zeros := trailingZeros(t.value); t.value >= 1000 && zeros > 1 {
			half = min(math.Pow10(zeros)/2, t.value/40)
		}
	}
	return reach{t.value - half, t.value + half}
}

func trailingZeros(value float64) int {
	n := 0
	for value >= 10 && math.Mod(value, 10) == 0 {
		value /= 10
		n++
	}
	return n
}

func (r reach) plus(o reach) reach  { return reach{r.low + o.low, r.high + o.high} }
func (r reach) minus(o reach) reach { return reach{r.low - o.high, r.high - o.low} }
func (r reach) times(o reach) reach { return reach{r.low * o.low, r.high * o.high} }
func (r reach) over(o reach) reach  { return reach{r.low / o.high, r.high / o.low} }

// meets tells whether two reaches have something in common, or almost: a part of the
// larger one may lie between them.
func (r reach) meets(o reach, slack float64) bool {
	room := slack*max(math.Abs(r.high), math.Abs(o.high)) + 1e-9
	return r.low <= o.high+room && o.low <= r.high+room
}

// text returns a value as a message gives it.
func text(value float64) string {
	for _, m := range []struct {
		by   float64
		word string
	}{{1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		if value >= m.by {
			return strconv.FormatFloat(value/m.by, 'g', 4, 64) + m.word
		}
	}
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(value, 'f', 3, 64), "0"), ".")
}

// amountAt tells whether a number that can be reckoned with stands at an index: no
// year, no part of something longer, not bounded by words.
func (s *sentence) amountAt(i int) bool { return s.endAt(i) && !s.vague(i) }

// endAt tells whether such a number stands there, or one that is an end of a range.
func (s *sentence) endAt(i int) bool {
	t := s.at(i)
	if t.kind != number || t.ordinal || s.bounded(i) || s.joined(i) {
		return false
	}
	_, isDate := s.dateAt(i)
	return !isDate || s.isYear(i) && s.yearLike(i)
}

// yearLike tells whether what looks like a year is counted: 2000 people.
func (s *sentence) yearLike(i int) bool {
	return s.noun(i) != ""
}

// joined tells whether a sign ties a number to what stands beside it.
func (s *sentence) joined(i int) bool {
	before, t, after := s.at(i-1), s.at(i), s.at(i+1)
	glued := before.kind == sign && !t.spaced && !opening[before.word]
	return glued || after.kind == sign && !after.spaced && tying[after.word] && !s.at(i+2).spaced ||
		before.kind == plain && !t.spaced || before.word == object || after.word == object && !after.spaced
}

// The signs that may stand in front of a number, and those that make it a part of what
// follows.
var (
	opening = wordSet("( [ { \" ' “ ‘ — – , ~")
	tying   = wordSet("- ‑ / : ^ * _")
)

// stopwords follow a number without being what it counts.
var stopwords = wordSet(`of in and or to from by at for with on as is are was were be been than that which who the a an but if not per each apiece
	more less fewer times out it this these those later ago after before since until into over under between when while then because so also we they you
	he she i had has have did does do can could would should may might will only during through against versus vs compared total altogether respectively`)

// noun returns what a number counts, in the singular: what is written onto it, or the
// word that follows.
func (s *sentence) noun(i int) string {
	t := s.at(i)
	if t.unit != "" {
		return t.unit
	}
	next := s.at(s.skip(i+1, "-"))
	if next.kind != plain || stopwords[next.word] {
		return ""
	}
	return singular(next.word)
}

func singular(word string) string {
	switch {
	case strings.HasSuffix(word, "ies") && len(word) > 4:
		return word[:len(word)-3] + "y"
	case strings.HasSuffix(word, "ss"), len(word) < 3:
		return word
	case strings.HasSuffix(word, "ches"), strings.HasSuffix(word, "shes"), strings.HasSuffix(word, "xes"):
		return word[:len(word)-2]
	default:
		return strings.TrimSuffix(word, "s")
	}
}

// amounts returns the indexes of the numbers of a sentence from one token to another,
// or false if one of them cannot be reckoned with.
func (s *sentence) amounts(from, to int) (found []int, ok bool) {
	for i := from; i < to; i++ {
		switch t := s.at(i); {
		case t.kind == named && strings.ContainsAny(t.word[:1], "0123456789"):
			return nil, false
		case t.kind != number:
		case !s.amountAt(i):
			return nil, false
		default:
			found = append(found, i)
		}
	}
	return found, true
}

// like tells whether two units may be the same, or one is left out.
func like(a, b string) bool { return a == b || a == "" || b == "" }
