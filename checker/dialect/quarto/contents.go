package quarto

import (
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// missing returns the chapters of a book that are not there. Quarto stops at the
// first.
func missing(fsys fs.FS, dir, file string) project.Contents {
	contents := project.Contents{Dir: dir}
	root, source := settings.Root(fsys, file)
	book := settings.Child(root, "book")
	for _, part := range []string{"chapters", "appendices"} {
		entries(settings.Child(book, part), 0, func(entry *yaml.Node) {
			if isSource(entry.Value) && !settings.Exists(fsys, path.Join(dir, entry.Value)) {
				contents.Miss(file, source, entry)
			}
		})
	}
	return contents
}

// isSource tells whether an entry names a file, not a title, a pattern or a page
// elsewhere.
func isSource(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".qmd", ".md", ".rmd", ".ipynb":
		return !strings.ContainsAny(name, " :*{$")
	default:
		return false
	}
}

// entries yields the scalars that config.chapters reads as files.
func entries(node *yaml.Node, depth int, yield func(*yaml.Node)) {
	if node == nil || depth > deepest {
		return
	}
	switch node.Kind {
	case yaml.ScalarNode:
		yield(node)
	case yaml.SequenceNode:
		for _, item := range node.Content {
			entries(item, depth+1, yield)
		}
	case yaml.MappingNode:
		for _, key := range []string{"part", "file", "href", "chapters"} {
			entries(settings.Child(node, key), depth+1, yield)
		}
	default:
	}
}
