package report

import (
	"cmp"
	_ "embed" // the page is a file of its own
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/bookcheck/bookcheck"
)

//go:embed page.html.tmpl
var htmlSource string

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(htmlSource))
})

// HTML writes one page that needs nothing beside it: no script, no network. It
// holds all findings, and plots of them: by rule, by chapter, by host, by age and,
// with earlier reports, over time.
func HTML(w io.Writer, r *bookcheck.Result, style Style) error {
	return htmlTemplate().Execute(w, newHTMLPage(r, style))
}

// An htmlPage is what the template shows. Text is fit for a reader; the template
// escapes it.
type htmlPage struct {
	Verdict  string
	Details  []detail
	Complete bool
	Clean    bool
	Time     string
	Version  string
	Home     string

	Rules   []htmlRule
	Heat    heatMap
	Hosts   []htmlHost
	Unasked int // hosts that the plot leaves out
	Ages    histogram
	Trend   *trend
	Files   []htmlFile
	Folded  bool // a reader opens the files one by one
	Allowed []htmlAllowed
	Unsure  []htmlURL
	Faults  []htmlFault

	AllowedCount, UnsureCount string
}

type htmlRule struct {
	Name, Summary, Page            string
	Errors, Warnings, Notes, Fixed int
	Bar                            bar
}

type htmlHost struct {
	Name                string
	Alive, Dead, Unsure int
	Doubts              string
	Bar                 bar
}

type htmlFile struct {
	ID, Path string
	Counted  string // "3 findings"
	Findings []htmlFinding
}

type htmlFinding struct {
	Place, Link string // "12:5"; where the line is on the web, or ""
	Level       string
	Rule, Page  string
	Message     string
	URL         string // what the message is about, if that is an address
	Excerpts    []htmlExcerpt
	Notes       []string
}

type htmlExcerpt struct{ Before, Marked, After string }

type htmlAllowed struct{ Place, Rule, Message, Reason, Until string }

type htmlURL struct{ URL, Reason, Doubt string }

type htmlFault struct{ Place, Message string }

func newHTMLPage(r *bookcheck.Result, style Style) *htmlPage {
	found, counts := live(r), count(r)
	verdict, details := headline(r)
	p := &htmlPage{
		Verdict: verdict, Details: details, Complete: r.Complete, Clean: len(found) == 0,
		Time: day(r.Now), Version: clean(style.Version), Home: homepage,
		Rules: htmlRules(found), Heat: heat(found), Ages: ages(r), Trend: trends(r, &counts, style.Trend),
		Files: htmlFiles(found, &style), Folded: len(found) > manyOpen, Allowed: htmlAllows(r),
	}
	p.hosts(r)
	for _, url := range slices.Sorted(maps.Keys(r.Pages)) {
		if page := r.Pages[url]; page.Verdict == bookcheck.Unsure {
			p.Unsure = append(p.Unsure, htmlURL{clean(bookcheck.Mask(url)), whyUnsure(page), clean(string(page.Doubt))})
		}
	}
	p.AllowedCount = amount(len(p.Allowed), "finding", "findings")
	p.UnsureCount = amount(len(p.Unsure), "URL", "URLs")
	t := newTerminal(nil, Style{})
	for _, fault := range r.Faults {
		p.Faults = append(p.Faults, htmlFault{strings.TrimSuffix(t.faultPlace(fault), ": "), clean(fault.Message)})
	}
	return p
}

// manyOpen is how many findings a page shows unfolded.
const manyOpen = 300

var levelClasses = []string{"error", "warning", "note"}

func htmlRules(found []*bookcheck.Diagnostic) []htmlRule {
	all := byRule(found)
	most := 0
	for _, row := range all {
		most = max(most, row.findings())
	}
	rows := make([]htmlRule, len(all))
	for i, row := range all {
		rows[i] = htmlRule{
			Name: clean(row.rule.Name), Summary: clean(row.rule.Summary()), Page: helpURI(row.rule),
			Errors: row.errors, Warnings: row.warnings, Notes: row.notes, Fixed: row.fixable,
			Bar: stack(most, levelClasses, row.errors, row.warnings, row.notes),
		}
	}
	return rows
}

// hosts shows those first that need a look.
func (p *htmlPage) hosts(r *bookcheck.Result) {
	all := byHost(r)
	p.Unasked = max(len(all)-manyRows, 0)
	all = all[:len(all)-p.Unasked]
	most := 0
	for _, h := range all {
		most = max(most, h.alive+h.dead+h.unsure)
	}
	for _, h := range all {
		p.Hosts = append(p.Hosts, htmlHost{
			Name: clean(h.host), Alive: h.alive, Dead: h.dead, Unsure: h.unsure, Doubts: h.doubts,
			Bar: stack(most, []string{"error", "unsure", "alive"}, h.dead, h.unsure, h.alive),
		})
	}
}

func htmlFiles(found []*bookcheck.Diagnostic, style *Style) []htmlFile {
	var files []htmlFile
	var last *bookcheck.Chapter
	for _, d := range found {
		if d.Chapter != last {
			last = d.Chapter
			files = append(files, htmlFile{ID: fileID(len(files)), Path: clean(last.Path)})
		}
		file := &files[len(files)-1]
		file.Findings = append(file.Findings, htmlFindingOf(d, style))
		file.Counted = amount(len(file.Findings), "finding", "findings")
	}
	return files
}

// fileID names the list of the findings of a file, by the number of files with
// findings before it.
func fileID(before int) string { return fmt.Sprintf("file-%d", before+1) }

func htmlFindingOf(d *bookcheck.Diagnostic, style *Style) htmlFinding {
	span := trimEnd(d.Chapter.Source, d.Span)
	at := d.Chapter.Position(span.Start)
	f := htmlFinding{
		Place: fmt.Sprintf("%d:%d%s", at.Line, at.Column, cell(d.Chapter, span.Start)),
		Link:  style.source(d.Chapter.Path, at.Line, d.Chapter.Position(span.End).Line),
		Level: cmp.Or(d.Severity, bookcheck.Note).String(), Rule: clean(d.Rule.Name), Page: helpURI(d.Rule), Message: clean(d.Message),
	}
	if isWeb(d.Subject) {
		f.URL = printableURL(d.Subject)
	}
	for _, e := range excerpts(d.Chapter, span, 100) {
		f.Excerpts = append(f.Excerpts, htmlExcerpt{e.before, e.marked, e.after})
	}
	f.Notes = newTerminal(nil, Style{}).notes(&block{Diagnostic: d})
	return f
}

func htmlAllows(r *bookcheck.Result) []htmlAllowed {
	var all []htmlAllowed
	for i := range r.Diagnostics {
		if d := &r.Diagnostics[i]; d.Allowed != nil {
			at := d.Chapter.Position(d.Span.Start)
			all = append(all, htmlAllowed{
				fmt.Sprintf("%s:%d:%d", clean(d.Chapter.Path), at.Line, at.Column),
				clean(d.Rule.Name), clean(d.Message), clean(d.Allowed.Reason), day(d.Allowed.Until),
			})
		}
	}
	return all
}

// hottest returns rows in order of their findings.
func hottest(rows map[*bookcheck.Chapter]*heatRow) []heatRow {
	sorted := make([]heatRow, 0, len(rows))
	for _, row := range rows {
		sorted = append(sorted, *row)
	}
	slices.SortFunc(sorted, func(a, b heatRow) int { return cmp.Or(b.Total-a.Total, strings.Compare(a.Path, b.Path)) })
	return sorted
}
