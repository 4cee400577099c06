package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// strictly decodes JSON that has the properties of a type and no others.
func strictly[T any](t *testing.T, report []byte) T {
	t.Helper()
	var value T
	decoder := json.NewDecoder(bytes.NewReader(report))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		t.Fatalf("more than one value:\n%s", report)
	}
	return value
}

// isCodeQuality fails unless GitLab would show every issue of a report.
func isCodeQuality(t *testing.T, report []byte) {
	t.Helper()
	if !bytes.HasPrefix(report, []byte("[")) {
		t.Errorf("not an array:\n%s", report)
	}
	seen := make(map[string]bool)
	for _, i := range strictly[[]issue](t, report) {
		if seen[i.Fingerprint] {
			t.Errorf("two issues have the fingerprint %s:\n%s", i.Fingerprint, report)
		}
		seen[i.Fingerprint] = true
		if i.Location.Lines.Begin < 1 || i.Location.Lines.End < i.Location.Lines.Begin || !strings.HasPrefix(i.Description, i.CheckName+": ") {
			t.Errorf("got %+v", i)
		}
		if !slices.Contains([]string{"info", "minor", "major"}, i.Severity) {
			t.Errorf("GitLab knows no severity %q", i.Severity)
		}
	}
}

// A finding is known again when lines are added above it, and two of a kind are
// told apart.
func TestCodeQualityFingerprints(t *testing.T) {
	prints := func(before string) (all []string) {
		c := bookcheck.NewChapter("a.md", []byte(before+"A statement. A statement.\n"))
		r := &bookcheck.Result{}
		for nth := range 2 {
			r.Diagnostics = append(r.Diagnostics, bookcheck.Diagnostic{
				Rule: stale, Chapter: c, Severity: bookcheck.Warning, Message: "old", Span: in(c, "A statement", nth),
			})
		}
		var out bytes.Buffer
		if err := GitLab(&out, r, Style{}); err != nil {
			t.Fatal(err)
		}
		for _, i := range strictly[[]issue](t, out.Bytes()) {
			all = append(all, i.Fingerprint)
		}
		return all
	}
	plain, moved := prints(""), prints("# Title\r\n\r\n")
	if !slices.Equal(plain, moved) || plain[0] == plain[1] {
		t.Errorf("got %v, then %v further down", plain, moved)
	}
}

// isJUnit fails unless a report is XML whose numbers are right and whose cases can
// be told apart.
func isJUnit(t *testing.T, report []byte) {
	t.Helper()
	var r junitReport
	decoder := xml.NewDecoder(bytes.NewReader(report))
	if err := decoder.Decode(&r); err != nil {
		t.Fatalf("%v\n%s", err, report)
	}
	cases := 0
	for _, s := range r.Suites {
		names := make(map[string]bool)
		for _, c := range s.Cases {
			if names[c.Name] {
				t.Errorf("two cases of %q are called %q", s.Name, c.Name)
			}
			names[c.Name] = true
		}
		if s.Tests != len(s.Cases) || s.Tests == 0 {
			t.Errorf("suite %q counts %d cases and has %d", s.Name, s.Tests, len(s.Cases))
		}
		cases += len(s.Cases)
	}
	if r.Tests != cases {
		t.Errorf("the report counts %d cases and has %d", r.Tests, cases)
	}
}

// What a file broke in another is a case too, though only the first was reported on.
func TestJUnitElsewhere(t *testing.T) {
	r := book()
	r.Reported = r.Reported[:1]
	for i := range r.Diagnostics[:4] {
		r.Diagnostics[i].Allowed = nil
	}
	if got := text(t, JUnit, r, Style{}); strings.Count(got, "<failure ")+strings.Count(got, "<skipped ") != len(r.Diagnostics) {
		t.Errorf("not every finding is a case:\n%s", got)
	}
}

// isRDJSON fails unless reviewdog would read a report.
func isRDJSON(t *testing.T, report []byte) {
	t.Helper()
	for _, d := range strictly[rdReport](t, report).Diagnostics {
		ranges := []rdRange{d.Location.Range}
		for _, s := range d.Suggestions {
			ranges = append(ranges, s.Range)
		}
		for _, r := range ranges {
			backwards := r.End.Line < r.Start.Line || r.End.Line == r.Start.Line && r.End.Column < r.Start.Column
			if r.Start.Line < 1 || r.Start.Column < 1 || backwards {
				t.Errorf("not a range: %+v", r)
			}
		}
		if !slices.Contains([]string{"ERROR", "WARNING", "INFO"}, d.Severity) {
			t.Errorf("reviewdog knows no severity %q", d.Severity)
		}
	}
}

// A suggestion, cut out and put in as reviewdog does it, is what the fix makes of
// the line: with a byte order mark, with several edits, in every script.
func TestSuggestions(t *testing.T) {
	c := bookcheck.NewChapter("a.md", []byte("\ufeff日本 grey and 👩‍🔬 grey here\r\nnext line\r\n"))
	other := bookcheck.Fix{Title: "Remove the next line", Edits: []bookcheck.Edit{{Span: in(c, "next line", 0)}}}
	both := bookcheck.Fix{Title: "Write gray", Edits: []bookcheck.Edit{
		{Span: in(c, "grey", 0), New: "gray"}, {Span: in(c, "grey", 1), New: "gray"},
	}}
	d := &bookcheck.Diagnostic{Rule: todo, Chapter: c, Span: in(c, "grey", 0), Fixes: []bookcheck.Fix{both, {Title: "Think"}, other}}
	all := suggestions(d)
	if len(all) != 1 {
		t.Fatalf("got %d suggestions, want 1: those for other lines cannot be shown", len(all))
	}
	line := string(c.Source[:bytes.IndexByte(c.Source, '\r')])
	got := line[:all[0].Range.Start.Column-1] + all[0].Text + line[all[0].Range.End.Column-1:]
	if want := "\ufeff日本 gray and 👩‍🔬 gray here"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func isFindings(t *testing.T, report []byte) {
	t.Helper()
	validate(t, schemas[".json"], report)
}

func isSARIF(t *testing.T, report []byte) {
	t.Helper()
	validate(t, schemas[".sarif"], report)
}

// Programs find the schema of the JSON report at an address that does not change.
func TestSchemaAddress(t *testing.T) {
	const address = "https://raw.githubusercontent.com/bookcheck/bookcheck/main/report/findings.schema.json"
	for _, file := range []string{"findings.schema.json", "../docs/formats.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte(address)) {
			t.Errorf("%s does not name %s", file, address)
		}
	}
}
