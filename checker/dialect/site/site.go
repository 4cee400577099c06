// Package site is what the programs have in common that make a site of Markdown
// files: pages by path, and anchors made of headings.
package site

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/github"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A Style says how a builder names the places of a page.
type Style struct {
	// Slugs return the anchors that a heading may have, before numbering, by the
	// versions of the builder. None is left out: an anchor of any version is good.
	Slugs []func(h *bookcheck.Heading) string
	// Join stands between a slug and its number. Empty: anchors are not numbered.
	Join string
	// Keep tells that a heading with an anchor of its author's has none of its text.
	Keep bool
	// Partial tells whether a page may have anchors that are not in its text. Nil:
	// only those with headings in HTML or with texts that are included have.
	Partial func(chapter *bookcheck.Chapter) bool
}

// A Site is a book and what can be looked up in it. It is not changed once it is
// made.
type Site struct {
	Book *bookcheck.Book
	Tree *tree.Tree
	Own  project.Own
	// Plain resolves the links of files that the builder does not read.
	Plain bookcheck.Dialect

	pages map[*bookcheck.Chapter]*page
}

// New returns a site of the chapters of a book.
func New(book *bookcheck.Book, style Style) *Site {
	s := &Site{
		Book:  book,
		Tree:  tree.New(book.Files),
		Own:   project.NewOwn(book),
		Plain: github.Plain(book),
		pages: make(map[*bookcheck.Chapter]*page, len(book.Chapters)),
	}
	for _, chapter := range book.Chapters {
		s.pages[chapter] = newPage(chapter, style)
	}
	return s
}

// A page is what a fragment can lead to in a chapter.
type page struct {
	names   near.Table[*bookcheck.Target]
	partial bool // there may be more
}

// handmade recognizes headings in HTML, which some builders give anchors too.
var handmade = regexp.MustCompile(`(?i)<h[1-6][\s>]`)

func newPage(chapter *bookcheck.Chapter, style Style) *page {
	p := new(page)
	p.partial = chapter.Unread.Len() > 0 || strings.EqualFold(path.Ext(chapter.Path), ".ipynb") || handmade.Match(chapter.Source) ||
		style.Partial != nil && style.Partial(chapter)
	for _, target := range chapter.Targets {
		if target.Kind == bookcheck.HTMLID || target.Kind == bookcheck.Label || target.Kind == bookcheck.Equation {
			p.names.Add(target.Name, target.Name, target)
		}
	}
	for _, slug := range style.Slugs {
		numbers := Numberer{Join: style.Join}
		for _, h := range chapter.Headings {
			if h.ID != "" {
				numbers.taken(h.ID)
			}
		}
		for _, h := range chapter.Headings {
			if h.ID != "" && style.Keep {
				continue
			}
			if name := numbers.Number(slug(h)); name != "" {
				p.names.Add(name, name, section(h))
			}
		}
	}
	for _, link := range chapter.Links {
		p.partial = p.partial || link.Kind == bookcheck.Include && isText(link.URL())
	}
	return p
}

// section makes a target of a heading.
func section(h *bookcheck.Heading) *bookcheck.Target {
	return &bookcheck.Target{Span: h.Span, Kind: bookcheck.Label, Name: h.ID, Title: h.Text, Of: "section"}
}

// isText tells whether an included file may hold headings.
func isText(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".rs", ".py", ".toml", ".js", ".ts", ".json", ".go", ".c", ".h", ".cpp", ".java", ".sh", ".yaml", ".yml", ".css", ".sql":
		return false
	default:
		return true
	}
}

// Anchor resolves the fragment of a link to a chapter. What is not there is
// missing only if it cannot be made by the builder.
func (s *Site) Anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: to, Sought: "heading", Name: d.Fragment}
	if d.Fragment == "" || strings.EqualFold(d.Fragment, "top") || strings.HasPrefix(d.Fragment, ":~:") {
		result.Sought, result.Name = "file", to.Path
		return result
	}
	page := s.pages[to]
	if page == nil {
		return bookcheck.Resolution{}
	}
	var found bool
	if result.Target, found = page.names.Find(d.Fragment); found {
		return result
	}
	if page.partial || strings.HasPrefix(d.Fragment, "fn") { // of a footnote
		return bookcheck.Resolution{}
	}
	result.Outcome = bookcheck.NoAnchor
	for _, name := range page.names.Near(d.Fragment) {
		result.Near = append(result.Near, d.Raw+"#"+name)
	}
	return result
}

// Target resolves a name that an author gives in a chapter; false: it has none.
func (s *Site) Target(to *bookcheck.Chapter, name string) (*bookcheck.Target, bool) {
	page := s.pages[to]
	if page == nil {
		return nil, false
	}
	return page.names.Find(name)
}

// To resolves a link to a file that exists: to the chapter that it is, or to the
// file.
func (s *Site) To(file string, d tree.Destination) bookcheck.Resolution {
	if chapter := s.Book.Chapter(file); chapter != nil && chapter.Dialect != "" {
		return s.Anchor(chapter, d)
	}
	return Found(d)
}

// Found is the resolution of a link to a file that is no chapter.
func Found(d tree.Destination) bookcheck.Resolution {
	return bookcheck.Resolution{Outcome: bookcheck.Resolved, Sought: "file", Name: d.Path}
}

// Part resolves a link that makes a file a part of the page, which may be a
// chapter.
func (s *Site) Part(file string, d tree.Destination) bookcheck.Resolution {
	to := Found(d)
	to.Chapter = s.Book.Chapter(file)
	return to
}

// NoFile reports a file that is not there.
func (s *Site) NoFile(from *bookcheck.Chapter, file string, d tree.Destination) bookcheck.Resolution {
	return bookcheck.Resolution{
		Outcome: bookcheck.NoFile, Sought: "file", Name: file,
		Near: s.Tree.Suggest(path.Dir(from.Path), file, d),
	}
}

// File resolves a destination that names a file by its path from a folder.
func (s *Site) File(from *bookcheck.Chapter, folder, name string, d tree.Destination) bookcheck.Resolution {
	file, known := tree.Join(folder, name)
	switch {
	case !known:
		return bookcheck.Resolution{}
	case s.Tree.File(file):
		return Found(d)
	default:
		return s.NoFile(from, file, d)
	}
}

// NoStatic reports a file that a folder of files which are copied to the site does not
// have.
func (s *Site) NoStatic(folder string, d tree.Destination) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: path.Join(folder, d.Path)}
	for _, name := range s.Tree.Near(result.Name) {
		if inside, ok := Under(folder, name); ok {
			result.Near = append(result.Near, "/"+inside)
		}
	}
	return result
}

// Written resolves what is written alike for every builder: footnotes and
// references to definitions. False: the link is of another kind.
func (s *Site) Written(from *bookcheck.Chapter, link *bookcheck.Link) (bookcheck.Resolution, bool) {
	switch {
	case link.Kind == bookcheck.FootnoteRef:
		return s.Own.Footnote(from, link), true
	case link.Kind == bookcheck.PageLink && link.Undefined:
		return s.Own.Definition(from, link), true
	default:
		return bookcheck.Resolution{}, false
	}
}

// IsFileLink tells whether a link names a file, a page or a place on one.
func IsFileLink(link *bookcheck.Link) bool {
	switch link.Kind {
	case bookcheck.PageLink, bookcheck.Image, bookcheck.HTMLLink, bookcheck.HTMLImage, bookcheck.JSXLink,
		bookcheck.Download, bookcheck.Include:
		return tree.IsPath(link.Target)
	default:
		return false
	}
}

// Under returns the path of a file below a folder; false: it is not there.
func Under(folder, file string) (relative string, inside bool) {
	if folder == "." {
		return file, file != ".." && !strings.HasPrefix(file, "../")
	}
	return strings.CutPrefix(file, folder+"/")
}
