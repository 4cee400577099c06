// Package fact reads the values in English text that can be looked up elsewhere:
// quantities, dates, quotations, names and licences, each in one spelling.
package fact

import "github.com/bookcheck/bookcheck"

// Read returns the facts in a text, in order. Spans are bytes of the text.
func Read(text string) []bookcheck.Fact {
	return nil
}
