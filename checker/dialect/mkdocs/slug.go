package mkdocs

import (
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
)

var (
	notWord = regexp.MustCompile(`[^\w\s-]`)
	gaps    = regexp.MustCompile(`[-\s]+`)
	emoji   = regexp.MustCompile(`:[\w+-]+:`)
)

// slug returns the anchor of a heading, by markdown.extensions.toc.
func slug(h *bookcheck.Heading) string { return slugOf(h.Plain) }

// slugWithoutEmoji returns the anchor of a heading in which :names: are pictures.
func slugWithoutEmoji(h *bookcheck.Heading) string {
	return slugOf(emoji.ReplaceAllString(h.Plain, ""))
}

func slugOf(text string) string {
	ascii := site.ASCII(text)
	return gaps.ReplaceAllString(strings.ToLower(strings.TrimSpace(notWord.ReplaceAllString(ascii, ""))), "-")
}
