package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A bar is a row of parts of one length, in the units of a picture 100 wide.
type bar []barPart

type barPart struct {
	Class       string
	From, Width float64
}

// stack returns a bar of counts on a scale on which most is the longest.
func stack(most int, classes []string, counts ...int) bar {
	var b bar
	at := 0.0
	for i, n := range counts {
		if width := 100 * float64(n) / float64(max(most, 1)); n > 0 {
			b = append(b, barPart{classes[i], round(at), round(width)})
			at += width
		}
	}
	return b
}

// round keeps what an eye can see, so that a report is short.
func round(x float64) float64 { return math.Round(100*x) / 100 }

// A histogram is columns, each of two parts.
type histogram struct {
	Columns []column
	Total   int
	Most    int
}

// A column is the statements of one span of ages. Its picture is 100 high.
type column struct {
	Label, Short  string
	Flagged, Rest int // with a finding, without one
	X             int
	FlaggedHeight float64
	RestHeight    float64
	Top           float64 // of the whole column
	FlaggedTop    float64 // of its lower part
	Count         int
}

// oldest is the age in years from which on statements share a column.
const oldest = 10

// ages counts statements by the years since they were true for sure: those that
// were found to be old, as far as their age is known, and those that give a date
// and were not.
func ages(r *bookcheck.Result) histogram {
	h := histogram{Columns: make([]column, oldest+1)}
	suspect := make(map[*bookcheck.Chapter][]bookcheck.Span)
	for _, d := range live(r) {
		if d.Age.Known() {
			h.column(r.Now, d.Age.Since).Flagged++
		}
		if d.Age.Known() || d.Age.Evidence != "" {
			suspect[d.Chapter] = append(suspect[d.Chapter], d.Span)
		}
	}
	for _, c := range r.Reported {
		for _, claim := range c.Claims {
			date, dated := dateOf(c, claim)
			if dated && !slices.ContainsFunc(suspect[c], claim.Contains) {
				h.column(r.Now, date).Rest++
			}
		}
	}
	h.draw()
	return h
}

// column returns the one for what was true at a time.
func (h *histogram) column(now, since time.Time) *column {
	years := int(now.Sub(since).Hours() / 24 / 365.25)
	return &h.Columns[min(max(years, 0), oldest)]
}

// dateOf returns the last date that a statement gives itself, or that its author
// gave it.
func dateOf(c *bookcheck.Chapter, claim *bookcheck.Claim) (date time.Time, dated bool) {
	for _, cue := range claim.Cues {
		if cue.Kind == bookcheck.DatedAsOf && cue.Date.After(date) {
			date = cue.Date
		}
	}
	if date.IsZero() {
		return date, false
	}
	for _, mark := range c.Marks {
		if mark.Kind != bookcheck.Expires && mark.Scope.Contains(claim.Span) && mark.Date.After(date) {
			date = mark.Date
		}
	}
	return date, true
}

// draw leaves out the columns after the last one with statements, and gives the
// others their heights.
func (h *histogram) draw() {
	last := 0
	for i := range h.Columns {
		n := h.Columns[i].Flagged + h.Columns[i].Rest
		h.Columns[i].Count = n
		h.Total += n
		h.Most = max(h.Most, n)
		if n > 0 {
			last = i
		}
	}
	h.Columns = h.Columns[:last+1]
	for i := range h.Columns {
		c := &h.Columns[i]
		switch i {
		case 0:
			c.Label, c.Short = "under 1", "< 1"
		case oldest:
			c.Label, c.Short = fmt.Sprintf("%d and more", i), fmt.Sprintf("≥ %d", i)
		default:
			c.Label, c.Short = fmt.Sprintf("%d to %d", i, i+1), fmt.Sprintf("%d–%d", i, i+1)
		}
		c.X = i * 60
		c.FlaggedHeight = round(100 * float64(c.Flagged) / float64(max(h.Most, 1)))
		c.RestHeight = round(100 * float64(c.Rest) / float64(max(h.Most, 1)))
		c.FlaggedTop = round(100 - c.FlaggedHeight)
		c.Top = round(c.FlaggedTop - c.RestHeight)
	}
}

// A trend is how many findings runs had, over time. Its picture is 600 by 160.
type trend struct {
	Runs        []trendRun
	Lines       []trendLine
	Most        int
	First, Last string // days
}

type trendRun struct {
	Past
	Day string
}

type trendLine struct {
	Class  string
	Path   string // of the line
	Points []trendPoint
	Last   string // "3 errors"
	LabelY float64
}

type trendPoint struct {
	X, Y              float64
	Class, Day, Count string
}

const trendWidth, trendHeight = 600, 160

// trends puts this run at the end of earlier ones. Without those there is nothing
// to see.
func trends(r *bookcheck.Result, counts *tally, earlier []Past) *trend {
	if len(earlier) == 0 {
		return nil
	}
	runs := timeline(append(slices.Clone(earlier), Past{r.Now, counts.errors, counts.warnings, counts.notes, r.Complete}))
	t := &trend{First: day(runs[0].Time), Last: day(r.Now)}
	for _, run := range runs {
		t.Runs = append(t.Runs, trendRun{run, day(run.Time)})
		t.Most = max(t.Most, run.Errors, run.Warnings, run.Notes)
	}
	t.Lines = []trendLine{
		t.line("error", func(p Past) int { return p.Errors }),
		t.line("warning", func(p Past) int { return p.Warnings }),
		t.line("note", func(p Past) int { return p.Notes }),
	}
	t.label()
	return t
}

func (t *trend) line(class string, of func(Past) int) trendLine {
	line := trendLine{Class: class}
	first := t.Runs[0].Time
	whole := t.Runs[len(t.Runs)-1].Time.Sub(first).Seconds()
	var path strings.Builder
	for i, run := range t.Runs {
		x := 0.0
		if whole > 0 {
			x = round(trendWidth * run.Time.Sub(first).Seconds() / whole)
		}
		y := round(trendHeight * (1 - float64(of(run.Past))/float64(max(t.Most, 1))))
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(&path, "%s%g %g", verb, x, y)
		line.Last, line.LabelY = amount(of(run.Past), class, class+"s"), y
		line.Points = append(line.Points, trendPoint{x, y, class, run.Day, line.Last})
	}
	line.Path = path.String()
	return line
}

// label puts the names of the lines beside their ends, none over another.
func (t *trend) label() {
	const apart = 15
	order := []int{0, 1, 2}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.Lines[a].LabelY, t.Lines[b].LabelY) })
	floor := float64(trendHeight)
	for _, i := range slices.Backward(order) {
		line := &t.Lines[i]
		line.LabelY = min(line.LabelY, floor)
		floor = line.LabelY - apart
	}
}

// A heatMap is how many findings each rule has in each chapter.
type heatMap struct {
	Rules []*bookcheck.Rule
	Rows  []heatRow
	More  int // chapters that are not shown
}

type heatRow struct {
	File  string // of the list of its findings on the page
	Path  string
	Title string
	Cells []heatCell
	Total int
}

type heatCell struct {
	Count int
	Heat  int // 0: none, 5: the most
}

// manyRows bounds a plot. What is beyond is in the lists.
const manyRows = 40

// heat counts findings by chapter and rule, those chapters first that have most.
func heat(found []*bookcheck.Diagnostic) heatMap {
	var m heatMap
	at := make(map[*bookcheck.Rule]int)
	for _, row := range byRule(found) {
		at[row.rule] = len(m.Rules)
		m.Rules = append(m.Rules, row.rule)
	}
	rows := make(map[*bookcheck.Chapter]*heatRow)
	most := 1
	for _, d := range found {
		row := rows[d.Chapter]
		if row == nil {
			row = &heatRow{File: fileID(len(rows)), Path: clean(d.Chapter.Path), Title: clean(d.Chapter.Title), Cells: make([]heatCell, len(m.Rules))}
			rows[d.Chapter] = row
		}
		cell := &row.Cells[at[d.Rule]]
		cell.Count++
		row.Total++
		most = max(most, cell.Count)
	}
	m.Rows = hottest(rows)
	m.More = max(len(m.Rows)-manyRows, 0)
	m.Rows = m.Rows[:len(m.Rows)-m.More]
	for _, row := range m.Rows {
		for i := range row.Cells {
			cell := &row.Cells[i]
			cell.Heat = int(math.Ceil(5 * math.Log1p(float64(cell.Count)) / math.Log1p(float64(most))))
		}
	}
	return m
}
