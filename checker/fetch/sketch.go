package fetch

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
)

// A sketch is what is kept of a text to tell whether another is nearly the same: the
// smallest hashes of three words in a row.
type sketch []uint64

const sketchSize = 128

// sketchOf returns the sketch of a text. Words with digits in them change with
// every answer, and the words of its own address say nothing: both are left out.
func sketchOf(text, address string) sketch {
	own := make(map[string]bool)
	for _, word := range words(address) {
		own[word] = true
	}
	list := slices.DeleteFunc(words(text), func(word string) bool { return own[word] || strings.ContainsFunc(word, unicode.IsDigit) })
	hashes := make(sketch, 0, len(list))
	for i := range list {
		h := fnv.New64a()
		for _, word := range list[i:min(i+3, len(list))] {
			_, _ = h.Write([]byte(word))
			_, _ = h.Write([]byte{0})
		}
		hashes = append(hashes, h.Sum64())
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	return slices.Clone(hashes[:min(len(hashes), sketchSize)])
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// like tells whether two texts are the same but for a few words: at least nine
// tenths of the smallest hashes of both are common.
func (s sketch) like(other sketch) bool {
	both := slices.Concat(s, other)
	slices.Sort(both)
	both = slices.Compact(both)
	both = both[:min(len(both), sketchSize)]
	common := 0
	for _, hash := range both {
		_, here := slices.BinarySearch(s, hash)
		_, there := slices.BinarySearch(other, hash)
		if here && there {
			common++
		}
	}
	return common*10 >= len(both)*9
}
