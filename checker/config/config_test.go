package config_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
)

type age int // in months

func (a *age) UnmarshalText(text []byte) error {
	if _, err := fmt.Sscanf(string(text), "%d months", a); err != nil {
		return errors.New(`must be an age such as "12 months"`)
	}
	return nil
}

func (a age) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%d months", int(a)), nil }

type options struct {
	Allow  []string        `yaml:"allow"`
	After  map[string]age  `yaml:"after"`
	Names  map[string]bool `yaml:"names"`
	Most   int             `yaml:"most"`
	Share  float64         `yaml:"share"`
	Strict bool            `yaml:"strict"`
	Style  string          `yaml:"style"`
}

var defaults = options{Allow: []string{"TBD"}, After: map[string]age{"current": 18, "price": 6}, Most: 3}

func known() config.Known {
	return config.Known{
		Rules: []*bookcheck.Rule{
			{Name: "dead-url", Severity: bookcheck.Error},
			{Name: "todo", Severity: bookcheck.Warning, Options: defaults},
			{Name: "unused-label"},
		},
		Dialects:   []string{"myst", "github"},
		Extensions: []string{"amsmath", "colon_fence", "dollarmath", "linkify"},
	}
}

func TestParse(t *testing.T) {
	c, faults := config.Parse("book/.bookcheck.yml", []byte("\ufeff"+strings.ReplaceAll(`
exclude: &out [drafts/, "*.tmp.md"]
links: {exclude: [^https://localhost]}
dialect: myst
extensions: [amsmath, -linkify]
markers: [wip_chapter]
fail-on: error
x-notes: {anything: goes}
rules:
  dead-url: off
  unused-label:
  todo:
    severity: note
    exclude: *out
    allow: [later]
    after: {price: 3 months}
    names: {yes: true, No: false}
    most: 7
    share: 0.5
    strict: True
    style: plain
`, "\n", "\r\n")), known())
	if len(faults) > 0 {
		t.Fatalf("unexpected faults: %+v", faults)
	}
	todo := c.Rules["todo"]
	want := options{
		Allow: []string{"later"}, After: map[string]age{"current": 18, "price": 3},
		Names: map[string]bool{"yes": true, "No": false}, Most: 7, Share: 0.5, Strict: true, Style: "plain",
	}
	if !reflect.DeepEqual(todo.Options, want) {
		t.Errorf("options of todo: got %+v, want %+v", todo.Options, want)
	}
	if defaults.After["price"] != 6 {
		t.Errorf("the defaults of the rule were changed: %+v", defaults)
	}
	for name, check := range map[string]bool{
		"dead-url off":           c.Rules["dead-url"].Severity == bookcheck.Off,
		"unused-label untouched": c.Rules["unused-label"].Severity == bookcheck.Off,
		"todo note":              todo.Severity == bookcheck.Note,
		"todo excludes":          c.Covers(todo.Exclude, "book/a/x.tmp.md"),
		"excludes drafts":        c.Covers(c.Exclude, "book/drafts/a.md"),
		"only below the file":    !c.Covers(c.Exclude, "drafts/a.md"),
		"skips":                  c.Skips("https://localhost:80/") && !c.Skips("http://localhost/"),
		"extensions":             slices.Equal(c.Extensions, []string{"amsmath", "-linkify"}),
		"fail on errors":         c.FailOn == bookcheck.Error,
		"markers":                len(c.Markers) == 1 && c.Dialect == "myst",
	} {
		if !check {
			t.Errorf("not as configured: %s", name)
		}
	}
}

// TestFaults compares what is said about each file with the section after it.
func TestFaults(t *testing.T) {
	const golden = "testdata/faults.txtar"
	archive, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		file, want := archive.Files[i], &archive.Files[i+1]
		_, faults := config.Parse(file.Name, file.Data, known())
		got := []byte(printed(faults))
		if !bytes.Equal(got, want.Data) {
			if os.Getenv("UPDATE") == "" {
				t.Errorf("%s: got\n%swant\n%s(UPDATE=1 rewrites %s)", file.Name, got, want.Data, golden)
			}
			want.Data = got
		}
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(filepath.FromSlash(golden), txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func printed(faults []bookcheck.Fault) string {
	var b strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&b, "%d:%d: %s\n", f.Line, f.Column, f.Message)
		if f.Excerpt != "" && f.Column > 0 {
			fmt.Fprintf(&b, "  %s\n  %*s\n", f.Excerpt, f.Column, "^")
		}
	}
	return b.String()
}

// TestStarter checks that the file for new books says nothing, and that each of
// its examples is understood once it is no comment any more.
func TestStarter(t *testing.T) {
	if _, faults := config.Parse(config.Name, config.Starter, known()); len(faults) > 0 {
		t.Errorf("as it is: %s", printed(faults))
	}
	example := regexp.MustCompile(`(?m)^# ( *[a-z-]+:( .*)?)$`)
	full := example.ReplaceAll(config.Starter, []byte("$1"))
	all := known()
	all.Rules = append(all.Rules, &bookcheck.Rule{Name: "figure-without-alt"})
	c, faults := config.Parse(config.Name, full, all)
	if len(faults) > 0 {
		t.Errorf("as a whole: %s\n%s", printed(faults), full)
	}
	if len(c.Unasked) != 1 || len(c.Extensions) != 2 || c.Rules["todo"].Severity != bookcheck.Note {
		t.Errorf("not all examples are read: %+v", c)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("rules: {todo: {after: {current: 3 months}}}\n"))
	f.Add([]byte("a: &a [*a]\nrules: *a\n"))
	f.Add(config.Starter)
	f.Fuzz(func(t *testing.T, src []byte) {
		_, faults := config.Parse(config.Name, src, known())
		for _, fault := range faults {
			if fault.Line < 0 || fault.Column < 0 || fault.Message == "" {
				t.Errorf("a fault without a place or words: %+v", fault)
			}
		}
	})
}
