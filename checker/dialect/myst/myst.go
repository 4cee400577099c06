// Package myst knows books written in MyST, the Markdown of Sphinx and Jupyter
// Book: their project files, their slugs, and where their links lead.
//
// Two programs build such books and do not agree: Sphinx with MyST-Parser, which
// Jupyter Book 1 runs, and mystmd, which Jupyter Book 2 runs. The project file
// tells which one it is. Where there is none, a link is good if either would
// follow it.
package myst

import (
	"io/fs"
	"path"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
)

// Name is the word that --dialect takes.
const Name = "myst"

// Builder reads the projects of mystmd, Jupyter Book 1 and Sphinx.
var Builder = project.Builder{Name: Name, Find: find, Read: read}

// find returns the project file of a folder.
func find(fsys fs.FS, dir string) string {
	if file := path.Join(dir, "myst.yml"); exists(fsys, file) {
		return file
	}
	config, toc, conf := path.Join(dir, "_config.yml"), path.Join(dir, "_toc.yml"), path.Join(dir, "conf.py")
	switch {
	case exists(fsys, config) && (exists(fsys, toc) || isJupyterBook(fsys, config)):
		return config
	case exists(fsys, conf) && usesMyST(fsys, conf):
		return conf
	case exists(fsys, toc) && !exists(fsys, conf):
		return toc
	}
	return ""
}

func exists(fsys fs.FS, file string) bool {
	info, err := fs.Stat(fsys, file)
	return err == nil && info.Mode().IsRegular()
}

// read reads the project that file begins.
func read(fsys fs.FS, dir, file string) (*project.Project, []bookcheck.Fault) {
	r := &reader{fsys: fsys, dir: dir}
	var p *project.Project
	switch path.Base(file) {
	case "myst.yml":
		p = r.mystmd(file)
	case "_config.yml":
		p = r.jupyterBook(file, path.Join(dir, "_toc.yml"))
	case "_toc.yml":
		p = r.jupyterBook("", file)
	case "conf.py":
		p = r.sphinx(file)
	default:
		p = r.loose()
	}
	p.Name, p.Root, p.File, p.Contents = Name, dir, file, r.contents
	return p, r.faults
}

// A reader reads the files of one project.
type reader struct {
	fsys     fs.FS
	dir      string
	faults   []bookcheck.Fault
	contents project.Contents
}

// loose is the project of a book that has no project file: every file belongs,
// and nothing that either program could follow is wrong.
func (r *reader) loose() *project.Project {
	return &project.Project{
		Belongs: func(string) bool { return true },
		Skip:    func(string) bool { return false },
		Bind:    func(book *bookcheck.Book) bookcheck.Dialect { return bindLoose(r.fsys, book, r.dir) },
	}
}
