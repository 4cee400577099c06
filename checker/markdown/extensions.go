package markdown

import (
	"slices"
	"strings"
)

// Extensions are the names that MyST-Parser knows, and citations by @key, which
// mystmd reads. Not all of them change what is found in a text.
// https://myst-parser.readthedocs.io/en/latest/syntax/optional.html
var Extensions = []string{
	"alert", "amsmath", "attrs_block", "attrs_image", "attrs_inline", "citations", "colon_fence", "deflist", "dollarmath",
	"fieldlist", "gfm_autolink", "html_admonition", "html_image", "linkify", "replacements", "smartquotes",
	"strikethrough", "substitution", "tasklist",
}

// Extended returns extensions with changes made to them: a name adds one, a name
// after a minus sign takes one away. Nil stands for the default ones.
func Extended(extensions, changes []string) []string {
	if extensions == nil {
		extensions = DefaultExtensions
	}
	extended := slices.Clone(extensions)
	for _, change := range changes {
		if name, off := strings.CutPrefix(change, "-"); off {
			extended = slices.DeleteFunc(extended, func(e string) bool { return e == name })
		} else if !slices.Contains(extended, change) {
			extended = append(extended, change)
		}
	}
	return extended
}
