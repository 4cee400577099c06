package quarto

import (
	"path"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
	"github.com/bookcheck/bookcheck/checker/dialect/site"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead.
type resolver struct {
	*site.Site
	config
	labels  near.Table[bookcheck.Place] // of the whole book
	keys    near.Table[bookcheck.Place] // of the bibliographies
	sources map[string]bool             // bibliographies that are known
	parts   map[string][]*bookcheck.Chapter
	opaque  bool // labels may be in what is not read here
}

func bind(book *bookcheck.Book, c config) bookcheck.Dialect {
	r := &resolver{
		Site: site.New(book, site.Style{
			Slugs: []func(*bookcheck.Heading) string{slug, plainSlug, smartSlug}, Join: "-", Keep: true, Partial: makesHeadings,
		}),
		config: c, sources: make(map[string]bool), parts: make(map[string][]*bookcheck.Chapter),
	}
	for _, chapter := range book.Chapters {
		if chapter.Dialect == "" {
			r.bibliography(chapter)
			continue
		}
		r.opaque = r.opaque || chapter.Unread.Len() > 0 || strings.EqualFold(path.Ext(chapter.Path), ".ipynb") ||
			asis.Match(chapter.Source) || handmade.Match(chapter.Source)
		for _, target := range chapter.Targets {
			if target.Kind == bookcheck.Label || target.Kind == bookcheck.Equation {
				r.labels.Add(target.Name, target.Name, bookcheck.Place{Chapter: chapter, Target: target})
			}
		}
		for _, link := range chapter.Links {
			if link.Kind != bookcheck.Include {
				continue
			}
			file := r.at(chapter, link.URL())
			r.parts[file] = append(r.parts[file], chapter)
			r.opaque = r.opaque || book.Chapter(file) == nil && r.Tree.File(file)
		}
	}
	return r
}

func (r *resolver) bibliography(chapter *bookcheck.Chapter) {
	r.sources[chapter.Path] = true
	for _, target := range chapter.Targets {
		if target.Kind == bookcheck.Citation {
			r.keys.Add(target.Name, target.Name, bookcheck.Place{Chapter: chapter, Target: target})
		}
	}
	r.opaque = r.opaque || chapter.Unread.Len() > 0
}

var (
	// asis recognizes cells that print Markdown, of which headings and labels may be.
	asis = regexp.MustCompile(`(?m)output:[ \t]*["']?asis|results[ \t]*[=:][ \t]*["']?asis|knit_child|display\(Markdown|child[ \t]*[=:]`)
	// handmade recognizes labels in HTML of the author's own.
	handmade = regexp.MustCompile(`<(?:div|figure|img|table|section)[^>]*\sid=["'](?:fig|tbl|lst|eq|sec|thm)-`)
)

func makesHeadings(chapter *bookcheck.Chapter) bool { return asis.Match(chapter.Source) }

// Name implements bookcheck.Dialect.
func (r *resolver) Name() string { return Name }

// at returns the path of a file as a chapter names it.
func (r *resolver) at(from *bookcheck.Chapter, target string) string {
	if strings.HasPrefix(target, "/") {
		return path.Join(r.dir, target)
	}
	return path.Join(path.Dir(from.Path), target)
}

// Resolve implements bookcheck.Dialect.
func (r *resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if written, ok := r.Written(from, link); ok {
		if r.joined(from) {
			return site.Lenient(written)
		}
		return written
	}
	switch {
	case link.Kind == bookcheck.Ref:
		return r.label(from, link)
	case link.Kind == bookcheck.Cite:
		return r.citation(from, link)
	case !site.IsFileLink(link):
		return bookcheck.Resolution{}
	}
	to := r.file(from, link, tree.Split(link.Target))
	if len(r.parts[from.Path]) > 0 && to.Outcome > bookcheck.Resolved {
		return r.fromIncluders(from, link)
	}
	if !r.isRendered(from.Path) && to.Outcome > bookcheck.Resolved {
		return site.Lenient(r.Plain.Resolve(from, link))
	}
	return to
}

// fromIncluders resolves a link in a part as seen from the files that include it.
func (r *resolver) fromIncluders(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	for _, includer := range r.parts[from.Path] {
		if to := r.file(includer, link, tree.Split(link.Target)); to.Outcome == bookcheck.Resolved {
			return to
		}
	}
	return bookcheck.Resolution{}
}

// label resolves a cross-reference. Its first letter may be a capital.
func (r *resolver) label(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Sought: "label", Name: link.Target}
	first, size := utf8.DecodeRuneInString(link.Target)
	for _, name := range []string{link.Target, string(unicode.ToLower(first)) + link.Target[size:]} {
		if target, ok := r.Target(from, name); ok {
			result.Chapter, result.Target = from, target
			return result
		}
		if place, ok := r.labels.Find(name); ok && (r.book || r.joined(from) || r.joined(place.Chapter)) {
			result.Chapter, result.Target = place.Chapter, place.Target
			return result
		}
	}
	if place, ok := r.keys.Find(link.Target); ok { // a key that looks like a label
		result.Chapter, result.Target = place.Chapter, place.Target
		return result
	}
	if r.opaque || r.inCell(link) {
		return bookcheck.Resolution{}
	}
	result.Outcome, result.Near = bookcheck.Missing, r.labels.Near(link.Target)
	return result
}

// joined tells whether a chapter includes others, or is included.
func (r *resolver) joined(chapter *bookcheck.Chapter) bool {
	return site.Includes(chapter) || len(r.parts[chapter.Path]) > 0
}

// inCell tells whether a label may be one of the parts of a figure that a cell
// makes: fig-x-1 of fig-x.
func (r *resolver) inCell(link *bookcheck.Link) bool {
	i := strings.LastIndexByte(link.Target, '-')
	if i < 0 || strings.Trim(link.Target[i+1:], "0123456789") != "" {
		return false
	}
	_, ok := r.labels.Find(link.Target[:i])
	return ok
}

// citation resolves a key. Where a bibliography is not known here, nothing is
// missing.
func (r *resolver) citation(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Sought: "citation key", Name: link.Target}
	if place, ok := r.keys.Find(link.Target); ok {
		result.Chapter, result.Target = place.Chapter, place.Target
		return result
	}
	if place, ok := r.labels.Find(link.Target); ok { // a label without a number
		result.Sought, result.Chapter, result.Target = "label", place.Chapter, place.Target
		return result
	}
	if !r.bibliographies(from) || r.opaque && len(r.sources) == 0 {
		return bookcheck.Resolution{}
	}
	result.Outcome, result.Near = bookcheck.Missing, r.keys.Near(link.Target)
	return result
}

// bibliographies tells whether all that a chapter may cite is known: it names at
// least one bibliography, and each is one of those that were read.
func (r *resolver) bibliographies(from *bookcheck.Chapter) bool {
	files := make([]string, 0, len(r.cited))
	for file := range r.cited {
		files = append(files, file)
	}
	chapters := append([]*bookcheck.Chapter{from}, r.parts[from.Path]...)
	for _, chapter := range chapters {
		if chapter.Meta["references"] != nil || chapter.Meta["nocite"] != nil && len(files) == 0 {
			return false
		}
		for _, name := range listOf(chapter.Meta["bibliography"]) {
			files = append(files, r.at(chapter, name))
		}
	}
	for _, file := range files {
		if !r.sources[file] {
			return false
		}
	}
	return len(files) > 0
}

func listOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var names []string
		for _, item := range v {
			if name, ok := item.(string); ok {
				names = append(names, name)
			}
		}
		return names
	default:
		return nil
	}
}

// file resolves a path: of a source, of what is made of it, or of another file.
func (r *resolver) file(from *bookcheck.Chapter, link *bookcheck.Link, d tree.Destination) bookcheck.Resolution {
	if d.Path == "" {
		return r.anchor(from, d)
	}
	file := r.at(from, d.Path)
	if file == ".." || strings.HasPrefix(file, "../") {
		return bookcheck.Resolution{}
	}
	if r.Tree.File(file) {
		return r.source(file, d)
	}
	if link.Kind == bookcheck.Include {
		return r.NoFile(from, file, d)
	}
	if found, ok := r.made(file); ok {
		return r.source(found, d)
	}
	switch ext := strings.ToLower(path.Ext(d.Path)); {
	case strings.HasPrefix(d.Path, "/") && ext != ".qmd" && ext != ".md":
		return bookcheck.Resolution{} // of the server, perhaps
	case ext == "" || r.Tree.Folder(file) || made[ext]:
		return bookcheck.Resolution{}
	case link.Kind == bookcheck.PageLink && ext != ".qmd" && ext != ".md" && ext != ".rmd" && ext != ".ipynb":
		return bookcheck.Resolution{}
	default:
		return r.NoFile(from, file, d)
	}
}

// made are the extensions of files that Quarto makes.
var made = map[string]bool{
	".html": true, ".htm": true, ".pdf": true, ".docx": true, ".epub": true, ".xml": true, ".json": true, ".tex": true,
	".pptx": true, ".zip": true, ".css": true, ".js": true,
}

// made returns the source of a file that Quarto makes.
func (r *resolver) made(file string) (string, bool) {
	stem := strings.TrimSuffix(file, ".html")
	for _, name := range []string{stem, path.Join(file, "index")} {
		for _, ext := range []string{".qmd", ".md", ".ipynb", ".Rmd", ".rmd"} {
			if r.Tree.File(name + ext) {
				return name + ext, true
			}
		}
	}
	return "", false
}

func (r *resolver) source(file string, d tree.Destination) bookcheck.Resolution {
	if chapter := r.Book.Chapter(file); chapter != nil && chapter.Dialect != "" {
		return r.anchor(chapter, d)
	}
	return site.Found(d)
}

// anchor resolves a fragment: of a page of Quarto's, or of one of another format.
func (r *resolver) anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := r.Anchor(to, d)
	if result.Outcome != bookcheck.NoAnchor {
		return result
	}
	switch name := d.Fragment; {
	case strings.HasPrefix(name, "/"), strings.HasPrefix(name, "ref-"), strings.HasPrefix(name, "cb"), strings.HasPrefix(name, "tabset-"), name == "refs", len(r.parts[to.Path]) > 0:
		return bookcheck.Resolution{}
	}
	if place, ok := r.labels.Find(d.Fragment); ok && place.Chapter == to {
		return bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: to, Target: place.Target, Sought: "label", Name: d.Fragment}
	}
	return result
}
