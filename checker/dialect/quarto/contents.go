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
	var contents project.Contents
	source, err := fs.ReadFile(fsys, file)
	if err != nil {
		return contents
	}
	var document yaml.Node
	if yaml.Unmarshal(source, &document) != nil || len(document.Content) == 0 {
		return contents // which was said already
	}
	contents.Dir = dir
	book := child(document.Content[0], "book")
	for _, part := range []string{"chapters", "appendices"} {
		entries(child(book, part), 0, func(entry *yaml.Node) {
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
			entries(child(node, key), depth+1, yield)
		}
	default:
	}
}

// child returns the value of a key of a mapping, or nil.
func child(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}
