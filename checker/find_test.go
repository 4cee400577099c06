package checker_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// reported returns the chapters that a run reports on: every file of these tests
// has a flaw.
func reported(r *bookcheck.Result) string {
	var names []string
	for _, d := range r.Diagnostics {
		names = append(names, d.Chapter.Path)
	}
	for _, f := range r.Faults {
		names = append(names, "("+f.Path+": "+f.Message+")")
	}
	return strings.Join(names, " ")
}

const tree = `
-- .git/HEAD --
-- .git/info/exclude --
private/
-- .gitignore --
*.tmp.md
/out/
!keep.tmp.md
-- README.md --
flaw
-- scratch.tmp.md --
flaw
-- keep.tmp.md --
flaw
-- out/a.md --
flaw
-- private/a.md --
flaw
-- .hidden/a.md --
flaw
-- .hidden.md --
flaw
-- vendor/a.md --
flaw
-- node_modules/a/b.md --
flaw
-- _build/a.md --
flaw
-- env/pyvenv.cfg --
-- env/lib/a.md --
flaw
-- part/.gitignore --
b.md
!c.tmp.md
-- part/a.MD --
flaw
-- part/b.md --
flaw
-- part/c.tmp.md --
flaw
-- part/d.ipynb --
{"cells": [], "note": "flaw"}
-- part/e.Rmd --
flaw
-- part/f.txt --
flaw
`

func TestFiles(t *testing.T) {
	noIgnore := &checker.Checker{NoIgnore: true}
	noDrafts := &checker.Checker{Exclude: func(name string) bool { return strings.HasPrefix(name, "part/") }}
	tests := []struct {
		name    string
		checker *checker.Checker
		paths   string
		want    string
	}{
		{"all", nil, "", "README.md keep.tmp.md part/a.MD part/c.tmp.md part/d.ipynb part/e.Rmd"},
		{"a folder", nil, "part", "part/a.MD part/c.tmp.md part/d.ipynb part/e.Rmd"},
		{"files by name", nil, "part/b.md part/f.txt scratch.tmp.md .hidden.md", ".hidden.md part/b.md part/f.txt scratch.tmp.md"},
		{"closed folders by name", nil, "out vendor .hidden node_modules/a env", ".hidden/a.md env/lib/a.md node_modules/a/b.md out/a.md vendor/a.md"},
		{"a file in a closed folder", nil, "_build/a.md", "_build/a.md"},
		{"without .gitignore", noIgnore, "", "README.md keep.tmp.md out/a.md part/a.MD part/b.md part/c.tmp.md part/d.ipynb part/e.Rmd private/a.md scratch.tmp.md"},
		{"excluded", noDrafts, "", "README.md keep.tmp.md"},
		{"excluded and named", noDrafts, "part/a.MD", "part/a.MD"},
		{"all excluded", noDrafts, "part", "(part: nothing to check: of its Markdown files 4 excluded, 1 ignored by git)"},
		{"twice", nil, "part part/a.MD .", "README.md keep.tmp.md part/a.MD part/c.tmp.md part/d.ipynb part/e.Rmd"},
	}
	for _, test := range tests {
		c := test.checker
		if c == nil {
			c = &checker.Checker{}
		}
		if got := reported(check(t, c, books(tree), strings.Fields(test.paths)...)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

const nested = `
-- .git/HEAD --
-- .bookcheck.yml --
exclude: [drafts/, "*.old.md", book/own/a.md]
-- README.md --
flaw
-- a.old.md --
flaw
-- drafts/a.md --
flaw
-- book/_config.yml --
title: x
-- book/_toc.yml --
format: jb-book
root: intro
chapters:
- file: own/b
- file: ch
-- book/intro.md --
flaw
-- book/ch.md --
flaw
-- book/ch.old.md --
flaw
-- book/own/.bookcheck.yml --
rules: {word: error}
-- book/own/a.md --
flaw
-- book/own/b.md --
flaw
-- book/own/c.md --
flaw
`

// TestBooks checks that what is said about a file depends as little as can be on
// the path that it was asked for by.
func TestBooks(t *testing.T) {
	for paths, want := range map[string]string{
		"":          "README.md book/ch.md book/intro.md book/own/b.md book/own/c.md",
		"book":      "book/ch.md book/intro.md book/own/b.md book/own/c.md",
		"book/own":  "book/own/a.md book/own/b.md book/own/c.md", // its own configuration holds
		"drafts":    "(drafts: nothing to check: of its Markdown files 1 excluded)",
		"README.md": "README.md",
	} {
		if got := reported(check(t, &checker.Checker{}, books(nested), strings.Fields(paths)...)); got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", paths, got, want)
		}
	}
	result := check(t, &checker.Checker{}, books(nested))
	want := []string{
		"book .: 3 files, read as github, configured by .bookcheck.yml",
		"book book: 4 files, read as myst because of book/_config.yml, configured by .bookcheck.yml",
		"book book/own: 2 files, read as github, configured by book/own/.bookcheck.yml",
	}
	if got := strings.Join(result.Sources, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	for _, d := range result.Diagnostics {
		if got, want := d.Severity == bookcheck.Error, d.Chapter.Path == "book/own/c.md"; got != want {
			t.Errorf("%s: %s", d.Chapter.Path, d.Severity)
		}
	}
}

func TestABadConfigurationChecksNothing(t *testing.T) {
	fsys := books(nested)
	fsys["book/own/.bookcheck.yml"].Data = []byte("rulez: {}\n")
	const fault = `(book/own/.bookcheck.yml: unknown key "rulez"; did you mean "rules"?)`
	for paths, want := range map[string]string{
		"":          fault,
		"book/own":  fault,
		"README.md": "README.md", // it is not about this file
	} {
		if got := reported(check(t, &checker.Checker{}, fsys, strings.Fields(paths)...)); got != want {
			t.Errorf("%q: got %s, want %s", paths, got, want)
		}
	}
}

func TestTop(t *testing.T) {
	fsys := books(`
-- a/.git/HEAD --
-- a/b/_config.yml --
-- a/b/_toc.yml --
-- c/.bookcheck.yml --
-- c/d/myst.yml --
version: 1
-- c/d/e/x.md --
-- f/g/x.md --
`)
	for dir, want := range map[string][2]string{
		"a/b":   {"a", "a/b"},
		"a":     {"a", "a"},
		"c/d/e": {"c", "c/d"},
		"c":     {"c", "c"},
		"f/g":   {"f/g", "f/g"},
	} {
		if top, root := checker.Top(fsys, dir), checker.Root(fsys, dir); top != want[0] || root != want[1] {
			t.Errorf("%s: got top %s and root %s, want %s and %s", dir, top, root, want[0], want[1])
		}
	}
}

// TestClosedFoldersAreLookedInto checks that a link into a closed folder, or out of the
// book, is not said to lead nowhere.
func TestClosedFoldersAreLookedInto(t *testing.T) {
	fsys := books(`
-- .git/HEAD --
-- .gitignore --
generated/
-- book/a.md --
[a](../generated/x.html) [b](../node_modules/y/README.md) [c](../generated/none.html)
[d](../generated/) [e](../generated/a%20b.html?raw=1#x) [f](../outside.png)
-- generated/x.html --
-- generated/a b.html --
-- node_modules/y/README.md --
-- outside.png --
`)
	result := check(t, &checker.Checker{}, fsys, "book")
	for name, want := range map[string]bool{
		"generated/x.html": true, "node_modules/y/README.md": true, "generated/none.html": false,
		"generated/a b.html": true, "outside.png": true, "book/a.md": true,
	} {
		if result.Book.Files[name] != want {
			t.Errorf("%s: known %v, want %v", name, result.Book.Files[name], want)
		}
	}
}

// TestSymbolicLinks runs on a real file system, from whose top no link may lead.
func TestSymbolicLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("symbolic links need a privilege there")
	}
	fsys := realFiles(t, "-- real.md --\nflaw\n-- media/x.png --\n-- part/y.md --\nflaw\n-- ../secret.md --\nflaw\n", map[string]string{
		"again.md":     "real.md",
		"once-more.md": "again.md",
		"loop.md":      "loop.md",
		"gone.md":      "nowhere.md",
		"out.md":       "../secret.md",
		"assets":       "media",
		"self":         ".",
		"part/z.md":    "../real.md",
	})
	result := check(t, &checker.Checker{}, fsys)
	if got, want := reported(result), "part/y.md real.md"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if result.Book.Files["gone.md"] || !result.Book.Files["out.md"] {
		t.Errorf("a link that leads nowhere is a file: %v; one that leads out is one: %v", result.Book.Files["gone.md"], result.Book.Files["out.md"])
	}
	if got, want := reported(check(t, &checker.Checker{}, fsys, "again.md")), "again.md"; got != want {
		t.Errorf("asked for by name: got %s, want %s", got, want)
	}
	if got, want := reported(check(t, &checker.Checker{}, fsys, "out.md")), "(out.md: path escapes from parent)"; got != want {
		t.Errorf("outside: got %s, want %s", got, want)
	}
}

// realFiles writes an archive and symbolic links into a folder below a temporary
// one, and opens it.
func realFiles(t *testing.T, archive string, links map[string]string) fs.FS {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "top")
	for _, file := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(file.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, file.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range links {
		if err := os.Symlink(filepath.FromSlash(target), filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return root.FS()
}
