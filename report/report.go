// Package report prints the result of a run. Each format is a pure function of
// the result: it opens no file, reads no clock and asks no terminal; what it must
// know about those is in its Style. It is the only package that knows how wide a
// character is on a screen.
package report

import (
	"io"
	"slices"

	"github.com/bookcheck/bookcheck"
)

// A Style says what a format cannot know from the result. The zero value suits a
// pipe.
type Style struct {
	Width   int    // cells of the terminal; 0: unknown
	Color   bool   // write the 16 colors of a terminal
	Links   bool   // write the terminal's hyperlinks (OSC 8)
	Dir     string // working folder, slash-separated, from the top of the file system; "": the top. Text paths start there
	Prefix  string // what text paths begin with: the way from the working folder to the top, where the folder is not below it
	Quiet   bool   // text: findings only, no summary
	Top     string // the file system's top as an absolute path, for links to files; "": not known
	Host    string // of this machine, for links to files: terminals may run on another; "": not known
	ShowAll bool   // text: name every place of a folded finding, and every page that was not judged
	Blob    string // summary, html: where the files of this commit are on the web, "https://github.com/o/r/blob/sha"; "": not known
	Auto    bool   // full: nobody asked for it by name, so that a long report may go on in short lines

	Trend []Past // html: what earlier runs found, in any order

	Version    string // of bookcheck: a plain semantic version, or ""
	Suppressed bool   // SARIF: write allowed findings too, as suppressed
	Category   string // SARIF: the category that the run is filed under; "": the reader's choice
	ExitCode   *int   // SARIF: what the process is about to exit with; nil: not known
	Commit     Commit // SARIF: what was checked; its zero value: not known
}

// A Commit is a state of a repository, as a CI job knows it.
type Commit struct {
	Repository string // its address on the web
	Revision   string
	Branch     string // or tag
}

// A Format writes a result.
type Format func(w io.Writer, r *bookcheck.Result, style Style) error

// Formats are the formats by the names that the command line takes. "text" is the
// one for pipes; on a terminal the command puts "full" in its place.
var Formats = map[string]Format{
	"text":    Concise,
	"concise": Concise,
	"full":    Full,
	"sarif":   SARIF,
	"json":    JSON,
	"github":  GitHub,
	"summary": Summary,
	"gitlab":  GitLab,
	"junit":   JUnit,
	"rdjson":  RDJSON,
	"html":    HTML,
}

// documentation is where a reader of a report finds the page of a rule.
const documentation = "https://github.com/bookcheck/bookcheck/blob/main/rules/"

// A tally counts the findings of a run.
type tally struct {
	errors, warnings, notes int
	allowed                 int
	fixable                 int // findings with at least one fix
	safe                    int // findings with a fix that is safe
	files                   int // files with at least one finding
}

func (t *tally) findings() int { return t.errors + t.warnings + t.notes }

func count(r *bookcheck.Result) tally {
	var t tally
	files := make(map[*bookcheck.Chapter]bool)
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Allowed != nil {
			t.allowed++
			continue
		}
		t.add(d)
		files[d.Chapter] = true
	}
	t.files = len(files)
	return t
}

func (t *tally) add(d *bookcheck.Diagnostic) {
	switch d.Severity {
	case bookcheck.Error:
		t.errors++
	case bookcheck.Warning:
		t.warnings++
	default:
		t.notes++
	}
	if len(d.Fixes) > 0 {
		t.fixable++
	}
	if slices.ContainsFunc(d.Fixes, func(fix bookcheck.Fix) bool { return fix.Safe }) {
		t.safe++
	}
}

// live returns the findings that no author has accepted.
func live(r *bookcheck.Result) []*bookcheck.Diagnostic {
	found := make([]*bookcheck.Diagnostic, 0, len(r.Diagnostics))
	for i := range r.Diagnostics {
		if r.Diagnostics[i].Allowed == nil {
			found = append(found, &r.Diagnostics[i])
		}
	}
	return found
}

// A subject is what makes two findings of one rule the same flaw at two places.
type subject struct {
	rule *bookcheck.Rule
	name string
}

// elsewhere returns the chapter of a related place: rules leave it out when it is
// the finding's own.
func elsewhere(d *bookcheck.Diagnostic, related bookcheck.Related) *bookcheck.Chapter {
	if related.Chapter == nil {
		return d.Chapter
	}
	return related.Chapter
}
