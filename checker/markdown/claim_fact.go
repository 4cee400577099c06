package markdown

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// factsOf returns the facts in text[start:end] of a passage, with their places in the
// source. What counts nothing is none, unless it is large: it may be a version, a step
// or a line.
func (f *finder) factsOf(p *passage, start, end int) []bookcheck.Fact {
	const large = 1000
	facts := f.facts.Append(nil, string(p.text[start:end]))
	kept := facts[:0]
	for _, fact := range facts {
		if isAmount(fact) && fact.Unit == "" && (fact.Low < large || strings.Trim(fact.Text, "0123456789.") == "") {
			continue
		}
		fact.Span = p.span(start+fact.Start, start+fact.End)
		kept = append(kept, fact)
	}
	return kept
}

func isAmount(f bookcheck.Fact) bool { return f.Kind == bookcheck.Amount }
