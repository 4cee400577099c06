package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
)

func TestAllows(t *testing.T) {
	tests := []struct{ name, front, want string }{
		{
			"two entries",
			"title: 日本\nbookcheck:\n  allow:\n    - rule: todo\n      reason: wip\n    - {rule: dead-url, reason: moves, until: 2027-03-31}\n",
			"todo (wip) at \"rule: todo\"\ndead-url (moves) until 2027-03-31 at \"{rule: dead-url, reason: moves, until: 2027-03-31}\"\n",
		},
		{"no reason", "bookcheck: {allow: [{rule: todo}]}", "it gives no reason at \"{rule: todo}]}\"\n"},
		{"no rule", "bookcheck: {allow: [{reason: x}]}", "it names no rule at \"{reason: x}]}\"\n"},
		{
			"unknown keys", "bookcheck: {alow: [], allow: [{rule: todo, reason: x, untl: 2026-01-01}]}",
			"unknown key \"alow\"; did you mean \"allow\"? at \"alow: [], allow: [{rule: todo, reason: x, untl: 2026-01-01}]}\"\n" +
				"unknown key \"untl\"; did you mean \"until\"? at \"untl: 2026-01-01}]}\"\n",
		},
		{
			"a bad day", "bookcheck: {allow: [{rule: todo, reason: x, until: 2026-02-30}]}",
			"must be a day such as 2027-01-31, not \"2026-02-30\" at \"2026-02-30}]}\"\n",
		},
		{"not a list", "bookcheck: {allow: todo}", "must be a list, not \"todo\" at \"todo}\"\n"},
		{"not a mapping", "bookcheck: on", "must be a mapping, not \"on\" at \"on\"\n"},
		{"another's", "title: bookcheck", ""},
	}
	for _, test := range tests {
		src := "---\n" + test.front + "\n---\n\nText.\n"
		chapter := bookcheck.NewChapter("a.md", []byte(strings.ReplaceAll(src, "\n", "\r\n")))
		chapter.Meta = map[string]any{"title": "x"}
		if strings.Contains(test.front, "bookcheck:") {
			chapter.Meta["bookcheck"] = "the walker's reading of it"
		}
		var got strings.Builder
		for _, allow := range config.Allows(chapter) {
			if allow.Fault != "" {
				got.WriteString(allow.Fault)
			} else {
				fmt.Fprintf(&got, "%s (%s)", allow.Rule, allow.Reason)
			}
			if !allow.Until.IsZero() {
				got.WriteString(allow.Until.Format(" until 2006-01-02"))
			}
			fmt.Fprintf(&got, " at %q\n", chapter.Text(allow))
		}
		if got.String() != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got.String(), test.want)
		}
	}
}

func FuzzAllows(f *testing.F) {
	f.Add([]byte("---\nbookcheck: {allow: [{rule: todo, reason: x}]}\n---\n"))
	f.Add([]byte("---\nbookcheck: &a {allow: [*a, *a]}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		chapter := bookcheck.NewChapter("a.md", src)
		chapter.Meta = map[string]any{"bookcheck": true}
		whole := bookcheck.Span{End: len(src)}
		for _, allow := range config.Allows(chapter) {
			if !whole.Contains(allow.Span) || allow.Len() < 0 {
				t.Errorf("%v lies outside the chapter of %d bytes", allow.Span, len(src))
			}
		}
	})
}
