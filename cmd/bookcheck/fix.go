package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/aymanbagabas/go-udiff"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// mends tells whether fixes are to be applied or shown.
func (o *options) mends() bool { return o.fix || o.diff }

// mendingFlags returns an error if the flags about fixes contradict each other.
func (o *options) mendingFlags() error {
	switch {
	case o.fix && o.diff:
		return errors.New("--fix writes what --diff only shows; give one of them")
	case o.unsafeFixes && !o.mends():
		return errors.New("--unsafe-fixes goes with --fix or --diff")
	case o.diff && len(o.output) > 0:
		return errors.New("--diff writes a diff and no report; leave out -o")
	default:
		return nil
	}
}

// mend fixes what can be fixed, or shows it.
func (s *session) mend(ctx context.Context, fsys fs.FS, check func(fs.FS) (*bookcheck.Result, error)) (*bookcheck.Result, error) {
	repair, result, err := checker.Mend(fsys, s.unsafeFixes, check)
	if err != nil {
		return nil, err
	}
	switch {
	case stopped(ctx): // half a book would make wrong fixes
	case s.diff:
		s.show(repair)
	case s.input != nil:
		return result, s.pass(repair)
	default:
		s.apply(repair, result)
	}
	return result, nil
}

// apply writes the files anew.
func (s *session) apply(repair *checker.Repair, result *bookcheck.Result) {
	for _, change := range repair.Changes {
		if err := replace(filepath.Join(s.place.top, filepath.FromSlash(change.Path)), change.Old, change.New); err != nil {
			result.Faults = append(result.Faults, bookcheck.Fault{Path: change.Path, Message: "not fixed: " + reason(err)})
			repair.Applied -= change.Applied
		}
	}
	if repair.Applied > 0 {
		s.notice("fixed %s", amount(repair.Applied, "finding", "findings"))
	}
	s.skips(repair)
}

// pass writes the chapter that came from standard input to standard output, fixed or
// as it was, so that an editor can put it in the place of the old one. Other files
// are left alone: nobody asked for them.
func (s *session) pass(repair *checker.Repair) error {
	text := s.input
	for _, change := range repair.Changes {
		if change.Path == s.place.paths[0] && bytes.Equal(change.Old, s.input) {
			text = change.New
			s.notice("fixed %s", amount(change.Applied, "finding", "findings"))
		}
	}
	s.skips(repair)
	_, err := s.env.stdout.Write(text)
	return err
}

// show writes what --fix would change as a unified diff.
func (s *session) show(repair *checker.Repair) {
	for _, change := range repair.Changes {
		name := s.place.shown(change.Path)
		fmt.Fprint(s.env.stdout, udiff.Unified("a/"+name, "b/"+name, string(change.Old), string(change.New)))
	}
	s.changed = len(repair.Changes) > 0
	s.skips(repair)
}

// skips says which fixes were left out.
func (s *session) skips(repair *checker.Repair) {
	for _, skip := range repair.Skipped {
		d := skip.Finding
		at := d.Chapter.Position(d.Span.Start)
		s.notice("%s:%d:%d: a fix of %s is left out: %s", s.place.shown(d.Chapter.Path), at.Line, at.Column, d.Rule.Name, skip.Reason)
	}
}

// replace writes a file anew, unless it is no longer what it was. Readers see the
// old text or the new one and never a part; the mode stays, and a symbolic link
// stays one.
func replace(name string, before, after []byte) (err error) {
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return err
	}
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err // it may not be written, which renaming would not notice
	}
	info, err := file.Stat()
	_ = file.Close()
	if err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(name), ".bookcheck-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temporary.Name()) }() // it is gone if all went well
	if err := fill(temporary, info.Mode().Perm(), after); err != nil {
		return err
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, before) {
		return errors.New("it has changed since it was read")
	}
	return os.Rename(temporary.Name(), name)
}

// fill writes a file so that it is on the disk when it is closed.
func fill(file *os.File, mode fs.FileMode, text []byte) error {
	_, err := file.Write(text)
	return errors.Join(err, file.Chmod(mode), file.Sync(), file.Close())
}

// amount writes a number with its noun.
func amount(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
