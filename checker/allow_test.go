package checker_test

import (
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/config"
)

func TestAllow(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{
			"the next block and no other",
			"<!-- bookcheck:allow word: it is quoted -->\nflaw\nand flaw\n\nthen flaw\n",
			[]string{
				"a.md:2:1: warning[word] there is a flaw (allowed: it is quoted)",
				"a.md:3:5: warning[word] there is a flaw (allowed: it is quoted)",
				"a.md:5:6: warning[word] there is a flaw",
			},
		},
		{
			"the same line",
			"a\nflaw <!-- bookcheck:allow word: here -->\nflaw\n",
			[]string{"a.md:2:1: warning[word] there is a flaw (allowed: here)", "a.md:3:1: warning[word] there is a flaw"},
		},
		{
			"the whole file",
			"flaw\n\n<!-- bookcheck:allow-file word: a list of words -->\n\nflaw\n",
			[]string{
				"a.md:1:1: warning[word] there is a flaw (allowed: a list of words)",
				"a.md:5:1: warning[word] there is a flaw (allowed: a list of words)",
			},
		},
		{
			"front matter",
			"---\nbookcheck: {allow: [{rule: word, reason: all of it}]}\n---\nflaw\n",
			[]string{"a.md:4:1: warning[word] there is a flaw (allowed: all of it)"},
		},
		{
			"unused",
			"<!-- bookcheck:allow word: nothing -->\n\ntext\n",
			[]string{"a.md:1:1: warning[unused-allow] the permission for word accepts nothing"},
		},
		{
			"its last day is today",
			"<!-- bookcheck:allow word until 2026-11-23: soon -->\nflaw\n",
			[]string{"a.md:2:1: warning[word] there is a flaw (allowed: soon)"},
		},
		{
			"its last day was yesterday",
			"<!-- bookcheck:allow word until 2026-11-22: soon -->\nflaw\n",
			[]string{
				"a.md:1:1: warning[expired-allow] the permission for word ended on 2026-11-22",
				"a.md:2:1: warning[word] there is a flaw",
			},
		},
		{
			"unknown rules and reasons",
			"<!-- bookcheck:allow wort: x -->\n\n<!-- bookcheck:allow nonsense: x -->\n\n<!-- bookcheck:allow word -->\nflaw\n",
			[]string{
				`a.md:1:1: warning[unknown-allow] no rule is called "wort"; did you mean "word"?`,
				`a.md:3:1: warning[unknown-allow] no rule is called "nonsense"`,
				"a.md:5:1: warning[unknown-allow] not understood: it gives no reason: write allow RULE: REASON",
				"a.md:6:1: warning[word] there is a flaw",
			},
		},
		{
			"what is said about permissions can be accepted",
			"<!-- bookcheck:allow-file unused-allow: a template -->\n\n<!-- bookcheck:allow word: to be filled in -->\n\ntext\n",
			[]string{"a.md:3:1: warning[unused-allow] the permission for word accepts nothing (allowed: a template)"},
		},
		{
			"and that, too, can be unused",
			"<!-- bookcheck:allow-file unused-allow: a template -->\n\ntext\n",
			[]string{"a.md:1:1: warning[unused-allow] the permission for unused-allow accepts nothing"},
		},
		{
			"at the end of the file",
			"<!-- bookcheck:allow word: last -->\nflaw",
			[]string{"a.md:2:1: warning[word] there is a flaw (allowed: last)"},
		},
	}
	for _, test := range tests {
		result := check(t, &checker.Checker{}, books("-- a.md --\n"+test.text))
		t.Run(test.name, func(t *testing.T) { want(t, result, test.want...) })
	}
}

// TestSilenceThatMeansNothing checks that a permission is not called unused where
// its rule could not judge.
func TestSilenceThatMeansNothing(t *testing.T) {
	fsys := books("-- a.md --\n<!-- bookcheck:allow gone: it comes back -->\n\n[a](https://a.test) [b](https://b.test)\n")
	const unused = "a.md:1:1: warning[unused-allow] the permission for gone accepts nothing"
	skip := func(string) bool { return true }
	for _, test := range []struct {
		name    string
		checker checker.Checker
		want    []string
	}{
		{"offline", checker.Checker{}, nil},
		{"alive", checker.Checker{Fetcher: web{"https://a.test": bookcheck.Alive, "https://b.test": bookcheck.Alive}}, []string{unused}},
		{"one unsure", checker.Checker{Fetcher: web{"https://a.test": bookcheck.Alive, "https://b.test": bookcheck.Unsure}}, nil},
		{"one unknown", checker.Checker{Fetcher: web{"https://a.test": bookcheck.Alive}}, nil},
		{"left alone", checker.Checker{Fetcher: web{}, Skip: skip}, nil},
		{"off", checker.Checker{Config: without("gone")}, nil},
		{"used", checker.Checker{Fetcher: web{"https://a.test": bookcheck.Dead}}, []string{"a.md:3:5: error[gone] gone: https://a.test (allowed: it comes back)"}},
	} {
		test.checker.Historian = dater{new(int)}
		result := check(t, &test.checker, fsys)
		t.Run(test.name, func(t *testing.T) { want(t, result, test.want...) })
	}
	lines := books("-- a.md --\n<!-- bookcheck:allow old: it is a quotation -->\n\ntext\n")
	want(t, check(t, &checker.Checker{}, lines))
	want(t, check(t, &checker.Checker{Historian: dater{new(int)}}, lines),
		"a.md:1:1: warning[unused-allow] the permission for old accepts nothing")
}

// without returns a configuration that switches a rule off.
func without(name string) *config.Config {
	c := config.Default(driverRules())
	c.Rules[name] = config.Rule{}
	return c
}

// TestDaysAreThoseOfUTC checks that a permission ends at the same instant for all.
func TestDaysAreThoseOfUTC(t *testing.T) {
	fsys := books("-- a.md --\n<!-- bookcheck:allow word until 2026-11-23: soon -->\nflaw\n")
	east := time.FixedZone("east", 9*60*60)
	result := check(t, &checker.Checker{Now: time.Date(2026, 11, 24, 8, 59, 0, 0, east)}, fsys)
	want(t, result, "a.md:2:1: warning[word] there is a flaw (allowed: soon)")
}
