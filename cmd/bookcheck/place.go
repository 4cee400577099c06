package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/history"
	"github.com/bookcheck/bookcheck/checker/ignore"
)

// A place is where the paths of the command line are: the folder that everything
// is read from, and the paths as seen from there.
type place struct {
	top    string   // absolute; "" if no path exists
	paths  []string // slash-separated, from the top
	dir    string   // working folder, slash-separated, from the top; "" if it is the top or not below it
	prefix string   // way from the working folder to the top, if it is not below the top
	faults []bookcheck.Fault
}

// locate finds the files and folders that are named, and the top of the work tree
// that they are in. Symbolic links are followed first, so that nothing that is
// read later leads out of the top.
func locate(env *environment, names []string) *place {
	if len(names) == 0 {
		names = []string{"."}
	}
	p := &place{}
	var found []string
	for _, name := range names {
		full, top, err := find(env.dir, name)
		if err != nil {
			p.faults = append(p.faults, bookcheck.Fault{Message: name + ": " + reason(err)})
			continue
		}
		found = append(found, full)
		p.top = common(p.top, top)
	}
	for _, full := range found {
		p.paths = append(p.paths, from(p.top, full))
	}
	if p.top != "" {
		p.orient(env.dir)
	}
	return p
}

// find returns the absolute path of a name, and the top that it is to be read from.
func find(dir, name string) (full, top string, err error) {
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	if full, err = filepath.EvalSymlinks(name); err != nil {
		if top, ok := committed(name); ok {
			return name, top, nil
		}
		return "", "", err
	}
	info, err := os.Stat(full)
	if err != nil {
		return "", "", err
	}
	folder := full
	if !info.IsDir() {
		folder = filepath.Dir(full)
	}
	if speaksForAll(folder, full) {
		full = folder
	}
	volume := filepath.VolumeName(full) + string(filepath.Separator)
	if top = checker.Top(os.DirFS(volume), from(volume, folder)); top == "." {
		return full, folder, nil // nobody writes a book in the root of a file system
	}
	return full, filepath.Join(volume, filepath.FromSlash(top)), nil
}

// committed tells whether a file that is not there was in the last commit, so that
// what it has broken elsewhere can be told, and the top that it is to be read from.
func committed(name string) (top string, ok bool) {
	folder, err := filepath.EvalSymlinks(filepath.Dir(name))
	if err != nil {
		return "", false
	}
	volume := filepath.VolumeName(folder) + string(filepath.Separator)
	top = filepath.Join(volume, filepath.FromSlash(checker.Top(os.DirFS(volume), from(volume, folder))))
	_, ok = history.NewChronicle(top).Old(context.Background(), from(top, filepath.Join(folder, filepath.Base(name))))
	return top, ok
}

// speaksForAll tells whether a file is about the whole book in its folder, as a
// table of contents is: what it says may be true or wrong in any chapter.
func speaksForAll(folder, name string) bool {
	base := filepath.Base(name)
	return slices.Contains(config.Names, base) || base == baselineName || dialect.IsProject(sole{os.DirFS(folder), base}, ".")
}

// sole is a folder as if it held but one file.
type sole struct {
	fs.FS
	name string
}

// Open implements fs.FS.
func (s sole) Open(name string) (fs.File, error) {
	if name != s.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s.FS.Open(name)
}

// common returns the nearest folder above two others. The first may be empty.
func common(a, b string) string {
	if a == "" {
		return b
	}
	for !within(a, b) && a != filepath.Dir(a) { // on two drives there is none
		a = filepath.Dir(a)
	}
	return a
}

// within tells whether a path lies below a folder, or is it.
func within(folder, name string) bool {
	relative, err := filepath.Rel(folder, name)
	return err == nil && filepath.IsLocal(relative)
}

// from returns a path below a folder as io/fs writes it.
func from(folder, name string) string {
	relative, err := filepath.Rel(folder, name)
	if err != nil {
		return filepath.ToSlash(name)
	}
	return filepath.ToSlash(relative)
}

// orient finds the way between the working folder and the top.
func (p *place) orient(dir string) {
	if followed, err := filepath.EvalSymlinks(dir); err == nil {
		dir = followed
	}
	if within(p.top, dir) {
		p.dir = strings.TrimPrefix(from(p.top, dir), ".")
		return
	}
	p.prefix = from(dir, p.top)
}

// excluder returns what tells the files of the patterns of --exclude, which are
// meant from the working folder.
func (p *place) excluder(patterns []string) (func(string) bool, error) {
	for _, pattern := range patterns {
		if !ignore.Valid(pattern) {
			return nil, fmt.Errorf("--exclude %s: this pattern cannot match anything", pattern)
		}
	}
	list := ignore.Parse(strings.Join(patterns, "\n"))
	return func(file string) bool {
		if p.dir != "" {
			inside, below := strings.CutPrefix(file, p.dir+"/")
			return below && list.Covers(inside)
		}
		return list.Covers(path.Join(p.prefix, file))
	}, nil
}

// shown writes a path from the top as seen from the working folder.
func (p *place) shown(name string) string {
	if p.prefix != "" {
		return path.Join(p.prefix, name)
	}
	return from("/"+p.dir, "/"+name)
}

// reason returns what went wrong with a file, without its path.
func reason(err error) string {
	if wrong := (*fs.PathError)(nil); errors.As(err, &wrong) {
		err = wrong.Err
	}
	return err.Error()
}
