package markdown

import (
	"bytes"
	"regexp"

	"go.yaml.in/yaml/v3"
)

// frontMatter returns the YAML mapping between --- lines at the start of a text,
// and the length of it all; 0: there is none.
func frontMatter(source []byte) (meta map[string]any, length int) {
	first, _, _ := bytes.Cut(source, []byte("\n"))
	if !bytes.Equal(bytes.TrimRight(first, " \t\r"), []byte("---")) {
		return nil, 0
	}
	start := min(len(first)+1, len(source))
	for at := start; at < len(source); {
		line, _, _ := bytes.Cut(source[at:], []byte("\n"))
		next := min(at+len(line)+1, len(source))
		if word := bytes.TrimRight(line, " \t\r"); bytes.Equal(word, []byte("---")) || bytes.Equal(word, []byte("...")) {
			var m map[string]any
			if yaml.Unmarshal(source[start:at], &m) != nil {
				m = nil
			}
			return m, next
		}
		at = next
	}
	return nil, 0
}

var (
	mystFence  = regexp.MustCompile("(?m)^[ \\t>]*(?:`{3,}|~{3,}|:{3,})[ \\t]*\\{[a-zA-Z][a-zA-Z0-9_:-]*\\}(?:[ \\t]|\\r?$)")
	mystTarget = regexp.MustCompile(`(?m)^ {0,3}\([a-zA-Z0-9][a-zA-Z0-9 ._:/-]*\)=[ \t]*\r?$`)
	mystRole   = regexp.MustCompile("(?:^|[^`\\\\])\\{(?:ref|numref|eq|doc|term|cite(?::[a-z]+)?|download|abbr|math|sub|sup|prf:ref|footcite)\\}`[^`]")
)

// looksLikeMyST tells whether a text uses MyST: a directive, a role or a target.
func looksLikeMyST(source []byte) bool {
	return bytes.Contains(source, []byte("}`")) && mystRole.Match(source) ||
		bytes.Contains(source, []byte(")=")) && mystTarget.Match(source) ||
		bytes.Contains(source, []byte("{")) && mystFence.Match(source)
}
