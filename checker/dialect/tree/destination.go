package tree

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A Destination is the path that a link names, with what may follow it.
type Destination struct {
	Path     string // decoded
	Raw      string // the path as written
	Query    string
	Fragment string // decoded
	Marked   bool   // there is a #
}

// Split takes a destination apart.
func Split(target string) Destination {
	var d Destination
	d.Raw, d.Fragment, d.Marked = strings.Cut(target, "#")
	d.Raw, d.Query, _ = strings.Cut(d.Raw, "?")
	d.Path, d.Fragment = decode(d.Raw), decode(d.Fragment)
	return d
}

// decode undoes percent-encoding; what is not encoded properly stays.
func decode(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// scheme recognizes what is not a path. One letter is a drive of Windows.
var scheme = regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9+.-]+:|//)`)

// computed recognizes destinations that a template fills in.
var computed = regexp.MustCompile(`\{\{|\{%|\$\{|<%|\{#|^@`)

// IsPath tells whether a destination is the path of a file, a fragment or a name:
// not a URL, and not made by a template.
func IsPath(target string) bool {
	return target != "" && !scheme.MatchString(target) && !computed.MatchString(target)
}

// Suggest returns destinations, as a link in the folder dir would write them, for
// files that were perhaps meant by one that does not exist. They keep the
// fragment.
func (t *Tree) Suggest(dir, file string, d Destination) []string {
	var names []string
	for _, found := range t.Near(file) {
		name := strings.ReplaceAll(bookcheck.Relative(dir, found), " ", "%20")
		if d.Marked {
			name += "#" + d.Fragment
		}
		names = append(names, name)
	}
	return names
}
