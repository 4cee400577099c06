package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/bookcheck/bookcheck/report"
)

// An environment is the world around the command. Nothing else in bookcheck looks
// at it.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	clock          func() time.Time
	dir            string // working folder; "": not known
	host           string // name of this machine; "": not known
	terminal       bool   // stdout is one
	width          int    // of the terminal, in cells; 0: not known
	watched        bool   // stderr is a terminal
	stderrWidth    int    // of that one
}

func system() *environment {
	dir, _ := os.Getwd() // "": only absolute paths will do
	host, _ := os.Hostname()
	return &environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, clock: time.Now, dir: dir, host: host,
		terminal: isatty.IsTerminal(os.Stdout.Fd()) || isatty.IsCygwinTerminal(os.Stdout.Fd()),
		width:    terminalWidth(os.Stdout.Fd()),
		watched:  isatty.IsTerminal(os.Stderr.Fd()) || isatty.IsCygwinTerminal(os.Stderr.Fd()),

		stderrWidth: terminalWidth(os.Stderr.Fd()),
	}
}

// now returns the time that dates are compared with, and whether it was given: then
// a run is to be repeatable, and is not timed.
func (e *environment) now(given string) (now time.Time, fixed bool, err error) {
	if given != "" {
		for _, layout := range []string{time.DateOnly, time.RFC3339} {
			if now, err = time.Parse(layout, given); err == nil {
				return now, true, nil
			}
		}
		return now, false, fmt.Errorf("--now %s: write it as 2026-11-23 or 2026-11-23T12:00:00Z", given)
	}
	if epoch := e.getenv("SOURCE_DATE_EPOCH"); epoch != "" {
		seconds, err := strconv.ParseInt(epoch, 10, 64)
		if err != nil {
			return now, false, fmt.Errorf("SOURCE_DATE_EPOCH is not a number of seconds: %q", epoch)
		}
		return time.Unix(seconds, 0).UTC(), true, nil
	}
	return e.clock(), false, nil
}

// color tells whether standard output is to be colored. When is the value of
// --color.
func (e *environment) color(when string) bool {
	forced := func(name string) bool { return e.getenv(name) != "" && e.getenv(name) != "0" }
	switch {
	case when != "auto":
		return when == "always"
	case e.getenv("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE"), forced("FORCE_COLOR"), e.getenv("GITHUB_ACTIONS") == "true":
		return true
	default:
		return e.terminal && e.getenv("TERM") != "dumb"
	}
}

// reader tells whether somebody reads standard output as it is written. The hooks
// of pre-commit have a terminal of their own and no reader.
func (e *environment) reader() bool {
	return e.terminal && e.getenv("PRE_COMMIT") == "" && e.getenv("CI") == ""
}

// links tells whether the terminal is known to show hyperlinks, or said to.
func (e *environment) links() bool {
	switch e.getenv("FORCE_HYPERLINK") {
	case "1", "true":
		return true
	case "0", "false":
		return false
	}
	switch e.getenv("TERM_PROGRAM") {
	case "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby":
		return true
	}
	vte, _ := strconv.Atoi(e.getenv("VTE_VERSION")) // 0: not set
	return vte >= 5000 || e.getenv("WT_SESSION") != "" || e.getenv("KONSOLE_VERSION") != "" ||
		slices.Contains([]string{"xterm-kitty", "xterm-ghostty", "alacritty", "foot"}, e.getenv("TERM"))
}

// commit returns what a CI job is about.
func (e *environment) commit() report.Commit {
	if server, repository := e.getenv("GITHUB_SERVER_URL"), e.getenv("GITHUB_REPOSITORY"); server != "" && repository != "" {
		branch := cmp.Or(e.getenv("GITHUB_HEAD_REF"), e.getenv("GITHUB_REF_NAME"))
		return report.Commit{Repository: server + "/" + repository, Revision: e.getenv("GITHUB_SHA"), Branch: branch}
	}
	return report.Commit{ // GitLab's
		Repository: e.getenv("CI_PROJECT_URL"), Revision: e.getenv("CI_COMMIT_SHA"), Branch: e.getenv("CI_COMMIT_REF_NAME"),
	}
}

// blob returns where the files of that commit are on the web, or "".
func (e *environment) blob() string {
	commit := e.commit()
	switch {
	case commit.Repository == "" || commit.Revision == "":
		return ""
	case e.getenv("CI_PROJECT_URL") == commit.Repository:
		return commit.Repository + "/-/blob/" + commit.Revision
	default:
		return commit.Repository + "/blob/" + commit.Revision
	}
}
