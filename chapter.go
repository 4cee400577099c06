package bookcheck

import "time"

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
