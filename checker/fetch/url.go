package fetch

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// urls reads addresses as browsers do. It is configured as colly configures its
// own, so that the host that is paced is the host that is asked.
var urls = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

var errNoHost = errors.New("it names no host")

// knownSchemes are schemes that exist: none of them is a misspelled http.
var knownSchemes = []string{
	"http", "https", "ftp", "ftps", "sftp", "ssh", "git", "file", "data", "mailto", "tel", "sms", "news", "javascript",
	"ws", "wss", "irc", "ircs", "doi", "urn", "magnet", "about", "blob", "xmpp", "geo", "svn", "rsync", "ldap", "at", "ipfs",
}

// parseURL reads an address as it stands in a text, without its fragment.
func parseURL(raw string) (*url.URL, error) {
	if strings.HasPrefix(strings.TrimSpace(raw), "//") {
		raw = "https:" + strings.TrimSpace(raw)
	}
	parsed, err := urls.Parse(raw)
	return toURL(parsed, err)
}

// resolveURL reads the address that a server gave in a Location header or a meta
// element. What is left of it may be in any encoding.
func resolveURL(base *url.URL, ref string) (*url.URL, error) {
	if !utf8.ValidString(ref) {
		ref = escapeBytes(ref)
	}
	parsed, err := urls.ParseRef(base.String(), ref)
	return toURL(parsed, err)
}

func toURL(parsed *whatwg.Url, err error) (*url.URL, error) {
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(parsed.Href(true))
	if err != nil {
		return nil, err
	}
	if fragment := parsed.Fragment(); fragment != "" {
		u.Fragment, _ = url.PathUnescape(fragment)
	}
	if isWeb(u) && u.Hostname() == "" {
		return nil, errNoHost
	}
	return u, nil
}

func isWeb(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// bare returns the address without its fragment.
func bare(u *url.URL) *url.URL {
	if u.Fragment == "" && u.RawFragment == "" {
		return u
	}
	plain := *u
	plain.Fragment, plain.RawFragment = "", ""
	return &plain
}

// escapeBytes percent-encodes what is not ASCII.
func escapeBytes(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c < utf8.RuneSelf {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

// schemeOf returns what stands before the first colon, in lower case; "" if that
// cannot be a scheme.
func schemeOf(raw string) string {
	scheme, _, found := strings.Cut(strings.TrimSpace(raw), ":")
	if !found || strings.ContainsAny(scheme, "/?# ") {
		return ""
	}
	return strings.ToLower(scheme)
}

// misspelled tells whether a scheme is one letter away from http or https, and is
// none that exists.
func misspelled(scheme string) bool {
	return !slices.Contains(knownSchemes, scheme) && (near(scheme, "http") || near(scheme, "https"))
}

// near tells whether one letter added, dropped, replaced, or swapped with its
// neighbor makes b of a.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	switch len(b) - len(a) {
	case 0:
		return at == len(a) || a[at+1:] == b[at+1:] ||
			at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
	case 1:
		return a[at:] == b[at+1:]
	default:
		return false
	}
}

// cosmetic tells whether two addresses differ only in a trailing slash.
func cosmetic(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && a.Host == b.Host && a.RawQuery == b.RawQuery &&
		strings.TrimSuffix(a.EscapedPath(), "/") == strings.TrimSuffix(b.EscapedPath(), "/")
}
