package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/fetch"
	"github.com/bookcheck/bookcheck/checker/history"
	"github.com/bookcheck/bookcheck/checker/model"
	"github.com/bookcheck/bookcheck/report"
	"github.com/bookcheck/bookcheck/rules"
)

// A session is one call of bookcheck check.
type session struct {
	*options
	env     *environment
	place   *place
	outputs []*output
	checker *checker.Checker
	client  *fetch.Client                    // nil: offline
	line    *progress                        // nil: nobody would see it
	earlier []report.Past                    // what earlier runs found
	locked  bool                             // what is learned about pages is kept in the lock file
	started time.Time                        // zero: the run is not timed
	known   []func(*bookcheck.Result) []bool // tell which findings were there before
	input   []byte                           // the chapter that came from standard input; nil: none did
	base    *baseline                        // nil: none
	changed bool                             // --diff: there is something to change
	code    int                              // that the process exits with
}

// check checks books and writes the reports.
func check(ctx context.Context, env *environment, args []string) (int, error) {
	s := &session{options: &options{}, env: env}
	flags := checkFlags(s.options)
	if done, err := parse(env, flags, s.options, args); done || err != nil {
		return clean, err
	}
	if err := s.prepare(flags.Args()); err != nil { //nolint:contextcheck // what is asked of git here bounds itself
		return trouble, err
	}
	before := slices.Concat(s.place.faults, s.open())
	s.complain(before)
	result, err := s.run(ctx)
	s.line.end()
	if err != nil {
		return trouble, err
	}
	later := slices.Concat(result.Faults, s.hangUp(ctx))
	result.Faults = slices.Concat(before, later)
	s.judge(ctx, result)
	s.mentionStale(result)
	if s.exitZero && s.code == findings {
		s.code = clean
	}
	if s.stats {
		statistics(s.env.stderr, result)
	}
	later = slices.Concat(later, s.write(result))
	s.complain(later)
	return s.code, nil
}

// prepare makes of the command line all that a run needs, but reads and writes
// nothing yet.
func (s *session) prepare(names []string) (err error) {
	now, fixed, err := s.env.now(s.now)
	if err != nil {
		return err
	}
	if err := s.mendingFlags(); err != nil {
		return err
	}
	if err := s.staleFlags(); err != nil {
		return err
	}
	if s.outputs, err = parseOutputs(s.output, s.env.reader()); err != nil {
		return err
	}
	if s.earlier, err = parseTrend(s.trend); err != nil {
		return err
	}
	if s.place, err = s.locate(names); err != nil {
		return err
	}
	if s.checker, err = s.reader(); err != nil {
		return err
	}
	s.checker.Now = now
	if s.checker.FailOn, err = s.level(); err != nil {
		return err
	}
	if s.checker.Skip, err = s.skip(); err != nil {
		return err
	}
	if err := oneOf("--color", s.color, "auto", "always", "never"); err != nil {
		return err
	}
	clock := func() time.Time { return now }
	if !fixed {
		clock, s.started = s.env.clock, now
	}
	if s.model != "" {
		if s.offline {
			return errors.New("--model: with --offline nobody is asked; leave one of them out")
		}
		if s.checker.Adviser, err = model.New(s.model, s.env.getenv("BOOKCHECK_MODEL_KEY")); err != nil {
			return fmt.Errorf("--model: %w", err)
		}
	}
	if !s.offline {
		if s.client, err = s.network(clock); err != nil {
			return err
		}
		s.checker.Fetcher = s.client
	}
	s.recollect(clock)
	return nil
}

// reader returns what reads the books that the command line is about.
func (s *session) reader() (*checker.Checker, error) {
	exclude, err := s.place.excluder(s.exclude)
	return &checker.Checker{
		Rules: rules.All(), Jobs: s.jobs, Dialect: s.dialect, Exclude: exclude, NoIgnore: s.noIgnore,
	}, err
}

// openPlace makes ready to read what the command line names, and no more. Nil: there is
// nothing to read, as the error says, or what was complained of.
func (s *session) openPlace(names []string) (root *os.Root, err error) {
	s.place = locate(s.env, names)
	if s.checker, err = s.reader(); err != nil {
		return nil, err
	}
	s.complain(s.place.faults)
	if len(s.place.paths) == 0 {
		return nil, nil
	}
	return s.openRoot()
}

// openRoot opens the folder that everything is read in.
func (s *session) openRoot() (*os.Root, error) {
	root, err := os.OpenRoot(s.place.top)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %s", s.place.top, reason(err))
	}
	return root, nil
}

// open opens the files of the reports.
func (s *session) open() []bookcheck.Fault {
	var faults []bookcheck.Fault
	for _, o := range s.outputs {
		o.appends = o.path != "" && o.path == s.env.getenv("GITHUB_STEP_SUMMARY") // other programs write there too
		if err := o.open(); err != nil {
			faults = append(faults, bookcheck.Fault{Message: err.Error()})
		}
	}
	return faults
}

// run checks what is there.
func (s *session) run(ctx context.Context) (*bookcheck.Result, error) {
	if len(s.place.paths) == 0 {
		return &bookcheck.Result{Book: &bookcheck.Book{}, Now: s.checker.Now, Reason: "nothing could be read"}, nil
	}
	root, err := s.openRoot()
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }()                                 // it was only read
	past := history.New(s.place.top, cacheFile("history", s.place.top)) //nolint:contextcheck // what is asked of git here bounds itself
	s.checker.Historian, s.checker.Chronicler = past, history.NewChronicle(s.place.top)
	defer func() {
		if err := past.Close(); err != nil {
			s.notice("%v", err) // the next run asks git again
		}
	}()
	if err := s.compare(ctx, root.FS()); err != nil {
		return nil, err
	}
	if err := s.useBaseline(); err != nil {
		return nil, err
	}
	s.checker.Filter = s.filter
	if s.stats {
		s.checker.Clock = s.env.clock
	}
	fsys := root.FS()
	if s.input != nil {
		fsys = checker.Overlay(fsys, map[string][]byte{s.place.paths[0]: s.input})
	}
	check := func(fsys fs.FS) (*bookcheck.Result, error) { return s.checker.Check(ctx, fsys, s.place.paths) }
	if s.mends() {
		return s.mend(ctx, fsys, check)
	}
	return check(fsys)
}

// judge decides what the process exits with, and completes the result.
func (s *session) judge(ctx context.Context, result *bookcheck.Result) {
	if len(result.Faults) > 0 && result.Complete {
		result.Complete, result.Reason = false, "not everything could be done"
	}
	if !s.started.IsZero() {
		result.Stats.Elapsed = s.env.clock().Sub(s.started)
	}
	switch {
	case ctx.Err() != nil:
		s.code = interrupted
	case len(result.Faults) > 0:
		s.code = trouble
	case s.diff:
		if s.changed {
			s.code = findings
		}
	case result.Failed, s.strictNetwork && unsure(result):
		s.code = findings
	}
}

// unsure tells whether some page could not be judged.
func unsure(result *bookcheck.Result) bool {
	for _, page := range result.Pages {
		if page.Verdict == bookcheck.Unsure {
			return true
		}
	}
	return false
}

// write writes the reports.
func (s *session) write(result *bookcheck.Result) []bookcheck.Fault {
	var faults []bookcheck.Fault
	if s.verbose {
		fmt.Fprintf(s.env.stderr, "bookcheck %s, reading from %s\n", version().text, s.place.top)
		for _, source := range result.Sources {
			fmt.Fprintln(s.env.stderr, source)
		}
	}
	for _, o := range s.outputs {
		if s.diff || o.path != "" && o.file == nil || o.textual() && result.Stats.Files == 0 {
			continue // it could not be opened, or the faults say all there is to say
		}
		if err := s.print(o, result); err != nil {
			faults = append(faults, bookcheck.Fault{Message: fmt.Sprintf("-o %s: %s", o.name, reason(err))})
			s.code = max(s.code, trouble)
		}
	}
	return faults
}

// print writes one report.
func (s *session) print(o *output, result *bookcheck.Result) error {
	stdout := s.env.stdout
	if s.input != nil && s.fix {
		stdout = s.env.stderr // the fixed chapter has the other
	}
	if o.path != "" || !o.textual() {
		return o.write(stdout, result, s.style(o))
	}
	text, end := s.env.mute(stdout)
	return errors.Join(o.write(text, result, s.style(o)), end())
}

// style says how a report is to look.
func (s *session) style(o *output) report.Style {
	style := report.Style{
		Dir: s.place.dir, Prefix: s.place.prefix, Top: filepath.ToSlash(s.place.top), Host: s.env.host,
		ShowAll: s.showAll, Quiet: s.quiet, Version: version().semantic,
		Suppressed: s.suppressed, Category: s.category, ExitCode: &s.code,
		Blob: s.env.blob(), Commit: s.env.commit(), Trend: s.earlier,
	}
	if o.path == "" {
		style.Width, style.Auto = s.env.width, o.name == "text"
		style.Color = s.env.color(s.color)
		style.Links = s.env.terminal && style.Color && s.env.links()
	}
	return style
}

// complain writes faults to standard error.
func (s *session) complain(faults []bookcheck.Fault) {
	style := report.Style{Dir: s.place.dir, Prefix: s.place.prefix}
	text, end := s.env.mute(s.env.stderr)
	_ = errors.Join(report.Faults(text, faults, style), end()) // there is nowhere left to say that this failed
}

// notice writes something to know that is no fault.
func (s *session) notice(format string, args ...any) {
	if !s.quiet {
		s.line.end()
		fmt.Fprintf(s.env.stderr, "bookcheck: "+format+"\n", args...)
	}
}
