package bookcheck

import (
	"net/url"
	"path"
	"strings"
	"sync"
	"time"
)

// A Book is all that one run knows: every chapter under the root, in reading
// order, and the files beside them.
type Book struct {
	Root     string          // folder of the book, from the top of the file system; "." or slash-separated
	Chapters []*Chapter      // in reading order; those the contents do not name come last, by path
	Files    map[string]bool // every file under the file system's top, slash-separated, chapters included
	Dialect  Dialect         // what links mean; nil: nothing is judged
	Contents []string        // the documents that the table of contents names, in reading order; nil: there is none
	Sites    []Site          // addresses at which the book's own pages are
	Numbered bool            // the builder numbers the figures
	Past     map[*Link]Past  // what broken links once led to, as far as it is known

	Aside func(path string) bool // tells whether a chapter stands outside of Contents on purpose; nil: none does

	byPath map[string]*Chapter
	byFold map[string]string // files by their path in lower case

	inContents map[string]bool

	uses sync.Once
	used map[*Target]bool // that some link leads to

	parts    sync.Once
	included map[*Chapter]bool // that others include, or list in a toctree

	shares sync.Once
	shared map[string][]Mention // links to the web, by where they lead
	works  map[string]*Work     // by where they are found; nil: at that place are several
}

// Chapter returns the chapter at a slash-separated path, or nil.
func (b *Book) Chapter(path string) *Chapter {
	if b.byPath == nil {
		b.Index()
	}
	return b.byPath[path]
}

// Index prepares the book for concurrent use. Whoever changes Chapters, Files or
// Contents calls it again.
func (b *Book) Index() {
	b.byPath = make(map[string]*Chapter, len(b.Chapters))
	for _, chapter := range b.Chapters {
		b.byPath[chapter.Path] = chapter
	}
	b.inContents = make(map[string]bool, len(b.Contents))
	for _, file := range b.Contents {
		b.inContents[file] = true
	}
	b.byFold = make(map[string]string, len(b.Files))
	for file := range b.Files {
		fold := strings.ToLower(file)
		b.byFold[fold] = max(b.byFold[fold], file) // one of them, always the same
	}
}

// Resolve says where a link leads, by the rules of the book's own builder.
func (b *Book) Resolve(from *Chapter, link *Link) Resolution {
	if b.Dialect == nil {
		return Resolution{}
	}
	to := b.Dialect.Resolve(from, link)
	if to.Outcome <= Resolved {
		return to
	}
	if why, _ := link.Malformed(); why != "" {
		return Resolution{}
	}
	if to.Outcome == NoFile || to.Outcome == Missing && to.Sought == "document" {
		b.fold(from, &to)
	}
	if past, known := b.Past[link]; known {
		to.Became = past.Event
		if past.Now != "" {
			to.Near = []string{past.Now}
		}
	}
	return to
}

// Used tells whether some link in the book leads to a target. The first call
// resolves every link, and the book may not change after it.
func (b *Book) Used(target *Target) bool {
	b.uses.Do(func() {
		b.used = make(map[*Target]bool)
		for _, chapter := range b.Chapters {
			for _, link := range chapter.Links {
				if to := b.Resolve(chapter, link); to.Target != nil {
					b.used[to.Target] = true
				}
			}
		}
	})
	return b.used[target]
}

// InContents tells whether the table of contents names a file.
func (b *Book) InContents(path string) bool { return b.inContents[path] }

// Included tells whether another chapter includes a chapter, or lists it in a
// toctree. After the first call the book may not change.
func (b *Book) Included(chapter *Chapter) bool {
	b.parts.Do(func() {
		b.included = make(map[*Chapter]bool)
		for _, from := range b.Chapters {
			for _, link := range from.Links {
				if link.Kind == Include || link.Form == Entry {
					if to := b.Resolve(from, link); to.Chapter != from {
						b.included[to.Chapter] = true
					}
				}
			}
		}
	})
	return b.included[chapter]
}

// A Mention is a link and the chapter that it stands in.
type Mention struct {
	Chapter *Chapter
	Link    *Link
}

// Mentions returns the links of the book that lead to the same place on the web as
// a link does, itself included, in reading order. After the first call the book may
// not change.
func (b *Book) Mentions(link *Link) []Mention {
	b.shares.Do(b.share)
	return b.shared[placeOnWeb(link)]
}

// WorkAt returns the work of a bibliography that is found where a link to the web
// leads; nil: none is, or several are. After the first call the book may not change.
func (b *Book) WorkAt(link *Link) *Work {
	b.shares.Do(b.share)
	return b.works[placeOnWeb(link)]
}

// share notes who leads to which place on the web.
func (b *Book) share() {
	links := 0
	for _, chapter := range b.Chapters {
		links += len(chapter.Links)
	}
	b.shared, b.works = make(map[string][]Mention, links), make(map[string]*Work)
	for _, chapter := range b.Chapters {
		for _, link := range chapter.Links {
			if link.External() {
				place := placeOnWeb(link)
				b.shared[place] = append(b.shared[place], Mention{chapter, link})
			}
		}
		for _, work := range chapter.Works {
			for _, link := range work.Links {
				place := placeOnWeb(link)
				if other, taken := b.works[place]; taken && other != work {
					b.works[place] = nil
				} else {
					b.works[place] = work
				}
			}
		}
	}
}

// placeOnWeb returns where a link leads in a form in which the usual spellings of
// one address are equal.
func placeOnWeb(link *Link) string {
	_, place, _ := strings.Cut(link.URL(), "//")
	host, rest, deep := strings.Cut(place, "/")
	asWritten := len(host) + len(rest)
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	rest = strings.TrimSuffix(rest, "/")
	if paper, found := cutPrefixFold(rest, "10.48550/arxiv."); found && host == "doi.org" {
		host, rest = "arxiv.org", paper
	} else if folder, paper, found := strings.Cut(rest, "/"); found && host == "arxiv.org" && (folder == "abs" || folder == "pdf") {
		rest = strings.TrimSuffix(paper, ".pdf")
	}
	if host == "arxiv.org" {
		rest = withoutVersion(rest)
	}
	fragment := link.Fragment()
	switch {
	case fragment != "":
		return host + "/" + rest + "#" + fragment
	case deep && len(host)+len(rest) == asWritten && strings.HasPrefix(place, host):
		return place // without a copy
	default:
		return host + "/" + rest
	}
}

func cutPrefixFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// withoutVersion returns the number of a preprint without v2 at its end.
func withoutVersion(number string) string {
	bare := strings.TrimRight(number, "0123456789")
	if before, found := strings.CutSuffix(bare, "v"); found && before != "" && bare != number {
		return before
	}
	return number
}

// fold notes that what a link names is there in other case.
func (b *Book) fold(from *Chapter, to *Resolution) {
	file := b.byFold[strings.ToLower(to.Name)]
	if file != "" && file == to.Name {
		return // the case is right; something else is wrong, such as a query
	}
	isFile := to.Outcome == NoFile && file != ""
	for _, near := range to.Near {
		name, _, _ := strings.Cut(near, "#")
		if isFile && strings.EqualFold(path.Join(path.Dir(from.Path), decode(name)), to.Name) || strings.EqualFold(name, to.Name) {
			to.Outcome, to.Near = OddCase, []string{near}
			return
		}
	}
	if isFile {
		to.Outcome, to.Near = OddCase, nil
	}
}

// decode undoes percent-encoding; what is not encoded properly stays.
func decode(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// A Site is an address on the web that shows the files of a book.
type Site struct {
	URL  string // with a final slash
	Root string // the folder that it shows, from the top of the file system
	Code bool   // it shows sources, as GitHub does below /blob/main/; false: pages made of them
}

// A Namer is a Dialect that knows which names a book gives.
type Namer interface {
	// Namesakes returns the other places that have the name of a target where it
	// may be given only once, in reading order of the book, itself left out.
	Namesakes(chapter *Chapter, target *Target) []Place
}

// Namesakes returns the other places that have the name of a target, though the
// builder allows it only once.
func (b *Book) Namesakes(chapter *Chapter, target *Target) []Place {
	if namer, ok := b.Dialect.(Namer); ok {
		return namer.Namesakes(chapter, target)
	}
	return nil
}

// A Dialect knows what links mean to the builder of a book. Its methods are
// called concurrently.
type Dialect interface {
	// Name is the word that --dialect takes: "myst", "github".
	Name() string
	// Resolve says where a link leads. It never judges a link to the web.
	Resolve(from *Chapter, link *Link) Resolution
}

// An Outcome says how a resolution ended.
type Outcome int

// The outcomes. The zero value is the silent one: a rule reports only what is
// known to be wrong.
const (
	Unjudged Outcome = iota // not known here: an external link, an inventory, a computed name
	Resolved
	Missing  // nothing in the book has that name
	NoFile   // it names a file that is not there
	NoAnchor // the file is there, the anchor in it is not
	OddCase  // it names a file that is there in other case, which some disks do not tell apart
)

// A Resolution is where a link leads.
type Resolution struct {
	Outcome Outcome
	Chapter *Chapter // the chapter that it leads to; nil: another kind of file, or none
	Target  *Target  // the place in that chapter; nil: the whole of it
	Sought  string   // what was looked for, for a message: "label", "document", "citation key"
	Name    string   // what it was looked for by, for a message
	Near    []string // names that were perhaps meant, as they would be written in place of Dest; best first
	Became  string   // what version control knows of it: "renamed to waves.md on 2024-05-03"; "": nothing
	Rivals  []Place  // what else it could lead to by the same name; nil: the name is clear
}

// A Place is somewhere in a book.
type Place struct {
	Chapter *Chapter
	Target  *Target // nil: the whole chapter
}

// A Chapter is one source file and what the walker found in it, each list in the
// order of the text.
type Chapter struct {
	Path   string // slash-separated, from the top of the file system
	Source []byte // the bytes of the file

	Dialect  string         // how the file was read: "myst", "github", "mdbook" and so on; "" for a bibliography
	Title    string         // text of the first heading; "" if there is none
	Meta     map[string]any // front matter; nil if there is none or it is not a mapping
	Headings []*Heading
	Prose    []Span // what the reader reads, in runs without code or markup; a line break ends one
	Links    []*Link
	Figures  []*Figure
	Targets  []*Target

	Works      []*Work      // of a bibliography
	Directives []*Directive // in the order in which they open

	Todos  []*Todo
	Claims []*Claim
	Allows []*Allow
	Marks  []*Mark
	Cells  []Span // the Markdown cells of a notebook in its source; nil in other files
	Unread Span   // what lies over the bound on a chapter's size or shape, and was not parsed; empty: nothing
	Fault  string // why the file is not what its name says: "not a notebook: …"; "": it is
	Limit  string // which bound Unread lies over, for a message: "4 MiB"

	starts []int       // of lines
	marks  []milestone // nil unless a line is long
}

// NewChapter returns a chapter in which nothing was found yet.
func NewChapter(path string, source []byte) *Chapter {
	starts := lineStarts(source)
	return &Chapter{Path: path, Source: source, starts: starts, marks: milestones(source, starts)}
}

// Text returns the bytes of a span, as a string.
func (c *Chapter) Text(r Ranger) string {
	s := r.Range()
	return string(c.Source[s.Start:s.End])
}

// A Heading is a section's title.
type Heading struct {
	Span         // from the first # or letter to the last letter
	Level int    // 1 to 6
	Text  string // as a reader sees it
	Plain string // its text and code only, without roles, images, math and HTML: what slugs are made of
	ID    string // given by the author as {#id}; "" if none
}

// A LinkKind says what a link points at.
type LinkKind int

// The kinds of link.
const (
	PageLink     LinkKind = iota // a Markdown link, however written
	Image                        // an image, by Markdown or by directive
	HTMLLink                     // the href of an HTML tag
	HTMLImage                    // the src of an HTML tag
	JSXLink                      // the href or to of a JSX component
	Download                     // a file offered for download
	Include                      // a file whose text becomes part of the chapter
	Ref                          // a label: {ref}, {numref}, {eq} and their kin
	Doc                          // a document by name: {doc}, an entry of a toctree
	Term                         // a glossary term
	Cite                         // a bibliography key
	Substitution                 // a {{ substitution }}
	FootnoteRef                  // a footnote
)

var linkKinds = [...]string{
	"link", "image", "html_link", "html_image", "jsx_link", "download", "include",
	"ref", "doc", "term", "cite", "substitution", "footnote_ref",
}

// String returns the kind's name in the output of bookcheck extract.
func (k LinkKind) String() string { return linkKinds[k] }

// A Form says how a link is written.
type Form int

// The forms of a link.
const (
	Inline     Form = iota // [text](dest), ![alt](dest)
	Reference              // [text][label], [label][], [label]
	Autolink               // <https://example.org>
	Bare                   // https://example.org in running text
	Role                   // {role}`dest`, and what is written like it in other dialects
	Argument               // the argument of a directive
	Option                 // the value of a directive's option
	Entry                  // a line of a directive's body: a toctree
	HTML                   // an attribute of an HTML or JSX tag
	Expression             // {{ expression }}
)

// A Link is anything in a chapter that points elsewhere.
type Link struct {
	Span      // the whole construct; the value alone for arguments, options, entries and citation keys
	Kind      LinkKind
	Form      Form
	Name      string // the role, directive, option, HTML tag or field of a bibliography that makes it a link, such as "numref"; "" for Markdown's own
	Dest      Span   // the destination as written: what to underline, and what a fix rewrites; empty where none is written
	Target    string // the destination, unescaped, fragment included
	Text      string // what the reader reads; "": nothing
	Titled    bool   // Text was written by the author, not made from the target
	Undefined bool   // written as a reference or footnote, but nothing in the chapter defines it: CommonMark reads it as text
	Silent    bool   // the reader never sees a text for it, as for a link in an attribute
}

// External tells whether the link leads to the web. A malformed one leads nowhere.
func (l *Link) External() bool {
	switch l.Kind {
	case PageLink, Image, HTMLLink, HTMLImage, JSXLink, Download, Include:
	default:
		return false
	}
	scheme, _, found := strings.Cut(l.Target, ":")
	if !found {
		return strings.HasPrefix(l.Target, "//")
	}
	if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return false
	}
	why, _ := l.Malformed()
	return why == ""
}

// URL returns the destination without its fragment.
func (l *Link) URL() string {
	url, _, _ := strings.Cut(l.Target, "#")
	return url
}

// Fragment returns what follows the first # of the destination.
func (l *Link) Fragment() string {
	_, fragment, _ := strings.Cut(l.Target, "#")
	return fragment
}

// At returns where a finding about the link stands: at its destination, or at the whole
// link if none is written.
func (l *Link) At() Span {
	if l.Dest.Len() == 0 {
		return l.Span
	}
	return l.Dest
}

// A Figure is an image with what describes it to a reader who cannot see it.
type Figure struct {
	Span             // as the image's link
	Link       *Link // the image
	Alt        string
	Caption    string // text of the caption; "" if there is none
	Label      string // "" if there is none
	Decorative bool   // marked as having nothing to say: an empty alt attribute in HTML
}

// A TargetKind says what a target is.
type TargetKind int

// The kinds of target.
const (
	Label           TargetKind = iota // a name given by the author: (x)=, :name:, {#x}
	Equation                          // the label of an equation
	TermDefinition                    // a glossary entry
	Footnote                          // a footnote's definition
	Definition                        // a link reference definition
	Citation                          // an entry of a bibliography
	SubstitutionKey                   // a substitution defined in front matter
	HTMLID                            // the id or name of an HTML element
)

var targetKinds = [...]string{
	"label", "label", "term_def", "footnote", "definition", "citation", "substitution_def", "html_id",
}

// String returns the kind's name in the output of bookcheck extract.
func (k TargetKind) String() string { return targetKinds[k] }

// A Target is a place that a link can lead to.
type Target struct {
	Span  // the whole (label)=, or the name alone elsewhere
	Kind  TargetKind
	Name  string // as written
	Title string // the title or caption that a reference without text would show; "" if there is none
	Of    string // what it labels: "section", "figure", "table", "code", "equation", "paragraph"; "" if not known
}

// A Work is an entry of a bibliography.
type Work struct {
	Target *Target // its key
	Kind   string  // "article", "misc", in lower case
	Title  string  // without TeX
	Fields []Field // in the order of the text
	Links  []*Link // where it is found, those made of its doi and eprint included
}

// A Field is one name = value of a work.
type Field struct {
	Name  string // in lower case
	Value Span   // what stands between the braces or quotes
	Text  string // the value without TeX
}

// A Directive is a MyST directive: a fence whose opening line is {name}.
type Directive struct {
	Span              // from the opening fence to the end of the closing one; without one, to where the body ends
	Name    string    // "figure"; "div:" and a class for a colon fence without braces
	Fence   Span      // the opening fence alone
	Options []Setting // in the order of the text
	Closed  bool      // a closing fence was seen
}

// A Setting is one :key: value of a directive.
type Setting struct {
	Span  // the key; empty where only its value has a place, in nested YAML
	Name  string
	Value Span
}

// A Todo is a mark of unfinished work.
type Todo struct {
	Span          // the marker word; the opening line of an admonition; the whole of a substitution
	Scope  Span   // all that the mark covers; at least Span
	Marker string // "TODO", "FIXME", "Work in Progress", "wip_chapter"
	Owner  string // in TODO(owner); "" if there is none
	Text   string // what is to be done, on one line
	Hidden bool   // in a comment, where readers do not see it
}

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

// An Allow is an author's decision to accept what a rule reports.
type Allow struct {
	Span   // the comment, or the entry in the front matter
	Rule   string
	Reason string
	Until  time.Time // the last day on which it holds, in UTC; zero: no end
	Scope  Span      // where it holds
	Fault  string    // why it cannot be understood; "": it can
}

// A MarkKind says what an author states about a passage.
type MarkKind int

// The kinds of mark.
const (
	Verified MarkKind = iota // checked on the date
	AsOf                     // true as of the date
	Expires                  // no longer to be trusted after the date
)

// A Mark is a date that an author gave to a passage in a comment.
type Mark struct {
	Span
	Kind  MarkKind
	Date  time.Time // in UTC; the last day of what was written
	Scope Span      // the passage
}

// Relative returns how a link in a folder names a file.
func Relative(dir, file string) string {
	if dir == "." {
		return file
	}
	from, to := strings.Split(dir, "/"), strings.Split(file, "/")
	n := 0
	for n < len(from) && n < len(to)-1 && from[n] == to[n] {
		n++
	}
	return strings.Repeat("../", len(from)-n) + strings.Join(to[n:], "/")
}
