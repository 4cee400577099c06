package bookcheck

import (
	"context"
	"time"
)

// A Support says how far the pages that a claim cites bear it out.
type Support int

// The kinds of support. That everything a claim says is on a page does not prove
// it: no judgement is called verified.
const (
	Unchecked    Support = iota // nothing in the claim can be looked up, or no page is known
	Unavailable                 // no page that it cites could be read; Judgement.Reason says why
	Consistent                  // all that it says was found
	Partial                     // some of it was found, and nothing speaks against the rest
	NotFound                    // something that it says is nowhere on the page
	Contradicted                // the page says something else of the same thing
)

// String returns the name of a support in reports.
func (s Support) String() string {
	return [...]string{"unchecked", "unavailable", "consistent", "partial", "not_found", "contradicted"}[s]
}

// A Judgement is what comparing a claim with the pages that it cites came to.
type Judgement struct {
	Support Support
	Reason  string    // why it is Unchecked or Unavailable, for a sentence; "" otherwise
	Parts   []Part    // one for each fact of the claim that was looked for, in the order of the text
	Sources []*Source // what it cites, in the order of the text
	Opinion *Opinion  // what a model says of it; nil: none was asked
}

// A Source is a page that a claim cites.
type Source struct {
	Link *Link // in the sentence: to the page, or to what names it in a bibliography or footnote
	URL  string
	Page *Page // nil: not known

	Recorded time.Time // when what the judgement rests on was taken down; zero: it was read in this run
	Gone     string    // the sentence that the claim rested on, now gone from the page; "": nothing is known to be gone
	Seen     time.Time // when Gone was last read there
	Near     string    // the sentence of the page that is now most like Gone; "": none is
}

// On says where something is that is on the page, for a message: "on the page", or "in
// what was recorded on 2026-08-02 of the page".
func (s *Source) On() string {
	if s.Recorded.IsZero() {
		return "on the page"
	}
	return "in what was recorded on " + s.Recorded.Format(time.DateOnly) + " of the page"
}

// A Find says how the search for a fact ended.
type Find int

// The ends of a search.
const (
	Absent    Find = iota // the page does not say it anywhere
	Found                 // the page says it of the same thing
	Elsewhere             // the page says it, but of something else as far as can be told
	Clash                 // the page says something else of the same thing
	Untold                // the page could not tell: cut off, or only its record is known
)

// String returns the name of an end in reports.
func (f Find) String() string {
	return [...]string{"absent", "found", "elsewhere", "clash", "untold"}[f]
}

// A Part is one fact of a claim and what became of it.
type Part struct {
	Fact   Fact
	Find   Find
	Source *Source // where it was found, or that owns it; nil: none of those looked at has it
	Owned  bool    // it stands in the text of the link to Source, so that no other page may answer for it

	Says    string  // the sentence of the page that it was found in, or that clashes; ""
	Instead string  // what that sentence says instead, for a Clash
	Score   float64 // how much that sentence is about the same, from 0 to 1
}

// Quote returns what the page says, in quotation marks and with its address, as a line
// of evidence; "": nothing is known of it.
func (p Part) Quote() string {
	if p.Says == "" || p.Source == nil {
		return ""
	}
	quote := p.Source.URL + " says: “" + p.Says + "”"
	if !p.Source.Recorded.IsZero() {
		quote = p.Source.URL + " said on " + p.Source.Recorded.Format(time.DateOnly) + ": “" + p.Says + "”"
	}
	return quote
}

// An Opinion is what a model says of a claim. It decides nothing.
type Opinion struct {
	Model   string // its name
	Prompt  string // which prompt it was given
	Support Support
	Says    string    // its reason, on one line
	Asked   time.Time // when
}

// An Adviser is asked about claims that the rules leave open.
type Adviser interface {
	// Advise returns an opinion. Its error says why there is none; an *EndpointError,
	// that the next question would fare no better.
	Advise(ctx context.Context, inquiry Inquiry) (*Opinion, error)
	Model() string  // the name of who is asked
	Prompt() string // which question is put
}

// An Inquiry is all that an Adviser is told of a claim.
type Inquiry struct {
	Claim     string
	Title     string   // of the page
	Sentences []string // of the page, those nearest to the claim, best first
}

// An EndpointError is about who was asked, or how, and not about one question.
type EndpointError struct{ Err error }

// Error implements error.
func (e *EndpointError) Error() string { return e.Err.Error() }

// Unwrap returns the error within.
func (e *EndpointError) Unwrap() error { return e.Err }
