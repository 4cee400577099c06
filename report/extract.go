package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"slices"

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
	Cues       []cueElement      `json:"cues"`
	Quantities []quantityElement `json:"quantities"`
	Cites      []string          `json:"cites"`
}

type cueElement struct {
	Kind  bookcheck.CueKind `json:"kind"`
	Text  string            `json:"text"`
	Start int               `json:"start"`
	End   int               `json:"end"`
	Date  string            `json:"date,omitempty"`
}

type quantityElement struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Start int     `json:"start"`
	End   int     `json:"end"`
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
		e.claimElement = &claimElement{[]cueElement{}, []quantityElement{}, []string{}}
		for _, cue := range claim.Cues {
			e.Cues = append(e.Cues, cueElement{cue.Kind, cue.Text, cue.Start, cue.End, day(cue.Date)})
		}
		for _, q := range claim.Quantities {
			e.Quantities = append(e.Quantities, quantityElement{q.Value, q.Unit, q.Start, q.End})
		}
		for _, cite := range claim.Cites {
			e.Cites = append(e.Cites, cite.Target)
		}
		found = append(found, e)
	}
	return found
}
