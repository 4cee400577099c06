package main

import (
	"testing"
	"time"

	"github.com/bookcheck/bookcheck/report"
)

// variables is an environment with nothing but some variables, name and value in
// turn.
func variables(terminal bool, pairs ...string) *environment {
	return &environment{
		terminal: terminal,
		clock:    func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		getenv: func(name string) string {
			for i := 0; i < len(pairs); i += 2 {
				if pairs[i] == name {
					return pairs[i+1]
				}
			}
			return ""
		},
	}
}

func TestColor(t *testing.T) {
	tests := []struct {
		name string
		env  *environment
		when string
		want bool
	}{
		{"a terminal", variables(true, "TERM", "xterm"), "auto", true},
		{"a pipe", variables(false, "TERM", "xterm"), "auto", false},
		{"a dumb terminal", variables(true, "TERM", "dumb"), "auto", false},
		{"always", variables(false, "NO_COLOR", "1"), "always", true},
		{"never", variables(true, "FORCE_COLOR", "1"), "never", false},
		{"NO_COLOR wins over FORCE_COLOR", variables(true, "NO_COLOR", "1", "FORCE_COLOR", "1"), "auto", false},
		{"an empty NO_COLOR is none", variables(true, "NO_COLOR", "", "TERM", "xterm"), "auto", true},
		{"FORCE_COLOR", variables(false, "FORCE_COLOR", "1"), "auto", true},
		{"FORCE_COLOR=0", variables(false, "FORCE_COLOR", "0"), "auto", false},
		{"CLICOLOR_FORCE", variables(false, "CLICOLOR_FORCE", "1"), "auto", true},
		{"GitHub shows colors", variables(false, "GITHUB_ACTIONS", "true"), "auto", true},
	}
	for _, test := range tests {
		if got := test.env.color(test.when); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestReader(t *testing.T) {
	for name, test := range map[string]struct {
		env  *environment
		want bool
	}{
		"a terminal":   {variables(true), true},
		"a pipe":       {variables(false), false},
		"a pre-commit": {variables(true, "PRE_COMMIT", "1"), false},
		"CI":           {variables(true, "CI", "true"), false},
	} {
		if got := test.env.reader(); got != test.want {
			t.Errorf("%s: got %v, want %v", name, got, test.want)
		}
	}
}

func TestNow(t *testing.T) {
	epoch := variables(false, "SOURCE_DATE_EPOCH", "1700000000")
	for _, test := range []struct {
		name, given, want string
		env               *environment
		fixed             bool
	}{
		{"the clock", "", "2026-11-23T12:00:00Z", variables(false), false},
		{"a day", "2025-02-03", "2025-02-03T00:00:00Z", epoch, true},
		{"a time", "2025-02-03T04:05:06+09:00", "2025-02-03T04:05:06+09:00", variables(false), true},
		{"SOURCE_DATE_EPOCH", "", "2023-11-14T22:13:20Z", epoch, true},
	} {
		now, fixed, err := test.env.now(test.given)
		if got := now.Format(time.RFC3339); err != nil || got != test.want || fixed != test.fixed {
			t.Errorf("%s: got %s, fixed %v, error %v; want %s, fixed %v", test.name, got, fixed, err, test.want, test.fixed)
		}
	}
}

func TestLinks(t *testing.T) {
	tests := []struct {
		name string
		env  *environment
		want bool
	}{
		{"a terminal like any other", variables(true, "TERM", "xterm-256color"), false},
		{"one that is known", variables(true, "TERM", "xterm-kitty"), true},
		{"an old one of its kind", variables(true, "VTE_VERSION", "4999"), false},
		{"by wish", variables(true, "FORCE_HYPERLINK", "1"), true},
		{"against the wish", variables(true, "TERM", "xterm-kitty", "FORCE_HYPERLINK", "false"), false},
	}
	for _, test := range tests {
		if got := test.env.links(); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}

func TestCommit(t *testing.T) {
	for _, test := range []struct {
		name   string
		env    *environment
		commit report.Commit
		blob   string
	}{
		{"no CI", variables(false), report.Commit{}, ""},
		{
			"a push to GitHub", variables(false, "GITHUB_SERVER_URL", "https://github.com", "GITHUB_REPOSITORY", "a/b", "GITHUB_SHA", "12ab", "GITHUB_REF_NAME", "main"),
			report.Commit{Repository: "https://github.com/a/b", Revision: "12ab", Branch: "main"},
			"https://github.com/a/b/blob/12ab",
		},
		{
			"a pull request", variables(false, "GITHUB_SERVER_URL", "https://github.com", "GITHUB_REPOSITORY", "a/b", "GITHUB_SHA", "12ab", "GITHUB_REF_NAME", "7/merge", "GITHUB_HEAD_REF", "topic"),
			report.Commit{Repository: "https://github.com/a/b", Revision: "12ab", Branch: "topic"},
			"https://github.com/a/b/blob/12ab",
		},
		{
			"GitLab", variables(false, "CI_PROJECT_URL", "https://gitlab.com/a/b", "CI_COMMIT_SHA", "12ab", "CI_COMMIT_REF_NAME", "main"),
			report.Commit{Repository: "https://gitlab.com/a/b", Revision: "12ab", Branch: "main"},
			"https://gitlab.com/a/b/-/blob/12ab",
		},
	} {
		if got := test.env.commit(); got != test.commit {
			t.Errorf("%s: got %+v, want %+v", test.name, got, test.commit)
		}
		if got := test.env.blob(); got != test.blob {
			t.Errorf("%s: got %s, want %s", test.name, got, test.blob)
		}
	}
}
