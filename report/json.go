package report

import (
	"encoding/json"
	"io"
	"time"

	"github.com/bookcheck/bookcheck"
)

// schemaVersion changes when a reader of an older report could misread a newer
// one. New properties do not change it.
const schemaVersion = 1

type jsonReport struct {
	SchemaVersion int           `json:"schema_version"`
	Time          string        `json:"time,omitempty"`
	Complete      bool          `json:"complete"`
	Reason        string        `json:"reason,omitempty"`
	Stats         jsonStats     `json:"stats"`
	Findings      []jsonFinding `json:"findings"`
	Allowed       []jsonAllowed `json:"allowed"`
	URLs          []jsonURL     `json:"urls"`
	Faults        []jsonFault   `json:"faults"`

	Claims []jsonClaim      `json:"claims,omitempty"`
	Ages   []jsonChapterAge `json:"ages,omitempty"`
}

type jsonStats struct {
	Files    int  `json:"files"`
	Indexed  int  `json:"indexed"`
	Links    int  `json:"links"`
	Offline  bool `json:"offline"`
	Errors   int  `json:"errors"`
	Warnings int  `json:"warnings"`
	Notes    int  `json:"notes"`
	Allowed  int  `json:"allowed"`
	Fixable  int  `json:"fixable"`

	Claims *jsonClaims `json:"claims,omitempty"`
	Advice *jsonAdvice `json:"advice,omitempty"`
}

type jsonPlace struct {
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Start     int    `json:"start"`
	End       int    `json:"end"`

	UTF16Column    int `json:"utf16_column"`
	UTF16EndColumn int `json:"utf16_end_column"`
	ByteColumn     int `json:"byte_column"`
	ByteEndColumn  int `json:"byte_end_column"`
}

type jsonFinding struct {
	Rule    string `json:"rule"`
	Level   string `json:"level"`
	Message string `json:"message"`
	jsonPlace
	Subject     string        `json:"subject"`
	Evidence    []string      `json:"evidence,omitempty"`
	Age         *jsonAge      `json:"age,omitempty"`
	Related     []jsonRelated `json:"related,omitempty"`
	Fixes       []jsonFix     `json:"fixes,omitempty"`
	Fingerprint string        `json:"fingerprint"`
}

type jsonAllowed struct {
	jsonFinding
	Reason string `json:"reason"`
	Until  string `json:"until,omitempty"`
}

type jsonRelated struct {
	Message string `json:"message"`
	jsonPlace
}

type jsonFix struct {
	Title string     `json:"title"`
	Safe  bool       `json:"safe"`
	Edits []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

type jsonURL struct {
	URL     string    `json:"url"`
	Verdict string    `json:"verdict"`
	Reason  string    `json:"reason"`
	Doubt   string    `json:"doubt,omitempty"`
	Status  int       `json:"status"`
	Hops    []jsonHop `json:"hops"`
	MovedTo string    `json:"moved_to"`
	Checked string    `json:"checked"`
	Cached  bool      `json:"cached"`
}

type jsonHop struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

type jsonFault struct {
	Path    string `json:"path,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Message string `json:"message"`
	Excerpt string `json:"excerpt,omitempty"`
}

// JSON writes the whole result as one object; findings.schema.json describes it.
// Columns count code points, paths start at the top of the file system.
func JSON(w io.Writer, r *bookcheck.Result, _ Style) error {
	counts := count(r)
	report := jsonReport{
		SchemaVersion: schemaVersion,
		Time:          instant(r.Now),
		Complete:      r.Complete,
		Reason:        r.Reason,
		Stats: jsonStats{
			Files: r.Stats.Files, Indexed: r.Stats.Indexed, Links: r.Stats.Links, Offline: r.Stats.Offline,
			Errors: counts.errors, Warnings: counts.warnings, Notes: counts.notes,
			Allowed: counts.allowed, Fixable: counts.fixable, Claims: claimsJSON(r),
			Advice: (*jsonAdvice)(r.Stats.Advice),
		},
		Findings: []jsonFinding{},
		Allowed:  []jsonAllowed{},
		URLs:     []jsonURL{},
		Faults:   []jsonFault{},
		Claims:   comparedJSON(r),
		Ages:     agesJSON(r),
	}
	for i := range r.Diagnostics {
		if d := &r.Diagnostics[i]; d.Allowed == nil {
			report.Findings = append(report.Findings, findingJSON(d, r.Now))
		} else {
			report.Allowed = append(report.Allowed, jsonAllowed{findingJSON(d, r.Now), d.Allowed.Reason, day(d.Allowed.Until)})
		}
	}
	for _, fault := range r.Faults {
		report.Faults = append(report.Faults, jsonFault(fault))
	}
	return writePaged(w, report, r.Pages)
}

func findingJSON(d *bookcheck.Diagnostic, now time.Time) jsonFinding {
	f := jsonFinding{
		Rule:        d.Rule.Name,
		Level:       d.Severity.String(),
		Message:     d.Message,
		jsonPlace:   placeJSON(d.Chapter, d.Span),
		Subject:     d.Subject,
		Evidence:    d.Evidence,
		Age:         ageJSON(d.Age, now),
		Fingerprint: fingerprint(d),
	}
	for _, related := range d.Related {
		f.Related = append(f.Related, jsonRelated{related.Message, placeJSON(elsewhere(d, related), related.Span)})
	}
	for _, fix := range d.Fixes {
		edits := make([]jsonEdit, len(fix.Edits))
		for i, edit := range fix.Edits {
			edits[i] = jsonEdit{edit.Span.Start, edit.Span.End, edit.New}
		}
		f.Fixes = append(f.Fixes, jsonFix{fix.Title, fix.Safe, edits})
	}
	return f
}

func placeJSON(c *bookcheck.Chapter, span bookcheck.Span) jsonPlace {
	start, end := c.Position(span.Start), c.Position(span.End)
	return jsonPlace{
		Path: c.Path, Line: start.Line, Column: start.Column, EndLine: end.Line, EndColumn: end.Column,
		Start: span.Start, End: span.End,
		UTF16Column:    c.PositionIn(span.Start, bookcheck.UTF16).Column,
		UTF16EndColumn: c.PositionIn(span.End, bookcheck.UTF16).Column,
		ByteColumn:     c.PositionIn(span.Start, bookcheck.Bytes).Column,
		ByteEndColumn:  c.PositionIn(span.End, bookcheck.Bytes).Column,
	}
}

func pageJSON(url string, page *bookcheck.Page) *jsonURL {
	hops := make([]jsonHop, len(page.Hops))
	for i, hop := range page.Hops {
		hops[i] = jsonHop{hop.URL, hop.Code}
	}
	return &jsonURL{
		URL: bookcheck.Mask(url), Verdict: page.Verdict.String(), Reason: page.Reason, Doubt: string(page.Doubt),
		Status: page.Code, Hops: hops, MovedTo: page.MovedTo, Checked: instant(page.Checked), Cached: page.Cached,
	}
}

// writeJSON writes a value for people and machines: indented, and with <, > and &
// as they are.
func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// instant writes a time, and the zero time as nothing.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// day writes a date, and the zero time as nothing.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}
