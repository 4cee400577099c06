// Package tree looks for the files of a book by the names that links give them.
package tree

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// A Tree knows every file and folder of a book.
type Tree struct {
	files   map[string]bool
	folders map[string]*folder
	bases   map[string][]string // lower-case last element to the paths that end in it
}

type folder struct {
	names []string // of the files in it
	once  sync.Once
	index *near.Index
}

// New returns the tree of files, which are slash-separated paths.
func New(files map[string]bool) *Tree {
	t := &Tree{
		files:   files,
		folders: map[string]*folder{".": {}},
		bases:   make(map[string][]string),
	}
	for file := range files {
		base := path.Base(file)
		parent := t.folder(path.Dir(file))
		parent.names = append(parent.names, base)
		key := strings.ToLower(base)
		t.bases[key] = append(t.bases[key], file)
	}
	return t
}

// folder returns the folder at a path, and makes it and those above it.
func (t *Tree) folder(dir string) *folder {
	for up := dir; t.folders[up] == nil; up = path.Dir(up) {
		t.folders[up] = &folder{}
	}
	return t.folders[dir]
}

// File tells whether there is a file at a path.
func (t *Tree) File(path string) bool { return t.files[path] }

// Folder tells whether there is a file somewhere below a path.
func (t *Tree) Folder(path string) bool { return t.folders[path] != nil }

// Named tells whether there is a file of that name in any folder.
func (t *Tree) Named(base string) bool { return len(t.bases[strings.ToLower(base)]) > 0 }

// Near returns paths of files that were perhaps meant by one that does not exist:
// the same path in other case, a file of that name elsewhere, a similar name in
// the same folder; best first.
func (t *Tree) Near(file string) []string {
	same := slices.Clone(t.bases[strings.ToLower(path.Base(file))])
	slices.SortFunc(same, func(a, b string) int {
		return cmp.Or(
			-compare(strings.EqualFold(a, file), strings.EqualFold(b, file)),
			-cmp.Compare(common(a, file), common(b, file)),
			cmp.Compare(len(a), len(b)),
			strings.Compare(a, b),
		)
	})
	paths := same[:min(len(same), near.Most)]
	if f := t.folders[path.Dir(file)]; f != nil {
		f.once.Do(func() { f.index = near.New(f.names) })
		for _, base := range f.index.Find(path.Base(file)) {
			p := path.Join(path.Dir(file), base)
			if len(paths) < near.Most && !slices.Contains(paths, p) {
				paths = append(paths, p)
			}
		}
	}
	return paths
}

// compare orders false before true.
func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// common counts the bytes that two paths have in common at their beginning.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Join returns the path that a relative target names from a folder. Inside is
// false if it lies above the top of the tree, where nothing is known.
func Join(dir, target string) (file string, inside bool) {
	file = path.Join(dir, target)
	return file, file != ".." && !strings.HasPrefix(file, "../")
}
