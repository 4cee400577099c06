package weigh_test

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// Whatever a page and a claim say, a judgement is reached, and it is the same each
// time; what it quotes of the page is short.
func FuzzClaim(f *testing.F) {
	for _, tr := range readTriples(f, "tuned.txt") {
		f.Add(tr.Claim, tr.Title, tr.Page)
	}
	for name, text := range shapes(f) {
		f.Add("The trench is 1,550 km long, says \"we will never change the format\" since 2019.", name, text[:4<<10])
	}
	f.Fuzz(func(t *testing.T, claim, title, page string) {
		tr := triple{Claim: claim, Title: title, Page: page}
		judgement := tr.weigh()
		if again := tr.weigh(); describe(judgement) != describe(again) || judgement.Support != again.Support {
			t.Errorf("got %v%s\nand then %v%s", judgement.Support, describe(judgement), again.Support, describe(again))
		}
		for _, part := range judgement.Parts {
			if len(part.Says) > 260 || strings.ContainsRune(part.Says, '\n') {
				t.Errorf("says %q, which is %d bytes", part.Says, len(part.Says))
			}
			if part.Score < 0 || part.Score > 1.000001 {
				t.Errorf("the score of %q is %v", part.Fact.Text, part.Score)
			}
			if part.Find == bookcheck.Clash && (part.Source == nil || part.Says == "") {
				t.Errorf("%q clashes with nothing", part.Fact.Text)
			}
		}
	})
}

// A page of any shape is made ready and searched in a time that grows with its size
// alone.
func TestShapes(t *testing.T) {
	for name, text := range shapes(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text = text[:min(len(text), 200<<10)]
			tr := triple{Claim: "The trench is about 1,550 km long, and 12% say \"we will never change the format again\".", Page: text}
			if judgement := tr.weigh(); judgement.Support == bookcheck.Unchecked {
				t.Errorf("%s is unchecked", name)
			}
			weigh.Read(&bookcheck.Page{Text: text, Truncated: true})
		})
	}
}
