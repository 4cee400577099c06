package report

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// pasts are two earlier runs, the later one first.
var pasts = []Past{
	{time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC), 4, 6, 2, true},
	{time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC), 2, 9, 2, true},
}

// shelf is book with more to plot: dated statements, and pages of several hosts.
func shelf() *bookcheck.Result {
	r := book()
	for i := range 9 {
		r.Pages[fmt.Sprintf("https://docs.example.org/%d", i)] = &bookcheck.Page{Verdict: bookcheck.Alive}
	}
	r.Pages["https://slow.example.com/"] = &bookcheck.Page{Verdict: bookcheck.Unsure, Doubt: bookcheck.Transient, Reason: "does not answer"}
	for _, c := range r.Reported {
		if c.Path != "content/04 – closed #1.md" {
			continue
		}
		c.Title = "Closed models"
		for _, year := range []int{2012, 2020, 2022, 2025, 2025, 2026} {
			c.Claims = append(c.Claims, &bookcheck.Claim{Cues: []bookcheck.Cue{
				{Kind: bookcheck.DatedAsOf, Date: time.Date(year, 6, 30, 0, 0, 0, 0, time.UTC)},
			}})
		}
		c.Claims[0].Span = bookcheck.Span{Start: 6, End: 7}
		c.Claims[1].Span = bookcheck.Span{Start: 0, End: len(c.Source)} // the finding is about this one
		r.Diagnostics[3].Age = bookcheck.Age{Since: time.Date(2020, 6, 30, 0, 0, 0, 0, time.UTC), Evidence: "by its own date"}
		checked := time.Date(2023, 1, 31, 0, 0, 0, 0, time.UTC)
		c.Marks = []*bookcheck.Mark{{Kind: bookcheck.Verified, Date: checked, Scope: bookcheck.Span{Start: 0, End: 5}}}
	}
	return r
}

func TestAges(t *testing.T) {
	r := shelf()
	var got []string
	for _, c := range ages(r).Columns {
		if c.Count > 0 {
			got = append(got, fmt.Sprintf("%s: %d+%d", c.Short, c.Flagged, c.Rest))
		}
	}
	want := []string{"< 1: 0+1", "1–2: 0+2", "3–4: 0+1", "6–7: 1+0", "≥ 10: 0+1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// An earlier report counts, whichever version of this one wrote it; what is no
// report is not taken for one.
func TestReadPast(t *testing.T) {
	got, err := ReadPast([]byte(text(t, JSON, book(), Style{})))
	want := Past{time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), 10, 1, 1, false}
	if err != nil || got != want {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	for _, data := range []string{
		"", "[]", "{}", `{"schema_version": 1}`, `{"schema_version": 2, "time": "2026-01-01T00:00:00Z"}`,
		`{"schema_version": 1, "time": "2026-01-01T00:00:00Z", "stats": {"errors": -1}}`,
	} {
		if past, err := ReadPast([]byte(data)); err == nil {
			t.Errorf("%s: got %v, want an error", data, past)
		}
	}
}

func FuzzReadPast(f *testing.F) {
	f.Add([]byte(`{"schema_version": 1, "time": "2026-01-01T00:00:00Z", "stats": {"errors": 9223372036854775807}}`), int64(0))
	f.Add([]byte(`{"schema_version": 1, "time": "0001-01-02T00:00:00Z"}`), int64(1<<60))
	f.Fuzz(func(t *testing.T, data []byte, now int64) {
		past, err := ReadPast(data)
		if err != nil {
			return
		}
		r := clean47()
		r.Now = time.Unix(now, 0)
		isPage(t, []byte(text(t, HTML, r, Style{Trend: []Past{past}})))
	})
}

var (
	markupTag = regexp.MustCompile(`<[^>]*>`)
	handler   = regexp.MustCompile(`(?i)\son[a-z]+\s*=`)
)

// isPage fails unless a page is well formed, loads nothing and runs nothing.
func isPage(t *testing.T, page []byte) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(string(page)))
	decoder.Strict, decoder.AutoClose, decoder.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, page)
		}
		if start, ok := token.(xml.StartElement); ok {
			harmlessElement(t, start)
		}
	}
	for _, tag := range markupTag.FindAllString(string(page), -1) {
		if handler.MatchString(strings.ReplaceAll(tag, "content=", "")) {
			t.Errorf("%s handles an event", tag)
		}
	}
	if strings.Contains(string(page), "ZgotmplZ") || strings.Contains(string(page), "NaN") {
		t.Errorf("something was not fit for its place:\n%s", page)
	}
}

// harmlessElement fails if an element runs or loads something.
func harmlessElement(t *testing.T, e xml.StartElement) {
	t.Helper()
	if slices.Contains([]string{"script", "iframe", "object", "embed", "img", "link", "base", "form", "use", "image"}, e.Name.Local) {
		t.Errorf("there is a <%s>", e.Name.Local)
	}
	for _, a := range e.Attr {
		name := strings.ToLower(a.Name.Local)
		if strings.HasPrefix(name, "on") || name == "style" || name == "src" || name == "srcset" {
			t.Errorf("<%s> has %s=%q", e.Name.Local, name, a.Value)
		}
		if name == "href" && !strings.HasPrefix(a.Value, "#") && !isWeb(a.Value) {
			t.Errorf("a link leads to %q", a.Value)
		}
	}
}

// Those who cannot see a plot are told what is in it, and headings leave out no
// level.
func TestPageIsAccessible(t *testing.T) {
	page := text(t, HTML, shelf(), Style{Trend: pasts})
	for _, svg := range regexp.MustCompile(`<svg[^>]*>`).FindAllString(page, -1) {
		hidden := strings.Contains(svg, `aria-hidden="true"`) || strings.Contains(svg, `class="key"`) // in a hidden legend
		named := strings.Contains(svg, `role="img"`) && strings.Contains(svg, "aria-labelledby=")
		if !hidden && !named {
			t.Errorf("a plot has no name: %s", svg)
		}
	}
	level := 0
	for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
		next := int(m[1][0] - '0')
		if next > level+1 {
			t.Errorf("a heading of level %d follows one of level %d", next, level)
		}
		level = next
	}
	ids := make(map[string]bool)
	for _, m := range regexp.MustCompile(`\sid="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("two elements are called %q", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("nothing is called %q", m[1])
		}
	}
	if headers := strings.Count(page, "<th>") + strings.Count(page, "<th "); headers != strings.Count(page, `<th scope="`) {
		t.Error("a table header does not say what it is the header of")
	}
}

// The colors of text and of plots can be told from what is behind them: 4.5 to 1
// for text, 3 to 1 for plots, as WCAG has it, by day and by night.
func TestContrast(t *testing.T) {
	themes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(htmlSource, -1)
	if len(themes) != 3 {
		t.Fatalf("got %d themes, want those of day, night and print", len(themes))
	}
	for i, theme := range themes {
		colors := make(map[string]float64)
		for _, m := range regexp.MustCompile(`--(\w+): #(\w{6});`).FindAllStringSubmatch(theme[1], -1) {
			colors[m[1]] = luminance(t, m[2])
		}
		for _, pair := range []struct {
			front, back string
			least       float64
		}{
			{"ink", "paper", 7},
			{"ink", "panel", 7},
			{"faint", "paper", 4.5},
			{"faint", "panel", 4.5},
			{"link", "paper", 4.5},
			{"ink", "mark", 4.5},
			{"ink", "heat1", 4.5},
			{"ink", "heat2", 4.5},
			{"ink", "heat3", 4.5},
			{"hot", "heat4", 3},
			{"hot", "heat5", 4.5},
			{"error", "paper", 4.5},
			{"warning", "paper", 4.5},
			{"note", "paper", 4.5},
			{"alive", "paper", 3},
			{"unsure", "paper", 3},
		} {
			front, back := colors[pair.front], colors[pair.back]
			if ratio := (max(front, back) + 0.05) / (min(front, back) + 0.05); ratio < pair.least {
				t.Errorf("theme %d: %s on %s has a contrast of %.1f, want %.1f", i, pair.front, pair.back, ratio, pair.least)
			}
		}
	}
}

// luminance is how bright a color is, by WCAG.
func luminance(t *testing.T, color string) float64 {
	t.Helper()
	var rgb [3]uint8
	if _, err := fmt.Sscanf(color, "%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i, weight := range [...]float64{0.2126, 0.7152, 0.0722} {
		sum += weight * linear(float64(rgb[i])/255)
	}
	return sum
}

func linear(x float64) float64 {
	if x <= 0.03928 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// A page of many findings is folded, and its map leads to the right list.
func TestHTMLOfManyFindings(t *testing.T) {
	r := book()
	one := r.Diagnostics[0]
	for range manyOpen {
		r.Diagnostics = append([]bookcheck.Diagnostic{one}, r.Diagnostics...)
	}
	page := text(t, HTML, r, Style{})
	if strings.Contains(page, "<details id=\"file-1\" open>") || !strings.Contains(page, "<details id=\"file-1\">") {
		t.Error("a page of many findings is not folded")
	}
	link := regexp.MustCompile(`<a href="#(file-\d+)">([^<]+)</a>`)
	for _, m := range link.FindAllStringSubmatch(page, -1) {
		if want := "<details id=\"" + m[1] + "\">\n<summary><h3>" + m[2] + "</h3>"; !strings.Contains(page, want) {
			t.Errorf("the map leads from %s to %s, which is another file", m[2], m[1])
		}
	}
	if n := len(link.FindAllString(page, -1)); n != 5 {
		t.Errorf("got %d links from the map, want one for each file", n)
	}
}
