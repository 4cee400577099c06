package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// usage is what --help says before the flags of check.
const usage = `bookcheck finds dead links, broken references, stale statements and unfinished
work in books written in Markdown.

Usage:
  bookcheck [check] [FLAG...] [PATH...]    check files and folders, or standard input as -; "." if none is named
  bookcheck baseline create|prune [FLAG...] [PATH...]
                                           accept all that is found now, or drop from that what is gone
  bookcheck extract [FLAG...] PATH...      print all that is seen in them, as JSON Lines
  bookcheck rules                          list the rules
  bookcheck explain RULE|URL|FILE:LINE     print the page of a rule, how a page is judged, or what is known of a line
  bookcheck init                           write a .bookcheck.yml that fits the book
  bookcheck config [FLAG...] [PATH...]      print the configuration in force, and where each value is from
  bookcheck schema                         print the JSON schema of .bookcheck.yml
  bookcheck completion SHELL               print a script for bash, zsh, fish or powershell
  bookcheck version [--json]               show which bookcheck this is

`

const exitStatus = `
Exit status:
  0  nothing was found, or nothing at the level of --fail-on
  1  something was found
  2  something could not be done: a wrong argument, a wrong configuration, a file
     that cannot be read or written, nothing to check
  130  interrupted; what was found until then is reported

The configuration is the nearest .bookcheck.yml from the PATH upwards.
`

// options are what the command line says.
type options struct {
	dialect  string
	exclude  []string
	noIgnore bool
	jobs     int

	output     []string
	trend      []string
	failOn     string
	color      string
	quiet      bool
	verbose    bool
	showAll    bool
	suppressed bool
	category   string
	now        string
	offline    bool
	excludeURL []string
	webOptions
	model         string
	lock          bool
	strictNetwork bool

	fix, unsafeFixes, diff  bool
	since                   string
	noBaseline, failOnStale bool
	exitZero                bool
	stats                   bool
	stdinFilename           string

	help, version bool
}

// readingFlags returns a set with the flags that say what is read, and how.
func readingFlags(o *options) *pflag.FlagSet {
	flags := pflag.NewFlagSet("bookcheck", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.dialect, "dialect", "", "read the book as one of this `DIALECT`, whatever its files say: "+strings.Join(dialect.Names(), ", "))
	flags.StringArrayVar(&o.exclude, "exclude", nil, "report nothing about the files of this `GLOB`, as in .gitignore; may be repeated")
	flags.BoolVar(&o.noIgnore, "no-ignore", false, "read what .gitignore leaves out")
	flags.IntVarP(&o.jobs, "jobs", "j", 0, "read `N` files side by side (as many as there are processors)")
	flags.BoolVarP(&o.help, "help", "h", false, "show this")
	flags.BoolVar(&o.version, "version", false, "show which bookcheck this is")
	return flags
}

// checkFlags returns the flags of check.
func checkFlags(o *options) *pflag.FlagSet {
	flags := pflag.NewFlagSet("bookcheck", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.SetOutput(io.Discard)
	flags.StringArrayVarP(&o.output, "output", "o", nil, "write a report as `FORMAT[:FILE]`: "+strings.Join(formatNames(), ", ")+"; may be repeated")
	flags.StringArrayVar(&o.trend, "trend", nil, "show in -o html what an earlier JSON report counts, or all those of a folder: `FILE`; may be repeated")
	flags.StringVar(&o.failOn, "fail-on", "", "exit with 1 for findings of this `LEVEL` and above: error, warning or note (warning)")
	flags.BoolVar(&o.fix, "fix", false, "repair what can be repaired safely, and report the rest")
	flags.BoolVar(&o.unsafeFixes, "unsafe-fixes", false, "with --fix or --diff: apply fixes that are only a guess, too")
	flags.BoolVar(&o.diff, "diff", false, "show what --fix would change, as a unified diff; exit with 1 if there is something")
	flags.StringVar(&o.since, "since", "", "report only what is new since this `COMMIT`, or since the base of the changes at hand: auto")
	flags.BoolVar(&o.noBaseline, "no-baseline", false, "report what is in "+baselineName+", too")
	flags.BoolVar(&o.failOnStale, "fail-on-stale", false, "exit with 1 if "+baselineName+" has findings that are no longer there")
	flags.BoolVar(&o.stats, "stats", false, "count by rule, file and host, and time the rules, on standard error")
	flags.StringVar(&o.stdinFilename, "stdin-filename", "", "treat what - reads from standard input as this `FILE` of the book")
	flags.AddFlagSet(askingFlags(o))
	flags.StringVar(&o.model, "model", "", "ask a language model about claims that the rules leave open: `URL` of a service that speaks OpenAI's protocol, and behind a # the model's name; its key is taken from BOOKCHECK_MODEL_KEY")
	flags.BoolVar(&o.strictNetwork, "strict-network", false, "exit with 1 if a page cannot be judged")
	flags.BoolVar(&o.showAll, "show-all", false, "name every place of a finding that occurs again, and every URL that was not judged")
	flags.BoolVar(&o.suppressed, "sarif-suppressed", false, "write what authors accept into SARIF too")
	flags.StringVar(&o.category, "sarif-category", "", "file the SARIF report under this `NAME`")
	flags.BoolVarP(&o.quiet, "quiet", "q", false, "write findings only, no summary")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "say what was read, and how")
	flags.AddFlagSet(readingFlags(o))
	return flags
}

// askingFlags returns the flags that check and explain have in common, but for those
// of reading.
func askingFlags(o *options) *pflag.FlagSet {
	flags := pflag.NewFlagSet("bookcheck", pflag.ContinueOnError)
	flags.SortFlags = false
	flags.BoolVar(&o.offline, "offline", false, "open no connection")
	flags.StringArrayVar(&o.excludeURL, "exclude-url", nil, "leave alone the URLs in which this `REGEXP` is found; may be repeated")
	flags.AddFlagSet(webFlags(&o.webOptions))
	flags.BoolVar(&o.lock, "lock", false, "keep what is learned about pages in bookcheck.lock beside the book")
	flags.StringVar(&o.now, "now", "", "compare dates with this `DATE` (today)")
	flags.BoolVar(&o.exitZero, "exit-zero", false, "exit with 0 whatever is found; what cannot be done is still an error")
	flags.StringVar(&o.color, "color", "auto", "color the text: `WHEN` is auto, always or never")
	return flags
}

// explainFlags returns the flags of explain.
func explainFlags(o *options) *pflag.FlagSet {
	flags := readingFlags(o)
	flags.AddFlagSet(askingFlags(o))
	return flags
}

// parse reads the arguments. Done tells that they asked for help or the version,
// which was written.
func parse(env *environment, flags *pflag.FlagSet, o *options, args []string) (done bool, err error) {
	if err := flags.Parse(args); err != nil {
		return false, better(err, flags)
	}
	switch {
	case o.help:
		fmt.Fprint(env.stdout, usage, "Flags:\n", describe(checkFlags(&options{})), exitStatus)
		return true, nil
	case o.version:
		sayVersion(env)
		return true, nil
	}
	if o.jobs < 0 {
		return false, fmt.Errorf("--jobs %d: must not be negative", o.jobs)
	}
	return false, oneOf("--dialect", o.dialect, append(dialect.Names(), "")...)
}

// oneOf returns an error if a value is none of some words. A last word of "" stands
// for the flag not being there.
func oneOf(flag, value string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	if last := len(words) - 1; words[last] == "" {
		words = words[:last]
	}
	return fmt.Errorf("%s %s: must be one of %s", flag, value, strings.Join(words, ", "))
}

// describe lists flags, each on a line of its own with its meaning below it.
func describe(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		value, meaning := pflag.UnquoteUsage(f)
		short := "    "
		if f.Shorthand != "" {
			short = "-" + f.Shorthand + ", "
		}
		if f.Value.Type() == "bool" {
			value = ""
		}
		name := strings.TrimRight("  "+short+"--"+f.Name+" "+value, " ")
		fmt.Fprintf(&b, "%s\n        %s\n", name, meaning)
	})
	return b.String()
}

// better names the flag that was perhaps meant.
func better(err error, flags *pflag.FlagSet) error {
	unknown := (*pflag.NotExistError)(nil)
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return err
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if meant := near.New(names).Find(unknown.GetSpecifiedName()); len(meant) > 0 {
		return fmt.Errorf("%w; did you mean --%s?", err, meant[0])
	}
	return fmt.Errorf("%w; bookcheck --help lists the flags", err)
}

// level reads the value of --fail-on. Off: none was given.
func (o *options) level() (bookcheck.Severity, error) {
	level, _ := bookcheck.ParseSeverity(o.failOn)
	return level, oneOf("--fail-on", o.failOn, "error", "warning", "note", "")
}

// skip returns what tells the URLs of --exclude-url.
func (o *options) skip() (func(url string) bool, error) {
	var patterns []*regexp.Regexp
	for _, text := range o.excludeURL {
		pattern, err := regexp.Compile(text)
		if err != nil {
			return nil, fmt.Errorf("--exclude-url: %w", err)
		}
		patterns = append(patterns, pattern)
	}
	return func(url string) bool {
		return slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(url) })
	}, nil
}
