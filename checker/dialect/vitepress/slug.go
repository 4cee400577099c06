package vitepress

import (
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
)

var (
	special = regexp.MustCompile("[\\s~`!@#$%^&*()\\-_+=\\[\\]{}|\\\\;:\"'“”‘’<>,.?/\\x{0}-\\x{1f}]+")
	digit   = regexp.MustCompile(`^(\d)`)
)

// slug returns the anchor of a heading, by @mdit-vue/shared.
func slug(h *bookcheck.Heading) string { return slugOf(h.Text) }

func plainSlug(h *bookcheck.Heading) string { return slugOf(h.Plain) }

func slugOf(text string) string {
	name := strings.Trim(special.ReplaceAllString(site.Unmarked(text), "-"), "-")
	return strings.ToLower(digit.ReplaceAllString(name, "_$1"))
}
