package dialect_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bookcheck/bookcheck/checker/dialect"
)

// files makes a file system of paths and what they hold.
func files(contents map[string]string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for name, text := range contents {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		files    map[string]string
		override string
		want     string // dialect and file
	}{
		{"nothing", map[string]string{"a.md": ""}, "", "github "},
		{"Jupyter Book", map[string]string{"_config.yml": "title: x", "_toc.yml": "root: a"}, "", "myst _config.yml"},
		{"Jupyter Book without contents", map[string]string{"_config.yml": "sphinx: {config: {}}"}, "", "myst _config.yml"},
		{"contents alone", map[string]string{"_toc.yml": "root: a"}, "", "myst _toc.yml"},
		{"Jekyll", map[string]string{"_config.yml": "title: x\ntheme: minima"}, "", "github "},
		{"Sphinx", map[string]string{"conf.py": "extensions = ['myst_parser']"}, "", "myst conf.py"},
		{"Sphinx with contents", map[string]string{"conf.py": "extensions = ['myst_nb']", "_toc.yml": "root: a"}, "", "myst conf.py"},
		{"Sphinx without MyST", map[string]string{"conf.py": "extensions = []"}, "", "github "},
		{"mystmd", map[string]string{"myst.yml": "version: 1", "_toc.yml": "root: a"}, "", "myst myst.yml"},
		{"a folder of that name", map[string]string{"myst.yml/a.md": ""}, "", "github "},
		{"mdBook", map[string]string{"book.toml": "", "src/SUMMARY.md": ""}, "", "mdbook book.toml"},
		{"MkDocs", map[string]string{"mkdocs.yml": "site_name: x"}, "", "mkdocs mkdocs.yml"},
		{"Docusaurus", map[string]string{"docusaurus.config.ts": "export default {}"}, "", "docusaurus docusaurus.config.ts"},
		{"Quarto", map[string]string{"_quarto.yml": "project: {type: book}"}, "", "quarto _quarto.yml"},
		{"Hugo", map[string]string{"hugo.toml": ""}, "", "hugo hugo.toml"},
		{"Hugo of old", map[string]string{"config.toml": "", "content/a.md": ""}, "", "hugo config.toml"},
		{"Hugo in parts", map[string]string{"config/_default/hugo.yaml": "", "content/a.md": ""}, "", "hugo config/_default/hugo.yaml"},
		{"a configuration of something else", map[string]string{"config.toml": ""}, "", "github "},
		{"VitePress", map[string]string{".vitepress/config.mts": "export default {}"}, "", "vitepress .vitepress/config.mts"},
		{"told otherwise", map[string]string{"myst.yml": "version: 1"}, "github", "github "},
		{"told without a file", map[string]string{"a.md": ""}, "myst", "myst "},
	} {
		fsys := files(c.files)
		p, faults := dialect.Detect(fsys, ".", c.override)
		if got := p.Name + " " + p.File; got != c.want || len(faults) > 0 {
			t.Errorf("%s: got %q, faults %v, want %q", c.name, got, faults, c.want)
		}
		if got := dialect.IsProject(fsys, "."); c.override == "" && got != (p.File != "") {
			t.Errorf("%s: is it a project? got %v", c.name, got)
		}
	}
	if got := dialect.Names(); !slices.Equal(got, []string{"myst", "mdbook", "mkdocs", "docusaurus", "quarto", "hugo", "vitepress", "github"}) {
		t.Errorf("the names are %q", got)
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	documents := []string{"index.md", "a.md", "b.ipynb", "part/c.md", "part/d.md", "part/sub/e.md", "f.rst"}
	for _, c := range []struct{ name, file, text, want string }{
		{"jb-book with chapters", "_toc.yml", `
format: jb-book
root: index
chapters:
- file: a
  sections:
  - file: part/c
    sections:
    - file: part/d.md
- file: b
- url: https://example.org
  title: Elsewhere
- file: missing`, "index.md a.md part/c.md part/d.md b.ipynb"},
		{"jb-book with parts", "_toc.yml", `
format: jb-book
root: index.md
parts:
- caption: One
  chapters:
  - file: f
- caption: Two
  numbered: true
  chapters:
  - file: a
  - glob: part/*`, "index.md f.rst a.md part/c.md part/d.md part/sub/e.md"},
		{"jb-article", "_toc.yml", `
format: jb-article
root: index
sections:
- file: a
- file: a`, "index.md a.md"},
		{"without a format", "_toc.yml", `
root: index
subtrees:
- entries:
  - file: a
    subtrees:
    - entries:
      - file: b`, "index.md a.md b.ipynb"},
		{"a list, as before 2021", "_toc.yml", `
- file: index
- part: One
  chapters:
  - file: a
    sections:
    - file: b
- header: Two
- file: part/c`, "index.md a.md b.ipynb part/c.md"},
		{"aliases", "_toc.yml", `
root: index
chapters: &all
- file: a
  sections: *all`, "index.md a.md"},
		{"mystmd", "myst.yml", `
project:
  toc:
  - file: index.md
  - title: Part
    children:
    - pattern: 'part/**/*.md'
  - url: https://example.org
  - file: a`, "index.md part/c.md part/d.md part/sub/e.md a.md"},
	} {
		contents := map[string]string{c.file: strings.TrimSpace(c.text)}
		for _, name := range documents {
			contents["book/"+name] = ""
		}
		contents["book/"+c.file] = strings.TrimSpace(c.text)
		p, _ := dialect.Detect(files(contents), "book", "")
		var want []string
		for name := range strings.FieldsSeq(c.want) {
			want = append(want, "book/"+name)
		}
		if !slices.Equal(p.Order, want) {
			t.Errorf("%s: got %q, want %q", c.name, p.Order, want)
		}
	}
}

// What is wrong with a project file is said with its line, and the rest holds.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{
			"YAML that is none",
			map[string]string{"_config.yml": "title: x\nparse: [a\nb: c", "_toc.yml": "root: a"},
			`_config.yml:1: is not YAML: did not find expected ',' or ']'; correct it near this line | title: x`,
		},
		{
			"contents that are none",
			map[string]string{"_config.yml": "title: x", "_toc.yml": "just text"},
			`_toc.yml:1: is not a table of contents; write a mapping with root and chapters | just text`,
		},
		{
			"contents at which the builder stops",
			map[string]string{"_config.yml": "title: x", "_toc.yml": "format: jb-book\nroot: a\nchapters:\n- file: b\n  tittle: B\n  sections:\n  - file: c\n- url: https://x.test\n- file: b\n- file: a\n", "a.md": "", "b.md": "", "c.md": ""},
			`_toc.yml:5: has a key "tittle", at which Jupyter Book stops; perhaps title is meant |   tittle: B
_toc.yml:9: names "b" a second time, at which Jupyter Book stops; it is in line 4 already | - file: b
_toc.yml:10: names "a" a second time, at which Jupyter Book stops; it is in line 2 already | - file: a`,
		},
		{
			"a bibliography that is not there",
			map[string]string{"_config.yml": "title: x\nbibtex_bibfiles:\n- refs.bib\n- more.bib", "_toc.yml": "root: a", "refs.bib": ""},
			`_config.yml:4: the bibliography more.bib is not there; correct its path, which starts at the folder of _config.yml | - more.bib`,
		},
		{
			"myst.yml",
			map[string]string{"myst.yml": "project:\n  a: b\n c: d"},
			`myst.yml:2: is not YAML: did not find expected key; correct it near this line |   a: b`,
		},
	} {
		p, faults := dialect.Detect(files(c.files), ".", "")
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%s:%d: %s | %s", f.Path, f.Line, f.Message, f.Excerpt))
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if p == nil || p.Name != "myst" || !p.Belongs("a.md") || p.Skip("https://example.org") {
			t.Errorf("%s: the project is %+v", c.name, p)
		}
	}
}

func TestBelongs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files   map[string]string
		in, out string
	}{
		{
			map[string]string{"_config.yml": "exclude_patterns: [drafts/*, '**/old.md', scripts, 'x?.md']", "_toc.yml": "root: a"},
			"a.md draft.md part/a.md drafts.md part/scripts.md xyz.md",
			"drafts/a.md drafts/more/a.md part/old.md scripts/a.md xy.md _build/a.md part/.ipynb_checkpoints/a.ipynb",
		},
		{
			map[string]string{"conf.py": "extensions = ['myst_parser']\nexclude_patterns = ['README.md', 'vale-styles/*']"},
			"a.md part/README.md", "README.md vale-styles/a/b.md",
		},
		{
			map[string]string{"myst.yml": "project:\n  exclude: [drafts, '**/old.md', './x.md']"},
			"a.md old/a.md", "drafts/a.md old.md part/old.md x.md",
		},
	} {
		p, _ := dialect.Detect(files(c.files), ".", "")
		for name := range strings.FieldsSeq(c.in) {
			if !p.Belongs(name) {
				t.Errorf("%s: %s does not belong to the book", p.File, name)
			}
		}
		for name := range strings.FieldsSeq(c.out) {
			if p.Belongs(name) {
				t.Errorf("%s: %s belongs to the book", p.File, name)
			}
		}
	}
}

// Patterns match at the beginning and need not match to the end; one that Go cannot
// express is left out.
func TestSkip(t *testing.T) {
	t.Parallel()
	p, _ := dialect.Detect(files(map[string]string{
		"conf.py": `extensions = ["myst_parser"]
linkcheck_ignore = [
    r"https://numfocus\.org",
    "https://twitter.com/*",
    r"https?://(?!example).*",
    r"https://github.com/o/r#.*",
    r".*localhost",
]`,
	}), ".", "")
	for url, want := range map[string]bool{
		"https://numfocus.org/about":          true,
		"http://x.test/?https://numfocus.org": false,
		"https://twitter.com":                 true,
		"https://twitter.example":             false,
		"https://github.com/o/r#x":            true,
		"https://github.com/o/r":              false,
		"http://localhost:8000":               true,
		"https://example.org":                 false,
	} {
		if got := p.Skip(url); got != want {
			t.Errorf("Skip(%s) = %v, want %v", url, got, want)
		}
	}
}
