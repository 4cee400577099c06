package checker

import (
	"io/fs"
	"path"

	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/dialect"
)

// Top returns the folder from which the book of a folder is to be read: the top
// of the git work tree around it. Where there is none, it is the nearest folder
// above that holds a configuration and the one that holds a project file,
// whichever is higher, and else the folder itself.
func Top(fsys fs.FS, dir string) string {
	for up := range upwards(dir) {
		if exists(fsys, path.Join(up, ".git")) {
			return up
		}
	}
	top := dir
	for _, marks := range []func(fs.FS, string) bool{configured, dialect.IsProject} {
		for up := range upwards(dir) {
			if marks(fsys, up) {
				if len(up) < len(top) {
					top = up
				}
				break
			}
		}
	}
	return top
}

// Root returns the root of the book that a folder is part of: the nearest folder
// from it upwards, up to the top, that holds a project file or a configuration,
// and else the top.
func Root(fsys fs.FS, dir string) string {
	top := Top(fsys, dir)
	for up := range upwards(dir) {
		if up == top || configured(fsys, up) || dialect.IsProject(fsys, up) {
			return up
		}
	}
	return top
}

// configured tells whether a folder holds a configuration.
func configured(fsys fs.FS, dir string) bool { return configIn(fsys, dir) != "" }

// configIn returns the path of the configuration in a folder, or "".
func configIn(fsys fs.FS, dir string) string {
	for _, name := range config.Names {
		if file := path.Join(dir, name); exists(fsys, file) {
			return file
		}
	}
	return ""
}

func exists(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return err == nil
}

// upwards yields a folder and those above it, up to the top of the file system.
func upwards(dir string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for {
			if !yield(dir) || dir == "." {
				return
			}
			dir = path.Dir(dir)
		}
	}
}

// under tells whether a path is a folder or lies below it.
func under(name, dir string) bool {
	return dir == "." || name == dir || len(name) > len(dir) && name[len(dir)] == '/' && name[:len(dir)] == dir
}
