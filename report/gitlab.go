package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"

	"github.com/bookcheck/bookcheck"
)

// An issue is what GitLab calls a finding of Code Quality. It does not show the
// name of the check, so that the description begins with it.
type issue struct {
	Description string        `json:"description"`
	CheckName   string        `json:"check_name"`
	Fingerprint string        `json:"fingerprint"`
	Severity    string        `json:"severity"`
	Location    issueLocation `json:"location"`
}

type issueLocation struct {
	Path  string     `json:"path"`
	Lines issueLines `json:"lines"`
}

type issueLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// GitLab writes a Code Quality report, an array of all findings. Paths start at the
// top of the file system.
func GitLab(w io.Writer, r *bookcheck.Result, _ Style) error {
	issues := []issue{}
	seen := make(map[string]int)
	for _, d := range live(r) {
		span := trimEnd(d.Chapter.Source, d.Span)
		issues = append(issues, issue{
			Description: d.Rule.Name + ": " + clean(d.Message),
			CheckName:   d.Rule.Name,
			Fingerprint: onlyOne(d, seen),
			Severity:    gitlabSeverity(d.Severity),
			Location: issueLocation{d.Chapter.Path, issueLines{
				d.Chapter.Position(span.Start).Line, d.Chapter.Position(span.End).Line,
			}},
		})
	}
	return writeJSON(w, issues)
}

// onlyOne returns a fingerprint that no other finding of the report has, since
// GitLab shows but the first of several. It holds no line, or every edit above a
// finding would make it new.
func onlyOne(d *bookcheck.Diagnostic, seen map[string]int) string {
	name := d.Chapter.Path + "\x00" + fingerprint(d)
	seen[name]++
	sum := sha256.Sum256([]byte(name + "\x00" + strconv.Itoa(seen[name])))
	return hex.EncodeToString(sum[:16])
}

func gitlabSeverity(severity bookcheck.Severity) string {
	switch severity {
	case bookcheck.Error:
		return "major"
	case bookcheck.Warning:
		return "minor"
	default:
		return "info"
	}
}
