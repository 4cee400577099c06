package myst

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// Resolve implements bookcheck.Dialect.
func (s sphinx) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if s.pages[from] == nil {
		return bookcheck.Resolution{}
	}
	if isPadded(from, link) {
		name := " " + link.Target + " "
		outcome := bookcheck.Missing
		if link.Kind == bookcheck.Download {
			outcome = bookcheck.NoFile
		}
		return s.missing(bookcheck.Resolution{Outcome: outcome, Sought: padded[link.Kind], Name: name}, link, "ref."+link.Name)
	}
	switch link.Kind {
	case bookcheck.PageLink:
		return s.ambiguous(from, link, s.pageLink(from, link))
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
		return s.own.Footnote(from, link) // myst.footnote, if switched off, is mostly about notes that nothing refers to
	case bookcheck.Substitution:
		return s.missing(s.substitutions.resolve(s.pages[from].substitutions, link), link, "myst.substitution")
	default:
		return bookcheck.Resolution{}
	}
}

// pageLink resolves a Markdown link.
func (s sphinx) pageLink(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if link.Undefined {
		return s.own.Definition(from, link)
	}
	if s.linksExternal || link.Form == bookcheck.Option || link.Form == bookcheck.Argument {
		return s.htmlLink(from, link) // Sphinx passes these on as they are
	}
	target := link.Target
	if file, ok := strings.CutPrefix(target, "path:"); ok {
		return s.resource(from, file)
	}
	target, ours := strings.CutPrefix(target, "project:")
	if link.Form == bookcheck.Autolink && !ours {
		return bookcheck.Resolution{}
	}
	if s.isAddress(target) {
		return s.missing(s.address(target), link, "myst.xref_missing", "myst")
	}
	titled := !bytes.HasPrefix(from.Source[link.Start:], []byte("[]")) && link.Form != bookcheck.Autolink
	if name, ok := strings.CutPrefix(target, "#"); ok {
		return s.missing(s.anchor(from, decoded(name), titled), link, "myst.xref_missing", "myst")
	}
	return s.missing(s.destination(from, target, titled), link, "myst.xref_missing", "myst")
}

// address judges a destination that leads out of the book: by the schemes that the
// book says are those of addresses. With another one it is taken for a name.
func (s sphinx) address(target string) bookcheck.Resolution {
	scheme, rest, _ := strings.Cut(target, ":")
	if !s.schemesKnown || rest == "" || !schemes[strings.ToLower(scheme)] || s.schemes[scheme] || scheme == "inv" || strings.ContainsAny(rest, "{}<>$") {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "configured URL scheme", Name: scheme}
}

// isAddress tells whether a destination leads out of the book. What stands before
// a colon can be a scheme, or the first part of a label: fig:one.
func (s sphinx) isAddress(target string) bool {
	if tree.IsPath(target) {
		return false
	}
	scheme, rest, _ := strings.Cut(target, ":")
	return s.schemes[strings.ToLower(scheme)] || isAddress(scheme, rest)
}

// isAddress tells whether a destination that is no path is no label either.
func isAddress(scheme, rest string) bool {
	return schemes[strings.ToLower(scheme)] || rest == "" || strings.HasPrefix(rest, "//") || strings.ContainsAny(scheme+rest, "{}<>$@")
}

// schemes are those of addresses that people write in books. A label would not
// begin with one of them.
var schemes = set(strings.Fields(`about arxiv bitcoin blob chrome data doi dx facetime feed file ftp ftps geo git
	github gopher hdl http https intent inv irc ircs isbn javascript jdbc ldap ldaps magnet mailto market matrix mongodb
	myst news nntp orcid pmid postgres postgresql redis ror rrid rsync rtsp s3 sftp sip skype slack sms spotify ssh
	steam svn tel telnet tg urn view-source vnc vscode webcal wiki ws wss xmpp xref zotero`))

// missing lets an author's word, and what cannot be known, turn a failure into
// silence.
func (s sphinx) missing(r bookcheck.Resolution, link *bookcheck.Link, subtype string, types ...string) bookcheck.Resolution {
	if r.Outcome == bookcheck.Resolved || r.Outcome == bookcheck.Unjudged {
		return r
	}
	_, name, _ := strings.Cut(link.Target, "#") // which is all that the builder names
	if s.silenced(subtype) || s.ignored.has(strings.TrimPrefix(link.Target, "project:"), types...) || name != "" && s.ignored.has(name, types...) {
		return bookcheck.Resolution{}
	}
	return r
}

// unknowable tells whether a name that was not found may still be defined where
// nobody looked.
func (s sphinx) unknowable(name string) bool {
	return !s.complete || s.isPrinted(labelName(name)) || s.unread.mention(name)
}

// slip lets a name that was not found pass if it may be one of another project, or
// of an included file that is not there, unless it is almost one of this book.
func (s sphinx) slip(r bookcheck.Resolution) bookcheck.Resolution {
	if len(r.Near) == 0 && (s.inventories || s.gaps) {
		return bookcheck.Resolution{}
	}
	return r
}

// anchor resolves #name: in this page first, then in the whole book.
func (s sphinx) anchor(from *bookcheck.Chapter, name string, titled bool) bookcheck.Resolution {
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
	if r := s.any(from, name, titled); r.Outcome != bookcheck.Unjudged {
		return r
	}
	if !s.anchorsKnown || s.unknowable(name) {
		return bookcheck.Resolution{}
	}
	r := s.slip(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label", Name: name,
		Near: prefixed("#", firsts(here.slugs.Near(name), here.names.Near(name), s.labels.Near(name))),
	})
	if here.partial && len(r.Near) == 0 {
		return bookcheck.Resolution{}
	}
	return r
}

// prefixed puts a prefix before each name.
func prefixed(prefix string, names []string) []string {
	for i, name := range names {
		names[i] = prefix + name
	}
	return names
}

// any looks a name up among all that has one. A result that is not judged means
// that nothing has it. Without a text of its own, a reference needs one to show.
func (s sphinx) any(from *bookcheck.Chapter, name string, titled bool) bookcheck.Resolution {
	label, labeled := s.labels.Find(strings.ToLower(name))
	shows := titled || !nothingToShow(label.target)
	if labeled && shows {
		return label.resolution("label", name)
	}
	if file, ok := s.documents[s.path(from, name)]; ok {
		return place{chapter: s.book.Chapter(file)}.resolution("document", name)
	}
	if found, ok := s.equations.Find(name); ok {
		return found.resolution("equation", name)
	}
	if found, ok := s.terms.Find(strings.ToLower(name)); ok {
		return found.resolution("term", name)
	}
	if labeled {
		return untitled(name)
	}
	return bookcheck.Resolution{}
}

// looksLikeFile recognizes what an author meant as a path and not as a name: it
// ends in a slash, or as files do that people put into books.
var looksLikeFile = regexp.MustCompile(`(?i)/$|\.(avif|bib|bmp|c|cff|cfg|cpp|css|csv|dat|docx?|drawio|eps|gif|go|gz|h|h5|` +
	`html?|ico|ini|ipynb|java|jl|jpe?g|js|json|lock|log|markdown|mdx?|mp3|mp4|nc|npy|npz|ods|odt|parquet|pdf|png|pptx?|py|` +
	`qmd|r|rmd|rs|rst|sh|svg|tar|tex|tiff?|toml|ts|tsv|txt|wav|webm|webp|xlsx?|xml|ya?ml|zip)$`)

// destination resolves a link without a scheme: a file, a document or a name.
func (s sphinx) destination(from *bookcheck.Chapter, target string, titled bool) bookcheck.Resolution {
	d := tree.Split(target)
	file := s.path(from, d.Path)
	if _, inside := tree.Join(".", file); !inside {
		return bookcheck.Resolution{}
	}
	if s.tree.File(file) && d.Query == "" {
		return s.fileAnchor(file, d)
	}
	name := decoded(target)
	if r := s.any(from, name, titled); r.Outcome != bookcheck.Unjudged {
		return r
	}
	if d.Query != "" { // part of the name, to Sphinx
		return bookcheck.Resolution{
			Outcome: bookcheck.NoFile, Sought: "file", Name: file + "?" + d.Query, Near: s.nearFiles(from, file, d),
		}
	}
	if d.Marked || looksLikeFile.MatchString(d.Path) {
		return bookcheck.Resolution{
			Outcome: bookcheck.NoFile, Sought: "file", Name: file, Near: s.nearFiles(from, file, d),
		}
	}
	if s.unknowable(name) {
		return bookcheck.Resolution{}
	}
	return s.slip(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label or document", Name: name,
		Near: firsts(quoted(s.labels.Near(name)), s.nearDocuments(from, file)),
	})
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
	case !s.anchorsKnown || chapter.Dialect != Name || s.unread.mention(d.Fragment):
		return bookcheck.Resolution{}
	case page.partial && len(page.slugs.Near(d.Fragment)) == 0:
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

// nearFiles returns destinations for files that were perhaps meant. In place of a
// page of the finished site, that is the document that it is made from.
func (s sphinx) nearFiles(from *bookcheck.Chapter, file string, d tree.Destination) []string {
	page, ok := strings.CutSuffix(file, ".html")
	if !ok {
		return s.tree.Suggest(path.Dir(from.Path), file, d)
	}
	if document, ok := s.documents[page]; ok {
		return []string{bookcheck.Relative(path.Dir(from.Path), document)}
	}
	return s.tree.Suggest(path.Dir(from.Path), page+path.Ext(from.Path), d)
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
// Only pages, their sources and images are known not to come from elsewhere.
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
	case ".html":
		if !s.wholeSite || slices.Contains(sphinxLabels, stem(path.Base(file), []string{".html"})) {
			return bookcheck.Resolution{}
		}
	default:
		return bookcheck.Resolution{}
	}
	if made.MatchString(d.Path) || strings.HasPrefix(d.Path, "/") || s.tree.Named(path.Base(d.Path)) {
		return bookcheck.Resolution{}
	}
	near := s.nearFiles(from, file, d)
	if path.Ext(file) == ".html" {
		for i, name := range near {
			near[i] = stem(name, s.suffixes) + ".html"
		}
	}
	return bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "file", Name: file, Near: near}
}
