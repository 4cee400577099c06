package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestCovers(t *testing.T) {
	for _, c := range []struct {
		glob, name string
		want       bool
	}{
		{"a.md", "a.md", true},
		{"a.md", "deep/er/a.md", true},
		{"news-*", "deep/news-2023/a.md", true},
		{"*.md", "deep/a.txt", false},
		{"/a.md", "deep/a.md", false},
		{"deep/a.md", "deep/a.md", true},
		{"deep/a.md", "er/deep/a.md", false},
		{"deep", "deep/er/a.md", true},
		{"deep/", "deep/er/a.md", true},
		{"deep/*", "deep/er/a.md", true},
		{"deep/*.md", "deep/er/a.md", false},
		{"deep/**/*.md", "deep/er/est/a.md", true},
		{"deep/**", "deep/a.md", true},
		{"deep/**", "deeper/a.md", false},
		{"**/er/*.md", "deep/er/a.md", true},
		{"**/**/**/**/**/**/**/**/**/**/**/x", "a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a", false},
		{"[", "a.md", false},
		{"", "a.md", false},
	} {
		if got := bookcheck.Covers([]string{"none", c.glob}, c.name); got != c.want {
			t.Errorf("%q covers %q: got %v, want %v", c.glob, c.name, got, c.want)
		}
	}
}
