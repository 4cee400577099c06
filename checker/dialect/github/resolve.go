package github

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// A resolver knows where links lead. It is not changed once it is made.
type resolver struct {
	book      *bookcheck.Book
	tree      *tree.Tree
	pages     map[*bookcheck.Chapter]*page
	own       project.Own
	generated bool // a site is built from the files
	autorefs  bool // [text][name] may refer to things outside of the files
	modules   bool // folders of other repositories may be missing
}

func newResolver(book *bookcheck.Book) *resolver {
	r := &resolver{
		book:  book,
		tree:  tree.New(book.Files),
		pages: make(map[*bookcheck.Chapter]*page, len(book.Chapters)),
		own:   project.NewOwn(book),

		modules: book.Files[".gitmodules"],
	}
	for _, chapter := range book.Chapters {
		r.pages[chapter] = newPage(chapter)
	}
	return r
}

// Name implements bookcheck.Dialect.
func (r *resolver) Name() string { return "github" }

// Resolve implements bookcheck.Dialect.
func (r *resolver) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	switch link.Kind {
	case bookcheck.FootnoteRef:
		return r.own.Footnote(from, link)
	case bookcheck.PageLink:
		if link.Undefined {
			if r.autorefs {
				return bookcheck.Resolution{}
			}
			return r.own.Definition(from, link)
		}
		return r.file(from, link)
	case bookcheck.Image, bookcheck.HTMLImage, bookcheck.HTMLLink, bookcheck.Download, bookcheck.Include:
		return r.file(from, link)
	default:
		return bookcheck.Resolution{}
	}
}

// file resolves a link by path.
func (r *resolver) file(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if !tree.IsPath(link.Target) {
		return bookcheck.Resolution{}
	}
	d := tree.Split(link.Target)
	if d.Path == "" {
		return r.anchor(from, d)
	}
	file, outcome := r.find(path.Dir(from.Path), d)
	if outcome == bookcheck.NoFile {
		return r.noFile(from, link, file)
	}
	if outcome == bookcheck.Unjudged {
		return bookcheck.Resolution{}
	}
	if chapter := r.book.Chapter(file); chapter != nil {
		return r.anchor(chapter, d)
	}
	return bookcheck.Resolution{Outcome: bookcheck.Resolved, Sought: "file", Name: link.Target}
}

// find returns the file or folder that a destination names from a folder.
func (r *resolver) find(dir string, d tree.Destination) (string, bookcheck.Outcome) {
	if strings.HasPrefix(d.Path, "/") {
		// From the root of the repository on GitHub, of the site elsewhere.
		if file, ok := r.page(path.Join(".", d.Path)); ok {
			return file, bookcheck.Resolved
		}
		return "", bookcheck.Unjudged
	}
	wanted := path.Join(dir, d.Path)
	for _, candidate := range []string{wanted, path.Join(dir, d.Raw)} {
		if _, inside := tree.Join(".", candidate); !inside {
			return "", bookcheck.Unjudged
		}
		if file, ok := r.page(candidate); ok {
			return file, bookcheck.Resolved
		}
	}
	if r.modules && !r.tree.Folder(path.Dir(wanted)) {
		return "", bookcheck.Unjudged
	}
	if r.generated {
		return r.built(dir, d)
	}
	return wanted, bookcheck.NoFile
}

// page returns the file that a path leads to: itself, or the source of the page
// that would be built there. A folder is its own answer.
func (r *resolver) page(file string) (string, bool) {
	if r.tree.File(file) {
		return file, true
	}
	stem := strings.TrimSuffix(file, ".html")
	for _, suffix := range []string{".md", ".mdx", ".markdown", ".qmd", ".Rmd", ".ipynb", ".rst"} {
		if r.tree.File(stem + suffix) {
			return stem + suffix, true
		}
	}
	return file, r.tree.Folder(file)
}

// built looks where the generator of a site could find a file: from the address
// of the page, which may be a folder of its own, and from every folder above. Of
// the rest, only the path of a file of which there is no other of that name is
// known to be wrong.
func (r *resolver) built(dir string, d tree.Destination) (string, bookcheck.Outcome) {
	for up := dir; ; up = path.Dir(up) {
		for _, from := range []string{up, path.Join(up, "page")} {
			if file, ok := r.page(path.Join(from, d.Path)); ok {
				return file, bookcheck.Resolved
			}
		}
		if up == "." || up == "/" {
			break
		}
	}
	switch path.Ext(strings.TrimSuffix(d.Path, "/")) {
	case "", ".html", ".htm", ".xml", ".json", ".txt":
		return "", bookcheck.Unjudged
	}
	if r.tree.Named(path.Base(d.Path)) {
		return "", bookcheck.Unjudged
	}
	return path.Join(dir, d.Path), bookcheck.NoFile
}

// noFile reports a file that is not there.
func (r *resolver) noFile(from *bookcheck.Chapter, link *bookcheck.Link, file string) bookcheck.Resolution {
	return bookcheck.Resolution{
		Outcome: bookcheck.NoFile, Sought: "file", Name: file,
		Near: r.tree.Suggest(path.Dir(from.Path), file, tree.Split(link.Target)),
	}
}

var lineAnchor = regexp.MustCompile(`^L\d+(C\d+)?(-L?\d+(C\d+)?)?$`)

// anchor resolves the fragment of a link to a chapter.
func (r *resolver) anchor(to *bookcheck.Chapter, d tree.Destination) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: to, Sought: "heading", Name: d.Fragment}
	if d.Fragment == "" || strings.EqualFold(d.Fragment, "top") {
		result.Sought, result.Name = "file", to.Path
		return result // the whole page, as browsers see it
	}
	if to.Dialect == "" || lineAnchor.MatchString(d.Fragment) {
		return result // a line of a file that is shown as code
	}
	page := r.pages[to]
	if page == nil {
		return bookcheck.Resolution{}
	}
	var found bool
	if result.Target, found = page.find(d.Fragment); found {
		return result
	}
	if r.generated || page.partial {
		return bookcheck.Resolution{}
	}
	result.Outcome = bookcheck.NoAnchor
	for _, name := range page.names.Near(d.Fragment) {
		result.Near = append(result.Near, d.Raw+"#"+name)
	}
	return result
}
