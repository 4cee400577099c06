package markdown

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/bookcheck/bookcheck"
)

type truthPlace struct{ Line, Col int }

// secondOnLine is where the second of two equal links on a line really stands.
var secondOnLine = map[string]map[int]int{"eval-datasets.md": {24: 38, 34: 42}}

// TestPremAI compares what is found in a real book with what was labeled by hand.
func TestPremAI(t *testing.T) {
	data, err := os.ReadFile(shared(t, "data/premai-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Config struct{ Extensions []string }
		Files  map[string]struct {
			Todos []struct {
				Text string
				truthPlace
			}
			Links []struct {
				Target, Style string
				Empty         bool `json:"empty_text"`
				truthPlace
			}
			Images []struct {
				Target string
				truthPlace
			}
			Cites []struct {
				Keys []string
				truthPlace
			}
			Terms []struct {
				Term string
				truthPlace
			}
			Refs []struct {
				Target string
				truthPlace
			}
			Labels []struct {
				Name string
				truthPlace
			}
			Substitutions []struct {
				Expr string
				truthPlace
			}
			Headings []struct {
				Level, Line int
				Text        string
			}
		}
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	parser := New(Syntax{Dialect: "myst", Extensions: truth.Config.Extensions})
	for name, want := range truth.Files {
		source, err := os.ReadFile(shared(t, filepath.Join("corpora", "premai", name)))
		if err != nil {
			t.Fatal(err)
		}
		c := parser.Parse(name, source)
		var wants []string
		add := func(kind, text string, p truthPlace) {
			wants = append(wants, fmt.Sprintf("%d:%d %s %s", p.Line, p.Col, kind, text))
		}
		for i, l := range want.Links {
			if i > 0 && l == want.Links[i-1] { // the labels have two equal links of a line in one place
				l.Col = secondOnLine[name][l.Line]
			}
			add("link", l.Target, l.truthPlace)
		}
		for _, l := range want.Images {
			add("image", l.Target, l.truthPlace)
		}
		for _, x := range want.Cites {
			add("cite", x.Keys[0], x.truthPlace)
		}
		for _, x := range want.Terms {
			add("term", x.Term, x.truthPlace)
		}
		for _, x := range want.Refs {
			add("ref", x.Target, x.truthPlace)
		}
		for _, x := range want.Labels {
			add("label", x.Name, x.truthPlace)
		}
		for _, x := range want.Substitutions {
			add("substitution", x.Expr, x.truthPlace)
		}
		for _, x := range want.Todos {
			add("todo", x.Text, x.truthPlace)
		}
		for _, h := range want.Headings {
			wants = append(wants, fmt.Sprintf("%d heading %d", h.Line, h.Level))
		}
		compare(t, name, wants, describeChapter(c))
	}
}

// describeChapter lists what was found as the labels have it: a citation by its
// first key, at the role.
func describeChapter(c *bookcheck.Chapter) []string {
	var got []string
	add := func(kind, text string, at int) {
		p := c.Position(at)
		got = append(got, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, kind, text))
	}
	for _, l := range c.Links {
		if l.Undefined {
			continue
		}
		switch l.Kind {
		case bookcheck.Cite:
			open := l.Start - len("{"+l.Name+"}`")
			if string(c.Source[max(open, 0):l.Start]) == "{"+l.Name+"}`" {
				add("cite", l.Target, open)
			}
		case bookcheck.HTMLLink, bookcheck.HTMLImage, bookcheck.FootnoteRef, bookcheck.Include:
		default:
			add(l.Kind.String(), l.Target, l.Start)
		}
	}
	for _, t := range c.Targets {
		if t.Kind == bookcheck.Label {
			add("label", t.Name, t.Start)
		}
	}
	for _, t := range c.Todos {
		add("todo", t.Text, t.Start)
	}
	for _, h := range c.Headings {
		got = append(got, fmt.Sprintf("%d heading %d", c.Position(h.Start).Line, h.Level))
	}
	return got
}

func compare(t *testing.T, name string, want, got []string) {
	t.Helper()
	slices.Sort(want)
	slices.Sort(got)
	for _, w := range want {
		if _, found := slices.BinarySearch(got, w); !found {
			t.Errorf("%s: missing %s", name, w)
		}
	}
	for _, g := range got {
		if _, found := slices.BinarySearch(want, g); !found {
			t.Errorf("%s: unexpected %s", name, g)
		}
	}
}
