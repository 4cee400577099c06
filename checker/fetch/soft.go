package fetch

import (
	"regexp"
	"strings"
)

// notFoundTitle is a title, or the part of it that does not name the site, that
// says nothing but that there is no page.
var notFoundTitle = regexp.MustCompile(`(?i)^\W*(error\s+)?(404|410)?\W*(error)?\W*((sorry\W+)?(this |the |that )?(page|file|document|content|article|site)?\W*(was |is |could |can )?(not (be )?found|no longer (available|exists)|does ?n.t exist|does not exist|gone|removed))?\W*(404)?\W*$`)

// isSoftNotFound tells whether a page says that it is none: by its title, and by
// telling search engines to pass by. Either alone occurs on pages that are there.
func (d *document) isSoftNotFound() bool {
	if !d.noindex || d.title == "" {
		return false
	}
	for _, part := range titleParts(d.title) {
		if strings.ContainsAny(part, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") && notFoundTitle.MatchString(part) {
			return true
		}
	}
	return false
}

var titleSeparator = regexp.MustCompile(`\s+[|·•–—:»«-]+\s+|: `)

// titleParts splits "404 Not Found | Example" at what separates the page from its
// site.
func titleParts(title string) []string { return titleSeparator.Split(title, -1) }
