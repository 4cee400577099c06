package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck/checker/fetch"
)

// patience is how long a run may take before it says how far it is.
const patience = 500 * time.Millisecond

// A progress is a line on a terminal that says how far the network is. It is gone
// before anything else is written.
type progress struct {
	out   io.Writer
	width int // of the terminal, in cells; 0: not known
	clock func() time.Time
	began time.Time // zero: nothing was told yet
	shown bool
}

// wipe is what takes a line off a terminal.
const wipe = "\r\x1b[K"

// tell shows how far the network is, if it takes long.
func (p *progress) tell(f fetch.Progress) {
	now := p.clock()
	if p.began.IsZero() {
		p.began = now
	}
	if now.Sub(p.began) < patience {
		return
	}
	line := fmt.Sprintf("checking URLs %d/%d", f.Settled, f.Pages)
	if f.Host != "" {
		line += fmt.Sprintf(" - %s waits %s", printable(f.Host), max(f.Pause, time.Second).Round(time.Second))
	}
	if p.width > 1 && len(line) >= p.width {
		line = line[:p.width-1] // or the terminal begins a line that is not wiped
	}
	fmt.Fprint(p.out, wipe+line)
	p.shown = true
}

// end takes the line away.
func (p *progress) end() {
	if p != nil && p.shown {
		fmt.Fprint(p.out, wipe)
		p.shown = false
	}
}

// printable leaves of the name of a host what no terminal acts upon.
func printable(host string) string {
	return strings.Map(func(r rune) rune {
		if r < '!' || r > '~' {
			return '?'
		}
		return r
	}, host)
}

// progress returns what shows how far the network is, or nil where nobody would
// see it, or somebody would keep it.
func (e *environment) progress() *progress {
	switch {
	case !e.watched, e.getenv("PRE_COMMIT") != "", e.getenv("CI") != "", e.getenv("TERM") == "dumb":
		return nil
	}
	return &progress{out: e.stderr, width: e.stderrWidth, clock: e.clock}
}
