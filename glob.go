package bookcheck

import (
	"path"
	"strings"
)

// Covers tells whether one of some globs matches a slash-separated path, or a
// folder that it lies in. A glob without a slash matches at any depth; ** matches
// any number of folders.
func Covers(globs []string, name string) bool {
	parts := strings.Split(name, "/")
	for _, glob := range globs {
		glob = strings.TrimSuffix(glob, "/")
		pattern := strings.Split(strings.TrimPrefix(glob, "/"), "/")
		if !strings.Contains(glob, "/") {
			pattern = []string{"**", glob}
		}
		if coversParts(pattern, parts) {
			return true
		}
	}
	return false
}

// coversParts tells whether a pattern matches a path from its start on. The path
// may go on: then the pattern has matched a folder.
func coversParts(pattern, parts []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for len(pattern) > 1 && pattern[1] == "**" { // or each would try all that the others do
				pattern = pattern[1:]
			}
			for i := range parts {
				if coversParts(pattern[1:], parts[i:]) {
					return true
				}
			}
			return false
		}
		if len(parts) == 0 {
			return false
		}
		if matched, err := path.Match(pattern[0], parts[0]); err != nil || !matched {
			return false
		}
		pattern, parts = pattern[1:], parts[1:]
	}
	return true
}
