package quarto

import (
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
)

// slug returns the anchor of a heading, by Pandoc's auto_identifiers: words joined
// by dashes, up to the first letter cut off.
func slug(h *bookcheck.Heading) string { return slugOf(h.Text) }

func plainSlug(h *bookcheck.Heading) string { return slugOf(h.Plain) }

func slugOf(text string) string {
	kept := site.Map(text, func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case site.IsLetter(r) || r == '_' || r == '-' || r == '.':
			return unicode.ToLower(r)
		default:
			return -1
		}
	})
	name := strings.TrimLeftFunc(strings.Join(strings.Fields(kept), "-"), func(r rune) bool { return !unicode.IsLetter(r) })
	if name == "" {
		return "section"
	}
	return name
}

// smartSlug is slug with the marks that Pandoc makes of dashes and dots: they are
// no letters.
func smartSlug(h *bookcheck.Heading) string {
	return slugOf(strings.NewReplacer("...", "", "---", "", "--", "").Replace(h.Text))
}
