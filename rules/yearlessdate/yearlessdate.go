// Package yearlessdate declares the yearless-date rule.
package yearlessdate

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Options are the options of the yearless-date rule.
type Options struct {
	Dated   []string `yaml:"dated" doc:"globs of pages that are true on their day, and left alone"`
	Undated []string `yaml:"undated" doc:"globs of pages that are judged, although their names or headings are those of dated ones"`
}

// Rule reports days whose year is nowhere to be found. The walker has left out
// those that recur, and those whose year the sentence, a heading, the path or the
// front matter gives.
var Rule = &bookcheck.Rule{
	Name:     "yearless-date",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Options:  Options{},
	Needs:    bookcheck.History,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	opts := pass.Options.(Options)
	if bookcheck.Covers(opts.Dated, pass.Chapter.Path) {
		return nil
	}
	undated := bookcheck.Covers(opts.Undated, pass.Chapter.Path)
	for _, claim := range pass.Chapter.Claims {
		if claim.Quoted || claim.Dated && !undated {
			continue
		}
		for i := range claim.Cues {
			if cue := &claim.Cues[i]; cue.Kind == bookcheck.YearlessDate {
				pass.Report(diagnostic(cue, pass.Age(cue), weekdayOf(pass.Chapter, claim, cue)))
			}
		}
	}
	return nil
}

// dayNamed finds the name of a day at the end of what stands before a date.
var dayNamed = regexp.MustCompile(`(?i)\b(sun|mon|tue|wed|thu|fri|sat)[a-z]*[ ,*_]+(the )?[*_]*$`)

// weekdayOf returns the day of the week that stands before a date, in lower case
// and short, or "".
func weekdayOf(chapter *bookcheck.Chapter, claim *bookcheck.Claim, cue *bookcheck.Cue) string {
	before := chapter.Text(bookcheck.Span{Start: claim.Start, End: cue.Start})
	if m := dayNamed.FindStringSubmatch(before); m != nil {
		return strings.ToLower(m[1])
	}
	return ""
}

func diagnostic(cue *bookcheck.Cue, age bookcheck.Age, weekday string) bookcheck.Diagnostic {
	d := bookcheck.Diagnostic{
		Span:    cue.Span,
		Message: fmt.Sprintf("%q has no year", cue.Text),
		Subject: cue.Text,
		Age:     age,
	}
	if !age.Known() {
		return d
	}
	d.Evidence = []string{age.Evidence}
	if year := plausibleYear(cue.Date, age.Since, weekday); year != 0 {
		fix := addYear(cue, year)
		fix.Safe = age.First
		d.Fixes = []bookcheck.Fix{fix}
	}
	return d
}

// season is how far from the day that it names a text is written, at most, if
// nobody thought of giving a year.
const season = 120 * 24 * time.Hour

// plausibleYear returns the only year in which the day lies within a season of
// the day on which the text was written, and has the name that it is given; 0:
// there is none.
func plausibleYear(day, written time.Time, weekday string) int {
	for _, year := range []int{written.Year() - 1, written.Year(), written.Year() + 1} {
		meant := time.Date(year, day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
		named := weekday == "" || strings.HasPrefix(strings.ToLower(meant.Weekday().String()), weekday)
		if meant.Day() == day.Day() && meant.Sub(written).Abs() <= season && named {
			return year
		}
	}
	return 0
}

// addYear writes the year behind the day. Where only the line is known, which may
// be younger than the words in it, that is a proposal.
func addYear(cue *bookcheck.Cue, year int) bookcheck.Fix {
	separator := ", " // July 18, 2023
	if first := cue.Text[0]; '0' <= first && first <= '9' {
		separator = " " // 18 July 2023
	}
	return bookcheck.Fix{
		Title: fmt.Sprintf("Add the year %d", year),
		Edits: []bookcheck.Edit{{
			Span: bookcheck.Span{Start: cue.End, End: cue.End},
			New:  fmt.Sprintf("%s%d", separator, year),
		}},
	}
}
