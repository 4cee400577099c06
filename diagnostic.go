package bookcheck

import "time"

// A Diagnostic is one flaw at one place.
type Diagnostic struct {
	Span     Span   // the smallest span that a reader must look at
	Message  string // says what was seen; no final period
	Subject  string // the URL, label or phrase that it is about: equal subjects of one rule fold into one block of text
	Evidence []string
	Age      Age // of the statement that it is about; neither date nor evidence: its age is not what counts
	Related  []Related
	Fixes    []Fix // alternatives, best first

	// Severity, if set by the rule, lowers the rule's own: a statement of unknown
	// age is only a note. The driver sets the final one.
	Severity Severity

	// The rest is the driver's.
	Rule    *Rule
	Chapter *Chapter
	Allowed *Allow // the author's decision that accepts it; nil: it counts
}

// A Related is another place that explains a finding.
type Related struct {
	Chapter *Chapter
	Span    Span
	Message string // fits after the place in a sentence: "the first is here"
}

// A Fix is one way to repair a flaw.
type Fix struct {
	Title string // an imperative: "Link to the archived copy"
	Edits []Edit // in one chapter, not overlapping, in the order of the text
	Safe  bool   // applied by --fix; others ask for more
}

// An Edit replaces a span of the chapter's source.
type Edit struct {
	Span Span
	New  string
}

// A Fault is something that could not be done.
type Fault struct {
	Path    string // file that it is about; "" if none
	Line    int    // from 1; 0 if it is about the whole file
	Column  int    // from 1, in code points; 0 if it is about the whole line
	Message string // what, and what to do about it
	Excerpt string // the line of the file itself; "" if there is none
}

// A Result is all that a run found.
type Result struct {
	Book        *Book
	Rules       []*Rule      // those that ran, in a fixed order
	Diagnostics []Diagnostic // by chapter in order of path, then place, then rule; allowed ones included
	Pages       map[string]*Page
	Faults      []Fault
	Failed      bool   // some finding that nobody accepts is grave enough to fail the run
	Complete    bool   // every rule that was asked for saw all that it needs
	Reason      string // why it is not complete; "" if it is
	Stats       Stats
	Sources     []string   // a line for each book that was read: which one, and what says how
	Reported    []*Chapter // the chapters that were reported on, with findings or without, by path
	Now         time.Time

	// Judgements are of the claims that cite a page that may be asked, in the chapters
	// that were reported on.
	Judgements map[*Claim]*Judgement
}

// Stats count what a run did.
type Stats struct {
	Files   int           // chapters that were reported on
	Indexed int           // chapters that were read
	Links   int           // links to the web in the chapters that were reported on
	Elapsed time.Duration // zero: not measured
	Offline bool
	Claims  map[Support]int          // claims worth checking, by what became of them; nil: nobody asked about any
	Advice  *Advice                  // nil: no model was asked
	Spent   map[string]time.Duration // in each rule, by name, summed over what ran side by side; nil: not measured
}

// Advice counts what a model was asked about claims.
type Advice struct {
	Model      string
	Answered   int
	Unanswered int
	Reason     string // why the first of those got no answer; "" if none is known
}
