package tree

import (
	"slices"
	"testing"
)

func TestNear(t *testing.T) {
	t.Parallel()
	tree := New(map[string]bool{
		"docs/Install.md": true, "docs/usage.md": true, "docs/deep/faq.md": true, "img/logo.png": true,
	})
	for _, c := range []struct {
		file string
		want []string
	}{
		{"docs/install.md", []string{"docs/Install.md"}},
		{"docs/useage.md", []string{"docs/usage.md"}},
		{"docs/faq.md", []string{"docs/deep/faq.md"}},
		{"docs/img/logo.png", []string{"img/logo.png"}},
		{"docs/zebra.md", nil},
	} {
		if got := tree.Near(c.file); !slices.Equal(got, c.want) {
			t.Errorf("Near(%q) = %q, want %q", c.file, got, c.want)
		}
	}
}
