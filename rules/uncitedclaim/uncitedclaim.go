// Package uncitedclaim declares the uncited-claim rule.
package uncitedclaim

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"sort"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports what calls for a source in a section that has cited none so far, in a
// chapter whose author cites.
var Rule = &bookcheck.Rule{
	Name:     "uncited-claim",
	Doc:      doc,
	Severity: bookcheck.Note,
	Run:      run,
}

// fewestCitations is how many citations a chapter has whose author cites.
const fewestCitations = 3

// leastWeight is how much a claim weighs that calls for a source.
const leastWeight = 3

func run(pass *bookcheck.Pass) error {
	cites := citations(pass.Chapter)
	if len(cites) < fewestCitations {
		return nil
	}
	told := -1 // the section of the last finding: a citation there answers for what follows
	for _, claim := range pass.Chapter.Claims {
		if claim.Worth == "" || claim.Quoted || claim.Dated {
			continue
		}
		section, start := sectionOf(pass.Chapter, claim)
		if section == told || touches(cites, start, paragraphEnd(pass.Chapter, claim)) {
			continue
		}
		if at := heaviest(claim); at != nil {
			told = section
			pass.Report(bookcheck.Diagnostic{
				Span:    at.Span,
				Subject: at.Text,
				Message: fmt.Sprintf("%q has no source here or above in its section: cite where it can be looked up", at.Text),
			})
		}
	}
	return nil
}

// citations returns the links of a chapter that lead a reader to a source, by place.
func citations(c *bookcheck.Chapter) []*bookcheck.Link {
	var found []*bookcheck.Link
	for _, link := range c.Links {
		switch link.Kind {
		case bookcheck.Cite, bookcheck.FootnoteRef:
			found = append(found, link)
		case bookcheck.PageLink, bookcheck.HTMLLink, bookcheck.JSXLink:
			if link.External() {
				found = append(found, link)
			}
		default: // leads to another place of the book, or shows something
		}
	}
	slices.SortFunc(found, func(a, b *bookcheck.Link) int { return a.Start - b.Start })
	return found
}

// touches tells whether a citation begins between two places.
func touches(cites []*bookcheck.Link, start, end int) bool {
	i := sort.Search(len(cites), func(i int) bool { return cites[i].Start >= start })
	return i < len(cites) && cites[i].Start < end
}

// sectionOf returns the number of the section that a claim stands in, and where the
// one begins that answers for it: of the parts of a subject, the subject's.
func sectionOf(c *bookcheck.Chapter, claim *bookcheck.Claim) (number, start int) {
	n := sort.Search(len(c.Headings), func(i int) bool { return c.Headings[i].Start > claim.Start })
	if n == 0 {
		return 0, 0
	}
	const subject = 3 // the level below which headings name parts of a subject
	own := c.Headings[n-1]
	for i := n - 1; i >= 0; i-- {
		if above := c.Headings[i]; own.Level <= subject || above.Level < own.Level {
			return n, above.Start
		}
	}
	return n, own.Start
}

// paragraphEnd returns where the paragraph ends that a claim stands in.
func paragraphEnd(c *bookcheck.Chapter, claim *bookcheck.Claim) int {
	if n := bytes.Index(c.Source[claim.End:], []byte("\n\n")); n >= 0 {
		return claim.End + n
	}
	return len(c.Source)
}

// heaviest returns the fact that most calls for a source; nil: together they weigh too
// little. What a claim says counts once for each kind of it.
func heaviest(claim *bookcheck.Claim) *bookcheck.Fact {
	weight, most := reasons[claim.Worth], 0
	var found *bookcheck.Fact
	var seen [leastWeight + 1]bool
	for i := range claim.Facts {
		w := weigh(&claim.Facts[i])
		if !seen[w] {
			weight += w
			seen[w] = true
		}
		if w > most {
			found, most = &claim.Facts[i], w
		}
	}
	if weight < leastWeight {
		return nil
	}
	return found
}

// reasons are how much it weighs that somebody said, made or won something.
var reasons = map[bookcheck.Worth]int{
	bookcheck.WorthAttribution: 2,
	bookcheck.WorthSuperlative: 2,
	bookcheck.WorthComparison:  1,
}

// weigh returns how much a fact calls for a source. Shares, prices and somebody's
// words do so alone; a name never does.
func weigh(f *bookcheck.Fact) int {
	switch f.Kind {
	case bookcheck.Quotation:
		return 3
	case bookcheck.Day:
		return 1
	case bookcheck.Amount:
	default:
		return 0
	}
	switch f.Unit {
	case "percent", "usd", "eur", "gbp", "score":
		return 3
	case "", "ratio", "seconds", "months", "years":
		return 0
	}
	const many = 1000 // smaller counts are of what the author looks at
	if f.Low < many {
		return 1
	}
	return 2
}
