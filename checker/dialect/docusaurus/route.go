package docusaurus

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

var (
	numbered = regexp.MustCompile(`^\d+\s*[-_.]+\s*([^-_.\s].*)$`)
	dated    = regexp.MustCompile(`^\d+[-_.]\d+`) // a date or a version is no place in an order
)

// unnumbered takes the number off a name that says where it stands in the order.
func (c *content) unnumbered(name string) string {
	if m := numbered.FindStringSubmatch(name); m != nil && !c.plain && !dated.MatchString(name) {
		return m[1]
	}
	return name
}

// address returns where a document is on the site, without slashes around it;
// folder says that it stands for its folder.
func (c *content) address(chapter *bookcheck.Chapter, inside string) (url string, folder bool) {
	dir, base := path.Split(strings.TrimSuffix(inside, path.Ext(inside)))
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(dir, "/"), "/") {
		if part != "" {
			parts = append(parts, c.unnumbered(part))
		}
	}
	at := path.Join(parts...)
	if slug, ok := chapter.Meta["slug"].(string); ok {
		if strings.HasPrefix(slug, "/") {
			return strings.Trim(path.Join(c.route, slug), "/"), strings.HasSuffix(slug, "/")
		}
		return path.Join(c.route, at, slug), false
	}
	name := c.unnumbered(base)
	lower := strings.ToLower(name)
	if lower == "index" || lower == "readme" || len(parts) > 0 && strings.EqualFold(name, parts[len(parts)-1]) {
		return path.Join(c.route, at), true
	}
	if id, ok := chapter.Meta["id"].(string); ok {
		name = id
	}
	return path.Join(c.route, at, name), false
}
