package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/report"
	"github.com/bookcheck/bookcheck/rules"
)

// listRules prints a line for each rule.
func listRules(_ context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() > 0 {
		return trouble, errors.New("rules takes no argument: bookcheck explain RULE prints one of them")
	}
	table := tabwriter.NewWriter(env.stdout, 0, 0, 2, ' ', 0)
	for _, rule := range rules.All() {
		fmt.Fprintf(table, "%s\t%s\t%s\n", rule.Name, rule.Severity, rule.Summary())
	}
	return clean, table.Flush()
}

// explain prints the page of a rule, how a page on the web is judged, or what is known
// of a line.
func explain(ctx context.Context, env *environment, args []string) (int, error) {
	o := &options{noBaseline: true}
	flags := explainFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() != 1 {
		return trouble, errors.New("explain: name one rule, URL or FILE:LINE; bookcheck rules lists the rules")
	}
	about := flags.Arg(0)
	var names []string
	for _, rule := range rules.All() {
		if rule.Name == about {
			_, err := io.WriteString(env.stdout, report.Page(rule))
			return clean, err
		}
		names = append(names, rule.Name)
	}
	place, isPlace := parseSpot(env.dir, about)
	switch meant := near.New(names).Find(about); {
	case strings.Contains(about, "://") && o.offline:
		return trouble, errors.New("explain: how a page is judged cannot be told --offline")
	case strings.Contains(about, "://"):
		return explainURL(ctx, env, &o.webOptions, about)
	case isPlace:
		return explainSpot(ctx, env, o, place)
	case isFile(env.dir, about):
		return trouble, fmt.Errorf("explain: say which line of %s: %s:1", about, about)
	case len(meant) > 0:
		return trouble, fmt.Errorf("explain: no rule is called %q; did you mean %q?", about, meant[0])
	default:
		return trouble, fmt.Errorf("explain: no rule is called %q; bookcheck rules lists them", about)
	}
}
