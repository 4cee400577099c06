package bookcheck

import (
	"cmp"
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Evidence is a set of things that a rule can ask to know about.
type Evidence uint8

// What can be asked for. All but History are about a page on the web.
const (
	Status   Evidence = 1 << iota // whether the page is there
	Anchors                       // the names that a fragment can lead to
	Text                          // the text of the page
	History                       // when a line was written; asked of version control, only for claims
	Metadata                      // what the page says of itself: its title, authors and date
)

// Web is all evidence that needs the network.
const Web = Status | Anchors | Text | Metadata

// A Verdict says whether a page is there.
type Verdict int

// The verdicts. Only Dead is an error.
const (
	Unsure Verdict = iota // cannot be told from here
	Alive
	Dead
)

// String returns the verdict's name in reports.
func (v Verdict) String() string { return [...]string{"unsure", "alive", "dead"}[v] }

// A Doubt says why a verdict is Unsure.
type Doubt string

// The doubts.
const (
	Blocked     Doubt = "blocked"      // a wall against robots; Page.Marker says which
	Auth        Doubt = "auth"         // wants a login
	RateLimited Doubt = "rate-limited" // asks to come back later
	Legal       Doubt = "legal"        // 451
	Negotiation Doubt = "negotiation"  // refuses the form of the request, not the page
	Transient   Doubt = "transient"    // busy, slow, or out of reach for now
	TLS         Doubt = "tls"          // the certificate cannot be trusted
	Policy      Doubt = "policy"       // not asked, because it may not be
	Undecidable Doubt = "undecidable"  // answered, but the answer does not tell
)

// A Fetcher learns about pages.
type Fetcher interface {
	// Fetch returns when all pages are known or ctx is done; the pages that are
	// not known by then are absent. It returns no error: a page that could not be
	// judged says why. Keys are Want.URL.
	Fetch(ctx context.Context, wants []Want) map[string]*Page
}

// A Want is a page that some rule asks about.
type Want struct {
	URL      string // without fragment
	Evidence Evidence
	Links    int // how many links lead there
}

// A Page is what is known about a URL.
type Page struct {
	URL       string
	Verdict   Verdict
	Doubt     Doubt  // why Unsure; "" otherwise
	Reason    string // "answers 404 Not Found": fits after the URL in a sentence
	Marker    string // what proved a wall, such as "cf-mitigated: challenge"; "" if none
	Code      int    // status of the last answer; 0 if there was none
	Hops      []Hop  // every answer on the way, in order
	MovedTo   string // end of the unbroken prefix of permanent redirects; "" if it did not move
	Title     string
	Imprint   *Imprint        // what the page says of itself; nil unless that or its text was asked for
	Anchors   map[string]bool // nil: not known, as for a page that builds itself by script
	Text      string          // the visible text, a paragraph or a row of a table a line; "" unless asked for
	Unread    string          // why there is no text although it was asked for: "is an encrypted PDF"; "": there is, or Reason says
	Checked   time.Time       // when it was last asked
	Cached    bool            // answered from memory
	Truncated bool            // the body was longer than what was read
	Scripted  bool            // builds itself by script: what is not among Anchors may be there all the same
	Lines     int             // of a text or source file; 0: not known
	Sheets    int             // pages of a PDF; 0: not known
	Foreign   bool            // the last answer came from another registrable domain than was asked
	Parked    bool            // the name of the host is for sale, or nobody's
	Secure    string          // the https address at which the same page answers; "": none is known
	Was       string          // its title when its text was last another; "": not known to have been
}

// An Imprint is what a page says of itself, by citation_*, Dublin Core, Open Graph and
// JSON-LD, or a PDF by its dictionary.
type Imprint struct {
	Title     string
	Authors   []string  // as written, in order
	Published time.Time // in UTC; the first day of what is said; zero: not said
	DOI       string    // without a resolver; "" if none is said
	Kind      string    // of text: "html", "pdf", "text"
}

// HasAnchor tells whether a fragment leads to a place on the page, and whether that
// can be known: what is missing from a page that was cut off, or that builds itself
// by script, may be there, and quotations of the text, routes of an application and
// arguments for a script are not names. The fragment is as written, without #.
func (p *Page) HasAnchor(fragment string) (found, known bool) {
	name, quotation, quotes := strings.Cut(fragment, ":~:")
	if name == "" && quotes && quotation != "" {
		return false, false
	}
	decoded, err := url.PathUnescape(name)
	if err != nil {
		decoded = name
	}
	// GitHub and its kin put user-content- before the names that an author gives.
	if name == "" || strings.EqualFold(name, "top") || p.Anchors[name] || p.Anchors[decoded] || p.Anchors["user-content-"+decoded] {
		return true, true
	}
	if sheet := lastNumber(sheetName, name); sheet > 0 {
		return p.Sheets > 0 && sheet <= p.Sheets, p.Sheets > 0
	}
	if line := lastNumber(lineName, name); line > 0 {
		return p.Lines > 0 && line <= p.Lines, p.Lines > 0 && (line <= p.Lines || !p.Truncated)
	}
	known = p.Anchors != nil && !p.Truncated && !p.Scripted
	return false, known && !strings.HasPrefix(name, "!") && !strings.HasPrefix(name, "/") && !strings.Contains(name, "=")
}

// Lost tells whether a redirect leads from a page deep in a site to a front page, so
// that a reader arrives, but not where the link meant. Who sends readers on by trade,
// and pages that were given a host of their own, lose nothing.
func (p *Page) Lost() bool {
	if p.Verdict != Alive || len(p.Hops) < 2 {
		return false
	}
	from, err := url.Parse(p.Hops[0].URL)
	if err != nil {
		return false
	}
	to, err := url.Parse(p.Hops[len(p.Hops)-1].URL)
	if err != nil || !frontPath.MatchString(to.Path) || to.RawQuery != "" || frontPath.MatchString(from.Path) {
		return false
	}
	parts := strings.Split(strings.Trim(strings.ToLower(from.Path), "/"), "/")
	if p.Foreign && len(parts) < 2 {
		return false // a shortener, or a project that has its own site now
	}
	for _, part := range parts {
		if len(part) > 2 && strings.Contains(strings.ToLower(to.Hostname()), part) && to.Hostname() != from.Hostname() {
			return false
		}
	}
	return true
}

// frontPath is the path of a front page, in a language or not.
var frontPath = regexp.MustCompile(`(?i)^/?((en|de|fr|es|it|pt|nl|ru|ja|zh|ko|pl|tr|sv|da|fi|no|nb|cs|hu|uk|ar|he|id|vi|th|el|ro)([_-][a-z]{2,4})?(/|$))?((index|home|default|main)(\.[a-z]{3,5})?/?)?$`)

// The names that viewers of PDF files and of source code understand.
var (
	sheetName = regexp.MustCompile(`^page=(\d{1,6})(?:[&,].*)?$`)
	lineName  = regexp.MustCompile(`^(?:L|lines?-)\d{1,7}(?:C\d+)?(?:[-:](?:L|lines?-)?(\d{1,7})(?:C\d+)?)?$`)
	firstLine = regexp.MustCompile(`\d+`)
)

// lastNumber returns the last number that a name of some form gives; 0 if it has
// another form.
func lastNumber(form *regexp.Regexp, name string) int {
	m := form.FindStringSubmatch(name)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(cmp.Or(m[1], firstLine.FindString(name))) // the form has digits there
	return n
}

// A Hop is one answer on the way to a page.
type Hop struct {
	URL  string
	Code int // 0: no answer
}

// A Librarian knows copies of pages that are gone. A Fetcher may be one.
type Librarian interface {
	// Archived returns the addresses of the copies that are known.
	Archived(ctx context.Context, wanted []Copy) map[Copy]string
}

// A Copy is a page as it was at a time: the one nearest to it is wanted.
type Copy struct {
	URL string
	At  time.Time // zero: not known, the newest will do
}

// A Historian tells when text was written.
type Historian interface {
	// Ages returns the age of each span, in order. What cannot be known has the
	// zero Since and says why.
	Ages(ctx context.Context, chapter *Chapter, spans []Span) []Age
}

// A Question is about the age of some spans of a chapter.
type Question struct {
	Chapter *Chapter
	Spans   []Span
}

// A Surveyor is a Historian that answers sooner if it hears all questions of a run
// before the first of them.
type Surveyor interface {
	Historian
	Survey(ctx context.Context, questions []Question)
}

// An Age is when a text was written, and how we know.
type Age struct {
	Since    time.Time // zero: unknown
	Evidence string    // "line last changed 2023-07-20", "not committed yet": fits in parentheses
	First    bool      // the text itself was first seen then; otherwise it may be older
}

// Known tells whether there is a date.
func (a Age) Known() bool { return !a.Since.IsZero() }
