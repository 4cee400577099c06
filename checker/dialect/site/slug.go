package site

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Numberer makes slugs unique in a page: x, x-1, x-2, with Join before the
// number. Without it nothing is numbered. With an underscore it counts as
// Python-Markdown does: the number after x_1 is x_2, and nothing at all is _1.
type Numberer struct {
	Join string
	seen map[string]int
}

var counted = regexp.MustCompile(`^(.*)_(\d+)$`)

// Number returns the anchor of the next heading that has a slug.
func (n *Numberer) Number(slug string) string {
	unique, base := slug, slug
	for n.Join != "" && (n.has(unique) || unique == "" && n.Join == "_") {
		if m := counted.FindStringSubmatch(base); m != nil && n.Join == "_" && n.seen[base] == 0 {
			base = m[1]
			n.seen[base], _ = strconv.Atoi(m[2])
		}
		if n.seen == nil {
			n.seen = make(map[string]int)
		}
		n.seen[base]++
		unique = base + n.Join + strconv.Itoa(n.seen[base])
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

// Unmarked returns a text with the combining marks taken off its letters.
func Unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		if 0x300 <= r && r <= 0x36f {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}

// ASCII returns what is left of a text when its marks are taken off its letters,
// and then all that is not ASCII.
func ASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}
