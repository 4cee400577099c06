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

// A jsonClaim is a claim that was compared with the pages that it cites.
type jsonClaim struct {
	jsonPlace
	Text    string       `json:"text"`
	Support string       `json:"support"`
	Reason  string       `json:"reason,omitempty"`
	Sources []jsonSource `json:"sources"`
	Parts   []jsonPart   `json:"parts"`
	Opinion *jsonOpinion `json:"opinion,omitempty"`
}

type jsonSource struct {
	URL      string `json:"url"`
	Recorded string `json:"recorded,omitempty"`
	Gone     string `json:"gone,omitempty"`
}

type jsonPart struct {
	Kind    bookcheck.FactKind `json:"kind"`
	Text    string             `json:"text"`
	Find    string             `json:"find"`
	URL     string             `json:"url,omitempty"`
	Owned   bool               `json:"owned"`
	Says    string             `json:"says,omitempty"`
	Instead string             `json:"instead,omitempty"`
	Score   float64            `json:"score"`
	Start   int                `json:"start"`
	End     int                `json:"end"`
}

type jsonOpinion struct {
	Model   string `json:"model"`
	Prompt  string `json:"prompt"`
	Support string `json:"support"`
	Says    string `json:"says"`
	Asked   string `json:"asked"`
}

// comparedJSON returns the claims that were compared with something, in the order of
// the text.
func comparedJSON(r *bookcheck.Result) []jsonClaim {
	var claims []jsonClaim
	for _, chapter := range r.Reported {
		for _, claim := range chapter.Claims {
			j := r.Judgements[claim]
			if j == nil || j.Support == bookcheck.Unchecked && len(j.Parts) == 0 && j.Opinion == nil {
				continue
			}
			claims = append(claims, claimJSON(chapter, claim, j))
		}
	}
	return claims
}

func claimJSON(chapter *bookcheck.Chapter, claim *bookcheck.Claim, j *bookcheck.Judgement) jsonClaim {
	c := jsonClaim{
		jsonPlace: placeJSON(chapter, claim.Span), Text: claim.Text,
		Support: j.Support.String(), Reason: bookcheck.Mask(j.Reason), Sources: []jsonSource{}, Parts: []jsonPart{},
	}
	for _, s := range j.Sources {
		c.Sources = append(c.Sources, jsonSource{bookcheck.Mask(s.URL), day(s.Recorded), s.Gone})
	}
	for _, p := range j.Parts {
		part := jsonPart{
			Kind: p.Fact.Kind, Text: p.Fact.Text, Find: p.Find.String(), Owned: p.Owned,
			Says: p.Says, Instead: p.Instead, Score: p.Score, Start: p.Fact.Start, End: p.Fact.End,
		}
		if p.Source != nil {
			part.URL = bookcheck.Mask(p.Source.URL)
		}
		c.Parts = append(c.Parts, part)
	}
	if o := j.Opinion; o != nil {
		c.Opinion = &jsonOpinion{o.Model, o.Prompt, o.Support.String(), o.Says, day(o.Asked)}
	}
	return c
}

type jsonAdvice struct {
	Model      string `json:"model"`
	Answered   int    `json:"answered"`
	Unanswered int    `json:"unanswered"`
	Reason     string `json:"reason,omitempty"`
}
