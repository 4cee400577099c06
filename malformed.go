package bookcheck

import "strings"

// Malformed says why a destination that was meant to be an address on the web is
// none, and what was meant; "" where that cannot be told. It knows only what
// cannot be anything else: no scheme is wrong just because few have heard of it.
func (l *Link) Malformed() (why, meant string) {
	switch l.Kind {
	case PageLink, Image, HTMLLink, HTMLImage, JSXLink, Download:
	default:
		return "", ""
	}
	if l.Undefined || l.Form == Expression || isTemplate(l.Target) {
		return "", "" // a template fills it in
	}
	scheme, rest, found := strings.Cut(l.Target, ":")
	if found && (scheme == "https" || scheme == "http") { // as nearly all are
		return malformedWeb(scheme, rest)
	}
	if found && isScheme(scheme) {
		return malformed(strings.ToLower(scheme), rest)
	}
	for _, scheme := range []string{"https", "http"} {
		switch rest, found := cutFold(l.Target, scheme); {
		case !found:
		case strings.HasPrefix(rest, "//"):
			return "the colon after " + scheme + " is missing", scheme + ":" + rest
		case strings.HasPrefix(rest, ";//") || strings.HasPrefix(rest, ".//"):
			return "a colon must follow " + scheme, scheme + ":" + rest[1:]
		}
	}
	if host, _, _ := strings.Cut(l.Target, "/"); strings.HasPrefix(host, "www.") && strings.Count(host, ".") > 1 && l.Form != Bare {
		return "without https:// it names a file of the book", "https://" + l.Target
	}
	return "", ""
}

// isTemplate tells whether a destination has what no address has.
func isTemplate(target string) bool {
	for i := range len(target) {
		switch target[i] {
		case '{', '}', '<', '>', '$':
			return true
		}
	}
	return false
}

// malformed judges an address by its scheme and by what follows the colon.
func malformed(scheme, rest string) (why, meant string) {
	if scheme == "http" || scheme == "https" {
		return malformedWeb(scheme, rest)
	}
	meantScheme := misspelled(scheme)
	switch {
	case meantScheme == "":
		return "", ""
	case meantScheme == "mailto" && strings.Contains(rest, "@"), strings.HasPrefix(rest, "//"):
		return "no scheme is called " + scheme, meantScheme + ":" + rest
	default:
		return "", ""
	}
}

func malformedWeb(scheme, rest string) (why, meant string) {
	slashes := 0
	for slashes < len(rest) && (rest[slashes] == '/' || rest[slashes] == '\\') {
		slashes++
	}
	if host := rest[slashes:]; rest[:slashes] != "//" {
		if host == "" {
			return "it names no host", ""
		}
		return "two slashes must follow " + scheme + ":", scheme + "://" + host
	}
	inner, port, _ := strings.Cut(rest[2:], "/")
	inner = strings.ToLower(inner)
	switch {
	case inner == "" || inner[0] == '?' || inner[0] == '#':
		return "it names no host", ""
	case strings.HasPrefix(port, "/") && (inner == "http:" || inner == "https:" || inner == "http" || inner == "https"):
		doubled := rest[2:]
		if strings.HasSuffix(inner, ":") {
			return "it begins twice", doubled
		}
		return "it begins twice", inner + ":" + doubled[len(inner):]
	case strings.Contains(inner, "..") || inner[0] == '.':
		return "no host is called " + inner, ""
	default:
		return "", ""
	}
}

// isScheme tells whether a word could be a scheme.
func isScheme(word string) bool {
	if word == "" {
		return false
	}
	for i := range len(word) {
		c := word[i] | 0x20
		if (c < 'a' || c > 'z') && (i == 0 || word[i] < '0' || word[i] > '9') && (i == 0 || !strings.ContainsRune("+-.", rune(word[i]))) {
			return false
		}
	}
	return true
}

// misspelled returns the scheme that one wrong letter makes of another word; "" if
// none, or if the word is a scheme of its own.
func misspelled(word string) string {
	switch word {
	case "http", "https", "mailto", "ftp", "sftp", "ftps", "tftp", "rtp", "ntp", "shttp":
		return ""
	}
	for _, scheme := range []string{"https", "http", "mailto", "ftp"} {
		if within1(word, scheme) {
			return scheme
		}
	}
	return ""
}

// within1 tells whether one letter more, less, other or swapped makes one word of
// another.
func within1(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		return i == len(a) || a[i+1:] == b[i+1:] ||
			i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	default:
		return false
	}
}

// cutFold takes a prefix off, whatever its case.
func cutFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
