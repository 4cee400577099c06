package dialect_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect"
)

var update = flag.Bool("update", os.Getenv("UPDATE") != "", "write what is got into the want files")

// Each archive in testdata is a book. Its file "want" says where each link leads.
func TestResolve(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no books", err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var want []byte
			if last := len(archive.Files) - 1; archive.Files[last].Name == "want" {
				want, archive.Files = archive.Files[last].Data, archive.Files[:last]
			}
			got := describe(t, archive)
			if *update {
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s\nUPDATE=1 go test rewrites it", got, want)
			}
		})
	}
}

// describe says what the project of a book is and where its links lead, one a
// line.
func describe(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	fsys := make(fstest.MapFS)
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	dir := "."
	if dialect.IsProject(fsys, "site") {
		dir = "site"
	}
	if dialect.IsProject(fsys, "docs") {
		dir = "docs"
	}
	p, _ := dialect.Detect(fsys, dir, "")
	book, faults := load(t, fsys, dir)
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q, order %q, extensions %q, bibliographies %q\n", p.Name, p.File, p.Order, p.Extensions, p.Bibliographies)
	for _, f := range faults {
		fmt.Fprintf(&b, "fault %s:%d: %s | %s\n", f.Path, f.Line, f.Message, f.Excerpt)
	}
	for _, chapter := range book.Chapters {
		for _, link := range chapter.Links {
			if !link.External() {
				fmt.Fprintf(&b, "%s:%d %s -> %s\n", chapter.Path, chapter.Position(link.Start).Line, link.Target, where(book.Resolve(chapter, link)))
			}
		}
	}
	return b.String()
}

// where puts a resolution into words.
func where(r bookcheck.Resolution) string {
	switch r.Outcome {
	case bookcheck.Unjudged:
		return "unjudged"
	case bookcheck.Resolved:
		text := "a " + r.Sought
		if r.Chapter != nil {
			text += " in " + r.Chapter.Path
		}
		if r.Target != nil {
			text += fmt.Sprintf(":%d", r.Chapter.Position(r.Target.Start).Line)
		}
		return text
	}
	text := fmt.Sprintf("%s, sought %s %q", outcomes[r.Outcome], r.Sought, r.Name)
	if len(r.Near) > 0 {
		text += fmt.Sprintf(", near %q", r.Near)
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
