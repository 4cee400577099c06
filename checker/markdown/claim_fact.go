package markdown

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// factsOf returns the facts in text[start:end] of a passage, with their places in the
// source. Bare digits are none: what they count is not said.
func (f *finder) factsOf(p *passage, start, end int) []bookcheck.Fact {
	facts := f.facts.Append(nil, string(p.text[start:end]))
	kept := facts[:0]
	for _, fact := range facts {
		if isAmount(fact) && fact.Unit == "" && strings.Trim(fact.Text, "0123456789.") == "" {
			continue
		}
		fact.Span = p.span(start+fact.Start, start+fact.End)
		kept = append(kept, fact)
	}
	return kept
}

func isAmount(f bookcheck.Fact) bool { return f.Kind == bookcheck.Amount }
