package ledger

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// TestMay states what the facts of a page rule out, and what they leave open.
func TestMay(t *testing.T) {
	page := &Page{Hash: "1f", Facts: []string{
		"date 2023-07-18", "quantity 0.368", "quantity 2e+12 tokens", "quantity 40 percent", "quantity >=1000 users", "quantity 3..4 gpus", "quantity 12", "quantity 1999",
	}}
	for _, c := range []struct {
		fact string
		want bool
	}{
		{"quantity 2e+12 tokens", true},
		{"quantity 2e+12 words", true}, // tokens may be called so
		{"quantity 3e+12 tokens", false},
		{"quantity 1.4e+12 tokens", false},
		{"quantity 40 percent", true},
		{"quantity 45 percent", false},
		{"quantity ~41 percent", true},
		{"quantity 12 percent", true}, // a bare number may be a percentage
		{"quantity 0.37", true},
		{"quantity 0.39", false},
		{"quantity >950 users", true},
		{"quantity 600 users", false},
		{"quantity 4 gpus", true},
		{"quantity 6 gpus", false},
		{"quantity 2..3 gpus", true},
		{"date 2023-07", true},
		{"date 2023", true},
		{"date 2023-08", false},
		{"date 1999", true}, // a number may be a year
		{"date 2024", false},
		{"name falcon", true}, // names are not kept
	} {
		f, ok := Parse(c.fact)
		if !ok {
			f = bookcheck.Fact{Kind: bookcheck.Name, Key: "falcon"}
		}
		if got := page.May(f); got != c.want {
			t.Errorf("%s: got %v, want %v", c.fact, got, c.want)
		}
	}
	cut := *page
	cut.Cut = true
	if f, _ := Parse("date 2024"); !cut.May(f) {
		t.Error("what is not kept of a page rules something out")
	}
}

func TestNumbersInOddPlacesAreKept(t *testing.T) {
	p := Of(&bookcheck.Page{Text: "GPT-3 has v1.5, 1,234 (see fig.7), 3."}, nil, august)
	if got := strings.Join(p.Facts, "|"); got != "quantity 1.5|quantity 1234|quantity 3|quantity 7" {
		t.Errorf("got %s", got)
	}
}

func TestNearest(t *testing.T) {
	const text = "A page.\nThe model was trained on 3 trillion tokens of text. It is large.\nNothing else, e.g. this."
	for sentence, want := range map[string]string{
		"The model was trained on 2 trillion tokens.": "The model was trained on 3 trillion tokens of text.",
		"Whales sing in the dark.":                    "",
	} {
		if got := Nearest(text, sentence); got != want {
			t.Errorf("nearest to %q: got %q, want %q", sentence, got, want)
		}
	}
	if !Holds(text, "…trained on 3 TRILLION tokens, of text. It is…") || Holds(text, "2 trillion") {
		t.Error("a text holds what has its letters and digits, and nothing else")
	}
}
