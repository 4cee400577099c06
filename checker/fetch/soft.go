package fetch

import "regexp"

// What a title says that says nothing but that there is no page.
const notThere = `(sorry\W+)?((this|the|that)\s+)?((page|file|document|content|article|site)\s+)?((was|is|could|can)\s+)?` +
	`(not\s+(be\s+)?found|cannot be found|no longer (available|exists)|does not exist|doesn.t exist|(has been|was) (removed|deleted))`

var notFoundTitle = regexp.MustCompile(`(?i)^\W*((error\W*)?(404|410)(\W*error)?(\W*` + notThere + `)?|` + notThere + `(\W*(error\W*)?(404|410))?)\W*$`)

// titleSeparator stands between the name of a page and that of its site.
var titleSeparator = regexp.MustCompile(`\s+[|·•–—:»«-]+\s+|: `)

// isSoftNotFound tells whether a page says that it is none: by its title, and by
// telling search engines to pass by. Either alone occurs on pages that are there.
func (d *document) isSoftNotFound() bool {
	if !d.noindex {
		return false
	}
	if notFoundTitle.MatchString(d.title) {
		return true
	}
	for _, part := range titleSeparator.Split(d.title, -1) {
		if notFoundTitle.MatchString(part) {
			return true
		}
	}
	return false
}
