package dialect_test

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/bibtex"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/markdown"
)

// load reads a whole book, as the driver would but for ignored files.
func load(t testing.TB, fsys fs.FS, dir string) (*bookcheck.Book, []bookcheck.Fault) {
	t.Helper()
	p, faults := dialect.Detect(fsys, dir, "")
	book := &bookcheck.Book{Root: dir, Files: make(map[string]bool)}
	syntax := markdown.Syntax{Extensions: p.Extensions}
	if p.File != "" {
		syntax.Dialect = p.Name
	}
	parser := markdown.New(syntax)
	err := fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		book.Files[file] = true
		source, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		switch ext := path.Ext(file); {
		case ext == ".bib" && (p.Bibliographies == nil || slices.Contains(p.Bibliographies, file)):
			chapter, more := bibtex.Parse(file, source)
			faults = append(faults, more...)
			book.Chapters = append(book.Chapters, chapter)
		case slices.Contains([]string{".md", ".mdx", ".qmd", ".ipynb"}, ext) && p.Belongs(file):
			book.Chapters = append(book.Chapters, parser.Parse(file, source))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	book.Index()
	book.Dialect = p.Resolver(book)
	return book, faults
}

// corpus returns real text, which lies outside of the project.
func corpus(t testing.TB, name string) fs.FS {
	t.Helper()
	dir := "../../../shared/" + name
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no real text here: %v", err)
	}
	return os.DirFS(dir)
}

var outcomes = []string{"unjudged", "resolved", "missing", "no file", "no anchor", "odd case"}

// What the builders of these books resolve is resolved here: they print no warning
// for them. The two links of pyOpenSci's guide are addresses on the finished site,
// at which no builder looks.
func TestCorpora(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		want []string
	}{
		{"corpora/premai", nil},
		{"corpora/jupyter-book-docs", nil},
		{"corpora/pyopensci-guide", []string{
			"package-structure-code/pyproject-toml-python-package-metadata.md:24 ../tutorials/3-pyproject-toml.html",
			"package-structure-code/pyproject-toml-python-package-metadata.md:38 ../tutorials/extras/6-setuppy-to-pyproject-toml.html",
		}},
		{"seed", []string{
			"models.md:5 wip_chapter", "models.md:15 golden-age-os-end", "models.md:312 fine-tuning",
			"models.md:317 SotA", "models.md:485 eval-datasets.md#leaderboards", "models.md:485 eval-datasets.md",
			"models.md:511 wip_chapter", "models.md:514 comments",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			book, faults := load(t, corpus(t, c.name), ".")
			for _, f := range faults {
				t.Errorf("%s:%d: %s", f.Path, f.Line, f.Message)
			}
			var got []string
			for _, chapter := range book.Chapters {
				for _, link := range chapter.Links {
					if r := book.Resolve(chapter, link); r.Outcome > bookcheck.Resolved {
						line := chapter.Position(link.Dest.Start).Line
						got = append(got, fmt.Sprintf("%s:%d %s", chapter.Path, line, link.Target))
					}
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Every link that resolves in a book is missed once it is damaged.
func TestDamage(t *testing.T) {
	t.Parallel()
	book, _ := load(t, corpus(t, "corpora/premai"), ".")
	for _, chapter := range book.Chapters {
		for _, link := range chapter.Links {
			if book.Resolve(chapter, link).Outcome != bookcheck.Resolved {
				continue
			}
			damaged := *link
			damaged.Target = link.Target[:len(link.Target)/2] + "zq" + link.Target[len(link.Target)/2:]
			damaged.Undefined = link.Kind == bookcheck.FootnoteRef
			if r := book.Resolve(chapter, &damaged); r.Outcome <= bookcheck.Resolved {
				line := chapter.Position(link.Start).Line
				t.Errorf("%s:%d %q is %s", chapter.Path, line, damaged.Target, where(r))
			}
		}
	}
}
