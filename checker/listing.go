package checker

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/ignore"
)

// chapterExtensions are those of the files that books consist of, in lower case.
var chapterExtensions = map[string]bool{
	".md": true, ".markdown": true, ".mdx": true, ".qmd": true, ".rmd": true, ".ipynb": true,
}

func isChapter(name string) bool { return chapterExtensions[strings.ToLower(path.Ext(name))] }

func isBibliography(name string) bool { return strings.EqualFold(path.Ext(name), ".bib") }

// closedFolders are never entered unasked: what is in them was made by a program
// or by somebody else.
var closedFolders = map[string]bool{"_build": true, "node_modules": true, "vendor": true}

// A listing is what lies in a file system, as far as it concerns books.
type listing struct {
	files  map[string]bool   // every file in the folders that were entered
	roots  map[string]bool   // folders that hold a project file or a configuration
	open   map[string]bool   // folders that were entered
	closed map[string]bool   // folders that were not
	texts  map[string]bool   // chapters and bibliographies
	left   map[string]string // chapters that were left out, and why
	faults []bookcheck.Fault
}

// A lister makes a listing.
type lister struct {
	*listing
	fsys     fs.FS
	noIgnore bool
	links    map[string]string // texts that are symbolic links, and where they lead
}

// list lists each top, and each path even where it would be left out.
func list(fsys fs.FS, tops, paths []string, noIgnore bool) *listing {
	l := &lister{fsys: fsys, noIgnore: noIgnore, links: make(map[string]string), listing: &listing{
		files: make(map[string]bool), roots: make(map[string]bool), open: make(map[string]bool),
		closed: make(map[string]bool), texts: make(map[string]bool), left: make(map[string]string),
	}}
	for _, top := range tops {
		l.enter(top, l.ignoresAbove(top, top), true)
	}
	for _, name := range paths {
		l.asked(name, topOf(tops, name))
	}
	l.dropLinks(paths)
	return l.listing
}

// asked lists a path that somebody named.
func (l *lister) asked(name, top string) {
	info, err := fs.Stat(l.fsys, name)
	switch {
	case err != nil:
		l.fault(name, err)
	case info.IsDir():
		l.enter(name, l.ignoresAbove(top, name), true)
	case !info.Mode().IsRegular():
		l.faults = append(l.faults, bookcheck.Fault{Path: name, Message: "not a regular file"})
	default:
		l.files[name], l.texts[name] = true, true
	}
}

// dropLinks leaves out the links to files that are read under another name.
func (l *lister) dropLinks(asked []string) {
	read := make(map[string]bool)
	for _, link := range slices.Sorted(maps.Keys(l.links)) {
		target := l.links[link]
		again := read[target] || target != link && l.texts[target]
		if again && !slices.Contains(asked, link) {
			delete(l.texts, link)
		}
		read[target] = true
	}
}

// topOf returns the nearest top above a path.
func topOf(tops []string, name string) string {
	nearest := "."
	for _, top := range tops {
		if under(name, top) && len(top) >= len(nearest) {
			nearest = top
		}
	}
	return nearest
}

// A scope is what the .gitignore of a folder says.
type scope struct {
	dir  string
	list ignore.List
}

// ignores are the scopes of a folder and of those above it, outermost first.
type ignores []scope

// leaveOut tells whether git ignores an entry of a folder that is not ignored.
func (s ignores) leaveOut(name string, folder bool) bool {
	for _, scope := range slices.Backward(s) {
		relative := name
		if scope.dir != "." {
			relative = name[len(scope.dir)+1:]
		}
		if out, decided := scope.list.Match(relative, folder); decided {
			return out
		}
	}
	return false
}

// ignoresAbove returns what holds in a folder because of those above it.
func (l *lister) ignoresAbove(top, dir string) ignores {
	var above []string
	for up := range upwards(dir) {
		if up != dir {
			above = append(above, up)
		}
		if up == top {
			break
		}
	}
	var scopes ignores
	if out := l.ignoreFile(path.Join(top, ".git/info/exclude")); out != nil {
		scopes = append(scopes, scope{top, out})
	}
	for _, dir := range slices.Backward(above) {
		scopes = append(scopes, scope{dir, l.ignoreFile(path.Join(dir, ".gitignore"))})
	}
	return scopes
}

func (l *lister) ignoreFile(name string) ignore.List {
	if l.noIgnore {
		return nil
	}
	text, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		return nil
	}
	return ignore.Parse(string(text))
}

// enter lists a folder, unless that was done before.
func (l *lister) enter(dir string, above ignores, asked bool) {
	if l.open[dir] {
		return
	}
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.fault(dir, err)
		return
	}
	names := make(map[string]bool, len(entries))
	for _, entry := range entries {
		names[entry.Name()] = true
	}
	if l.closed[dir] = names["pyvenv.cfg"] && !asked; l.closed[dir] {
		return
	}
	l.open[dir] = true
	if names[".gitignore"] {
		above = append(slices.Clip(above), scope{dir, l.ignoreFile(path.Join(dir, ".gitignore"))})
	}
	if known := (glance{l.fsys, dir, names}); configured(known, dir) || dialect.IsProject(known, dir) {
		l.roots[dir] = true
	}
	for _, entry := range entries {
		l.entry(path.Join(dir, entry.Name()), entry.Type(), above)
	}
}

func (l *lister) entry(name string, mode fs.FileMode, above ignores) {
	switch base := path.Base(name); {
	case mode.IsDir() && (base[0] == '.' || closedFolders[base] || above.leaveOut(name, true)):
		l.closed[name] = true
	case mode.IsDir():
		l.enter(name, above, false)
	case mode.IsRegular():
		l.file(name, above)
	case mode&fs.ModeSymlink != 0:
		l.link(name, above)
	}
}

func (l *lister) file(name string, above ignores) {
	l.files[name] = true
	switch {
	case !isChapter(name) && !isBibliography(name):
	case path.Base(name)[0] == '.':
		l.left[name] = "hidden"
	case above.leaveOut(name, false):
		l.left[name] = "ignored by git"
	default:
		l.texts[name] = true
	}
}

// link lists a symbolic link. No folder is entered by one, and what a link that
// leads out of the file system leads to is not looked at.
func (l *lister) link(name string, above ignores) {
	info, err := fs.Stat(l.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		l.files[name], l.closed[name] = true, true
	case info.IsDir():
		l.closed[name] = true
	case info.Mode().IsRegular():
		l.file(name, above)
		if l.texts[name] {
			l.links[name] = l.follow(name)
		}
	}
}

// follow returns the file that a link leads to, or the link itself if that cannot
// be told.
func (l *lister) follow(link string) string {
	name := link
	for range 20 {
		target, err := fs.ReadLink(l.fsys, name)
		if err != nil {
			return name
		}
		if path.IsAbs(target) {
			return link
		}
		name = path.Join(path.Dir(name), target)
	}
	return link
}

// A glance is a file system of which the names in one folder are known, so that it
// need not be asked for those that are not there.
type glance struct {
	fs.FS
	dir   string
	names map[string]bool
}

// Open implements fs.FS.
func (g glance) Open(name string) (fs.File, error) {
	if g.lacks(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return g.FS.Open(name)
}

// Stat implements fs.StatFS.
func (g glance) Stat(name string) (fs.FileInfo, error) {
	if g.lacks(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return fs.Stat(g.FS, name)
}

func (g glance) lacks(name string) bool { return path.Dir(name) == g.dir && !g.names[path.Base(name)] }

// fault adds what the file system said about a path.
func (l *listing) fault(name string, err error) {
	l.faults = append(l.faults, bookcheck.Fault{Path: name, Message: reason(err)})
}

// reason returns what went wrong with a file, without its path.
func reason(err error) string {
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		err = wrong.Err
	}
	return err.Error()
}
