package report

import (
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// supports are the ends that a comparison of a claim with its pages can come to, and
// what the summary calls them.
var supports = []struct {
	support bookcheck.Support
	words   string
}{
	{bookcheck.Consistent, "consistent with what they cite"},
	{bookcheck.Partial, "found in part"},
	{bookcheck.NotFound, "not found there"},
	{bookcheck.Contradicted, "contradicted"},
	{bookcheck.Unavailable, "of pages that cannot be read"},
	{bookcheck.Unchecked, "not checked"},
}

// weighed says what became of the claims: nothing, if none was compared with a page, or
// one line.
func weighed(r *bookcheck.Result) []string {
	all := 0
	var parts []string
	for _, s := range supports {
		if n := r.Stats.Claims[s.support]; n > 0 {
			all += n
			parts = append(parts, fmt.Sprintf("%d %s", n, s.words))
		}
	}
	if all == r.Stats.Claims[bookcheck.Unchecked] {
		return nil
	}
	lines := []string{amount(all, "claim", "claims") + ": " + strings.Join(parts, ", ")}
	if a := r.Stats.Advice; a != nil {
		lines = append(lines, advice(a))
	}
	return lines
}

// advice says how far a model was of help.
func advice(a *bookcheck.Advice) string {
	line := fmt.Sprintf("%s was asked about %s that the rules leave open", a.Model, amount(a.Answered+a.Unanswered, "claim", "claims"))
	if a.Unanswered == 0 {
		return line
	}
	return fmt.Sprintf("%s; %d got no answer: %s", line, a.Unanswered, a.Reason)
}

// A jsonClaims counts the claims that are worth checking.
type jsonClaims struct {
	Checked      int `json:"checked"`
	Consistent   int `json:"consistent"`
	Partial      int `json:"partial"`
	NotFound     int `json:"not_found"`
	Contradicted int `json:"contradicted"`
	Unavailable  int `json:"unavailable"`
	Unchecked    int `json:"unchecked"`
}

// claimsJSON returns nil if no rule asked about claims.
func claimsJSON(r *bookcheck.Result) *jsonClaims {
	if r.Stats.Claims == nil {
		return nil
	}
	counts := func(s bookcheck.Support) int { return r.Stats.Claims[s] }
	c := &jsonClaims{
		Consistent: counts(bookcheck.Consistent), Partial: counts(bookcheck.Partial), NotFound: counts(bookcheck.NotFound),
		Contradicted: counts(bookcheck.Contradicted), Unavailable: counts(bookcheck.Unavailable), Unchecked: counts(bookcheck.Unchecked),
	}
	c.Checked = c.Consistent + c.Partial + c.NotFound + c.Contradicted
	return c
}
