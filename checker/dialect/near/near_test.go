package near

import (
	"fmt"
	"slices"
	"testing"
)

func TestFind(t *testing.T) {
	t.Parallel()
	index := New([]string{"SotA", "sota", "fine-tuning", "fine-tuned", "llama-2", "llama-3", "llama-1", "llama-4", "ünïcode", "a"})
	for _, c := range []struct {
		want  string
		found []string
	}{
		{"SOTA", []string{"SotA", "sota"}},
		{"fine-tunning", []string{"fine-tuning"}},
		{"fnie-tuning", []string{"fine-tuning"}},
		{"fine-tuning", nil},
		{"llama-5", []string{"llama-1", "llama-2", "llama-3"}},
		{"ünicode", []string{"ünïcode"}},
		{"zebra", nil},
		{"b", nil},
		{"", nil},
	} {
		if got := index.Find(c.want); !slices.Equal(got, c.found) {
			t.Errorf("Find(%q) = %q, want %q", c.want, got, c.found)
		}
	}
}

// The time for many unknown names among many similar ones is bounded.
func BenchmarkFind(b *testing.B) {
	names := make([]string, 10_000)
	for i := range names {
		names[i] = fmt.Sprintf("a-rather-long-label-%05d", i)
	}
	index := New(names)
	for b.Loop() {
		index.Find("a-quite-long-libel-xxxxx")
	}
}
