package markdown

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkParse reads a realistic chapter.
func BenchmarkParse(b *testing.B) {
	source, err := os.ReadFile(filepath.Join("..", "..", "testdata", "bench.md"))
	if err != nil {
		b.Fatal(err)
	}
	parser := New(Syntax{Dialect: "myst"})
	b.SetBytes(int64(len(source)))
	b.ReportAllocs()
	for b.Loop() {
		parser.Parse("bench.md", source)
	}
}
