package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"time"

	"github.com/bookcheck/bookcheck"
)

// An element is what the walker found at one place of a chapter.
type element struct {
	Path   string `json:"path"`
	Kind   string `json:"kind"`
	Target string `json:"target"`
	Text   string `json:"text"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Start  int    `json:"start"`
	End    int    `json:"end"`

	*linkElement
	*todoElement
	*headingElement
	*figureElement
	*claimElement
}

type linkElement struct {
	Form      string `json:"form"`
	Name      string `json:"name,omitempty"`
	DestStart int    `json:"dest_start"`
	DestEnd   int    `json:"dest_end"`
	External  bool   `json:"external"`
}

type todoElement struct {
	Marker string `json:"marker"`
	Owner  string `json:"owner,omitempty"`
}

type headingElement struct {
	Level int    `json:"level"`
	ID    string `json:"id,omitempty"`
}

type figureElement struct {
	Alt     string `json:"alt"`
	Caption string `json:"caption"`
	Label   string `json:"label"`
}

type claimElement struct {
	Worth      bookcheck.Worth   `json:"worth"`
	Cues       []cueElement      `json:"cues"`
	Quantities []quantityElement `json:"quantities"`
	Facts      []factElement     `json:"facts"`
	Cites      []string          `json:"cites"`
}

type cueElement struct {
	Kind  bookcheck.CueKind `json:"kind"`
	Text  string            `json:"text"`
	Start int               `json:"start"`
	End   int               `json:"end"`
	Date  string            `json:"date,omitempty"`
}

// A quantityElement is what has a value: an amount, a date or a license. A date is
// written as far as it is known, a year as a number.
type quantityElement struct {
	Raw    string       `json:"raw"`
	Op     bookcheck.Op `json:"op"`
	Value  any          `json:"value"`
	Value2 any          `json:"value2,omitempty"` // the upper end of a range
	Unit   string       `json:"unit"`
	Start  int          `json:"start"`
	End    int          `json:"end"`
}

// A factElement is a name or a quotation.
type factElement struct {
	Kind  bookcheck.FactKind `json:"kind"`
	Text  string             `json:"text"`
	Start int                `json:"start"`
	End   int                `json:"end"`
}

// forms are the names of the ways to write a link.
var forms = [...]string{
	bookcheck.Inline:     "inline",
	bookcheck.Reference:  "reference",
	bookcheck.Autolink:   "autolink",
	bookcheck.Bare:       "bare",
	bookcheck.Role:       "role",
	bookcheck.Argument:   "argument",
	bookcheck.Option:     "option",
	bookcheck.Entry:      "entry",
	bookcheck.HTML:       "html",
	bookcheck.Expression: "expression",
}

// Extract writes all that the walker found in the chapters as JSON Lines, an
// element a line, in the order of the text. Columns count code points, offsets
// bytes.
func Extract(w io.Writer, chapters []*bookcheck.Chapter) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for _, chapter := range chapters {
		for _, e := range elements(chapter) {
			if err := encoder.Encode(e); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

func elements(c *bookcheck.Chapter) []element {
	found := slices.Concat(headings(c), targets(c), links(c), figures(c), todos(c), claims(c))
	slices.SortStableFunc(found, func(a, b element) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End) // the outer before the inner
	})
	return found
}

func at(c *bookcheck.Chapter, r bookcheck.Ranger, kind, target, text string) element {
	span := r.Range()
	p := c.Position(span.Start)
	return element{Path: c.Path, Kind: kind, Target: target, Text: text, Line: p.Line, Column: p.Column, Start: span.Start, End: span.End}
}

func headings(c *bookcheck.Chapter) []element {
	var found []element
	for _, heading := range c.Headings {
		e := at(c, heading, "heading", heading.Text, heading.Text)
		e.headingElement = &headingElement{heading.Level, heading.ID}
		found = append(found, e)
	}
	return found
}

// targets are the names that authors give to places; those that only serve links
// of the same chapter are left out.
func targets(c *bookcheck.Chapter) []element {
	var found []element
	for _, target := range c.Targets {
		switch target.Kind {
		case bookcheck.Label, bookcheck.Equation, bookcheck.TermDefinition:
			found = append(found, at(c, target, target.Kind.String(), target.Name, target.Title))
		default:
		}
	}
	return found
}

func links(c *bookcheck.Chapter) []element {
	var found []element
	for _, link := range c.Links {
		if link.Undefined {
			continue
		}
		e := at(c, link, link.Kind.String(), link.Target, link.Text)
		e.linkElement = &linkElement{forms[link.Form], link.Name, link.Dest.Start, link.Dest.End, link.External()}
		found = append(found, e)
	}
	return found
}

func figures(c *bookcheck.Chapter) []element {
	var found []element
	for _, figure := range c.Figures {
		target := ""
		if figure.Link != nil {
			target = figure.Link.Target
		}
		e := at(c, figure, "figure", target, cmp.Or(figure.Caption, figure.Alt))
		e.figureElement = &figureElement{figure.Alt, figure.Caption, figure.Label}
		found = append(found, e)
	}
	return found
}

func todos(c *bookcheck.Chapter) []element {
	var found []element
	for _, todo := range c.Todos {
		e := at(c, todo, "todo", todo.Text, todo.Text)
		e.todoElement = &todoElement{todo.Marker, todo.Owner}
		found = append(found, e)
	}
	return found
}

func claims(c *bookcheck.Chapter) []element {
	var found []element
	for _, claim := range c.Claims {
		e := at(c, claim, "claim", "", claim.Text)
		e.claimElement = &claimElement{claim.Worth, []cueElement{}, []quantityElement{}, []factElement{}, []string{}}
		for _, cue := range claim.Cues {
			e.Cues = append(e.Cues, cueElement{cue.Kind, cue.Text, cue.Start, cue.End, day(cue.Date)})
		}
		for _, f := range claim.Facts {
			switch f.Kind {
			case bookcheck.Name, bookcheck.Quotation:
				e.Facts = append(e.Facts, factElement{f.Kind, f.Text, f.Start, f.End})
			default:
				e.Quantities = append(e.Quantities, quantityOf(c, f))
			}
		}
		for _, cite := range claim.Cites {
			e.Cites = append(e.Cites, cite.Target)
		}
		found = append(found, e)
	}
	return found
}

// quantityOf writes a fact that has a value.
func quantityOf(c *bookcheck.Chapter, f bookcheck.Fact) quantityElement {
	q := quantityElement{Raw: c.Text(f), Op: bookcheck.Exactly, Start: f.Start, End: f.End}
	switch f.Kind {
	case bookcheck.License:
		q.Value, q.Unit = f.Key, "licence" //nolint:misspell // the word of the labels
	case bookcheck.Day:
		q.dates(f)
	default:
		q.Op, q.Value, q.Unit = f.Op, f.Low, f.Unit
		if f.Op == bookcheck.Between {
			q.Value2 = f.High
		}
	}
	return q
}

// dates writes a day, a month, a year, or the range that two of them end.
func (q *quantityElement) dates(f bookcheck.Fact) {
	first, last := f.From, f.To
	wholeYears := first.YearDay() == 1 && last.AddDate(0, 0, 1).YearDay() == 1
	wholeMonths := first.Day() == 1 && last.AddDate(0, 0, 1).Day() == 1
	write := func(t time.Time) any { return t.Format(time.DateOnly) }
	q.Unit = "date"
	switch {
	case wholeYears:
		q.Unit = "year"
		write = func(t time.Time) any { return t.Year() }
	case wholeMonths:
		write = func(t time.Time) any { return t.Format("2006-01") }
	}
	q.Value = write(first)
	if until := write(last); until != q.Value {
		q.Op, q.Value2 = bookcheck.Between, until
	}
}
