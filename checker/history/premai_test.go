package history

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A real book gets the history that its lines had, one commit a day, and each
// line has its date back. The book is not part of the repository: without it the test is
// skipped.
func TestAgesOfRealBook(t *testing.T) {
	const corpus = "../../../shared/corpora/premai"
	data, err := os.ReadFile("../../../shared/data/premai-line-dates.json")
	if err != nil {
		t.Skipf("the dates are not here: %v", err)
	}
	var dates map[string][]string
	if err := json.Unmarshal(data, &dates); err != nil {
		t.Fatal(err)
	}
	text := make(map[string][]string)
	days := make(map[string]bool)
	for name, dates := range dates {
		source, err := os.ReadFile(filepath.Join(corpus, filepath.FromSlash(name)))
		if err != nil {
			t.Skipf("the book is not here: %v", err)
		}
		text[name] = strings.SplitAfter(strings.TrimSuffix(string(source), "\n"), "\n")
		if len(text[name]) != len(dates) {
			t.Fatalf("%s has %d lines, %d dates", name, len(text[name]), len(dates))
		}
		for _, day := range dates {
			days[day] = true
		}
	}
	b := newBook(t)
	for _, day := range slices.Sorted(maps.Keys(days)) {
		for name, dates := range dates {
			var soFar strings.Builder
			for i, written := range dates {
				if written <= day {
					soFar.WriteString(text[name][i])
				}
			}
			b.write(name, soFar.String())
		}
		b.git("add", "-A")
		b.on(day, "commit", "-q", "--allow-empty", "-m", day)
	}
	history := New(b.dir, "")
	for _, name := range slices.Sorted(maps.Keys(text)) {
		checkDates(t, history, name, text[name], dates[name])
		checkSurvey(t, New(b.dir, ""), name, strings.Join(text[name], ""), dates[name])
	}
}

// A survey finds every "currently" of the book, and none in text younger than the
// line that it stands on.
func checkSurvey(t *testing.T, history *History, name, text string, dates []string) {
	t.Helper()
	chapter := bookcheck.NewChapter(name, []byte(text))
	q := bookcheck.Question{Chapter: chapter}
	for at := 0; ; at++ {
		n := strings.Index(text[at:], "currently")
		if n < 0 {
			break
		}
		at += n
		q.Spans = append(q.Spans, bookcheck.Span{Start: at, End: at + len("currently")})
	}
	history.Survey(t.Context(), []bookcheck.Question{q})
	for i, age := range history.Ages(t.Context(), chapter, q.Spans) {
		line := chapter.Position(q.Spans[i].Start).Line
		if written := dates[line-1]; !age.First || age.Since.Format(time.DateOnly) > written {
			t.Errorf("%s:%d: got %v, but the line is of %s", name, line, age, written)
		}
	}
}

// checkDates compares the ages of all lines that have words with what they should
// be. Lines repeat, so that blame may take one for another that moved.
func checkDates(t *testing.T, history *History, name string, text, dates []string) {
	t.Helper()
	chapter := bookcheck.NewChapter(name, []byte(strings.Join(text, "")))
	var spans []bookcheck.Span
	for i := range text {
		spans = append(spans, chapter.Line(i+1))
	}
	wrong, words := 0, 0
	for i, age := range history.Ages(t.Context(), chapter, spans) {
		if len(strings.Fields(text[i])) < 5 {
			continue
		}
		words++
		if age.Since.Format(time.DateOnly) != dates[i] {
			wrong++
			t.Logf("%s:%d: got %v, want %s", name, i+1, age, dates[i])
		}
	}
	if wrong*50 > words {
		t.Errorf("%s: %d of %d lines have another date", name, wrong, words)
	}
}
