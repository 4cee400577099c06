package config_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck/checker/config"
)

// What is shown is a configuration that says the same, and names the place of each
// value.
func TestShow(t *testing.T) {
	src := []byte(`exclude: &out [drafts/, "*.tmp.md"]
links: {exclude: [^https://localhost]}
rules:
  dead-url: off
  todo:
    exclude: *out # for now
    after: {price: 3 months}
    style: |
      a: b
      # c
markers:
  - wip_chapter
extensions: [amsmath, -linkify]
fail-on: ~
`)
	c, faults := config.Parse("a/.bookcheck.yml", src, known())
	if len(faults) > 0 {
		t.Fatalf("unexpected faults: %+v", faults)
	}
	shown := config.Show(c, src, known())
	again, faults := config.Parse("a/.bookcheck.yml", shown, known())
	if len(faults) > 0 || same(again) != same(c) {
		t.Errorf("got %s, %v, want %s, of\n%s", same(again), faults, same(c), shown)
	}
	for _, want := range []string{
		"exclude: [drafts/, \"*.tmp.md\"] # a/.bookcheck.yml:1\n",
		"  dead-url: \"off\" # a/.bookcheck.yml:4\n",
		"    severity: warning # default\n",
		"    exclude: [drafts/, \"*.tmp.md\"] # a/.bookcheck.yml:6\n",
		"    after: {current: 18 months, price: 3 months} # a/.bookcheck.yml:7\n",
		"    allow: [TBD] # default\n",
		"fail-on: warning # default\n",
		"markers: [wip_chapter] # a/.bookcheck.yml:11\n",
	} {
		if !strings.Contains(string(shown), want) {
			t.Errorf("it lacks %q:\n%s", want, shown)
		}
	}

	defaults := config.Default(known().Rules)
	again, faults = config.Parse("", config.Show(defaults, nil, known()), known())
	if len(faults) > 0 || same(again) != same(defaults) {
		t.Errorf("got %s, %v, want %s", same(again), faults, same(defaults))
	}
}

// same is equal for configurations of which one has an empty list and the other none.
func same(c *config.Config) string { return fmt.Sprintf("%+v", *c) }
