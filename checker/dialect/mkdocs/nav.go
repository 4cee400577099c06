package mkdocs

import (
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// missing returns the entries of nav that name pages which are not there.
func missing(fsys fs.FS, file, docs string) project.Contents {
	contents := project.Contents{Dir: docs}
	root, source := settings.Root(fsys, file)
	entries(settings.Child(root, "nav"), 0, func(entry *yaml.Node) {
		if strings.HasSuffix(entry.Value, ".md") && !strings.ContainsAny(entry.Value, ":*") && !settings.Exists(fsys, path.Join(docs, entry.Value)) {
			contents.Miss(file, source, entry)
		}
	})
	return contents
}

// entries yields the scalars of nav that are destinations.
func entries(nav *yaml.Node, depth int, yield func(*yaml.Node)) {
	if nav == nil || depth > deepestNav {
		return
	}
	switch nav.Kind {
	case yaml.ScalarNode:
		yield(nav)
	case yaml.SequenceNode:
		for _, item := range nav.Content {
			entries(item, depth+1, yield)
		}
	case yaml.MappingNode:
		for i := 1; i < len(nav.Content); i += 2 {
			entries(nav.Content[i], depth+1, yield)
		}
	default:
	}
}

// sites returns the addresses at which a site is shown, and its sources.
func sites(m settings.Map, c config) []bookcheck.Site {
	var found []bookcheck.Site
	if url := m.String("site_url"); strings.HasPrefix(url, "http") {
		found = append(found, bookcheck.Site{URL: strings.TrimSuffix(url, "/") + "/", Root: c.docs})
	}
	if url := m.String("repo_url"); strings.HasPrefix(url, "https://github.com/") {
		for _, branch := range []string{"main", "master"} {
			found = append(found, bookcheck.Site{URL: strings.TrimSuffix(url, "/") + "/blob/" + branch + "/", Root: ".", Code: true})
		}
	}
	return found
}
