package myst

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// parserSlug returns the slug that MyST-Parser gives to a heading, before
// numbering: lower case, hyphens for spaces, letters and digits as Python's \w
// has them.
func parserSlug(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r):
			return r
		default:
			return -1
		}
	}, strings.ToLower(text))
}

// A numberer makes slugs unique as MyST-Parser does up to version 5.1, which puts
// each number behind the one before: x, x-1, x-1-2.
type numberer map[string]bool

func (n numberer) number(slug string) string {
	// A third heading of one name ends in -1-2, a hundredth in two hundred letters:
	// past that no one links there.
	for i := 1; n[slug] && i < 100; i++ {
		slug += "-" + strconv.Itoa(i)
	}
	n[slug] = true
	return slug
}

// replacements are what markdown-it writes for typewriter characters, if its rule
// of that name is on. Slugs are made afterwards.
var replacements = []struct {
	from *regexp.Regexp
	to   string
}{
	{regexp.MustCompile(`(?i)\((c|r|tm)\)`), "©"},
	{regexp.MustCompile(`\+-`), "±"},
	{regexp.MustCompile(`\.{2,}`), "…"},
	{regexp.MustCompile(`(^|[^-])---([^-]|$)`), "$1—$2"},
	{regexp.MustCompile(`(^|\s)--(\s|$)`), "$1–$2"},
	{regexp.MustCompile(`(^|[^-\s])--([^-\s]|$)`), "$1–$2"},
}

// replace applies the replacements to the text of a heading.
func replace(text string) string {
	for _, r := range replacements {
		text = r.from.ReplaceAllString(text, r.to)
	}
	return text
}

var (
	spaces     = regexp.MustCompile(`[\t\n\r ]+`)
	quotes     = regexp.MustCompile(`['‘’"“”]+`)
	notID      = regexp.MustCompile(`[^a-z0-9-]`)
	badStart   = regexp.MustCompile(`^([0-9-])`)
	hyphens    = regexp.MustCompile(`--+`)
	outerDash  = regexp.MustCompile(`^-+|-+$`)
	wordSpaces = regexp.MustCompile(`\s+`)
)

// identifier returns the form in which mystmd compares labels.
func identifier(label string) string {
	label = quotes.ReplaceAllString(spaces.ReplaceAllString(label, " "), "")
	return strings.ToLower(strings.TrimSpace(label))
}

// htmlID returns the anchor that mystmd gives to a heading or label.
func htmlID(label string) string {
	id := notID.ReplaceAllString(identifier(label), "-")
	id = badStart.ReplaceAllString(id, "id-$1")
	return outerDash.ReplaceAllString(hyphens.ReplaceAllString(id, "-"), "")
}

// labelName returns the form in which Sphinx compares labels.
func labelName(label string) string {
	return strings.ToLower(strings.TrimSpace(wordSpaces.ReplaceAllString(label, " ")))
}
