package myst

import (
	"path"
	"regexp"
	"strings"
)

// A globs is a set of patterns of paths.
type globs []*regexp.Regexp

// sphinxGlobs compiles patterns as Sphinx reads them: * and ? stop at a slash, **
// does not.
func sphinxGlobs(patterns []string) globs {
	var set globs
	for _, pattern := range patterns {
		if re, err := regexp.Compile(`^` + translate(pattern, ".*") + `$`); err == nil {
			set = append(set, re)
		}
	}
	return set
}

// nodeGlobs compiles patterns as mystmd reads them: ** between slashes is any
// number of folders, none included.
func nodeGlobs(patterns []string) globs {
	var set globs
	for _, pattern := range patterns {
		pattern = strings.TrimSuffix(strings.TrimPrefix(pattern, "./"), "/")
		if re, err := regexp.Compile(`^` + translate(pattern, "(?:.*/)?") + `$`); err == nil {
			set = append(set, re)
		}
	}
	return set
}

// fnmatch compiles a pattern of a table of contents, as Python's fnmatch reads it:
// * crosses slashes.
func fnmatch(pattern string) globs {
	return sphinxGlobs([]string{strings.ReplaceAll(strings.ReplaceAll(pattern, "**", "*"), "*", "**")})
}

// translate turns a glob into an expression; folders is what "**/" stands for.
func translate(pattern, folders string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		rest := pattern[i:]
		switch c := pattern[i]; {
		case strings.HasPrefix(rest, "**/") && folders != ".*":
			b.WriteString(folders)
			i += 2
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			i++
		case c == '*':
			b.WriteString("[^/]*")
		case c == '?':
			b.WriteString("[^/]")
		case c == '[' && strings.IndexByte(rest[1:], ']') > 0:
			end := 1 + strings.IndexByte(rest[1:], ']')
			class := strings.ReplaceAll(rest[1:end], `\`, `\\`)
			if negated, ok := strings.CutPrefix(class, "!"); ok {
				class = "^/" + negated
			}
			b.WriteString("[" + class + "]")
			i += end
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
		}
	}
	return b.String()
}

// match tells whether a pattern matches a path or a folder above it.
func (g globs) match(file string) bool {
	for ; file != "." && file != "/"; file = path.Dir(file) {
		for _, re := range g {
			if re.MatchString(file) {
				return true
			}
		}
	}
	return false
}

// within returns the path of a file from a folder, and whether it lies in it.
func within(dir, file string) (string, bool) {
	if dir == "." {
		return file, true
	}
	return strings.CutPrefix(file, dir+"/")
}
