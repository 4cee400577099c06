package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/report"
)

// A spot is a line of a file as the command line names it.
type spot struct {
	file         string
	line, column int // from 1; column 0: the whole line
}

// spotForm is FILE:LINE or FILE:LINE:COLUMN. The name of a file may have colons.
var spotForm = regexp.MustCompile(`^(.+?)((?::\d{1,9}){1,2})$`)

// parseSpot reads the name of a line. Of the two ways to read FILE:1:2 the one whose
// file is there counts.
func parseSpot(dir, text string) (s spot, ok bool) {
	m := spotForm.FindStringSubmatch(text)
	if m == nil {
		return spot{}, false
	}
	first, rest, both := strings.Cut(m[2][1:], ":")
	line, _ := strconv.Atoi(first) // the form has digits there
	if !both {
		return spot{file: m[1], line: line}, true
	}
	second, _ := strconv.Atoi(rest)
	if odd := m[1] + ":" + first; !isFile(dir, m[1]) && isFile(dir, odd) {
		return spot{file: odd, line: second}, true
	}
	return spot{file: m[1], line: line, column: second}, true
}

func isFile(dir, name string) bool {
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// explainSpot explains a line: what stands there, what it was compared with, and what
// the rules make of it. Pages are asked for only if the line is about them.
func explainSpot(ctx context.Context, env *environment, o *options, at spot) (int, error) {
	if !isFile(env.dir, at.file) {
		return trouble, fmt.Errorf("explain: there is no file %s", at.file)
	}
	s := &session{options: o, env: env}
	if err := s.prepare([]string{at.file}); err != nil { //nolint:contextcheck // what is asked of git here bounds itself
		return trouble, err
	}
	s.checker.Only = func(chapter *bookcheck.Chapter, place bookcheck.Ranger) bool {
		span := place.Range()
		return chapter.Position(span.Start).Line <= at.line && at.line <= chapter.Position(span.End).Line
	}
	result, err := s.run(ctx)
	s.line.end()
	if err != nil {
		return trouble, err
	}
	faults := slices.Concat(result.Faults, s.hangUp(ctx))
	s.complain(faults)
	if stopped(ctx) {
		return interrupted, nil
	}
	chapter := result.Book.Chapter(s.place.paths[0])
	switch {
	case chapter == nil && len(faults) > 0:
		return trouble, nil
	case chapter == nil:
		return trouble, fmt.Errorf("explain: %s is no chapter", at.file)
	case at.line < 1 || at.line > chapter.Lines():
		return trouble, fmt.Errorf("explain: %s has lines 1 to %d, not %d", at.file, chapter.Lines(), at.line)
	}
	text, end := env.mute(env.stdout)
	err = report.Explain(text, result, chapter, at.line, at.column, s.style(&output{name: "text"}))
	if err == nil {
		err = end()
	}
	if err != nil {
		return trouble, fmt.Errorf("explain: %s", reason(err))
	}
	return clean, nil
}
