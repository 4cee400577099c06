// Package resolver knows better places to ask about some pages than the pages
// themselves: registries and interfaces for programs, which tell robots the truth. It
// only says what to ask and what the answer means; package fetch asks.
package resolver

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A Resolver knows a better place to ask about some pages.
type Resolver struct {
	Name string // "doi": what the command line calls it
	Base string // where it is asked; "": at the host of the page

	// Rescue says that the page itself is asked first, and the resolver only where
	// that does not tell.
	Rescue bool

	// Token says that it is of use only to those who have a token for its base.
	Token bool

	// Pause is what those who run it ask to be left between two questions; 0: nothing.
	// Whoever runs another base is not asked for it.
	Pause time.Duration

	// Ask returns what to ask about a page, below a base without a final slash; nil if
	// it is not a page that the resolver knows about.
	Ask func(base string, page *url.URL) *Question
}

// A Question is what to ask instead of a page.
type Question struct {
	URL   string
	Judge func(*Answer) Finding
}

// An Answer is what came back.
type Answer struct {
	Code      int
	Body      []byte
	Truncated bool // there was more
}

// A Finding is what an answer says about the page. The zero value says nothing: the
// page itself has to be asked.
type Finding struct {
	Known   bool
	Verdict bookcheck.Verdict
	Doubt   bookcheck.Doubt // why Unsure; "" otherwise
	Reason  string          // fits after the address in a sentence
	Title   string
	MovedTo string // where the page is now; "": where it was
	Lines   int    // of a source file; 0: not known

	// Source says that the answer is the file that the page shows, in the language of
	// its name.
	Source bool
}

// All returns the resolvers. They know about different pages, but that a rescue may
// follow on another.
func All() []Resolver {
	return []Resolver{doi, githubFile, githubRepository, arxiv, wikipedia, youtube, pypi, npm, crates, goModules}
}

// Names returns what the resolvers are called.
func Names() []string {
	var names []string
	for _, r := range All() {
		names = append(names, r.Name)
	}
	return names
}

func alive(reason string) Finding {
	return Finding{Known: true, Verdict: bookcheck.Alive, Reason: reason}
}

func dead(reason string) Finding {
	return Finding{Known: true, Verdict: bookcheck.Dead, Reason: reason}
}

// byStatus judges by the status alone: the registry has it, or it never heard of it.
func byStatus(registry string) func(*Answer) Finding {
	return func(a *Answer) Finding {
		switch a.Code {
		case http.StatusOK:
			return alive("is known to " + registry)
		case http.StatusNotFound, http.StatusGone:
			return dead("is not known to " + registry + ", which answers " + strconv.Itoa(a.Code))
		default:
			return Finding{}
		}
	}
}

// on tells whether a page is on a host, with or without www.
func on(page *url.URL, hosts ...string) bool {
	name := strings.TrimPrefix(strings.ToLower(page.Hostname()), "www.")
	return slices.Contains(hosts, name)
}

// parts returns the parts of the path, as they are written.
func parts(page *url.URL) []string {
	path := strings.Trim(page.EscapedPath(), "/")
	if path == "" {
		return nil
	}
	return strings.Split(path, "/")
}

// decode reads JSON. What cannot be read stays zero: it decides nothing.
func decode(a *Answer, into any) bool { return json.Unmarshal(a.Body, into) == nil }
