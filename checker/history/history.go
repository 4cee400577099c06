// Package history tells when the lines of a book were written, by asking git. It
// is the only package beside plugin that starts a program.
//
// It starts at most one git for each call of Ages and no goroutine: whoever calls
// it for many chapters decides how many calls there are at a time.
package history

import (
	"context"
	"sync"
	"time"

	"github.com/bookcheck/bookcheck"
)

// What is said where there is no date.
const (
	noRepository = "not in version control"
	uncommitted  = "not committed yet"
	shallow      = "shallow clone"
)

// A History knows the age of what stands below one folder. Its methods may be
// called concurrently.
type History struct {
	repository func() repository // asked for once
}

var _ bookcheck.Historian = (*History)(nil)

// New returns the history of the files below dir, the folder that chapter paths
// are relative to. It does not look for git before the first question.
func New(dir string) *History {
	return &History{repository: sync.OnceValue(git{dir: dir}.repository)}
}

// Ages returns when the lines that each span stands on were last changed; the
// youngest line counts. What is not known, because there is no git, no
// repository, a shallow clone or a line that is not committed, has an Age that
// says so.
func (h *History) Ages(ctx context.Context, chapter *bookcheck.Chapter, spans []bookcheck.Span) []bookcheck.Age {
	ages := make([]bookcheck.Age, len(spans))
	if len(spans) == 0 {
		return ages
	}
	repository := h.repository()
	if repository.reason != "" {
		return fill(ages, repository.reason)
	}
	written, err := repository.blame(ctx, chapter, rangesOf(chapter, spans))
	if err != nil {
		return fill(ages, err.Error())
	}
	for i, span := range spans {
		ages[i] = written.age(linesOf(chapter, span))
	}
	return ages
}

// fill gives the same reason for not knowing to all ages.
func fill(ages []bookcheck.Age, reason string) []bookcheck.Age {
	for i := range ages {
		ages[i].Evidence = reason
	}
	return ages
}

// A lineRange is some lines of a chapter, counted from 1, both ends included.
type lineRange struct{ first, last int }

// linesOf returns the lines that a span stands on.
func linesOf(chapter *bookcheck.Chapter, span bookcheck.Span) lineRange {
	return lineRange{chapter.Position(span.Start).Line, chapter.Position(max(span.Start, span.End-1)).Line}
}

// A line is what is known about one line of a chapter.
type line struct {
	since  time.Time
	reason string // why there is no date; "" if there is one
}

// lines are the lines of a chapter by their number.
type lines map[int]line

// age returns the age of the youngest of some lines.
func (l lines) age(of lineRange) bookcheck.Age {
	var since time.Time
	for n := of.first; n <= of.last; n++ {
		line, ok := l[n]
		switch {
		case !ok:
			return bookcheck.Age{Evidence: noRepository}
		case line.reason != "":
			return bookcheck.Age{Evidence: line.reason}
		case line.since.After(since):
			since = line.since
		}
	}
	return bookcheck.Age{Since: since, Evidence: "line last changed " + since.Format(time.DateOnly)}
}
