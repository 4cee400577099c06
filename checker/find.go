package checker

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A finder finds the books that some paths are part of.
type finder struct {
	*Checker
	fsys    fs.FS
	paths   []string // those that were asked for and exist
	named   []string // files that were asked for by name, those that are gone since the last commit included
	tops    []string
	listing *listing
	configs map[string]*settings // by path of the file
	above   []*settings          // what holds where each path was asked for
	all     map[string]*book     // every book in reach, by root
	placed  map[string]*book     // files that the contents of a book name

	books  []*book // those that something is asked of, outer ones first
	faults []bookcheck.Fault
	broken bool // a configuration has faults, so that nothing may be checked
}

func (c *Checker) find(ctx context.Context, fsys fs.FS, paths []string) *finder {
	f := &finder{
		Checker: c, fsys: fsys,
		configs: make(map[string]*settings),
		all:     make(map[string]*book),
		placed:  make(map[string]*book),
	}
	f.look(ctx, paths)
	f.listing = list(fsys, f.tops, f.paths, c.NoIgnore)
	f.faults = append(f.faults, f.listing.faults...)
	for _, name := range f.paths {
		f.above = append(f.above, f.configure(name))
	}
	roots := f.roots()
	for _, root := range roots {
		f.all[root] = f.open(root)
	}
	for _, text := range slices.Sorted(maps.Keys(f.listing.texts)) {
		f.assign(text)
	}
	for _, root := range roots {
		f.keep(f.all[root])
	}
	for _, above := range f.above {
		f.refuse(above)
	}
	if !f.broken {
		f.empty()
	}
	return f
}

// refuse notes what is wrong with a configuration that would have to be obeyed.
func (f *finder) refuse(s *settings) {
	f.broken = f.broken || len(s.faults) > 0
	f.faults = append(f.faults, s.faults...)
}

// look sorts out the paths that exist, and the tops above them.
func (f *finder) look(ctx context.Context, paths []string) {
	if len(paths) == 0 {
		paths = []string{"."}
	}
	for _, name := range paths {
		info, err := fs.Stat(f.fsys, name)
		if errors.Is(err, fs.ErrNotExist) && f.isGone(ctx, name) {
			f.named = append(f.named, name)
			f.tops = append(f.tops, Top(f.fsys, path.Dir(name)))
			continue
		}
		if err != nil {
			f.faults = append(f.faults, bookcheck.Fault{Path: name, Message: reason(err)})
			continue
		}
		dir := name
		if !info.IsDir() {
			dir = path.Dir(name)
			f.named = append(f.named, name)
		}
		f.paths = append(f.paths, name)
		f.tops = append(f.tops, Top(f.fsys, dir))
	}
	slices.Sort(f.paths)
	slices.Sort(f.tops)
	f.paths, f.tops = slices.Compact(f.paths), slices.Compact(f.tops)
}

// roots returns the roots above and below the paths, outer ones first.
func (f *finder) roots() []string {
	roots := slices.Clone(f.tops)
	for root := range f.listing.roots {
		if slices.ContainsFunc(slices.Concat(f.paths, f.named), func(p string) bool { return under(p, root) || under(root, p) }) {
			roots = append(roots, root)
		}
	}
	slices.SortFunc(roots, func(a, b string) int { return cmp.Or(depth(a)-depth(b), strings.Compare(a, b)) })
	return slices.Compact(roots)
}

func depth(dir string) int {
	if dir == "." {
		return 0
	}
	return 1 + strings.Count(dir, "/")
}

// open returns the book of a root, and notes what its contents name.
func (f *finder) open(root string) *book {
	b := f.newBook(root)
	for _, file := range b.project.Order {
		if isChapter(file) {
			f.placed[file] = b
			f.listing.texts[file] = true
			delete(f.listing.left, file)
		}
	}
	return b
}

// assign makes a text a source of its book: the one whose contents name it, or
// else that of the nearest root above it.
func (f *finder) assign(text string) {
	b := f.placed[text]
	for up := range upwards(path.Dir(text)) {
		if b != nil || f.listing.roots[up] && f.all[up] == nil {
			break // the book of that root is out of reach
		}
		b = f.all[up]
	}
	if b == nil {
		return
	}
	s := source{path: text, bib: isBibliography(text), named: slices.Contains(f.paths, text)}
	switch {
	case b.isContents(text):
		return // no chapter, though somebody asked for it by name
	case s.named || f.placed[text] != nil:
	case s.bib && b.project.Bibliographies != nil:
		return // see keep
	case !b.project.Belongs(text):
		f.listing.left[text] = "not part of the book"
		return
	}
	f.add(b, s, f.asked(text))
}

// add adds a source to a book. What was asked for is reported, unless it is
// excluded and not asked for by name.
func (f *finder) add(b *book, s source, asked bool) {
	s.excluded = !s.named && f.excluded(b, s.path)
	if s.reported = asked && !s.excluded; s.excluded {
		f.listing.left[s.path] = "excluded"
	}
	b.sources = append(b.sources, s)
}

// asked tells whether a path lies under one that was asked for.
func (f *finder) asked(name string) bool {
	return slices.ContainsFunc(f.paths, func(p string) bool { return under(name, p) })
}

// excluded tells whether the configuration of the book, the one that holds where a
// path was asked for, or the user excludes a file.
func (f *finder) excluded(b *book, file string) bool {
	if f.Exclude != nil && f.Exclude(file) || b.config.Covers(b.config.Exclude, file) {
		return true
	}
	for i, above := range f.above {
		if under(file, f.paths[i]) && above.config.Covers(above.config.Exclude, file) {
			return true
		}
	}
	return false
}

// keep keeps a book if something is asked of it, with its sources in reading
// order.
func (f *finder) keep(b *book) {
	for _, file := range b.project.Bibliographies {
		if !slices.ContainsFunc(b.sources, func(s source) bool { return s.path == file }) {
			f.add(b, source{path: file, bib: true}, f.asked(file) || f.asked(b.Root))
		}
	}
	if toc := b.project.Contents.Chapter; toc != nil {
		b.tocReported = f.asked(toc.Path) && !f.excluded(b, toc.Path)
	}
	lost := slices.ContainsFunc(f.named, func(name string) bool { return under(name, b.Root) && !f.listing.files[name] })
	if !lost && !b.tocReported && !slices.ContainsFunc(b.sources, func(s source) bool { return s.reported }) {
		return
	}
	place := make(map[string]int, len(b.project.Order))
	for i, file := range b.project.Order {
		place[file] = i - len(b.project.Order)
	}
	slices.SortFunc(b.sources, func(x, y source) int {
		switch {
		case x.bib && !y.bib:
			return 1
		case y.bib && !x.bib:
			return -1
		default:
			return cmp.Or(place[x.path]-place[y.path], strings.Compare(x.path, y.path))
		}
	})
	f.books = append(f.books, b)
	f.faults = slices.Concat(f.faults, b.flaws)
	f.refuse(b.settings)
}

// empty adds a fault for each path under which there is nothing to check.
func (f *finder) empty() {
	for _, name := range f.paths {
		reported := func(b *book) bool {
			return slices.ContainsFunc(b.sources, func(s source) bool { return s.reported && (under(s.path, name) || under(b.Root, name)) })
		}
		if !slices.ContainsFunc(f.books, reported) {
			f.faults = append(f.faults, bookcheck.Fault{Path: name, Message: "nothing to check: " + f.why(name)})
		}
	}
}

// why says why there is nothing to check under a path.
func (f *finder) why(name string) string {
	counts := make(map[string]int)
	for text, why := range f.listing.left {
		if under(text, name) {
			counts[why]++
		}
	}
	if len(counts) == 0 {
		return "there is no Markdown in this folder"
	}
	var parts []string
	for _, why := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%d %s", counts[why], why))
	}
	return "of its Markdown files " + strings.Join(parts, ", ")
}
