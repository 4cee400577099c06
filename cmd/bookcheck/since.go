package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/history"
)

// compare makes the run leave out what was found before a revision, and the links
// that were there.
func (s *session) compare(ctx context.Context, today fs.FS) error {
	if s.since == "" {
		return nil
	}
	revision := s.since
	if revision == "auto" {
		revision = s.env.base(ctx, s.place.top)
	}
	tree, err := history.Open(ctx, s.place.top, cmp.Or(revision, "HEAD"))
	unborn := errors.Is(err, history.ErrNoCommit) && cmp.Or(revision, "HEAD") == "HEAD"
	switch {
	case err != nil && !unborn:
		return fmt.Errorf("--since %s: %w", cmp.Or(revision, s.since), err)
	case unborn || revision == "":
		s.notice("--since %s: there is nothing to compare with, so all is new", s.since)
		if unborn {
			return nil
		}
		return tree.Close()
	}
	past, err := s.checker.Past(ctx, tree, today, history.At(s.place.top, tree.Commit)) //nolint:contextcheck // what is asked of git here bounds itself
	if closed := tree.Close(); err == nil && ctx.Err() == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("--since %s: %w", revision, err)
	}
	s.checker.Before = past
	s.known = append(s.known, func(r *bookcheck.Result) []bool {
		known, _, _ := past.Known.Match(r)
		return known
	})
	return nil
}

// filter takes the findings out of a result that are known for some reason.
func (s *session) filter(r *bookcheck.Result) {
	known := make([]bool, len(r.Diagnostics))
	for _, tell := range s.known {
		for i, is := range tell(r) {
			known[i] = known[i] || is
		}
	}
	kept := r.Diagnostics[:0:0]
	for i, d := range r.Diagnostics {
		if !known[i] {
			kept = append(kept, d)
		}
	}
	r.Diagnostics = kept
}

// base returns the commit that the changes at hand started from, as far as the
// world around the command knows it, or "".
func (e *environment) base(ctx context.Context, dir string) string {
	if from := e.getenv("PRE_COMMIT_FROM_REF"); from != "" {
		return from
	}
	if e.getenv("PRE_COMMIT") == "" && e.getenv("CI") != "" {
		return e.baseInCI(ctx, dir)
	}
	return history.Resolve(ctx, dir, "@{upstream}", "origin/HEAD", "origin/main", "origin/master")
}

// baseInCI returns a name even if there is no such commit, so that a clone that is
// too shallow is said to be one.
func (e *environment) baseInCI(ctx context.Context, dir string) string {
	branch := e.getenv("GITHUB_BASE_REF")
	merged := e.getenv("GITHUB_SHA") == history.Resolve(ctx, dir, "HEAD")
	switch {
	case branch != "" && !merged: // a workflow that checks out the branch itself
		return "origin/" + branch
	case e.getenv("CI_MERGE_REQUEST_DIFF_BASE_SHA") != "":
		return e.getenv("CI_MERGE_REQUEST_DIFF_BASE_SHA")
	default: // GitHub merges a pull request into its base before it checks it
		return "HEAD^1"
	}
}
