package bookcheck

import (
	"net/url"
	"path"
	"strings"
	"sync"
)

// A Book is all that one run knows: every chapter under the root, in reading
// order, and the files beside them.
type Book struct {
	Root     string          // folder of the book, from the top of the file system; "." or slash-separated
	Chapters []*Chapter      // in reading order; those the contents do not name come last, by path
	Files    map[string]bool // every file under the file system's top, slash-separated, chapters included
	Dialect  Dialect         // what links mean; nil: nothing is judged
	Contents []string        // the documents that the table of contents names, in reading order; nil: there is none
	Sites    []Site          // addresses at which the book's own pages are
	Numbered bool            // the builder numbers the figures
	Past     map[*Link]Past  // what broken links once led to, as far as it is known

	Aside func(path string) bool // tells whether a chapter stands outside of Contents on purpose; nil: none does

	byPath map[string]*Chapter
	byFold map[string]string // files by their path in lower case

	inContents map[string]bool

	uses sync.Once
	used map[*Target]bool // that some link leads to

	parts    sync.Once
	included map[*Chapter]bool // that others include, or list in a toctree

	shares sync.Once
	shared map[string][]Mention // links to the web, by where they lead
	works  map[string]*Work     // by where they are found; nil: at that place are several
}

// Chapter returns the chapter at a slash-separated path, or nil.
func (b *Book) Chapter(path string) *Chapter {
	if b.byPath == nil {
		b.Index()
	}
	return b.byPath[path]
}

// Index prepares the book for concurrent use. Whoever changes Chapters, Files or
// Contents calls it again.
func (b *Book) Index() {
	b.byPath = make(map[string]*Chapter, len(b.Chapters))
	for _, chapter := range b.Chapters {
		b.byPath[chapter.Path] = chapter
	}
	b.inContents = make(map[string]bool, len(b.Contents))
	for _, file := range b.Contents {
		b.inContents[file] = true
	}
	b.byFold = make(map[string]string, len(b.Files))
	for file := range b.Files {
		fold := strings.ToLower(file)
		b.byFold[fold] = max(b.byFold[fold], file) // one of them, always the same
	}
}

// Resolve says where a link leads, by the rules of the book's own builder.
func (b *Book) Resolve(from *Chapter, link *Link) Resolution {
	if b.Dialect == nil {
		return Resolution{}
	}
	to := b.Dialect.Resolve(from, link)
	if to.Outcome <= Resolved {
		return to
	}
	if why, _ := link.Malformed(); why != "" {
		return Resolution{}
	}
	if to.Outcome == NoFile || to.Outcome == Missing && to.Sought == "document" {
		b.fold(from, &to)
	}
	if past, known := b.Past[link]; known {
		to.Became = past.Event
		if past.Now != "" {
			to.Near = []string{past.Now}
		}
	}
	return to
}

// Used tells whether some link in the book leads to a target. The first call
// resolves every link, and the book may not change after it.
func (b *Book) Used(target *Target) bool {
	b.uses.Do(func() {
		b.used = make(map[*Target]bool)
		for _, chapter := range b.Chapters {
			for _, link := range chapter.Links {
				if to := b.Resolve(chapter, link); to.Target != nil {
					b.used[to.Target] = true
				}
			}
		}
	})
	return b.used[target]
}

// InContents tells whether the table of contents names a file.
func (b *Book) InContents(path string) bool { return b.inContents[path] }

// Included tells whether another chapter includes a chapter, or lists it in a
// toctree. After the first call the book may not change.
func (b *Book) Included(chapter *Chapter) bool {
	b.parts.Do(func() {
		b.included = make(map[*Chapter]bool)
		for _, from := range b.Chapters {
			for _, link := range from.Links {
				if link.Kind == Include || link.Form == Entry {
					if to := b.Resolve(from, link); to.Chapter != from {
						b.included[to.Chapter] = true
					}
				}
			}
		}
	})
	return b.included[chapter]
}

// A Mention is a link and the chapter that it stands in.
type Mention struct {
	Chapter *Chapter
	Link    *Link
}

// Mentions returns the links of the book that lead to the same place on the web as
// a link does, itself included, in reading order. After the first call the book may
// not change.
func (b *Book) Mentions(link *Link) []Mention {
	b.shares.Do(b.share)
	return b.shared[placeOnWeb(link)]
}

// WorkAt returns the work of a bibliography that is found where a link to the web
// leads; nil: none is, or several are. After the first call the book may not change.
func (b *Book) WorkAt(link *Link) *Work {
	b.shares.Do(b.share)
	return b.works[placeOnWeb(link)]
}

// share notes who leads to which place on the web.
func (b *Book) share() {
	links := 0
	for _, chapter := range b.Chapters {
		links += len(chapter.Links)
	}
	b.shared, b.works = make(map[string][]Mention, links), make(map[string]*Work)
	for _, chapter := range b.Chapters {
		for _, link := range chapter.Links {
			if link.External() {
				place := placeOnWeb(link)
				b.shared[place] = append(b.shared[place], Mention{chapter, link})
			}
		}
		for _, work := range chapter.Works {
			for _, link := range work.Links {
				place := placeOnWeb(link)
				if other, taken := b.works[place]; taken && other != work {
					b.works[place] = nil
				} else {
					b.works[place] = work
				}
			}
		}
	}
}

// placeOnWeb returns where a link leads in a form in which the usual spellings of
// one address are equal.
func placeOnWeb(link *Link) string {
	_, place, _ := strings.Cut(link.URL(), "//")
	host, rest, deep := strings.Cut(place, "/")
	asWritten := len(host) + len(rest)
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	rest = strings.TrimSuffix(rest, "/")
	if paper, found := cutPrefixFold(rest, "10.48550/arxiv."); found && host == "doi.org" {
		host, rest = "arxiv.org", paper
	} else if folder, paper, found := strings.Cut(rest, "/"); found && host == "arxiv.org" && (folder == "abs" || folder == "pdf") {
		rest = strings.TrimSuffix(paper, ".pdf")
	}
	if host == "arxiv.org" {
		rest = withoutVersion(rest)
	}
	fragment := link.Fragment()
	switch {
	case fragment != "":
		return host + "/" + rest + "#" + fragment
	case deep && len(host)+len(rest) == asWritten && strings.HasPrefix(place, host):
		return place // without a copy
	default:
		return host + "/" + rest
	}
}

func cutPrefixFold(s, prefix string) (rest string, found bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// withoutVersion returns the number of a preprint without v2 at its end.
func withoutVersion(number string) string {
	bare := strings.TrimRight(number, "0123456789")
	if before, found := strings.CutSuffix(bare, "v"); found && before != "" && bare != number {
		return before
	}
	return number
}

// fold notes that what a link names is there in other case.
func (b *Book) fold(from *Chapter, to *Resolution) {
	file := b.byFold[strings.ToLower(to.Name)]
	if file != "" && file == to.Name {
		return // the case is right; something else is wrong, such as a query
	}
	isFile := to.Outcome == NoFile && file != ""
	for _, near := range to.Near {
		name, _, _ := strings.Cut(near, "#")
		if isFile && strings.EqualFold(path.Join(path.Dir(from.Path), decode(name)), to.Name) || strings.EqualFold(name, to.Name) {
			to.Outcome, to.Near = OddCase, []string{near}
			return
		}
	}
	if isFile {
		to.Outcome, to.Near = OddCase, nil
	}
}

// decode undoes percent-encoding; what is not encoded properly stays.
func decode(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// Relative returns how a link in a folder names a file.
func Relative(dir, file string) string {
	if dir == "." {
		return file
	}
	from, to := strings.Split(dir, "/"), strings.Split(file, "/")
	n := 0
	for n < len(from) && n < len(to)-1 && from[n] == to[n] {
		n++
	}
	return strings.Repeat("../", len(from)-n) + strings.Join(to[n:], "/")
}
