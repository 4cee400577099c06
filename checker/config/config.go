// Package config reads .bookcheck.yml. It is strict: what it does not know is an
// error with its place, the line itself and the nearest word that it does know,
// and all errors of a file come at once.
package config

import (
	_ "embed"
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ignore"
)

// Name is the name of the file.
const Name = ".bookcheck.yml"

// Names are the names under which the file is found, best first.
var Names = []string{Name, ".bookcheck.yaml"}

// Starter is a file for a new book, in which every line is a comment.
//
//go:embed starter.yml
var Starter []byte

// A Config is what a file says, on top of the defaults.
type Config struct {
	Path string // slash-separated; "" if there is no file

	Exclude    ignore.List        // chapters that nothing is reported about; relative to the file's folder
	Unasked    []*regexp.Regexp   // URLs that are never asked for and never judged: links.exclude
	Rules      map[string]Rule    // every rule, by name
	Dialect    string             // "": as the project files say
	Extensions []string           // of Markdown, switched on or after a minus sign off; nil: as the project files say
	Markers    []string           // names that mark unfinished work
	FailOn     bookcheck.Severity // findings at or above it fail the run
	Store      string             // what is kept of the pages that claims cite: one of Stores
}

// What may be kept of the pages that claims cite.
const (
	Sentences = "sentences" // the ones that a claim rests on, cut short
	Hashes    = "hashes"    // none of their words
)

// Stores are the values of the key store.
var Stores = []string{Sentences, Hashes}

// A Rule is how a rule runs.
type Rule struct {
	Severity bookcheck.Severity
	Exclude  ignore.List // chapters that the rule leaves alone; relative to the file's folder
	Options  any         // of the type of the rule's own Options
}

// Default returns what holds without a file.
func Default(rules []*bookcheck.Rule) *Config {
	c := &Config{FailOn: bookcheck.Warning, Store: Sentences, Rules: make(map[string]Rule, len(rules))}
	for _, rule := range rules {
		c.Rules[rule.Name] = Rule{Severity: rule.Severity, Options: rule.Options}
	}
	return c
}

// Covers tells whether a list of the file leaves out a chapter.
func (c *Config) Covers(list ignore.List, chapter string) bool {
	if len(list) == 0 {
		return false
	}
	if dir := path.Dir(c.Path); dir != "." {
		inside, found := strings.CutPrefix(chapter, dir+"/")
		return found && list.Covers(inside)
	}
	return list.Covers(chapter)
}

// Skips tells whether the file wants a URL left alone.
func (c *Config) Skips(url string) bool {
	for _, unasked := range c.Unasked {
		if unasked.MatchString(url) {
			return true
		}
	}
	return false
}
