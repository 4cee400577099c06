package main

import (
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck/checker/fetch"
)

// A run that is soon over says nothing; one that takes long has one line, which is
// gone at the end.
func TestProgress(t *testing.T) {
	var out strings.Builder
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	p := &progress{out: &out, width: 42, clock: func() time.Time { return now }}
	for settled := range 5 {
		p.tell(fetch.Progress{Settled: settled, Pages: 412})
		now = now.Add(100 * time.Millisecond)
	}
	p.end()
	if out.String() != "" {
		t.Fatalf("after less than half a second it says %q", out.String())
	}
	p.tell(fetch.Progress{Settled: 231, Pages: 412})
	p.tell(fetch.Progress{Settled: 232, Pages: 412, Host: "a\x1b.test", Pause: 2900 * time.Millisecond})
	p.tell(fetch.Progress{Settled: 232, Pages: 412, Host: strings.Repeat("long.", 20), Pause: time.Millisecond})
	p.end()
	p.end()
	want := "\r\x1b[Kchecking URLs 231/412" +
		"\r\x1b[Kchecking URLs 232/412 - a?.test waits 3s" +
		"\r\x1b[Kchecking URLs 232/412 - long.long.long.lo" + "\r\x1b[K"
	if got := out.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestWhoSeesProgress(t *testing.T) {
	tests := []struct {
		name     string
		env      *environment
		watched  bool
		progress bool
	}{
		{"on a terminal", variables(true), true, true},
		{"in a file", variables(true), false, false},
		{"in CI", variables(true, "CI", "true"), true, false},
		{"in a hook", variables(true, "PRE_COMMIT", "1"), true, false},
		{"on a dumb terminal", variables(true, "TERM", "dumb"), true, false},
	}
	for _, test := range tests {
		test.env.watched = test.watched
		if got := test.env.progress() != nil; got != test.progress {
			t.Errorf("%s: got %v, want %v", test.name, got, test.progress)
		}
	}
}
