package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A statistic counts findings by level.
type statistic struct{ errors, warnings, notes, allowed int }

func (s *statistic) add(d *bookcheck.Diagnostic) {
	switch {
	case d.Allowed != nil:
		s.allowed++
	case d.Severity == bookcheck.Error:
		s.errors++
	case d.Severity == bookcheck.Warning:
		s.warnings++
	default:
		s.notes++
	}
}

func (s *statistic) total() int { return s.errors + s.warnings + s.notes + s.allowed }

// precision is how exactly times are shown; rules that take less are not.
const precision = 10 * time.Microsecond

// statistics writes how many findings there are by rule and by file, how long each
// rule took, and what the hosts answered.
func statistics(w io.Writer, r *bookcheck.Result) {
	rules, files := make(map[string]*statistic), make(map[string]*statistic)
	count := func(in map[string]*statistic, name string, d *bookcheck.Diagnostic) {
		if in[name] == nil {
			in[name] = &statistic{}
		}
		in[name].add(d)
	}
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		count(rules, d.Rule.Name, d)
		count(files, d.Chapter.Path, d)
	}
	for name, spent := range r.Stats.Spent {
		if rules[name] == nil && spent >= precision {
			rules[name] = &statistic{}
		}
	}
	levels(w, "rule", rules, r.Stats.Spent)
	levels(w, "file", files, nil)
	hosts(w, r)
}

// levels writes a table of findings, the largest number first.
func levels(w io.Writer, what string, counts map[string]*statistic, spent map[string]time.Duration) {
	if len(counts) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(counts[b].total()-counts[a].total(), cmp.Compare(spent[b], spent[a]))
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	heading := "errors\twarnings\tnotes\tallowed\t"
	if spent != nil {
		heading += "time\t"
	}
	fmt.Fprintf(table, "%s  %s\n", heading, what)
	for _, name := range names {
		c := counts[name]
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t", c.errors, c.warnings, c.notes, c.allowed)
		if spent != nil {
			fmt.Fprintf(table, "%s\t", spent[name].Round(precision))
		}
		fmt.Fprintf(table, "  %s\n", name)
	}
	_ = table.Flush() // there is nowhere left to say that this failed
	fmt.Fprintln(w)
}

// hosts writes what each host answered.
func hosts(w io.Writer, r *bookcheck.Result) {
	type answers struct{ alive, dead, unsure, cached int }
	counts := make(map[string]*answers)
	for address, page := range r.Pages {
		host := address
		if parsed, err := url.Parse(address); err == nil {
			host = strings.TrimPrefix(parsed.Hostname(), "www.")
		}
		if counts[host] == nil {
			counts[host] = &answers{}
		}
		c := counts[host]
		switch page.Verdict {
		case bookcheck.Alive:
			c.alive++
		case bookcheck.Dead:
			c.dead++
		case bookcheck.Unsure:
			c.unsure++
		}
		if page.Cached {
			c.cached++
		}
	}
	if len(counts) == 0 {
		return
	}
	names := slices.Sorted(maps.Keys(counts))
	slices.SortStableFunc(names, func(a, b string) int {
		x, y := counts[a], counts[b]
		return cmp.Or(y.dead-x.dead, y.unsure-x.unsure, y.alive-x.alive)
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(table, "alive\tdead\tnot judged\tfrom cache\t  host\n")
	for _, name := range names {
		c := counts[name]
		fmt.Fprintf(table, "%d\t%d\t%d\t%d\t  %s\n", c.alive, c.dead, c.unsure, c.cached, name)
	}
	_ = table.Flush() // as above
	fmt.Fprintln(w)
}
