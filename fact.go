package bookcheck

import "time"

// A FactKind says what kind of value a fact is. Its values are the words used in
// output.
type FactKind string

// The kinds of fact.
const (
	Amount    FactKind = "quantity"  // "7 billion parameters", "40 %", "$20"
	Day       FactKind = "date"      // "18 July 2023", "in 2019"
	Quotation FactKind = "quotation" // "“the largest model of its kind”": four words or more
	Name      FactKind = "name"      // "GPT-NeoX-20B", "Falcon"
	License   FactKind = "license"   // "Apache 2.0"
	Statement FactKind = "statement" // the sentence as a whole, of a Part alone: the page denies it, or says it the other way round
)

// An Op says how a quantity is bounded.
type Op string

// The ways to bound a quantity.
const (
	Exactly Op = "="
	About   Op = "~"     // "about", "roughly"
	Over    Op = ">"     // "more than"
	AtLeast Op = ">="    // "at least", "from"
	Under   Op = "<"     // "less than"
	AtMost  Op = "<="    // "up to"
	Between Op = "range" // "3 to 4 %"
)

// Days returns the first and the last day that a date may mean, in UTC. A month or a day
// of 0 was not written.
func Days(year, month, day int) (first, last time.Time) {
	on := func(month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	switch {
	case month == 0:
		return on(1, 1), on(12, 31)
	case day == 0:
		return on(month, 1), on(month+1, 0)
	}
	return on(month, day), on(month, day)
}

// A Fact is a value in a text that can be looked up elsewhere: what a claim says,
// and what the page that it cites is searched for. Two facts that mean the same are
// equal in all but Span and Text, however they are written.
type Fact struct {
	Span
	Kind FactKind
	Text string // as written, white space folded

	Op   Op      // of an Amount; "" otherwise
	Low  float64 // of an Amount, or the lower end of a range: 1.4 trillion is 1.4e12, a percentage its number
	High float64 // the upper end of a range; Low otherwise
	Unit string  // of an Amount, in one spelling: "percent", "usd", "tokens", "parameters"; "" if there is none

	From time.Time // of a Day: the first day that it may mean, in UTC
	To   time.Time // of a Day: the last one

	// Key is what names, quotations and licenses are compared by: letters and digits
	// in lower case, and of a license its SPDX identifier.
	Key string
}
