package checker_test

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// slow returns a rule that reports once a chapter, and takes a while for it.
func slow(name string, needs bookcheck.Evidence, pause time.Duration) *bookcheck.Rule {
	return &bookcheck.Rule{
		Name: name, Doc: "# " + name + ": it takes time\n", Severity: bookcheck.Warning, Needs: needs,
		Run: func(pass *bookcheck.Pass) error {
			time.Sleep(pause)
			pass.Reportf(bookcheck.Span{}, "it took time")
			return nil
		},
	}
}

func manyChapters() fs.FS {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "-- %d.md --\n<https://a.test/%d>\n", i, i)
	}
	return books(b.String())
}

// Wherever a run is interrupted, it ends soon, with what was found until then.
func TestInterruptedRunEndsSoon(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		interrupt   time.Duration
		found, late int // findings of the rules that ask nobody, and of those that do: at least
	}{
		"before the fetch":   {interrupt: 2 * time.Second, found: 390},
		"during the fetch":   {interrupt: 6 * time.Second, found: 1000, late: 1},
		"when all was asked": {interrupt: 12 * time.Second, found: 1000, late: 390},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), c.interrupt)
				defer cancel()
				k := &checker.Checker{
					Rules:   []*bookcheck.Rule{slow("alone", 0, 10*time.Millisecond), slow("informed", bookcheck.Status, 10*time.Millisecond)},
					Fetcher: waitingFetcher(5 * time.Second), Jobs: 2, Now: now,
				}
				began := time.Now()
				result, err := k.Check(ctx, manyChapters(), nil)
				if err != nil {
					t.Fatal(err)
				}
				if late := time.Since(began) - c.interrupt; late < 0 || late > 100*time.Millisecond {
					t.Errorf("it ended %v after it was interrupted, want at most 100 ms", late)
				}
				found := make(map[string]int)
				for _, d := range result.Diagnostics {
					found[d.Rule.Name]++
				}
				if found["alone"] < c.found || found["informed"] < c.late || found["informed"] == 1000 {
					t.Errorf("found %v, want %d and %d at least", found, c.found, c.late)
				}
				if result.Complete || result.Reason != "interrupted" {
					t.Errorf("complete: %v, reason: %q", result.Complete, result.Reason)
				}
			})
		})
	}
}

// A waitingFetcher takes a time to find out nothing.
type waitingFetcher time.Duration

func (w waitingFetcher) Fetch(ctx context.Context, _ []bookcheck.Want) map[string]*bookcheck.Page {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(w)):
	}
	return nil
}

// A repair that is interrupted leaves all as it was, and says what was found.
func TestInterruptedMend(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := &checker.Checker{Rules: []*bookcheck.Rule{fixer(true)}, Now: now}
	repair, result, err := checker.Mend(books("-- a.md --\nA cat"), false, func(fsys fs.FS) (*bookcheck.Result, error) {
		defer cancel()
		return c.Check(ctx, fsys, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(repair.Changes) > 0 || len(result.Diagnostics) != 1 || result.Complete || result.Reason != "interrupted" {
		t.Errorf("got %v and %+v, want no change and a cat", repair, result)
	}
}
