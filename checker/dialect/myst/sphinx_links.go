package myst

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// Resolve implements bookcheck.Dialect.
func (s sphinx) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if s.pages[from] == nil {
		return bookcheck.Resolution{}
	}
	switch link.Kind {
	case bookcheck.PageLink:
		return s.pageLink(from, link)
	case bookcheck.HTMLLink:
		return s.htmlLink(from, link)
	case bookcheck.HTMLImage:
		return s.htmlImage(from, link)
	case bookcheck.Image, bookcheck.Download, bookcheck.Include:
		return s.resource(from, link.Target)
	case bookcheck.Ref:
		return s.ref(from, link)
	case bookcheck.Doc:
		return s.doc(from, link)
	case bookcheck.Term:
		return s.term(link)
	case bookcheck.Cite:
		return s.cite(link)
	case bookcheck.FootnoteRef:
		if s.silenced("myst.footnote") {
			return bookcheck.Resolution{}
		}
		return s.own.Footnote(from, link)
	case bookcheck.Substitution:
		if s.silenced("myst.substitution") {
			return bookcheck.Resolution{}
		}
		return s.substitutions.resolve(s.pages[from].substitutions, link)
	default:
		return bookcheck.Resolution{}
	}
}

// pageLink resolves a Markdown link.
func (s sphinx) pageLink(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if link.Undefined {
		return s.own.Definition(from, link)
	}
	if link.Form == bookcheck.Option || link.Form == bookcheck.Argument {
		return s.htmlLink(from, link) // Sphinx passes these on as they are
	}
	target := link.Target
	if file, ok := strings.CutPrefix(target, "path:"); ok {
		return s.resource(from, file)
	}
	target = strings.TrimPrefix(target, "project:")
	if !tree.IsPath(target) {
		return bookcheck.Resolution{}
	}
	if name, ok := strings.CutPrefix(target, "#"); ok {
		return s.missing(s.anchor(from, decoded(name)), link, "myst.xref_missing", "myst")
	}
	return s.missing(s.destination(from, target), link, "myst.xref_missing", "myst")
}

// missing lets an author's word, and what cannot be known, turn a failure into
// silence.
func (s sphinx) missing(r bookcheck.Resolution, link *bookcheck.Link, subtype string, types ...string) bookcheck.Resolution {
	if r.Outcome == bookcheck.Resolved || r.Outcome == bookcheck.Unjudged {
		return r
	}
	if s.silenced(subtype) || s.ignored.has(link.Target, types...) {
		return bookcheck.Resolution{}
	}
	return r
}

// unknowable tells whether a name that was not found may still be defined where
// nobody looked.
func (s sphinx) unknowable(name string) bool {
	return !s.complete || s.inventories || s.isPrinted(labelName(name))
}

// anchor resolves #name: in this page first, then in the whole book.
func (s sphinx) anchor(from *bookcheck.Chapter, name string) bookcheck.Resolution {
	if name == "" {
		return bookcheck.Resolution{} // an empty link, which is another flaw
	}
	here := s.pages[from]
	if found, ok := here.names.Find(name); ok {
		return found.resolution("label", name)
	}
	if found, ok := here.slugs.Find(name); ok {
		return found.resolution("label", name)
	}
	if r := s.any(from, name); r.Outcome == bookcheck.Resolved {
		return r
	}
	if here.partial || !s.anchorsKnown || s.unknowable(name) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label", Name: name,
		Near: prefixed("#", firsts(here.slugs.Near(name), here.names.Near(name), s.labels.Near(name))),
	}
}

// prefixed puts a prefix before each name.
func prefixed(prefix string, names []string) []string {
	for i, name := range names {
		names[i] = prefix + name
	}
	return names
}

// any looks a name up among all that has one. A result that is not resolved means
// that nothing has it.
func (s sphinx) any(from *bookcheck.Chapter, name string) bookcheck.Resolution {
	if found, ok := s.labels.Find(labelName(name)); ok {
		return found.resolution("label", name)
	}
	if file, ok := s.documents[s.path(from, name)]; ok {
		return place{chapter: s.book.Chapter(file)}.resolution("document", name)
	}
	if found, ok := s.equations.Find(name); ok {
		return found.resolution("equation", name)
	}
	if found, ok := s.termsFold.Find(strings.ToLower(squeeze(name))); ok {
		return found.resolution("term", name)
	}
	return bookcheck.Resolution{}
}

// looksLikeFile recognizes what an author meant as a path and not as a name.
var looksLikeFile = regexp.MustCompile(`/|\.[A-Za-z][A-Za-z0-9]{0,7}$`)

// destination resolves a link without a scheme: a file, a document or a name.
func (s sphinx) destination(from *bookcheck.Chapter, target string) bookcheck.Resolution {
	d := tree.Split(target)
	file := s.path(from, d.Path)
	if _, inside := tree.Join(".", file); !inside {
		return bookcheck.Resolution{}
	}
	if s.tree.File(file) && d.Query == "" {
		return s.fileAnchor(file, d)
	}
	name := decoded(target)
	if r := s.any(from, name); r.Outcome == bookcheck.Resolved {
		return r
	}
	if d.Marked || d.Query != "" || looksLikeFile.MatchString(d.Path) {
		return bookcheck.Resolution{
			Outcome: bookcheck.NoFile, Sought: "file", Name: file, Near: s.nearFiles(from, file, d),
		}
	}
	if s.unknowable(name) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label or document", Name: name,
		Near: firsts(quoted(s.labels.Near(name)), s.nearDocuments(from, file)),
	}
}

// fileAnchor resolves a link to a file that is there, and to a heading in it.
func (s sphinx) fileAnchor(file string, d tree.Destination) bookcheck.Resolution {
	chapter := s.book.Chapter(file)
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: chapter, Sought: "file", Name: file}
	if !hasSuffix(file, s.suffixes) {
		return result // offered for download
	}
	if !s.document(file) {
		result.Outcome, result.Sought, result.Chapter = bookcheck.Missing, "document", nil
		return result
	}
	if d.Fragment == "" || chapter == nil {
		return result
	}
	page := s.pages[chapter]
	result.Sought, result.Name = "heading", d.Fragment
	found, ok := page.slugs.Find(d.Fragment)
	switch {
	case ok:
		result.Target = found.target
	case page.partial || !s.anchorsKnown || chapter.Dialect != Name:
		return bookcheck.Resolution{}
	default:
		result.Outcome = bookcheck.NoAnchor
		result.Near = prefixed(d.Raw+"#", page.slugs.Near(d.Fragment))
		if _, ok := page.names.Find(labelName(d.Fragment)); ok {
			result.Near = firsts([]string{"#" + d.Fragment}, result.Near)
		}
	}
	return result
}

// nearFiles returns destinations for files that were perhaps meant.
func (s sphinx) nearFiles(from *bookcheck.Chapter, file string, d tree.Destination) []string {
	near := s.tree.Suggest(path.Dir(from.Path), file, d)
	if document, ok := s.documents[strings.TrimSuffix(file, ".html")]; ok {
		name := tree.Relative(path.Dir(from.Path), document)
		if d.Fragment != "" {
			name += "#" + d.Fragment
		}
		near = firsts([]string{name}, near)
	}
	return near
}

// quoted writes names as destinations of Markdown links.
func quoted(names []string) []string {
	for i, name := range names {
		names[i] = quoteName(name)
	}
	return names
}

func quoteName(name string) string {
	if strings.ContainsAny(name, " ()") {
		return "<" + name + ">"
	}
	return name
}

// made recognizes the folders that Sphinx fills when it builds.
var made = regexp.MustCompile(`(^|/)(_static|_images|_downloads|_sources|_modules)/`)

// htmlImage resolves the src of an <img>, which Sphinx does not look at unless it
// reads such tags as images.
func (s sphinx) htmlImage(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	r := s.resource(from, link.Target)
	if r.Outcome == bookcheck.NoFile && !s.htmlImages && (made.MatchString(link.Target) || strings.HasPrefix(link.Target, "/")) {
		return bookcheck.Resolution{}
	}
	return r
}

// htmlLink resolves the href of an <a>, which is an address on the finished site.
// Only the source of a page, or an image, is known not to come from elsewhere.
func (s sphinx) htmlLink(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if !tree.IsPath(link.Target) {
		return bookcheck.Resolution{}
	}
	d := tree.Split(link.Target)
	file := s.path(from, d.Path)
	if _, inside := tree.Join(".", file); d.Path == "" || !inside {
		return bookcheck.Resolution{}
	}
	if document, ok := s.documents[strings.TrimSuffix(file, ".html")]; ok {
		return place{chapter: s.book.Chapter(document)}.resolution("file", document)
	}
	if s.tree.File(file) {
		return bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: s.book.Chapter(file), Sought: "file", Name: file}
	}
	switch strings.ToLower(path.Ext(d.Path)) {
	case ".md", ".ipynb", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp":
	default:
		return bookcheck.Resolution{}
	}
	if made.MatchString(d.Path) || strings.HasPrefix(d.Path, "/") || s.tree.Named(path.Base(d.Path)) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: file, Near: s.nearFiles(from, file, d)}
}
