package myst

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A mystmd resolves links as the program of that name does.
type mystmd struct {
	*index
	citesKnown bool
	ignored    ignored
}

func bindMystmd(fsys fs.FS, book *bookcheck.Book, s *mystmdSettings) mystmd {
	n := naming{identifier, mystmdSlugs, inDefinitionList}
	x := newIndex(fsys, book, s.root, mystmdSuffixes, s.document, n, newSubstitutions(nil, true))
	x.complete = x.complete && !s.partial
	for _, chapter := range book.Chapters {
		if label, ok := chapter.Meta["label"].(string); ok && s.document(chapter.Path) {
			x.labels.Add(identifier(label), label, place{chapter: chapter})
		}
	}
	return mystmd{index: x, citesKnown: !s.bibliographyLost && !s.partial, ignored: s.ignored}
}

// inDefinitionList tells whether a colon follows a term, as in the only glossaries
// that mystmd reads.
func inDefinitionList(chapter *bookcheck.Chapter, term *bookcheck.Target) bool {
	rest := bytes.TrimLeft(chapter.Source[term.End:], " \t\r\n>")
	return chapter.Cells != nil || bytes.HasPrefix(rest, []byte(":")) // the source of a notebook has other line ends
}

// mystmdSlugs returns how mystmd makes the slugs of headings that have no label.
// The first of a name wins.
func mystmdSlugs() func(*bookcheck.Chapter, func(string, *bookcheck.Heading)) {
	return func(part *bookcheck.Chapter, add func(string, *bookcheck.Heading)) {
		labeled := labeledHeadings(part)
		for _, h := range part.Headings {
			if h.ID == "" && !labeled[h] {
				add(htmlID(h.Text), h)
				add(htmlID(h.Plain), h)
			}
		}
	}
}

// labeledHeadings returns the headings that a label stands before.
func labeledHeadings(chapter *bookcheck.Chapter) map[*bookcheck.Heading]bool {
	labeled := make(map[*bookcheck.Heading]bool)
	for _, target := range chapter.Targets {
		if target.Kind != bookcheck.Label || target.Of != "section" {
			continue
		}
		i, _ := slices.BinarySearchFunc(chapter.Headings, target.End, func(h *bookcheck.Heading, end int) int { return h.Start - end })
		if i < len(chapter.Headings) && chapter.Headings[i].Text == target.Title {
			labeled[chapter.Headings[i]] = true
		}
	}
	return labeled
}

// Name implements bookcheck.Dialect.
func (m mystmd) Name() string { return Name }

// Resolve implements bookcheck.Dialect.
func (m mystmd) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if m.pages[from] == nil {
		return bookcheck.Resolution{}
	}
	var r bookcheck.Resolution
	rule := "reference-target-resolves"
	switch link.Kind {
	case bookcheck.PageLink, bookcheck.HTMLLink:
		r = m.pageLink(from, link)
		if r.Outcome == bookcheck.NoFile {
			rule = "link-resolves"
		}
	case bookcheck.Image, bookcheck.HTMLImage, bookcheck.Download, bookcheck.Include:
		rule = map[bookcheck.LinkKind]string{bookcheck.Include: "include-content-loads"}[link.Kind]
		if rule == "" {
			rule = "image-exists"
		}
		r = m.resource(from, link.Target)
	case bookcheck.Ref:
		r = m.ref(from, link)
	case bookcheck.Doc:
		r = m.doc(from, link)
	case bookcheck.Term:
		r = m.term(link)
	case bookcheck.Cite:
		r = m.cite(link)
	case bookcheck.FootnoteRef:
		rule, r = "footnote-references-definition", m.own.Footnote(from, link)
	default:
	}
	if r.Outcome != bookcheck.Resolved && m.ignored.has(link.Target, rule) {
		return bookcheck.Resolution{}
	}
	return r
}

// pageLink resolves a link: a file, or a name in the whole book.
func (m mystmd) pageLink(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if link.Undefined {
		return m.own.Definition(from, link)
	}
	target := strings.TrimPrefix(strings.TrimPrefix(link.Target, "project:"), "path:")
	if strings.Contains(target, "{}") {
		return bookcheck.Resolution{} // a format in a substitution, which mystmd prints as it stands
	}
	if scheme, rest, _ := strings.Cut(target, ":"); !tree.IsPath(target) && isAddress(scheme, rest) {
		return bookcheck.Resolution{}
	}
	if name, ok := strings.CutPrefix(target, "#"); ok {
		return m.anchor(from, decoded(name), "#")
	}
	d := tree.Split(target)
	file, ok := m.file(from, d.Path)
	switch {
	case !ok:
		return bookcheck.Resolution{}
	case file != "":
		return m.fileAnchor(file, d)
	case d.Marked || d.Query != "" || looksLikeFile.MatchString(d.Path):
		if r := m.anchor(from, decoded(target), ""); r.Outcome == bookcheck.Resolved {
			return r
		}
		file := m.path(from, d.Path)
		return bookcheck.Resolution{
			Outcome: bookcheck.NoFile, Sought: "file", Name: file,
			Near: m.tree.Suggest(path.Dir(from.Path), file, d),
		}
	default:
		r := m.anchor(from, decoded(target), "#")
		if r.Outcome == bookcheck.Missing {
			r.Sought = "label or document"
			r.Near = firsts(m.nearDocuments(from, m.path(from, d.Path)), r.Near)
		}
		return r
	}
}

// file returns the file that a path in a chapter names, with its suffix or
// without; "" if there is none. It is not ok where nothing is known.
func (m mystmd) file(from *bookcheck.Chapter, name string) (file string, ok bool) {
	file = m.path(from, name)
	if _, inside := tree.Join(".", file); !inside {
		return "", false
	}
	for _, suffix := range []string{"", ".md", ".ipynb"} {
		if m.tree.File(file + suffix) {
			return file + suffix, true
		}
	}
	return "", true
}

// anchor resolves a name: in this page first, then in the whole book.
func (m mystmd) anchor(from *bookcheck.Chapter, name, prefix string) bookcheck.Resolution {
	if name == "" {
		return bookcheck.Resolution{}
	}
	here := m.pages[from]
	if found, ok := here.find(name); ok {
		return found.resolution("label", name)
	}
	if found, ok := m.everywhere(name); ok {
		return found.resolution("label", name)
	}
	if !m.complete || m.unread.mention(name) {
		return bookcheck.Resolution{}
	}
	near := prefixed(prefix, firsts(here.slugs.Near(name), here.names.Near(name), m.labels.Near(name)))
	if len(near) == 0 && (here.partial || m.gaps) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "label", Name: name, Near: near}
}

// find looks a label or the slug of a heading up in a page.
func (p *page) find(name string) (place, bool) {
	if found, ok := p.names.Find(identifier(name)); ok {
		return found, true
	}
	if found, ok := p.slugs.Find(htmlID(name)); ok {
		return found, true
	}
	return p.ids.Find(name)
}

// everywhere looks a label, a heading or a term up in the whole book.
func (m mystmd) everywhere(name string) (place, bool) {
	if found, ok := m.labels.Find(identifier(name)); ok {
		return found, true
	}
	if found, ok := m.headings.Find(htmlID(name)); ok {
		return found, true
	}
	return m.termsFold.Find(strings.ToLower(strings.TrimPrefix(identifier(name), "term-")))
}

// fileAnchor resolves a link to a file that is there, and to a name in it.
func (m mystmd) fileAnchor(file string, d tree.Destination) bookcheck.Resolution {
	chapter := m.book.Chapter(file)
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: chapter, Sought: "file", Name: file}
	if d.Fragment == "" || chapter == nil || !m.document(file) {
		return result
	}
	page := m.pages[chapter]
	result.Sought, result.Name = "heading", d.Fragment
	if found, ok := page.find(d.Fragment); ok {
		result.Target = found.target
		return result
	}
	if found, ok := m.everywhere(d.Fragment); ok && found.chapter == chapter {
		result.Target = found.target
		return result
	}
	near := firsts(page.slugs.Near(d.Fragment), page.names.Near(d.Fragment))
	if !m.complete || m.unread.mention(d.Fragment) || page.partial && len(near) == 0 {
		return bookcheck.Resolution{}
	}
	result.Outcome = bookcheck.NoAnchor
	result.Near = prefixed(d.Raw+"#", near)
	return result
}

// ref resolves a reference by role. All kinds of label share their names.
func (m mystmd) ref(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	switch link.Name {
	case "doc":
		return m.doc(from, link)
	case "any", "button-ref":
		if r := m.doc(from, link); r.Outcome == bookcheck.Resolved {
			return r
		}
	case "ref", "numref", "eq", "math:numref", "keyword", "prf:ref", "proof:ref", "solution", "solution-start":
	default:
		return bookcheck.Resolution{}
	}
	return m.anchor(from, strings.TrimPrefix(link.Target, "#"), "")
}

// doc resolves the name of a page.
func (m mystmd) doc(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if !tree.IsPath(link.Target) || strings.Contains(link.Target, ":") {
		return bookcheck.Resolution{}
	}
	file, ok := m.file(from, link.Target)
	if !ok {
		return bookcheck.Resolution{}
	}
	if file != "" {
		return place{chapter: m.book.Chapter(file)}.resolution("document", link.Target)
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "document", Name: link.Target,
		Near: m.nearDocuments(from, m.path(from, link.Target)),
	}
}

// term resolves a glossary term.
func (m mystmd) term(link *bookcheck.Link) bookcheck.Resolution {
	name := squeeze(link.Target)
	if found, ok := m.termsFold.Find(strings.ToLower(name)); ok {
		return found.resolution("term", name)
	}
	if !m.complete || m.unread.mention(name) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "term", Name: name, Near: m.termsFold.Near(name)}
}

// identified recognizes keys that mystmd asks the web about: DOIs and addresses.
var identified = regexp.MustCompile(`^(10\.\d|https?:|doi:)`)

// cite resolves a citation key. One that no bibliography has may be a label.
func (m mystmd) cite(link *bookcheck.Link) bookcheck.Resolution {
	if found, ok := m.citations.Find(link.Target); ok {
		return found.resolution("citation key", link.Target)
	}
	if found, ok := m.everywhere(link.Target); ok {
		return found.resolution("label", link.Target)
	}
	if !m.citesKnown || identified.MatchString(link.Target) || schemes[link.Target] {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "citation key", Name: link.Target, Near: m.citations.Near(link.Target),
	}
}
