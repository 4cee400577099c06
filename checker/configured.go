package checker

import (
	"context"
	"io/fs"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
)

// A Configured is a book and what decides how it is checked.
type Configured struct {
	Source string // which book it is, and how it is read
	Config *config.Config
}

// Configured returns the books that lie under some paths, in order of their roots.
// A configuration with faults is in force nowhere.
func (c *Checker) Configured(ctx context.Context, fsys fs.FS, paths []string) ([]Configured, []bookcheck.Fault) {
	k := c.begin(ctx, fsys, paths)
	k.read(ctx)
	var all []Configured
	for _, b := range k.books {
		all = append(all, Configured{b.String(), b.config})
	}
	return all, inOrder(k.faults)
}
