// Package bibmetadata declares the bib-metadata rule.
package bibmetadata

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports entries of a bibliography whose own fields contradict each other, or
// the page that they lead to.
var Rule = &bookcheck.Rule{
	Name:     "bib-metadata",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status | bookcheck.Metadata,
	Select:   fromBibliography,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	if len(pass.Chapter.Works) == 0 {
		return nil
	}
	for _, work := range pass.Chapter.Works {
		c := check{pass, work}
		c.preprint()
		c.doi()
		c.numbers()
		c.dates()
		c.page()
	}
	twins(pass)
	return nil
}

// A check is a look at one entry.
type check struct {
	*bookcheck.Pass
	*bookcheck.Work
}

// field returns the first field of a name; nil if there is none that says anything.
func (c check) field(name string) *bookcheck.Field {
	i := slices.IndexFunc(c.Fields, func(f bookcheck.Field) bool { return f.Name == name && f.Text != "" })
	if i < 0 {
		return nil
	}
	return &c.Fields[i]
}

// flaw reports what is wrong with a field.
func (c check) flaw(field *bookcheck.Field, format string, args ...any) {
	c.Report(bookcheck.Diagnostic{
		Span: field.Value, Message: fmt.Sprintf(format, args...), Subject: c.Target.Name + " " + field.Name,
	})
}

// year returns the year of the work, and the field that says it; nil: none does.
func (c check) year() (int, *bookcheck.Field) {
	for _, name := range []string{"year", "date"} {
		if field := c.field(name); field != nil && len(field.Text) >= 4 {
			if n, err := strconv.Atoi(field.Text[:4]); err == nil && (len(field.Text) == 4 || name == "date") {
				return n, field
			}
		}
	}
	return 0, nil
}

// dates looks for what lies in the future.
func (c check) dates() {
	if year, field := c.year(); field != nil && year > c.Now.Year()+1 {
		c.flaw(field, "the year %d is in the future", year)
	}
	for _, name := range []string{"urldate", "accessed", "lastchecked", "lastaccessed"} {
		field := c.field(name)
		if field == nil {
			continue
		}
		day, err := time.Parse(time.DateOnly, field.Text)
		if err == nil && day.After(c.Now.AddDate(0, 0, 1)) { // it may be tomorrow elsewhere
			c.flaw(field, "the page was visited on %s, which is in the future", field.Text)
		}
	}
}

var (
	// handle is a DOI with what people write before it.
	handle = regexp.MustCompile(`^(?i:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)$`)
	// withinAddress is a DOI in the address of a publisher.
	withinAddress = regexp.MustCompile(`^(?i:https?://).*/(10\.\d{4,9}/[^\s?#]+)`)
	// placeholder is what templates have in place of a DOI.
	placeholder = regexp.MustCompile(`(?i)/(?:n{7}|x{7}|1122445\.1122456)`)
)

// doi looks for a DOI that none can be.
func (c check) doi() {
	field := c.field("doi")
	if field == nil {
		return
	}
	m := handle.FindStringSubmatch(field.Text)
	switch {
	case m == nil:
		if inner := withinAddress.FindStringSubmatch(field.Text); inner != nil {
			c.Report(bookcheck.Diagnostic{
				Span: field.Value, Subject: c.Target.Name + " doi",
				Message: "not a DOI but the address of a page; write " + inner[1],
				Fixes:   []bookcheck.Fix{{Title: "Write " + inner[1], Edits: []bookcheck.Edit{{Span: field.Value, New: inner[1]}}}},
			})
			return
		}
		c.flaw(field, "malformed DOI %q; one begins with 10., a number and a slash", field.Text)
	case placeholder.MatchString(m[1]):
		c.flaw(field, "the DOI %s is the placeholder of a template", m[1])
	case strings.ContainsAny(m[1][len(m[1])-1:], ".,;"):
		c.flaw(field, "malformed DOI %q; it ends in the punctuation of a sentence", field.Text)
	}
}
