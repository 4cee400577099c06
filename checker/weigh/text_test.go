package weigh

import (
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// find weighs a claim against a page and returns what became of its first fact.
func find(claim string, page *bookcheck.Page) bookcheck.Part {
	page.URL, page.Verdict = "https://page.test/", bookcheck.Alive
	source := &bookcheck.Source{URL: page.URL, Page: page, Link: new(bookcheck.Link)}
	j := Claim(&bookcheck.Claim{Text: claim}, []*bookcheck.Source{source}, map[string]*Text{page.URL: Read(page)})
	if len(j.Parts) == 0 {
		return bookcheck.Part{Find: bookcheck.Untold}
	}
	return j.Parts[0]
}

// What is not among the words that were read of a page is missing only if they are all.
func TestMissing(t *testing.T) {
	const text = "The encoder follows the standard design.\nLayers: 12\nHidden units: 768\nIts vocabulary has 30,522 entries."
	const claim = "The encoder was trained for 9 days."
	html := &bookcheck.Imprint{Kind: "html"}
	for _, c := range []struct {
		name  string
		claim string
		page  bookcheck.Page
		want  bookcheck.Find
	}{
		{"whole", claim, bookcheck.Page{Text: text, Imprint: html}, bookcheck.Absent},
		{"cut off", claim, bookcheck.Page{Text: text, Imprint: html, Truncated: true}, bookcheck.Untold},
		{"built by script", claim, bookcheck.Page{Text: text, Imprint: html, Scripted: true}, bookcheck.Untold},
		{"an abstract", claim, bookcheck.Page{Text: text, Imprint: &bookcheck.Imprint{Kind: "html", DOI: "10.1000/1"}}, bookcheck.Untold},
		{"a paper", claim, bookcheck.Page{Text: text, Imprint: &bookcheck.Imprint{Kind: "pdf", DOI: "10.1000/1"}, Sheets: 9}, bookcheck.Absent},
		{"the row of a table", "It has 768 units.", bookcheck.Page{Text: text, Imprint: html}, bookcheck.Found},
		{
			"the day on which it appeared", "It appeared on 4 March 2024.",
			bookcheck.Page{Text: text, Imprint: &bookcheck.Imprint{Kind: "html", Published: time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)}},
			bookcheck.Found,
		},
	} {
		if got := find(c.claim, &c.page); got.Find != c.want {
			t.Errorf("%s: got %v, %q, want %v", c.name, got.Find, got.Says, c.want)
		}
	}
}

// What is quoted of a page is a sentence, or the part of a long one that says it.
func TestQuote(t *testing.T) {
	long := "In the first place there is much to say about the lake, its shores, its boats, its fish, its birds and the people who live there all year round, or who come in summer, " +
		"and in the second place its maximum depth is 1,642 meters, and of the third place, the fourth and all the others, somebody else should tell at another time, when there is more of it."
	got := find("The lake has a maximum depth of 1.6 km.", &bookcheck.Page{Text: "A lake. " + long + " That was long."})
	const want = "…and the people who live there all year round, or who come in summer, and in the second place its maximum depth is 1,642 meters, and of the third place, the fourth and all the others, somebody else should tell at another time, when…"
	if got.Says != want {
		t.Errorf("got  %s\nwant %s", got.Says, want)
	}
}

// The rows of a table are read one by one, and lines that only broke are not.
func TestReadFacts(t *testing.T) {
	const text = "Layers: 12\nHidden units: 768\nIt has seven\nlayers."
	for _, c := range []struct {
		soft bool
		unit string // of the first
	}{{false, ""}, {true, "units"}} {
		facts := readFacts(text, c.soft)
		if len(facts) == 0 || facts[0].Unit != c.unit {
			t.Errorf("soft %v: got %+v, want first of unit %q", c.soft, facts, c.unit)
			continue
		}
		if last := facts[len(facts)-1]; last.Unit != "layers" || text[last.Start:last.End] != "seven\nlayers" {
			t.Errorf("soft %v: got %+v, want seven layers", c.soft, last)
		}
	}
}
