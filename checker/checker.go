// Package checker runs rules over books. A run has five phases, each with one
// input and one output: read, plan, gather, run, settle. Reading and running are
// parallel, only gathering touches the network, and a book is complete before the
// first rule looks at it. The package opens nothing but the file system that it is
// given, and reads no clock.
package checker

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// A Checker is what a run is told. The zero value checks nothing, offline.
type Checker struct {
	Rules     []*bookcheck.Rule
	Fetcher   bookcheck.Fetcher   // nil: offline
	Historian bookcheck.Historian // nil: the age of lines is not known

	// Adviser is asked about claims that the rules leave open. Nil: nobody is.
	Adviser bookcheck.Adviser

	// Chronicler knows what files were before. Nil: nobody does.
	Chronicler bookcheck.Chronicler
	Ledger     Ledger    // what claims rested on in earlier runs; nil: not known, and not kept
	Now        time.Time // what dates are compared with
	Jobs       int       // how much is done side by side; 0: as many as there are processors

	// Config holds for every book. Nil: each book has the nearest file from its
	// folder upwards.
	Config *config.Config

	Dialect  string                 // "": as the configuration or the project files say
	FailOn   bookcheck.Severity     // findings at or above it fail the run; Off: as the configuration says
	Exclude  func(path string) bool // chapters that nothing is reported about; nil: none
	Skip     func(url string) bool  // URLs that are left alone, with their fragment; nil: none
	NoIgnore bool                   // read what .gitignore leaves out

	// Clock times the rules. Nil: they are not timed.
	Clock func() time.Time

	// Only narrows what pages are asked for. Nil: it does not. What rules find
	// elsewhere is then of no account.
	Only func(chapter *bookcheck.Chapter, place bookcheck.Ranger) bool

	// Before is an earlier state of the book: pages that it led to are not asked for
	// again, and claims that it made are not compared again. Nil: there is none.
	Before *Past

	// Filter takes findings out of a result before it is judged. Nil: none.
	Filter func(*bookcheck.Result)
}

// Check checks what lies under the paths, which are those of files or folders from
// the top of the file system, and the top itself if there are none. The books that
// they are part of are read as a whole, but only what was asked for is reported.
//
// A file that cannot be read and an entry that cannot be understood are faults of
// the result; faults in a configuration are all that there is in it. An error
// means that the rules are declared wrongly. If ctx ends, the result holds what was
// found until then, and soon after, and says that it is not complete.
func (c *Checker) Check(ctx context.Context, fsys fs.FS, paths []string) (*bookcheck.Result, error) {
	if err := bookcheck.Validate(c.Rules); err != nil {
		return nil, fmt.Errorf("the rules: %w", err)
	}
	k := c.begin(ctx, fsys, paths)
	k.read(ctx)
	if ctx.Err() != nil {
		k.books = nil // half a book would make every link to the other half a flaw
	}
	k.otherEnds(ctx)
	k.recall(ctx)
	jobs := k.divide()
	k.run(ctx, jobs, alone)
	if ctx.Err() == nil {
		k.plan()
		k.gather(ctx)
		k.weigh(ctx)
		k.run(ctx, jobs, informed)
	}
	return k.settle(ctx, jobs), nil
}

// Read returns the chapters under the paths, in order of path, as the walker sees
// them. A bibliography is among them only if it is named.
func (c *Checker) Read(ctx context.Context, fsys fs.FS, paths []string) ([]*bookcheck.Chapter, []bookcheck.Fault) {
	k := c.begin(ctx, fsys, paths)
	for _, b := range k.books {
		b.tocReported = false
		b.sources = slices.DeleteFunc(b.sources, func(s source) bool { return !s.reported || s.bib && !s.named })
	}
	k.read(ctx)
	var chapters []*bookcheck.Chapter
	for _, b := range k.books {
		chapters = append(chapters, b.reported...)
	}
	slices.SortFunc(chapters, func(a, b *bookcheck.Chapter) int { return strings.Compare(a.Path, b.Path) })
	return chapters, inOrder(k.faults)
}

// A checking is one call of Check.
type checking struct {
	*Checker
	fsys    fs.FS
	listing *listing
	books   []*book
	named   []string // files that were asked for by name
	wants   []bookcheck.Want
	pages   map[string]*bookcheck.Page // those that are known
	faults  []bookcheck.Fault

	forRules   map[string]bool // pages whose text rules want themselves
	weighings  []*weighing     // in order of book, chapter and text
	judgements map[*bookcheck.Claim]*bookcheck.Judgement
	excerpts   map[string]func() *weigh.Text // what is kept of the words of pages, by URL
	advice     *bookcheck.Advice             // nil: nobody was asked
}

func (c *Checker) begin(ctx context.Context, fsys fs.FS, paths []string) *checking {
	f := c.find(ctx, fsys, paths)
	k := &checking{Checker: c, fsys: fsys, listing: f.listing, books: f.books, named: f.named, faults: f.faults, forRules: make(map[string]bool)}
	if f.broken {
		k.books = nil
	}
	return k
}

func (c *Checker) jobs() int {
	if c.Jobs > 0 {
		return c.Jobs
	}
	return runtime.GOMAXPROCS(0)
}
