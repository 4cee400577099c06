package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestReportLink(t *testing.T) {
	chapter := bookcheck.NewChapter("a.md", []byte("See [it](tdies) and []().\n"))
	written := &bookcheck.Link{Span: bookcheck.Span{Start: 4, End: 15}, Dest: bookcheck.Span{Start: 9, End: 14}, Target: "tdies"}
	empty := &bookcheck.Link{Span: bookcheck.Span{Start: 20, End: 24}, Dest: bookcheck.Span{Start: 23, End: 23}}
	for _, c := range []struct {
		name    string
		link    *bookcheck.Link
		near    []string
		message string
		at      string
		fixes   int
	}{
		{"nothing near", written, nil, `no label "tdies"`, "tdies", 0},
		{"one name near", written, []string{"tides"}, `no label "tdies"; did you mean "tides"?`, "tdies", 1},
		{"two names near", written, []string{"tides", "ties"}, `no label "tdies"; did you mean "tides" or "ties"?`, "tdies", 0},
		{"four names near", written, []string{"a", "b", "c", "d"}, `no label "tdies"; did you mean "a", "b" or "c"?`, "tdies", 0},
		{"nothing written", empty, []string{"tides"}, `no label ""; did you mean "tides"?`, "[]()", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got bookcheck.Diagnostic
			pass := &bookcheck.Pass{Chapter: chapter, Report: func(d bookcheck.Diagnostic) { got = d }}
			pass.ReportLink(c.link, bookcheck.Resolution{Outcome: bookcheck.Missing, Near: c.near}, "no label %q", c.link.Target)
			if got.Message != c.message {
				t.Errorf("got message %q, want %q", got.Message, c.message)
			}
			if at := chapter.Text(got.Span); at != c.at {
				t.Errorf("got %q underlined, want %q", at, c.at)
			}
			if len(got.Fixes) != c.fixes {
				t.Errorf("got fixes %v, want %d", got.Fixes, c.fixes)
			}
			for _, fix := range got.Fixes {
				if fix.Safe || fix.Edits[0].New != c.near[0] || fix.Edits[0].Span != c.link.Dest {
					t.Errorf("got fix %v, want one that is not safe and writes %q over the destination", fix, c.near[0])
				}
			}
		})
	}
}

func TestValidate(t *testing.T) {
	good := func(name string) *bookcheck.Rule {
		return &bookcheck.Rule{Name: name, Doc: "# " + name + ": a summary\n"}
	}
	for _, c := range []struct {
		name  string
		rules []*bookcheck.Rule
		want  string
	}{
		{"good", []*bookcheck.Rule{good("a"), good("b-c")}, ""},
		{"no title", []*bookcheck.Rule{{Name: "a", Doc: "a rule\n"}}, `rule "a": its documentation does not begin with "# name: summary"`},
		{"another's title", []*bookcheck.Rule{{Name: "a", Doc: good("b").Doc}}, `rule "a": its documentation is about "b"`},
		{"twice", []*bookcheck.Rule{good("a"), good("a")}, `rule "a" is declared twice`},
		{"options", []*bookcheck.Rule{{Name: "a", Doc: good("a").Doc, Options: 1}}, `rule "a": its options are a int, not a struct`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if err := bookcheck.Validate(c.rules); err != nil {
				got = err.Error()
			}
			if got != c.want {
				t.Errorf("got error %q, want %q", got, c.want)
			}
		})
	}
	if got := good("a").Summary(); got != "a summary" {
		t.Errorf("got summary %q, want %q", got, "a summary")
	}
}
