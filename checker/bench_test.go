package checker_test

import (
	"fmt"
	"os"
	"testing"
	"testing/fstest"

	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/rules"
)

// BenchmarkCheck checks a book of forty chapters, 700 kB, offline.
func BenchmarkCheck(b *testing.B) {
	chapter, err := os.ReadFile("../testdata/bench.md")
	if err != nil {
		b.Fatal(err)
	}
	fsys := make(fstest.MapFS)
	for i := range 40 {
		fsys[fmt.Sprintf("part%d/chapter%d.md", i/10, i)] = &fstest.MapFile{Data: chapter}
	}
	c := &checker.Checker{Rules: rules.All(), Now: now}
	b.SetBytes(int64(40 * len(chapter)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Check(b.Context(), fsys, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList lists ten thousand files in five hundred folders, none of which is
// a chapter.
func BenchmarkList(b *testing.B) {
	fsys := fstest.MapFS{".gitignore": &fstest.MapFile{Data: []byte("*.o\n/out/\n**/tmp/*\n")}}
	for i := range 10000 {
		fsys[fmt.Sprintf("src/%d/%d/file%d.go", i%20, i%500, i)] = &fstest.MapFile{}
	}
	c := &checker.Checker{Rules: driverRules(), Now: now}
	for b.Loop() {
		if _, err := c.Check(b.Context(), fsys, nil); err != nil {
			b.Fatal(err)
		}
	}
}
