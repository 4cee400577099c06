package markdown

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// An extracted element is one thing found, as the labeled cases give it.
type extracted struct {
	Kind   string `json:"kind"`
	Target string `json:"target"`
	Line   int    `json:"line"`
	Col    int    `json:"col"`
}

// extract returns what the command prints of a chapter, of the kinds that the
// labeled cases are complete in.
func extract(c *bookcheck.Chapter) []extracted {
	found := []extracted{}
	add := func(kind, target string, at int) {
		p := c.Position(at)
		found = append(found, extracted{kind, target, p.Line, p.Column})
	}
	for _, l := range c.Links {
		if !l.Undefined {
			add(l.Kind.String(), l.Target, l.Start)
		}
	}
	for _, t := range c.Targets {
		switch t.Kind {
		case bookcheck.Label, bookcheck.Equation, bookcheck.TermDefinition:
			add(t.Kind.String(), t.Name, t.Start)
		}
	}
	for _, t := range c.Todos {
		add("todo", t.Text, t.Start)
	}
	slices.SortStableFunc(found, func(a, b extracted) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Target, b.Target))
	})
	return found
}

// shared returns the path of labeled data that is kept beside the project, and
// skips the test where it is not.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no %s beside the project", name)
	}
	return path
}

func TestLabeledCases(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data/extraction-dev.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Name, Dialect, Markdown string
		Extensions              []string
		Expect                  []extracted
		AltExpect               *[]extracted `json:"alt_expect"`
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if grammars[c.Dialect] == nil {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			syntax := Syntax{Dialect: c.Dialect}
			if c.Dialect == "myst" {
				syntax.Extensions = append(slices.Clone(DefaultExtensions), c.Extensions...)
			}
			parser := New(syntax)
			got := extract(parser.Parse(c.Name+".md", []byte(c.Markdown)))
			if slices.Equal(got, c.Expect) || c.AltExpect != nil && slices.Equal(got, *c.AltExpect) {
				return
			}
			t.Errorf("in\n%s\ngot  %v\nwant %v", c.Markdown, got, c.Expect)
		})
	}
}
