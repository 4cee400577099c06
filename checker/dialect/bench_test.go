package dialect_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect"
)

// large makes a book of n chapters, each with as many links that lead somewhere as
// links that do not.
func large(n int, project map[string]string) fstest.MapFS {
	fsys := files(project)
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "(label-%d)=\n# Chapter %d\n\n", i, i)
		for k := range 20 {
			fmt.Fprintf(&b, "## Section %d\n\n[a](chapter-%d.md#section-%d) [b](chapter-%d.md#setcion-%d) [](label-%d) [](lable-%d-%d) [c](chaptre-%d.md) {term}`none-%d-%d`\n\n",
				k, (i+k)%n, k, (i+k)%n, k+100, (i+k)%n, i, k, i*k, i, k)
		}
		fsys[fmt.Sprintf("chapter-%d.md", i)] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return fsys
}

// Time per link stays the same while the book grows.
func BenchmarkResolve(b *testing.B) {
	for _, c := range []struct {
		name    string
		project map[string]string
	}{
		{"sphinx", map[string]string{"conf.py": "extensions = ['myst_parser']\nmyst_heading_anchors = 3"}},
		{"mystmd", map[string]string{"myst.yml": "version: 1"}},
		{"github", nil},
	} {
		for _, n := range []int{20, 200} {
			b.Run(fmt.Sprintf("%s-%d", c.name, n), func(b *testing.B) {
				book, _ := load(b, large(n, c.project), ".")
				links := 0
				for b.Loop() {
					links = resolveAll(book)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*links), "ns/link")
			})
		}
	}
}

func resolveAll(book *bookcheck.Book) int {
	links := 0
	for _, chapter := range book.Chapters {
		for _, link := range chapter.Links {
			book.Resolve(chapter, link)
			links++
		}
	}
	return links
}

// A book of ten thousand chapters takes ten times as long as one of a thousand:
// what it defines is gathered, and all its references are resolved, in time linear
// in their number.
func BenchmarkReferences(b *testing.B) {
	for _, c := range []struct {
		name    string
		project map[string]string
	}{
		{"sphinx", map[string]string{"conf.py": "extensions = ['myst_parser']\nmyst_heading_anchors = 3"}},
		{"mystmd", map[string]string{"myst.yml": "version: 1"}},
	} {
		for _, references := range []int{1_000, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s-%d", c.name, references), func(b *testing.B) {
				fsys := chapters(references/10, c.project)
				book, _ := load(b, fsys, ".")
				p, _ := dialect.Detect(fsys, ".", "")
				for b.Loop() {
					book.Dialect = p.Resolver(book)
					if links := resolveAll(book); links != references {
						b.Fatalf("%d references, want %d", links, references)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*references), "ns/reference")
			})
		}
	}
}

// chapters makes a book of n chapters in folders, with ten references in each, of
// which one in ten is broken.
func chapters(n int, project map[string]string) fstest.MapFS {
	fsys := files(project)
	for i := range n {
		j := (i*7919 + 13) % n
		text := fmt.Sprintf(`(label-%d)=
# Chapter %d

(figure-%d)=
## Figures

[](label-%d) [b](#figure-%d) {ref}`+"`label-%d` {doc}`/part-%d/chapter-%d`"+`

[d](../part-%d/chapter-%d.md) [e](/part-%d/chapter-%d.md#figures) [f](#figures) [](#label-%d) [h](../part-%d/chapter-%d)

{ref}`+"`text <labels-%d>`\n",
			i, i, i, j, j, j, j%100, j, j%100, j, j%100, j, j, j%100, j, j)
		fsys[fmt.Sprintf("part-%d/chapter-%d.md", i%100, i)] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}
