package bookcheck

import "time"

// A Claim is a sentence that a reader could check, or that time can make untrue.
type Claim struct {
	Span   // the sentence
	Text   string
	Cues   []Cue   // what makes it a claim, in the order of the text
	Facts  []Fact  // what can be looked up elsewhere, in the order of the text
	Worth  Worth   // why a reader would look it up outside the book; "": nobody would
	Cites  []*Link // links and citations in the sentence
	Quoted bool    // in a block quote: somebody else's words
	Dated  bool    // on a page or in a section that is true on its day, such as a changelog
}

// A Cue is a phrase that makes a sentence a claim.
type Cue struct {
	Span
	Kind CueKind
	Text string    // the phrase, white space folded
	Date time.Time // the last day of what the phrase names, in UTC, in the year 0 for a YearlessDate; zero if it names none
}

// A CueKind says how a phrase ages. Its values are the words used in
// configuration and output.
type CueKind string

// The kinds of cue.
const (
	DatedAsOf     CueKind = "dated-as-of"    // "as of March 2023", "as of this writing"
	CurrentState  CueKind = "current-state"  // "currently", "at present"
	NotYet        CueKind = "not-yet"        // "not yet supported"
	Promise       CueKind = "future-promise" // "coming soon"
	DatedFuture   CueKind = "future-dated"   // "in Q3 2027"
	RelativeDate  CueKind = "relative-date"  // "last year"
	YearlessDate  CueKind = "yearless-date"  // "On 18th July"
	LatestVersion CueKind = "latest-version" // "the latest version is 5.2"
	RecentChange  CueKind = "recent-change"  // "now supports"
	Superlative   CueKind = "superlative"    // "the largest"
	Today         CueKind = "today"          // "today's models"
	Trend         CueKind = "trend"          // "increasingly popular"
	Maturity      CueKind = "maturity"       // "experimental"
	Count         CueKind = "count"          // "more than 200 contributors"
	Price         CueKind = "price"          // "$20 per month"
	RoleHolder    CueKind = "role-holder"    // "is the CEO of"
	DateEvent     CueKind = "date"           // "on 18 July 2023": checkable, never stale
	Measure       CueKind = "quantity"       // "7 billion parameters": checkable, never stale
)

// A Worth says why a claim is worth checking. Its values are the words used in
// output.
type Worth string

// What makes a claim worth checking.
const (
	WorthQuantity    Worth = "quantity"        // a number of the world outside
	WorthEvent       Worth = "date-event"      // something happened on a day
	WorthPrice       Worth = "price"           // something costs so much
	WorthComparison  Worth = "comparison"      // one thing beats another
	WorthSuperlative Worth = "superlative"     // the first, the largest
	WorthAttribution Worth = "attribution"     // somebody said, made or found it
	WorthQuotation   Worth = "quote"           // somebody's words
	WorthLicense     Worth = "version-license" // it is under a license, or in a version
	WorthIdentity    Worth = "identity"        // this is that
)
