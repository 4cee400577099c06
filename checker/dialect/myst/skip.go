package myst

import (
	"regexp"
	"strings"
)

// A pattern is a regular expression of linkcheck_ignore. It must match at the
// beginning of a URL, but not to its end, as Python's re.match does.
type pattern struct {
	prefix string // what every match begins with: most URLs are told apart by it
	re     *regexp.Regexp
}

// skipper tells which URLs match one of Python's expressions. What Go's package
// cannot express (look-around, back-references) is left out: its links are then
// checked, which is a question too many and never a silence too many.
func skipper(expressions []string) func(url string) bool {
	var patterns []pattern
	for _, expression := range expressions {
		re, err := regexp.Compile(`^(?:` + expression + `)`)
		if err != nil {
			continue
		}
		free, err := regexp.Compile(expression)
		if err != nil {
			continue
		}
		prefix, _ := free.LiteralPrefix()
		patterns = append(patterns, pattern{prefix, re})
	}
	return func(url string) bool {
		for _, p := range patterns {
			if strings.HasPrefix(url, p.prefix) && p.re.MatchString(url) {
				return true
			}
		}
		return false
	}
}
