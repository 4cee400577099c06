package myst

import (
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A place is where a name leads.
type place struct {
	chapter *bookcheck.Chapter
	target  *bookcheck.Target // nil: the whole chapter
}

func (p place) resolution(sought, name string) bookcheck.Resolution {
	return bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: p.chapter, Target: p.target, Sought: sought, Name: name}
}

// An index holds what the chapters of a book define, as one of the programs sees
// it. It is not changed once it is made.
type index struct {
	book     *bookcheck.Book
	tree     *tree.Tree
	own      project.Own
	root     string
	suffixes []string
	document func(file string) bool

	documents map[string]string // name, which is the path without suffix, to file
	labels    near.Table[place]
	equations near.Table[place]
	terms     near.Table[place] // by the name as written
	termsFold near.Table[place] // in lower case
	citations near.Table[place]
	headings  near.Table[place] // by slug
	pages     map[*bookcheck.Chapter]*page
	same      *namesakes

	printed  []*regexp.Regexp // labels that substitutions print, as far as it is known
	complete bool             // there is no label that neither the index nor a file of the book holds
	gaps     bool             // a file that a document includes is not there
	unread   *rumors          // of files of the book that are not chapters
}

// A page is what a chapter defines for links to it.
type page struct {
	names         near.Table[place] // labels
	slugs         near.Table[place] // of headings
	ids           near.Table[place] // of HTML elements
	substitutions *near.Table[bool]
	parts         []*bookcheck.Chapter // the chapter, and those that it includes
	partial       bool                 // there may be more
}

// A naming is how a program compares names and makes slugs.
type naming struct {
	label func(name string) string
	// slugs returns what makes the slugs of a page, part by part.
	slugs func() func(part *bookcheck.Chapter, add func(slug string, h *bookcheck.Heading))
	// isTerm tells whether a term is defined in a way that the program reads; nil: it
	// reads all.
	isTerm func(chapter *bookcheck.Chapter, term *bookcheck.Target) bool
}

func newIndex(fsys fs.FS, book *bookcheck.Book, root string, suffixes []string, document func(string) bool, n naming, subs *substitutions) *index {
	x := &index{
		book: book, tree: tree.New(book.Files), own: project.NewOwn(book),
		root: root, suffixes: suffixes, document: document,
		documents: make(map[string]string),
		pages:     make(map[*bookcheck.Chapter]*page, len(book.Chapters)),
		same:      new(namesakes),
		complete:  true,
		unread:    &rumors{fsys: fsys},
	}
	for file := range book.Files {
		if document(file) {
			x.addDocument(file)
		}
	}
	prints := subs.printedLabels()
	for _, chapter := range book.Chapters {
		x.pages[chapter] = x.newPage(chapter, n)
		x.addCitations(chapter)
		if document(chapter.Path) {
			x.unread.chapters = append(x.unread.chapters, chapter)
			x.addNames(chapter, n)
			x.addPrinted(chapter, n, prints)
		}
	}
	for _, chapter := range x.unread.chapters {
		x.addBareNames(chapter, n)
	}
	return x
}

// addDocument notes a document. One that was not read, because it is not Markdown,
// may define any label.
func (x *index) addDocument(file string) {
	if x.book.Chapter(file) == nil {
		x.unread.files = append(x.unread.files, file)
	}
	name := stem(file, x.suffixes)
	other, taken := x.documents[name]
	if !taken || x.book.Chapter(other) == nil || file < other && x.book.Chapter(file) != nil {
		x.documents[name] = file
	}
}

// newPage collects what a chapter and the chapters that it includes define.
func (x *index) newPage(chapter *bookcheck.Chapter, n naming) *page {
	p := &page{substitutions: ownSubstitutions(chapter), partial: chapter.Unread.Len() > 0}
	p.parts = x.parts(chapter, p)
	slugs := n.slugs()
	for _, part := range p.parts {
		for _, target := range part.Targets {
			switch target.Kind {
			case bookcheck.Label:
				p.names.Add(n.label(target.Name), target.Name, place{part, target})
			case bookcheck.HTMLID:
				p.ids.Add(target.Name, target.Name, place{part, target})
			default:
			}
		}
		for _, h := range part.Headings {
			if h.ID != "" {
				p.names.Add(n.label(h.ID), h.ID, place{part, headingTarget(h)})
			}
		}
		for _, target := range part.Targets {
			if target.Kind == bookcheck.Equation { // a label of the same name is another thing, and comes first
				p.names.Add(n.label(target.Name), target.Name, place{part, target})
			}
		}
		slugs(part, func(slug string, h *bookcheck.Heading) {
			p.slugs.Add(slug, slug, place{part, headingTarget(h)})
		})
	}
	return p
}

// headingTarget makes a target of a heading.
func headingTarget(h *bookcheck.Heading) *bookcheck.Target {
	return &bookcheck.Target{Span: h.Span, Kind: bookcheck.Label, Name: h.ID, Title: h.Text, Of: "section"}
}

// parts returns a chapter and those that it includes. What it includes and is not
// there may hold anything.
func (x *index) parts(chapter *bookcheck.Chapter, p *page) []*bookcheck.Chapter {
	parts := []*bookcheck.Chapter{chapter}
	for i := 0; i < len(parts); i++ {
		for _, link := range parts[i].Links {
			if link.Kind != bookcheck.Include || link.Name != "include" && link.Name != "mdinclude" {
				continue
			}
			file := x.path(parts[i], link.Target)
			included := x.book.Chapter(file)
			switch {
			case included == nil && x.tree.File(file):
				x.unread.files = append(x.unread.files, file)
			case included == nil:
				p.partial = true
				x.gaps = x.gaps || x.document(chapter.Path)
			case !slices.Contains(parts, included):
				parts = append(parts, included)
			}
		}
	}
	return parts
}

// path returns the file that a path in a chapter names; a slash begins at the root
// of the book.
func (x *index) path(from *bookcheck.Chapter, target string) string {
	if rooted, ok := strings.CutPrefix(target, "/"); ok {
		return path.Join(x.root, rooted)
	}
	return path.Join(path.Dir(from.Path), target)
}

func (x *index) addCitations(chapter *bookcheck.Chapter) {
	for _, target := range chapter.Targets {
		if target.Kind == bookcheck.Citation {
			x.citations.Add(target.Name, target.Name, place{chapter, target})
		}
	}
}

// addNames gives what a document defines to the whole book.
func (x *index) addNames(chapter *bookcheck.Chapter, n naming) {
	p := x.pages[chapter]
	x.complete = x.complete && chapter.Unread.Len() == 0
	for _, name := range p.names.Names() {
		if found, _ := p.names.Find(n.label(name)); !nothingToShow(found.target) {
			x.labels.Add(n.label(name), name, found)
		}
	}
	for _, slug := range p.slugs.Names() {
		found, _ := p.slugs.Find(slug)
		x.headings.Add(slug, slug, found)
	}
	for _, part := range p.parts {
		for _, target := range part.Targets {
			switch target.Kind {
			case bookcheck.TermDefinition:
				if n.isTerm != nil && !n.isTerm(part, target) {
					continue
				}
				x.terms.Add(squeeze(target.Name), target.Name, place{part, target})
				x.termsFold.Add(strings.ToLower(squeeze(target.Name)), target.Name, place{part, target})
			case bookcheck.Equation:
				name := equationName(part, target)
				x.equations.Add(name, name, place{part, target})
			default:
			}
		}
	}
}

// addBareNames gives the labels of what has no title to the whole book. They come
// after the others: of two labels of one name, the one with a title is found.
func (x *index) addBareNames(chapter *bookcheck.Chapter, n naming) {
	p := x.pages[chapter]
	for _, name := range p.names.Names() {
		found, _ := p.names.Find(n.label(name))
		x.labels.Add(n.label(name), name, found) // those that are there stay
	}
}

// equationName returns the name of an equation. After dollar signs white space is
// not part of it.
func equationName(chapter *bookcheck.Chapter, target *bookcheck.Target) string {
	if target.Start < len(chapter.Source) && chapter.Source[target.Start] == '(' {
		return wordSpaces.ReplaceAllString(target.Name, "-")
	}
	return target.Name
}

// squeeze folds white space.
func squeeze(text string) string { return strings.Join(strings.Fields(text), " ") }

// addPrinted adds the labels that the substitutions in a document print.
func (x *index) addPrinted(chapter *bookcheck.Chapter, n naming, prints map[string][]printed) {
	name, _ := within(x.root, stem(chapter.Path, x.suffixes))
	for _, link := range chapter.Links {
		if link.Kind != bookcheck.Substitution {
			continue
		}
		for _, label := range prints[strings.TrimSpace(link.Target)] {
			text, known := label.label(name)
			if !known {
				x.printed = append(x.printed, label.pattern())
				continue
			}
			at := place{chapter, &bookcheck.Target{Span: link.Span, Kind: bookcheck.Label, Name: text}}
			x.labels.Add(n.label(text), text, at)
			x.pages[chapter].names.Add(n.label(text), text, at)
		}
	}
}

// isPrinted tells whether a label, in the form that is compared, may be one that a
// substitution prints.
func (x *index) isPrinted(label string) bool {
	return slices.ContainsFunc(x.printed, func(re *regexp.Regexp) bool { return re.MatchString(label) })
}

// resource resolves the path of an image, a download or an included file.
func (x *index) resource(from *bookcheck.Chapter, target string) bookcheck.Resolution {
	if !tree.IsPath(target) || strings.HasPrefix(target, "#") || strings.ContainsAny(target, "*<>") {
		return bookcheck.Resolution{}
	}
	d := tree.Split(target)
	for _, name := range []string{target, decoded(target), d.Path} {
		file := x.path(from, name)
		if _, inside := tree.Join(".", file); !inside {
			return bookcheck.Resolution{}
		}
		if x.tree.File(file) {
			return bookcheck.Resolution{
				Outcome: bookcheck.Resolved, Chapter: x.book.Chapter(file), Sought: "file", Name: file,
			}
		}
	}
	file := x.path(from, d.Path)
	d.Marked = false
	return bookcheck.Resolution{
		Outcome: bookcheck.NoFile, Sought: "file", Name: file,
		Near: x.tree.Suggest(path.Dir(from.Path), file, d),
	}
}

// decoded undoes the percent-encoding of a name.
func decoded(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// nearDocuments returns names of documents that were perhaps meant.
func (x *index) nearDocuments(from *bookcheck.Chapter, name string) []string {
	var names []string
	for _, file := range x.tree.Near(name + path.Ext(from.Path)) {
		if x.document(file) {
			names = append(names, quoteName(bookcheck.Relative(path.Dir(from.Path), stem(file, x.suffixes))))
		}
	}
	return names
}
