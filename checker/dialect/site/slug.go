package site

import (
	"strconv"
	"strings"
	"unicode"
)

// A Numberer makes slugs unique in a page: x, x-1, x-2, with Join before the
// number. Without it nothing is numbered.
type Numberer struct {
	Join string
	seen map[string]int
}

// Number returns the anchor of the next heading that has a slug.
func (n *Numberer) Number(slug string) string {
	unique := slug
	for n.Join != "" && n.has(unique) {
		n.seen[slug]++
		unique = slug + n.Join + strconv.Itoa(n.seen[slug])
	}
	n.taken(unique)
	return unique
}

func (n *Numberer) has(name string) bool {
	_, taken := n.seen[name]
	return taken
}

// taken notes that an author gave a name.
func (n *Numberer) taken(name string) {
	if n.seen == nil {
		n.seen = make(map[string]int)
	}
	if !n.has(name) {
		n.seen[name] = 0
	}
}

// IsLetter tells whether a character is alphabetic or a number, as Rust and Python
// have it.
func IsLetter(r rune) bool {
	return unicode.In(r, unicode.Letter, unicode.Number, unicode.Other_Alphabetic)
}

// Map builds a slug from the characters of a text. Keep returns what stands for
// each; a negative one drops it.
func Map(text string, keep func(r rune) rune) string { return strings.Map(keep, text) }
