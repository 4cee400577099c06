package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestRelative(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ dir, file, want string }{
		{".", "a.md", "a.md"},
		{"docs", "docs/a.md", "a.md"},
		{"docs", "a.md", "../a.md"},
		{"docs/x", "docs/y/a.md", "../y/a.md"},
		{"docs", "docs/docs/a.md", "docs/a.md"},
	} {
		if got := bookcheck.Relative(c.dir, c.file); got != c.want {
			t.Errorf("Relative(%q, %q) = %q, want %q", c.dir, c.file, got, c.want)
		}
	}
}
