package myst

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// tocKeys are what an entry of a _toc.yml may say, at some depth and in some format.
// https://github.com/executablebooks/sphinx-external-toc/blob/main/sphinx_external_toc/parsing.py
var tocKeys = []string{
	"root", "file", "url", "glob", "title", "options", "parts", "chapters", "sections", "subtrees", "entries", "items", "format", "defaults", "meta",
	"caption", "hidden", "maxdepth", "numbered", "reversed", "titlesonly", "style", "restart_numbering",
}

// checkEntries notes what makes the builder stop at a table of contents: a document
// that stands in it twice, and a key that it does not know. The lists that files were
// before 2021 may say more.
func (r *reader) checkEntries(file string, root *yaml.Node) {
	first := settings.Child(root, "root")
	if first == nil {
		return
	}
	seen := map[string]int{first.Value: first.Line}
	visited := make(map[*yaml.Node]bool) // with aliases, a few lines can hold any number of entries
	var check func(node *yaml.Node)
	check = func(node *yaml.Node) {
		if visited[node] {
			return
		}
		visited[node] = true
		if node.Kind == yaml.SequenceNode {
			for _, item := range node.Content {
				check(resolve(item))
			}
			return
		}
		if name := settings.Child(node, "file"); name != nil {
			if line := seen[name.Value]; line > 0 {
				r.fault(file, name.Line, fmt.Sprintf("names %q a second time, at which Jupyter Book stops; it is in line %d already", name.Value, line))
			} else {
				seen[name.Value] = name.Line
			}
		}
		for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
			switch key := node.Content[i]; key.Value {
			case "parts", "chapters", "sections", "subtrees", "entries", "items":
				check(resolve(node.Content[i+1]))
			default:
				r.checkKey(file, key)
			}
		}
	}
	check(root)
}

// checkKey notes a key that no entry has.
func (r *reader) checkKey(file string, key *yaml.Node) {
	if key.Kind != yaml.ScalarNode || key.Value == "<<" || slices.Contains(tocKeys, key.Value) {
		return
	}
	message := fmt.Sprintf("has a key %q, at which Jupyter Book stops", key.Value)
	if meant := near.New(tocKeys).Find(key.Value); len(meant) > 0 {
		message += "; perhaps " + meant[0] + " is meant"
	}
	r.fault(file, key.Line, message)
}
