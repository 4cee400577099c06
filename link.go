package bookcheck

import "strings"

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
