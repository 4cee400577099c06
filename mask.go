package bookcheck

import (
	"regexp"
	"strings"
)

// password is what stands between a name and a host in an address.
var password = regexp.MustCompile(`(://[^/\s?#:@"'<>]*:)([^/\s?#@"'<>]+)@`)

// Mask hides the passwords of the addresses in a text, each byte behind an asterisk,
// so that no column moves. What is reported is read by more people than the book's
// source.
func Mask(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return password.ReplaceAllStringFunc(text, func(found string) string {
		m := password.FindStringSubmatch(found)
		return m[1] + strings.Repeat("*", len(m[2])) + "@"
	})
}
