// Package near finds the names that were perhaps meant by one that does not
// exist.
package near

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Most is how many names Find returns at most.
const Most = 3

// budget bounds how many names are compared in full with one that is looked for,
// so that a book full of mistakes takes time in proportion to its size. Names of
// similar length come first.
const budget = 500

// An Index is a set of names to choose from.
type Index struct {
	names []name           // by length, then alphabet
	fold  map[string][]int // lower case to indexes of names
}

type name struct {
	text  string
	runes []rune // in lower case
	mask  uint64 // which letters it has
}

// New returns an index of names. It needs no order, and doubles do no harm.
func New(names []string) *Index {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int {
		if n := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	names = slices.Compact(names)
	x := &Index{names: make([]name, len(names)), fold: make(map[string][]int, len(names))}
	for i, text := range names {
		x.names[i] = newName(text)
		key := strings.ToLower(text)
		x.fold[key] = append(x.fold[key], i)
	}
	return x
}

func newName(text string) name {
	n := name{text: text, runes: []rune(strings.ToLower(text))}
	for _, r := range n.runes {
		n.mask |= 1 << (r & 63)
	}
	return n
}

// Find returns up to Most names that differ from want by case or by a few
// letters, nearest first. It does not return want itself.
func (x *Index) Find(want string) []string {
	sought := newName(want)
	found := make([]hit, 0, Most+1)
	for _, i := range x.fold[strings.ToLower(want)] {
		if x.names[i].text != want {
			found = insert(found, hit{x.names[i].text, 0})
		}
	}
	for i, left := range x.around(len(sought.runes)) {
		n := x.names[i]
		most := tolerance(len(sought.runes))
		if len(found) == Most {
			most = min(most, found[Most-1].distance-1)
		}
		if most < 1 || left == 0 {
			break
		}
		if differ(sought.mask, n.mask) > 2*most {
			continue
		}
		if d := distance(sought.runes, n.runes, most); 0 < d && d <= most {
			found = insert(found, hit{n.text, d})
		}
	}
	texts := make([]string, len(found))
	for i, h := range found {
		texts[i] = h.text
	}
	return texts
}

// around yields the indexes of names whose length is close to n, closest first,
// and how many are left in the budget.
func (x *Index) around(n int) func(yield func(int, int) bool) {
	return func(yield func(int, int) bool) {
		at := func(length int) int {
			i, _ := slices.BinarySearchFunc(x.names, length, func(a name, n int) int { return len(a.runes) - n })
			return i
		}
		left := budget
		lengths := func(length int) bool {
			for i := at(length); i < len(x.names) && len(x.names[i].runes) == length; i++ {
				if !yield(i, left) {
					return false
				}
				left--
			}
			return true
		}
		if !lengths(n) {
			return
		}
		for off := 1; off <= tolerance(n); off++ {
			if !lengths(n-off) || !lengths(n+off) {
				return
			}
		}
	}
}

// tolerance is how many letters of n may be wrong. In a word of one letter none
// may: every other one would be near.
func tolerance(n int) int {
	if n < 2 {
		return 0
	}
	return min(max(1, n/4), 3)
}

// A hit is a name that is near.
type hit struct {
	text     string
	distance int
}

// insert keeps the best Most hits, in order of distance; of equals, the first
// found stays first.
func insert(hits []hit, h hit) []hit {
	i := len(hits)
	for i > 0 && hits[i-1].distance > h.distance {
		i--
	}
	hits = slices.Insert(hits, i, h)
	return hits[:min(len(hits), Most)]
}

// differ counts the letters that only one of two names has.
func differ(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// distance returns how many letters must be inserted, dropped, replaced or
// swapped with their neighbor to turn a into b; anything above most if it is more
// than most.
func distance(a, b []rune, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most {
		return most + 1
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	width := len(b) + 1
	cells := make([]int, 3*width)
	rows := [3][]int{cells[:width], cells[width : 2*width], cells[2*width:]}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
