package weigh

import (
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fact"
)

// TestExcerpt compares claims with a sentence that is known of a page, and with none.
func TestExcerpt(t *testing.T) {
	const sentence = "The catalog of the survey lists 412 quasars."
	for _, c := range []struct {
		text, claim string
		want        bookcheck.Find
	}{
		{sentence, "The catalog of the survey lists 412 quasars.", bookcheck.Found},
		{sentence, "The catalog of the survey lists 388 quasars.", bookcheck.Clash},
		{sentence, "The dome was built in 1931.", bookcheck.Untold},
		{"", "The catalog of the survey lists 412 quasars.", bookcheck.Untold},
	} {
		source := &bookcheck.Source{URL: "https://stars.test/"}
		page := &bookcheck.Page{Verdict: bookcheck.Alive, Text: c.text}
		claim := &bookcheck.Claim{Text: c.claim, Facts: nil}
		if len(fact.Read(c.claim)) == 0 {
			t.Fatalf("%q has no facts", c.claim)
		}
		j := Claim(claim, []*bookcheck.Source{source}, map[string]*Text{source.URL: Excerpt(page)})
		if len(j.Parts) == 0 || j.Parts[0].Find != c.want {
			t.Errorf("%q against %q: got %+v, want %v", c.claim, c.text, j.Parts, c.want)
		}
	}
}
