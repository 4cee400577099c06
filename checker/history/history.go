// Package history tells when the lines of a book were written, by asking git. It
// is the only package beside plugin that starts a program.
//
// Survey reads the whole history once; what it does not find, Ages asks git blame
// about, at most one for each call. It starts no goroutine: whoever calls Ages for
// many chapters decides how many calls there are at a time.
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

// How evidence begins that names a date.
const (
	inText      = "in the text since "
	lastChanged = "line last changed "
)

// A History knows the age of what stands below one folder. Its methods may be
// called concurrently.
type History struct {
	repository func() repository // asked for once

	mutex  sync.Mutex
	memory *memory
	asked  map[phrase]bool // what a survey was made for
}

var _ bookcheck.Surveyor = (*History)(nil)

// New returns the history of the files below dir, the folder that chapter paths
// are relative to. It does not look for git before the first question. What it
// finds out is remembered in a file that serves this folder alone; "": nowhere.
func New(dir, file string) *History { return newHistory(dir, "", file) }

// At returns the history of the files below dir as they stand in a commit.
func At(dir, commit string) *History { return newHistory(dir, commit, "") }

func newHistory(dir, commit, file string) *History {
	h := &History{memory: new(memory), asked: make(map[phrase]bool)}
	h.repository = sync.OnceValue(func() repository {
		r := git{dir: dir}.repository()
		r.commit = commit
		h.mutex.Lock()
		defer h.mutex.Unlock()
		h.memory = remember(file, r.head)
		return r
	})
	return h
}

// Close writes down what was found out.
func (h *History) Close() error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.memory.save()
}

// Ages returns for each span when its phrase first stood in the file, if a survey
// found that out, or when the lines that it stands on were last changed; the
// youngest line counts. What is not known, because there is no git, no repository,
// a shallow clone or a line that is not committed, has an Age that says so.
func (h *History) Ages(ctx context.Context, chapter *bookcheck.Chapter, spans []bookcheck.Span) []bookcheck.Age {
	ages := make([]bookcheck.Age, len(spans))
	if len(spans) == 0 {
		return ages
	}
	repository := h.repository()
	if repository.reason != "" {
		return fill(ages, repository.reason)
	}
	var left []int
	var unknown []bookcheck.Span
	for i, span := range spans {
		age, known := h.recall(chapter, span)
		if !known {
			left, unknown = append(left, i), append(unknown, span)
		}
		ages[i] = age
	}
	if len(unknown) == 0 {
		return ages
	}
	written, err := repository.blame(ctx, chapter, rangesOf(chapter, unknown))
	for n, i := range left {
		if err != nil {
			ages[i].Evidence = err.Error()
		} else {
			ages[i] = written.age(linesOf(chapter, unknown[n]))
		}
		if err == nil || err.Error() == uncommitted {
			h.keep(chapter, unknown[n], ages[i])
		}
	}
	return ages
}

// recall returns what is remembered of a span.
func (h *History) recall(chapter *bookcheck.Chapter, span bookcheck.Span) (bookcheck.Age, bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return h.remembered(chapter, span)
}

// remembered is recall for who holds the mutex.
func (h *History) remembered(chapter *bookcheck.Chapter, span bookcheck.Span) (bookcheck.Age, bool) {
	p := phraseAt(chapter, span)
	if age, known := h.memory.find(p.key(nil)); known {
		return age, true
	}
	return h.memory.find(p.key(textOfLines(chapter, span)))
}

// keep remembers what is true of the lines as they are now.
func (h *History) keep(chapter *bookcheck.Chapter, span bookcheck.Span, age bookcheck.Age) {
	p := phraseAt(chapter, span)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.memory.keep(p.key(textOfLines(chapter, span)), age)
}

// textOfLines returns the lines that a span stands on.
func textOfLines(chapter *bookcheck.Chapter, span bookcheck.Span) []byte {
	lines := linesOf(chapter, span)
	return chapter.Source[chapter.Line(lines.first).Start:chapter.Line(lines.last).End]
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
	return bookcheck.Age{Since: since, Evidence: lastChanged + since.Format(time.DateOnly)}
}
