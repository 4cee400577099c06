package weigh

import (
	"cmp"
	"slices"

	"github.com/bookcheck/bookcheck"
)

// Nearest returns at most n sentences of a page, those first that say most of what a
// claim says. Sentences that share nothing with it are left out.
func Nearest(claim *bookcheck.Claim, page *Text, n int) []string {
	if page.fault != "" {
		return nil
	}
	q := stated(claim).ask(page)
	type candidate struct {
		number int
		share  float64
	}
	var all []candidate
	for number, s := range page.sentences {
		if q.in(s.from, s.to) != 0 {
			all = append(all, candidate{number, q.share(number)})
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.share, a.share) })
	var says []string
	for _, c := range all[:min(n, len(all))] {
		says = append(says, page.quote(page.sentences[c.number]))
	}
	return says
}
