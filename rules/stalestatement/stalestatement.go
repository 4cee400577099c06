// Package stalestatement declares the stale-statement rule.
package stalestatement

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Options are the options of the stale-statement rule.
type Options struct {
	After   map[bookcheck.CueKind]Months `yaml:"after" default:"as above" doc:"how old a statement of each kind may get, as in \"12 months\", \"2 years\" or \"never\""`
	Dated   []string                     `yaml:"dated" doc:"globs of pages that are true on their day, and left alone"`
	Undated []string                     `yaml:"undated" doc:"globs of pages that are judged, although their names or headings are those of dated ones"`
}

// Rule reports statements that were true when they were written and may have
// stopped being true since.
var Rule = &bookcheck.Rule{
	Name:     "stale-statement",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Options:  Options{After: defaults},
	Needs:    bookcheck.History,
	Run:      run,
}

// defaults are the ages at which statements of the kinds are reported.
var defaults = map[bookcheck.CueKind]Months{
	bookcheck.DatedFuture:   0,
	bookcheck.LatestVersion: 6,
	bookcheck.RelativeDate:  6,
	bookcheck.NotYet:        9,
	bookcheck.CurrentState:  12,
	bookcheck.DatedAsOf:     12,
	bookcheck.Promise:       12,
	bookcheck.RecentChange:  12,
	bookcheck.Superlative:   12,
	bookcheck.Today:         12,
	bookcheck.Trend:         12,
	bookcheck.Count:         12,
	bookcheck.Price:         12,
	bookcheck.Maturity:      24,
	bookcheck.RoleHolder:    24,
}

// slow tells whether statements of a kind become untrue so slowly, or so seldom,
// that they are but notes at any age.
func slow(kind bookcheck.CueKind) bool {
	switch kind {
	case bookcheck.RecentChange, bookcheck.Superlative, bookcheck.Today, bookcheck.Trend,
		bookcheck.Maturity, bookcheck.Count, bookcheck.Price, bookcheck.RoleHolder:
		return true
	default:
		return false
	}
}

func run(pass *bookcheck.Pass) error {
	opts := pass.Options.(Options)
	page := pageOf(opts, pass.Chapter.Path)
	for _, claim := range pass.Chapter.Claims {
		if claim.Quoted {
			continue
		}
		if found := judge(pass, opts, claim, page.dated || claim.Dated && !page.undated); len(found) > 0 {
			pass.Report(found.diagnostic(claim.Text))
		}
	}
	for _, mark := range pass.Chapter.Marks {
		if old, ok := judgeMark(pass, opts, mark); ok {
			pass.Report(verdicts{old}.diagnostic(pass.Chapter.Text(mark.Scope)))
		}
	}
	return nil
}

// A page is what the options say about one.
type page struct{ dated, undated bool }

func pageOf(opts Options, path string) page {
	return page{bookcheck.Covers(opts.Dated, path), bookcheck.Covers(opts.Undated, path)}
}

// A verdict is what is known about the age of one phrase, where it is too old or
// of unknown age.
type verdict struct {
	span   bookcheck.Span
	kind   bookcheck.CueKind
	phrase string
	old    string // "3 years old", "of unknown age"
	age    bookcheck.Age
	note   bool
}

// verdicts are those about one sentence.
type verdicts []verdict

// judge returns what is to be said about the phrases of a claim, warnings first. On
// a dated page only a date can grow old.
func judge(pass *bookcheck.Pass, opts Options, claim *bookcheck.Claim, dated bool) verdicts {
	var warnings, notes verdicts
	for i := range claim.Cues {
		cue := &claim.Cues[i]
		after, judged := opts.After[cue.Kind]
		if !judged || after == Never || dated && (cue.Kind != bookcheck.DatedAsOf || cue.Date.IsZero()) {
			continue
		}
		v, ok := judgeCue(pass, cue, after)
		switch {
		case !ok:
		case v.note:
			notes = append(notes, v)
		default:
			warnings = append(warnings, v)
		}
	}
	return append(warnings, notes...)
}

// judgeCue tells whether a phrase is too old, or of an age that nobody knows.
func judgeCue(pass *bookcheck.Pass, cue *bookcheck.Cue, after Months) (verdict, bool) {
	age := ageOf(pass, cue)
	v := verdict{span: cue.Span, kind: cue.Kind, phrase: cue.Text, age: age, note: slow(cue.Kind)}
	if !age.Known() {
		v.old, v.note = "of unknown age", true
		return v, true
	}
	months, past := monthsBetween(age.Since, pass.Now)
	if !past || months < after {
		return v, false
	}
	v.old = months.String() + " old"
	if cue.Kind == bookcheck.DatedFuture {
		v.old = "over"
	}
	return v, true
}

// judgeMark tells whether a date that an author gave to a passage without any
// telling phrase is too old: <!-- bookcheck: as-of 2024-01 -->.
func judgeMark(pass *bookcheck.Pass, opts Options, mark *bookcheck.Mark) (verdict, bool) {
	after := opts.After[bookcheck.DatedAsOf]
	months, past := monthsBetween(mark.Date, pass.Now)
	if mark.Kind == bookcheck.Expires || after == Never || !past || months < after || speaks(pass.Chapter, opts, mark) {
		return verdict{}, false
	}
	return verdict{
		span:   mark.Span,
		kind:   bookcheck.DatedAsOf,
		phrase: evidenceOf(mark),
		old:    months.String() + " old",
		age:    bookcheck.Age{Since: mark.Date, Evidence: byItself},
	}, true
}

// speaks tells whether some phrase in the scope of a mark is judged by its date.
func speaks(chapter *bookcheck.Chapter, opts Options, mark *bookcheck.Mark) bool {
	for _, claim := range chapter.Claims {
		for _, cue := range claim.Cues {
			if after, judged := opts.After[cue.Kind]; judged && after != Never && mark.Scope.Contains(cue.Span) {
				return true
			}
		}
	}
	return false
}

// remedy never offers a date: only who checked the statement knows it.
const remedy = "if it is still true, say when you checked: <!-- bookcheck: verified YYYY-MM -->"

// diagnostic reports the first verdict of a sentence; the others are named in it.
func (all verdicts) diagnostic(sentence string) bookcheck.Diagnostic {
	first := all[0]
	d := bookcheck.Diagnostic{
		Span:    first.span,
		Message: fmt.Sprintf("%q is %s (%s: %s)", first.phrase, first.old, first.kind, first.age.Evidence),
		Age:     first.age,
		Subject: strings.Join(strings.Fields(sentence), " "),
	}
	if first.note {
		d.Severity = bookcheck.Note
	}
	for _, v := range all[1:] {
		d.Evidence = append(d.Evidence, fmt.Sprintf("in the same sentence, %q is %s (%s: %s)", v.phrase, v.old, v.kind, v.age.Evidence))
	}
	d.Evidence = append(d.Evidence, remedy)
	return d
}
