package myst

import (
	"io/fs"
	"maps"
	"slices"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
)

// A sphinx resolves links as Sphinx with MyST-Parser does.
type sphinx struct {
	*index
	substitutions *substitutions
	numbered      map[string]bool // documents whose sections have numbers; nil: not known
	numbers       bool            // figures, tables and code blocks have numbers
	listed        map[string]bool // the documents in which they have; nil: not known
	schemes       map[string]bool // what the book calls an address, beside what everybody does
	schemesKnown  bool            // there are no others
	anchorsKnown  bool            // which headings have slugs
	citesKnown    bool            // every bibliography was found
	inventories   bool            // names may be defined in other projects
	linksExternal bool            // Markdown links are addresses on the finished site
	htmlImages    bool            // <img> is an image
	wholeSite     bool            // every page of the finished site is made from a document
	silenced      func(subtype string) bool
	ignored       ignored
}

// bindSphinx makes the dialect of a book that Sphinx builds.
func bindSphinx(fsys fs.FS, book *bookcheck.Book, s *sphinxSettings, document func(string) bool) bookcheck.Dialect {
	o := s.options
	on := o.strings("myst_enable_extensions")
	depth := o.number("myst_heading_anchors", 0)
	_, ownSlugs := o["myst_heading_slug_func"]
	known := o.known("myst_heading_anchors") && !ownSlugs && !s.unread
	subs := newSubstitutions(dict(o["myst_substitutions"]), !o.known("myst_substitutions") || s.unread)
	n := naming{label: labelName, slugs: sphinxSlugs(depth, slices.Contains(on, "replacements"))}
	x := newIndex(fsys, book, s.root, s.suffixes(), document, n, subs)
	x.complete = x.complete && !s.generated() && !s.unread
	if loads(s.extensions, "sphinx.ext.autosectionlabel") {
		x.addSectionLabels(o.truth("autosectionlabel_prefix_document", false))
	}
	for _, label := range sphinxLabels {
		x.labels.Add(label, label, place{})
	}
	numbered := s.numbered
	if numbered == nil && x.complete && !slices.ContainsFunc(x.unread.files, document) && !numbersSections(book) {
		numbered = map[string]bool{}
	}
	var listed map[string]bool
	if s.order != nil && x.complete && !listsDocuments(book) {
		listed = set(s.order)
	}
	addresses := []string{"http", "https", "mailto", "ftp"}
	if given, ok := o["myst_url_schemes"]; ok {
		addresses = schemeNames(given)
	}
	return withReadme(book, s.order, document, sphinx{
		index:         x,
		substitutions: subs,
		numbered:      numbered,
		numbers:       o.truth("numfig", !o.known("numfig") || s.unread) || loads(s.extensions, "sphinx_proof", "sphinx_exercise"),
		listed:        listed,
		schemes:       set(addresses),
		schemesKnown:  o.known("myst_url_schemes") && !s.unread,
		anchorsKnown:  known,
		linksExternal: o.truth("myst_all_links_external", false),
		citesKnown:    !s.bibliographyLost && !s.unread,
		inventories:   len(dict(o["intersphinx_mapping"])) > 0 || !o.known("intersphinx_mapping"),
		htmlImages:    slices.Contains(on, "html_image"),
		wholeSite:     x.complete && !s.addsPages(),
		silenced:      s.silenced(),
		ignored:       s.ignored(),
	})
}

// sphinxLabels are those that Sphinx defines itself.
var sphinxLabels = []string{"genindex", "modindex", "search"}

// numbersSections tells whether a list of documents in a chapter asks for numbers.
func numbersSections(book *bookcheck.Book) bool {
	for _, chapter := range book.Chapters {
		for _, d := range chapter.Directives {
			if d.Name != "toctree" && d.Name != "eval-rst" {
				continue
			}
			if d.Name == "eval-rst" || slices.ContainsFunc(d.Options, func(o bookcheck.Setting) bool { return o.Name == "numbered" }) {
				return true
			}
		}
	}
	return false
}

// listsDocuments tells whether chapters have lists of documents themselves, beside
// the table of contents.
func listsDocuments(book *bookcheck.Book) bool {
	return slices.ContainsFunc(book.Chapters, func(chapter *bookcheck.Chapter) bool {
		return slices.ContainsFunc(chapter.Directives, func(d *bookcheck.Directive) bool { return d.Name == "toctree" || d.Name == "eval-rst" })
	})
}

// schemeNames returns the schemes that a book names in a list or a mapping.
func schemeNames(v any) []string {
	if names := list(v); names != nil {
		return names
	}
	return slices.Collect(maps.Keys(dict(v)))
}

// sphinxSlugs returns how MyST-Parser makes slugs down to a level of heading. Its
// versions number differently: either is good.
func sphinxSlugs(depth int, typographic bool) func() func(*bookcheck.Chapter, func(string, *bookcheck.Heading)) {
	return func() func(*bookcheck.Chapter, func(string, *bookcheck.Heading)) {
		older, newer := numberer{}, github.Numberer{}
		return func(part *bookcheck.Chapter, add func(string, *bookcheck.Heading)) {
			depth := ownDepth(part, depth)
			for _, h := range part.Headings {
				if h.Level > depth {
					continue
				}
				text := h.Plain
				if typographic {
					text = replace(text)
				}
				slug := parserSlug(text)
				add(older.number(slug), h)
				add(newer.Number(slug), h)
			}
		}
	}
}

// ownDepth returns the depth that a chapter gives in its front matter, or that of
// the book.
func ownDepth(chapter *bookcheck.Chapter, depth int) int {
	return options(dict(chapter.Meta["myst"])).number("heading_anchors", depth)
}

// addSectionLabels makes a label of every heading, as an extension of Sphinx does.
func (x *index) addSectionLabels(prefixed bool) {
	for _, chapter := range x.book.Chapters {
		if !x.document(chapter.Path) {
			continue
		}
		name, _ := within(x.root, stem(chapter.Path, x.suffixes))
		for _, h := range chapter.Headings {
			label := h.Text
			if prefixed {
				label = name + ":" + label
			}
			x.labels.Add(labelName(label), label, place{chapter, headingTarget(h)})
		}
	}
}

// Name implements bookcheck.Dialect.
func (s sphinx) Name() string { return Name }
