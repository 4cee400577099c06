package report

import (
	"io"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// The Reviewdog Diagnostic Format. Columns count bytes of UTF-8.
type rdReport struct {
	Source      rdSource       `json:"source"`
	Diagnostics []rdDiagnostic `json:"diagnostics"`
}

type rdSource struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type rdDiagnostic struct {
	Message     string         `json:"message"`
	Location    rdLocation     `json:"location"`
	Severity    string         `json:"severity"`
	Code        rdCode         `json:"code"`
	Suggestions []rdSuggestion `json:"suggestions,omitempty"`
}

type rdLocation struct {
	Path  string  `json:"path"`
	Range rdRange `json:"range"`
}

type rdRange struct {
	Start rdPosition `json:"start"`
	End   rdPosition `json:"end"`
}

type rdPosition struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

type rdCode struct {
	Value string `json:"value"`
	URL   string `json:"url"`
}

type rdSuggestion struct {
	Range rdRange `json:"range"`
	Text  string  `json:"text"`
}

// RDJSON writes what reviewdog -f=rdjson reads, with fixes as suggestions. Paths
// start at the top of the file system.
func RDJSON(w io.Writer, r *bookcheck.Result, _ Style) error {
	report := rdReport{Source: rdSource{"bookcheck", homepage}, Diagnostics: []rdDiagnostic{}}
	for _, d := range live(r) {
		lines := []string{clean(d.Message)}
		for _, line := range d.Evidence {
			lines = append(lines, clean(line))
		}
		report.Diagnostics = append(report.Diagnostics, rdDiagnostic{
			Message:     strings.Join(lines, "\n"),
			Location:    rdLocation{d.Chapter.Path, rangeOf(d.Chapter, trimEnd(d.Chapter.Source, d.Span))},
			Severity:    rdSeverity(d.Severity),
			Code:        rdCode{d.Rule.Name, helpURI(d.Rule)},
			Suggestions: suggestions(d),
		})
	}
	return writeJSON(w, report)
}

// suggestions returns the fixes that reviewdog can show: it wants all of a finding
// to replace the same lines, and one stretch of text for each.
func suggestions(d *bookcheck.Diagnostic) []rdSuggestion {
	var all []rdSuggestion
	for _, fix := range d.Fixes {
		if len(fix.Edits) == 0 {
			continue
		}
		s := suggestion(d.Chapter, fix.Edits)
		if len(all) == 0 || s.Range.Start.Line == all[0].Range.Start.Line && s.Range.End.Line == all[0].Range.End.Line {
			all = append(all, s)
		}
	}
	return all
}

// suggestion makes one edit of several, with the text between them.
func suggestion(c *bookcheck.Chapter, edits []bookcheck.Edit) rdSuggestion {
	whole := bookcheck.Span{Start: edits[0].Span.Start, End: edits[len(edits)-1].Span.End}
	var text strings.Builder
	at := whole.Start
	for _, edit := range edits {
		text.Write(c.Source[at:edit.Span.Start])
		text.WriteString(edit.New)
		at = edit.Span.End
	}
	return rdSuggestion{rangeOf(c, whole), text.String()}
}

// rangeOf returns a span in bytes of its lines. A byte order mark counts: reviewdog
// cuts the lines of the file at these columns.
func rangeOf(c *bookcheck.Chapter, span bookcheck.Span) rdRange {
	place := func(offset int) rdPosition {
		line := c.Position(offset).Line
		return rdPosition{line, 1 + offset - c.Line(line).Start}
	}
	return rdRange{place(span.Start), place(span.End)}
}

func rdSeverity(severity bookcheck.Severity) string {
	switch severity {
	case bookcheck.Error:
		return "ERROR"
	case bookcheck.Warning:
		return "WARNING"
	default:
		return "INFO"
	}
}
