package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// baselineName is the file beside a book that holds what was found when somebody
// began to check it.
const baselineName = ".bookcheck-baseline.json"

// A baseline is a file, and how it fits the last result.
type baseline struct {
	checker.Baseline
	file  string // absolute
	dir   string // from the top
	text  []byte
	left  checker.Known
	moved map[checker.Spot]checker.Spot
}

// useBaseline makes the run leave out what is in the baseline, if there is one.
func (s *session) useBaseline() error {
	if s.noBaseline {
		return nil
	}
	var err error
	if s.base, err = s.place.baseline(); s.base == nil || err != nil {
		return err
	}
	known := s.base.Known()
	s.known = append(s.known, func(r *bookcheck.Result) (is []bool) {
		is, s.base.left, s.base.moved = known.Match(r)
		return is
	})
	return nil
}

// baseline reads the nearest baseline from the first path upwards to the top, or
// returns nil.
func (p *place) baseline() (*baseline, error) {
	for dir := p.folder(); within(p.top, dir); dir = filepath.Dir(dir) {
		file := filepath.Join(dir, baselineName)
		text, err := os.ReadFile(file) //nolint:gosec // beside the book
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if dir == filepath.Dir(dir) {
				return nil, nil
			}
			continue
		case err != nil:
			return nil, fmt.Errorf("%s: %s", baselineName, reason(err))
		}
		b := &baseline{file: file, dir: from(p.top, dir), text: text}
		if b.Baseline, err = checker.ParseBaseline(text, b.dir); err != nil {
			return nil, fmt.Errorf("%s: %w", p.shown(from(p.top, file)), err)
		}
		return b, nil
	}
	return nil, nil
}

// folder returns the folder that the first path is in, or is.
func (p *place) folder() string {
	dir := filepath.Join(p.top, filepath.FromSlash(p.paths[0]))
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return filepath.Dir(dir)
	}
	return dir
}

// mentionStale says that the baseline can shrink, and fails the run if it must.
func (s *session) mentionStale(result *bookcheck.Result) {
	if s.base == nil || s.base.left == nil || len(result.Faults) > 0 || s.since != "" {
		return
	}
	_, stale := s.base.Prune(result, s.base.left, s.base.moved)
	if stale == 0 {
		return
	}
	s.notice("%s: %s", s.place.shown(from(s.place.top, s.base.file)), amount(stale,
		"finding is no longer there; bookcheck baseline prune drops it",
		"findings are no longer there; bookcheck baseline prune drops them"))
	if s.failOnStale && s.code == clean {
		s.code = findings
	}
}

// staleFlags returns an error if --fail-on-stale could never fail.
func (o *options) staleFlags() error {
	switch {
	case !o.failOnStale:
		return nil
	case o.noBaseline:
		return errors.New("--fail-on-stale is about the baseline, which --no-baseline leaves out")
	case o.since != "":
		return errors.New("--fail-on-stale is about all that is found, and --since leaves out what is old")
	default:
		return nil
	}
}

// keepBaseline creates or prunes a baseline.
func keepBaseline(ctx context.Context, env *environment, args []string) (int, error) {
	s := &session{options: &options{}, env: env}
	flags := checkFlags(s.options)
	if done, err := parse(env, flags, s.options, args); done || err != nil {
		return clean, err
	}
	names := flags.Args()
	if len(names) == 0 || names[0] != "create" && names[0] != "prune" {
		return trouble, errors.New("baseline: say create or prune")
	}
	prune := names[0] == "prune"
	switch {
	case s.mends(), s.since != "", s.noBaseline, s.failOnStale, len(s.output) > 0:
		return trouble, errors.New("baseline: it takes no flag that changes what is reported")
	}
	if err := s.prepare(names[1:]); err != nil { //nolint:contextcheck // what is asked of git here bounds itself
		return trouble, err
	}
	s.complain(s.place.faults)
	if len(s.place.paths) == 0 {
		return trouble, nil
	}
	if there, err := s.place.baseline(); err != nil {
		return trouble, err
	} else if (there != nil) != prune {
		return trouble, baselineExists(prune)
	}
	result, err := s.run(ctx)
	if err != nil {
		return trouble, err
	}
	faults := slices.Concat(result.Faults, s.hangUp(ctx))
	s.complain(faults)
	switch {
	case stopped(ctx):
		return interrupted, nil
	case len(faults)+len(s.place.faults) > 0:
		return trouble, nil // half a result would make half a baseline
	case prune:
		return clean, s.pruneBaseline(result)
	default:
		return clean, s.createBaseline(result)
	}
}

func baselineExists(prune bool) error {
	if prune {
		return fmt.Errorf("baseline prune: there is no %s; bookcheck baseline create makes one", baselineName)
	}
	return fmt.Errorf("baseline create: there is a %s already, and it may only shrink: bookcheck baseline prune drops what is gone", baselineName)
}

// createBaseline writes what was found beside the book.
func (s *session) createBaseline(result *bookcheck.Result) error {
	root := checker.Root(os.DirFS(s.place.top), from(s.place.top, s.place.folder()))
	file := filepath.Join(s.place.top, filepath.FromSlash(root), baselineName)
	made := checker.NewBaseline(result)
	text, err := made.Text(root)
	if err != nil {
		return fmt.Errorf("baseline create: %w", err)
	}
	if err := os.WriteFile(file, text, 0o644); err != nil { //nolint:gosec // for all to read
		return fmt.Errorf("baseline create: %s", reason(err))
	}
	fmt.Fprintf(s.env.stdout, "%s: %s\n", s.place.shown(from(s.place.top, file)), amount(len(result.Diagnostics)-allowed(result), "finding", "findings"))
	return nil
}

func allowed(result *bookcheck.Result) (n int) {
	for i := range result.Diagnostics {
		if result.Diagnostics[i].Allowed != nil {
			n++
		}
	}
	return n
}

// pruneBaseline drops what is gone from the baseline.
func (s *session) pruneBaseline(result *bookcheck.Result) error {
	pruned, stale := s.base.Prune(result, s.base.left, s.base.moved)
	text, err := pruned.Text(s.base.dir)
	if err == nil && !bytes.Equal(text, s.base.text) {
		err = replace(s.base.file, s.base.text, text)
	}
	if err != nil {
		return fmt.Errorf("baseline prune: %s", reason(err))
	}
	fmt.Fprintf(s.env.stdout, "%s: %s\n", s.place.shown(from(s.place.top, s.base.file)), amount(stale, "finding dropped", "findings dropped"))
	return nil
}
