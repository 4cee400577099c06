package ruletest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A history knows when the lines of a book were written. Its keys are
// "PATH:LINE", or "*" for all other lines.
type history map[string]bookcheck.Age

// readHistory reads lines of the form "LINE DATE", "PATH:LINE DATE" or "* DATE".
// "LINE since DATE" says when the text itself was first seen. What is no date is the
// reason why there is none: "12 not committed yet".
func readHistory(text string) (history, error) {
	h := make(history)
	for line := range strings.Lines(text) {
		place, written, _ := strings.Cut(strings.TrimSpace(line), " ")
		if place == "" {
			continue
		}
		if written == "" {
			return nil, fmt.Errorf("history: line %s has no date", place)
		}
		if _, err := strconv.Atoi(place); err == nil {
			place = "chapter.md:" + place
		}
		h[place] = age(strings.TrimSpace(written))
	}
	return h, nil
}

func age(written string) bookcheck.Age {
	day, first := strings.CutPrefix(written, "since ")
	date, err := time.Parse(time.DateOnly, day)
	switch {
	case err != nil:
		return bookcheck.Age{Evidence: written}
	case first:
		return bookcheck.Age{Since: date, Evidence: "in the text " + written, First: true}
	}
	return bookcheck.Age{Since: date, Evidence: "line last changed " + written}
}

// Ages is bookcheck.Historian.
func (h history) Ages(_ context.Context, chapter *bookcheck.Chapter, spans []bookcheck.Span) []bookcheck.Age {
	ages := make([]bookcheck.Age, len(spans))
	for i, span := range spans {
		line := chapter.Position(span.Start).Line
		written, known := h[fmt.Sprintf("%s:%d", chapter.Path, line)]
		if !known {
			written, known = h["*"]
		}
		if !known {
			written = bookcheck.Age{Evidence: "age not known"}
		}
		ages[i] = written
	}
	return ages
}
