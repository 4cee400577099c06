package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// JUnit's elements, with the attributes that GitLab, Jenkins and others read.
type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	File      string        `xml:"file,attr,omitempty"`
	Line      int           `xml:"line,attr,omitempty"`
	Failure   *junitOutcome `xml:"failure"`
	Error     *junitOutcome `xml:"error"`
	Skipped   *junitOutcome `xml:"skipped"`
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// JUnit writes the result as tests: a suite for each file and a case for each
// finding. A file without findings is a case that passes, so that a clean run can
// be told from none. Notes never fail a run; they are cases that were skipped.
func JUnit(w io.Writer, r *bookcheck.Result, _ Style) error {
	report := junitReport{Name: "bookcheck"}
	files := slices.Clone(r.Reported)
	byFile := make(map[*bookcheck.Chapter][]*bookcheck.Diagnostic)
	for _, d := range live(r) {
		if byFile[d.Chapter] == nil && !slices.Contains(r.Reported, d.Chapter) {
			files = append(files, d.Chapter) // broken by another that was reported on
		}
		byFile[d.Chapter] = append(byFile[d.Chapter], d)
	}
	slices.SortStableFunc(files, func(a, b *bookcheck.Chapter) int { return strings.Compare(a.Path, b.Path) })
	if len(r.Faults) > 0 {
		report.add(faultSuite(r.Faults))
	}
	for _, c := range files {
		report.add(fileSuite(c, byFile[c]))
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (r *junitReport) add(s junitSuite) {
	s.Tests = len(s.Cases)
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Error != nil:
			s.Errors++
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	r.Tests += s.Tests
	r.Failures += s.Failures
	r.Errors += s.Errors
	r.Skipped += s.Skipped
	r.Suites = append(r.Suites, s)
}

// faultSuite makes errors of what could not be done.
func faultSuite(faults []bookcheck.Fault) junitSuite {
	s := junitSuite{Name: "bookcheck"}
	names := make(map[string]int)
	for _, fault := range faults {
		message := clean(fault.Message)
		s.Cases = append(s.Cases, junitCase{
			ClassName: "bookcheck", Name: numbered(message, names), File: visible(fault.Path), Line: fault.Line,
			Error: &junitOutcome{Message: message},
		})
	}
	return s
}

func fileSuite(c *bookcheck.Chapter, found []*bookcheck.Diagnostic) junitSuite {
	file := visible(c.Path)
	s := junitSuite{Name: file}
	if len(found) == 0 {
		s.Cases = []junitCase{{ClassName: file, Name: "no findings", File: file}}
	}
	names := make(map[string]int)
	for _, d := range found {
		at := c.Position(d.Span.Start)
		outcome := &junitOutcome{Message: clean(d.Message), Type: d.Rule.Name, Text: caseText(d, at)}
		test := junitCase{ClassName: file, Name: numbered(d.Rule.Name+": "+outcome.Message, names), File: file, Line: at.Line}
		if d.Severity <= bookcheck.Note {
			outcome.Type = ""
			test.Skipped = outcome
		} else {
			test.Failure = outcome
		}
		s.Cases = append(s.Cases, test)
	}
	return s
}

// caseText says all about a finding that its message does not.
func caseText(d *bookcheck.Diagnostic, at bookcheck.Position) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s:%d:%d: %s[%s] %s\n", visible(d.Chapter.Path), at.Line, at.Column, d.Severity, d.Rule.Name, clean(d.Message))
	for _, line := range d.Evidence {
		out.WriteString(clean(line) + "\n")
	}
	for _, fix := range d.Fixes {
		out.WriteString("fix: " + describe(fix) + "\n")
	}
	return out.String()
}

// numbered returns a name that no other case of the suite has. It holds no line, so
// that a case is known again after an edit.
func numbered(name string, seen map[string]int) string {
	seen[name]++
	if n := seen[name]; n > 1 {
		return name + " (" + strconv.Itoa(n) + ")"
	}
	return name
}
