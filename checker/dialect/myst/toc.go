package myst

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// entryLists are the keys under which a _toc.yml holds further entries: those of
// jb-book and jb-article, of a file without a format, and of the list that files
// were before 2021.
var entryLists = []string{"parts", "chapters", "sections", "subtrees", "entries"}

// A contents reads a table of contents into an order of documents.
type contents struct {
	dir   string
	lists []string                   // the keys under which it holds further entries
	find  func(file string) string   // the path of a document with or without its suffix, or ""
	glob  func(glob string) []string // the documents that a pattern names
	order []string
	seen  map[string]bool

	numbered map[string]bool // the documents whose sections may have numbers
	followed int             // entries so far
	missed   []*yaml.Node    // those that name no document
}

// toc returns the documents that a _toc.yml names, those that exist, and which of
// them have numbered sections.
func (r *reader) toc(file string, suffixes []string) (order []string, numbered map[string]bool, ok bool) {
	root := r.yaml(file)
	if root == nil {
		return nil, nil, false
	}
	if root.Kind != yaml.MappingNode && root.Kind != yaml.SequenceNode {
		r.fault(file, root.Line, "is not a table of contents; write a mapping with root and chapters")
		return nil, nil, false
	}
	c := &contents{
		dir:   r.dir,
		lists: entryLists,
		find:  func(file string) string { return findDocument(r.fsys, file, suffixes) },
		glob:  func(glob string) []string { return r.documents(fnmatch(glob), suffixes) },
		seen:  make(map[string]bool),

		numbered: make(map[string]bool),
	}
	c.add(settings.Child(root, "root"), false)
	c.entries(root, numbers(settings.Child(root, "defaults")))
	r.miss(file, c.missed)
	r.checkEntries(file, root)
	return c.order, c.numbered, true
}

// miss notes entries of a table of contents that name no document.
func (r *reader) miss(file string, entries []*yaml.Node) {
	if len(entries) == 0 {
		return
	}
	source, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		return // it was just read
	}
	for _, entry := range entries {
		r.contents.Miss(file, source, entry)
	}
}

// most bounds how many entries are followed: with aliases, a few lines of YAML can
// hold any number, or themselves.
const most = 100_000

// numbers tells whether a mapping asks for section numbers.
func numbers(node *yaml.Node) bool {
	value := settings.Child(node, "numbered")
	return value != nil && value.Value != "false"
}

// entries adds what a node names, and then what stands below it. Numbered says that
// something above asks for section numbers.
func (c *contents) entries(node *yaml.Node, numbered bool) {
	if c.followed++; c.followed > most {
		return
	}
	if node.Kind == yaml.SequenceNode {
		for _, item := range node.Content {
			c.entries(resolve(item), numbered)
		}
		return
	}
	numbered = numbered || numbers(node) || numbers(settings.Child(node, "options"))
	c.add(settings.Child(node, "file"), numbered)
	for _, key := range []string{"glob", "pattern"} {
		if pattern := settings.Child(node, key); pattern != nil {
			for _, file := range c.glob(path.Join(c.dir, pattern.Value)) {
				c.addFile(file, numbered)
			}
		}
	}
	if node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if slices.Contains(c.lists, node.Content[i].Value) {
			c.entries(resolve(node.Content[i+1]), numbered)
		}
	}
}

// add adds the document that a scalar names.
func (c *contents) add(name *yaml.Node, numbered bool) {
	if name == nil || name.Kind != yaml.ScalarNode {
		return
	}
	file := c.find(path.Join(c.dir, name.Value))
	if file == "" && name.Value != "" && !slices.Contains(c.missed, name) {
		c.missed = append(c.missed, name)
	}
	c.addFile(file, numbered)
}

func (c *contents) addFile(file string, numbered bool) {
	if file != "" && !c.seen[file] {
		c.seen[file] = true
		c.order = append(c.order, file)
		if numbered {
			c.numbered[file] = true
		}
	}
}

// findDocument returns the file of a document that is named with or without its
// suffix.
func findDocument(fsys fs.FS, name string, suffixes []string) string {
	if !fs.ValidPath(name) {
		return ""
	}
	if hasSuffix(name, suffixes) && exists(fsys, name) {
		return name
	}
	for _, suffix := range suffixes {
		if exists(fsys, name+suffix) {
			return name + suffix
		}
	}
	return ""
}

// hasSuffix tells whether a file is one of those that become documents.
func hasSuffix(file string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(file, suffix) })
}

// stem returns the name of a document, which is its path without the suffix.
func stem(file string, suffixes []string) string {
	longest := ""
	for _, suffix := range suffixes {
		if strings.HasSuffix(file, suffix) && len(suffix) > len(longest) {
			longest = suffix
		}
	}
	return strings.TrimSuffix(file, longest)
}

// documents returns the documents of the book whose name, with or without suffix,
// matches a pattern, in order of path.
func (r *reader) documents(matching globs, suffixes []string) []string {
	var found []string
	_ = fs.WalkDir(r.fsys, r.dir, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // what cannot be listed is not in the book
		case entry.IsDir():
			if name := entry.Name(); name == "_build" || name == "node_modules" || len(name) > 1 && name[0] == '.' {
				return fs.SkipDir
			}
		case hasSuffix(file, suffixes) && (matching.match(stem(file, suffixes)) || matching.match(file)):
			found = append(found, file)
		}
		return nil
	})
	return found
}
