package report

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestFaults(t *testing.T) {
	faults := []bookcheck.Fault{
		{Message: "git is not there"},
		{Path: "content/a.md", Message: "permission denied"},
		{Path: "content/a.md", Line: 3, Message: "not valid YAML: a\ttab"},
		{Path: ".bookcheck.yml", Line: 2, Column: 7, Message: `unknown key "x"`, Excerpt: "  日本: {x: 1}"},
		{Path: ".bookcheck.yml", Line: 2, Column: 70, Message: "too far", Excerpt: "\x1b[31ma"},
	}
	const want = `bookcheck: git is not there
bookcheck: ../content/a.md: permission denied
bookcheck: ../content/a.md:3: not valid YAML: a tab
bookcheck: ../.bookcheck.yml:2:7: unknown key "x"
      日本: {x: 1}
            ^
bookcheck: ../.bookcheck.yml:2:70: too far
    ` + "\ufffd" + `[31ma
          ^
`
	var got strings.Builder
	if err := Faults(&got, faults, Style{Dir: "docs"}); err != nil {
		t.Fatal(err)
	}
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestNamesStartWithThePrefix(t *testing.T) {
	terminal := newTerminal(nil, Style{Prefix: "../books/tides"})
	if got := terminal.name("a/b.md"); got != "../books/tides/a/b.md" {
		t.Errorf("got %s", got)
	}
}
