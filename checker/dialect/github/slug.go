package github

import (
	"strconv"
	"strings"
	"unicode"
)

// Slug returns the anchor that GitHub gives to a heading, before numbering.
func Slug(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || unicode.In(r, unicode.Letter, unicode.Mark, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// A Numberer makes slugs unique in a page: x, x-1, x-2. The zero value is ready.
type Numberer struct{ seen map[string]int }

// Number returns the slug that a heading gets after those before it.
func (n *Numberer) Number(slug string) string {
	if n.seen == nil {
		n.seen = make(map[string]int)
	}
	unique := slug
	for {
		if _, taken := n.seen[unique]; !taken {
			break
		}
		n.seen[slug]++
		unique = slug + "-" + strconv.Itoa(n.seen[slug])
	}
	n.seen[unique] = 0
	return unique
}
