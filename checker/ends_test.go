package checker_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// broken reports links that lead nowhere, whatever the reason.
var broken = &bookcheck.Rule{
	Name: "broken", Doc: "# broken: a link", Severity: bookcheck.Error,
	Run: func(pass *bookcheck.Pass) error {
		for _, link := range pass.Chapter.Links {
			if to := pass.Book.Resolve(pass.Chapter, link); to.Outcome > bookcheck.Resolved {
				pass.ReportLink(link, to, "broken: %s", link.Target)
			}
		}
		return nil
	},
}

// A chronicle is a history that is known beforehand.
type chronicle struct {
	old      map[string]string
	moves    []bookcheck.Move
	rewrites map[string][]bookcheck.Rewrite // by file or text
}

func (c *chronicle) Changed(context.Context) ([]string, bool) {
	var files []string
	for file := range c.old {
		files = append(files, file)
	}
	slices.Sort(files)
	return files, c.old != nil
}

func (c *chronicle) Old(_ context.Context, file string) ([]byte, bool) {
	text, ok := c.old[file]
	return []byte(text), ok
}

func (c *chronicle) Moves(context.Context) []bookcheck.Move { return c.moves }

func (c *chronicle) Rewrites(_ context.Context, file, text string) []bookcheck.Rewrite {
	return c.rewrites[file+text]
}

// checked returns what is found under some paths, a line each.
func checked(t *testing.T, past bookcheck.Chronicler, files map[string]string, paths ...string) string {
	t.Helper()
	fsys := make(fstest.MapFS)
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c := checker.Checker{Rules: []*bookcheck.Rule{broken}, Chronicler: past, Now: now}
	result, err := c.Check(t.Context(), fsys, paths)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range result.Diagnostics {
		fmt.Fprintf(&b, "%s:%d: %s", d.Chapter.Path, d.Chapter.Position(d.Span.Start).Line, d.Message)
		for _, fix := range d.Fixes {
			fmt.Fprintf(&b, " [%s]", fix.Edits[0].New)
		}
		b.WriteByte('\n')
	}
	for _, f := range result.Faults {
		fmt.Fprintf(&b, "%s: %s\n", f.Path, f.Message)
	}
	return b.String()
}

var day = time.Date(2024, time.May, 3, 0, 0, 0, 0, time.UTC)

func TestPast(t *testing.T) {
	t.Parallel()
	book := map[string]string{
		"_toc.yml":     "format: jb-book\nroot: a\nchapters:\n- file: sea/waves",
		"_config.yml":  "sphinx:\n  config:\n    myst_heading_anchors: 3",
		"sea/waves.md": "# Waves\n\n## The highest tides\n\n(heights)=\n## Heights\n",
	}
	for _, c := range []struct {
		name, text string
		past       chronicle
		want       string
	}{
		{
			"a file that moved twice", "[x](tides.md#heights) [y](tides)",
			chronicle{moves: []bookcheck.Move{{From: "wave.md", To: "sea/waves.md", Date: day}, {From: "tides.md", To: "wave.md"}}},
			"a.md:1: broken: tides.md#heights; it was renamed to sea/waves.md on 2024-05-03 [sea/waves.md#heights]\n" +
				"a.md:1: broken: tides; it was renamed to sea/waves.md on 2024-05-03 [sea/waves]\n",
		},
		{
			"a heading of the same chapter", "# A\n\n## New one\n\n[x](#old-one)",
			chronicle{rewrites: map[string][]bookcheck.Rewrite{"a.md": {{Old: []string{"## Old one"}, New: []string{"## New one"}}}}},
			"a.md:5: broken: #old-one; it was renamed to \"New one\" (not committed yet) [#new-one]\n",
		},
		{
			"a file that was deleted", "![](tides.png)",
			chronicle{moves: []bookcheck.Move{{From: "tides.png", Date: day}}},
			"a.md:1: broken: tides.png; it was deleted on 2024-05-03\n",
		},
		{
			"a heading that was renamed twice", "[x](sea/waves.md#old-tides)",
			chronicle{rewrites: map[string][]bookcheck.Rewrite{"sea/waves.md": {
				{Old: []string{"## High *tides*!"}, New: []string{"## The highest tides"}, Date: day},
				{Old: []string{"## Old tides", "text"}, New: []string{"## High tides"}, Date: day.AddDate(-1, 0, 0)},
			}}},
			"a.md:1: broken: sea/waves.md#old-tides; it was renamed to \"The highest tides\" on 2024-05-03 [sea/waves.md#the-highest-tides]\n",
		},
		{
			"a heading of which nobody can tell", "[x](sea/waves.md#gone)",
			chronicle{rewrites: map[string][]bookcheck.Rewrite{"sea/waves.md": {
				{Old: []string{"## Gone", "## Lost"}, New: []string{"## The highest tides"}, Date: day},
			}}},
			"a.md:1: broken: sea/waves.md#gone\n",
		},
		{
			"a label", "[](#table) {ref}`table`",
			chronicle{rewrites: map[string][]bookcheck.Rewrite{"(table)=": {
				{Old: []string{"(table)="}, New: []string{"(heights)="}, Date: day},
			}}},
			"a.md:1: broken: #table; it was renamed to \"heights\" on 2024-05-03 [#heights]\n" +
				"a.md:1: broken: table; it was renamed to \"heights\" on 2024-05-03 [heights]\n",
		},
		{
			"nothing is known", "[x](tides.md)",
			chronicle{},
			"a.md:1: broken: tides.md\n",
		},
	} {
		book["a.md"] = c.text
		if got := checked(t, &c.past, book); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

// What was broken before, and what others have broken, is not reported with a file
// that somebody named.
func TestOtherEnds(t *testing.T) {
	t.Parallel()
	book := map[string]string{
		"a.md": "# A\n\n[b](b.md#new) [b](b.md#old) [b](b.md#never) [c](c.md#old) ![](x.png)\n",
		"b.md": "# B\n\n## New\n",
		"c.md": "# C\n",
	}
	before := map[string]string{"b.md": "# B\n\n## Old\n", "c.md": "# C\n\n## Old\n", "x.png": ""}
	for _, c := range []struct {
		name  string
		past  bookcheck.Chronicler
		paths []string
		want  string
	}{
		{"a heading", &chronicle{old: before}, []string{"b.md"}, "a.md:3: broken: b.md#old\na.md:3: broken: x.png\n"},
		{"both", &chronicle{old: before}, []string{"b.md", "c.md"}, "a.md:3: broken: b.md#old\na.md:3: broken: c.md#old\na.md:3: broken: x.png\n"},
		{"a file that is gone", &chronicle{old: before}, []string{"x.png"}, "a.md:3: broken: x.png\n"},
		{"no commit", &chronicle{}, []string{"b.md"}, "a.md:3: broken: b.md#old\na.md:3: broken: b.md#never\n"},
		{"no version control", nil, []string{"c.md"}, "a.md:3: broken: c.md#old\n"},
		{"nothing changed", &chronicle{old: map[string]string{}}, []string{"b.md"}, ""},
		{"a folder", &chronicle{old: before}, []string{"."}, "a.md:3: broken: b.md#old\na.md:3: broken: b.md#never\na.md:3: broken: c.md#old\na.md:3: broken: x.png\n"},
		{"a file that never was", &chronicle{old: before}, []string{"d.md"}, "d.md: file does not exist\n"},
	} {
		if got := checked(t, c.past, book, c.paths...); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}
