package checker_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// TestMatch checks what is new, and what is left of what was known.
func TestMatch(t *testing.T) {
	for _, test := range []struct {
		name, then, now string
		paths           []string
		fresh           []string
		left            int
		moved           int
	}{
		{"nothing", "-- a.md --\nflaw\n", "-- a.md --\nflaw\n", nil, nil, 0, 0},
		{"other lines", "-- a.md --\nflaw\n", "-- a.md --\ntext\n\n  flaw\n", nil, nil, 0, 0},
		{"one more", "-- a.md --\nflaw\n", "-- a.md --\n" + strings.Repeat("flaw\n\n", 2), nil, []string{"a.md:3"}, 0, 0},
		{"one fewer", "-- a.md --\n" + strings.Repeat("flaw\n\n", 2), "-- a.md --\nflaw\n", nil, nil, 1, 0},
		{"another sentence", "-- a.md --\nA flaw.\n", "-- a.md --\nThe flaw.\n", nil, []string{"a.md:1"}, 1, 0},
		{"the file has moved", "-- a.md --\nflaw\n", "-- b/c.md --\nflaw\n", nil, nil, 0, 1},
		{"the text has moved", "-- a.md --\nflaw\n-- b.md --\ntext\n", "-- a.md --\ntext\n-- b.md --\nflaw\n", nil, nil, 0, 1},
		{"a copy", "-- a.md --\nflaw\n", "-- a.md --\nflaw\n-- b.md --\nflaw\n", nil, []string{"b.md:1"}, 0, 0},
		{
			"a copy of what was not looked at", "-- a.md --\nflaw\n", "-- a.md --\nflaw\n-- b.md --\nflaw\n",
			[]string{"b.md"},
			[]string{"b.md:1"},
			1, 0,
		},
		{
			"a permission is gone", "-- a.md --\nflaw <!-- bookcheck:allow word: it is a quotation -->\n", "-- a.md --\nflaw\n",
			nil,
			[]string{"a.md:1"},
			0, 0,
		},
	} {
		c := &checker.Checker{Rules: []*bookcheck.Rule{words}, Now: now}
		past, err := c.Past(t.Context(), books(test.then), books(test.now), nil)
		if err != nil {
			t.Fatal(err)
		}
		result, err := c.Check(t.Context(), books(test.now), test.paths)
		if err != nil {
			t.Fatal(err)
		}
		known, left, moved := past.Known.Match(result)
		var fresh []string
		for i, d := range result.Diagnostics {
			if known[i] || d.Allowed != nil {
				continue
			}
			fresh = append(fresh, fmt.Sprintf("%s:%d", d.Chapter.Path, d.Chapter.Position(d.Span.Start).Line))
		}
		if strings.Join(fresh, " ") != strings.Join(test.fresh, " ") || len(left) != test.left || len(moved) != test.moved {
			t.Errorf("%s: got %v, %d left, %d moved; want %v, %d, %d", test.name, fresh, len(left), len(moved), test.fresh, test.left, test.moved)
		}
	}
}

// TestPastObeysToday checks that what a new configuration asks for was there
// before, and that links are remembered with their fragment.
func TestPastObeysToday(t *testing.T) {
	c := &checker.Checker{Rules: []*bookcheck.Rule{words}, Now: now}
	then := books("-- a.md --\nflaw <https://a.test/#b>\n-- .bookcheck.yml --\nnonsense: true\n-- a.bib --\n@misc{b, eprint = {2307.09288}, archiveprefix = {arXiv}}\n")
	past, err := c.Past(t.Context(), then, books("-- .bookcheck.yaml --\nrules: {word: error}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(past.Known) != 1 || !past.Links("https://a.test/#b") || past.Links("https://a.test/") || !past.Links("https://arxiv.org/abs/2307.09288") {
		t.Errorf("got %v", past)
	}
}
