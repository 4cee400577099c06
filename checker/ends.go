package checker

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/bibtex"
	"github.com/bookcheck/bookcheck/checker/dialect"
)

// A renamed heading breaks other chapters than its own. Where files were asked for
// by name, as before a commit, the links in all other chapters count that led to
// one of them, or to a file that is gone, and lead there no more.

// otherEnds finds the places in chapters that nobody asked about which the files
// that somebody named have broken.
func (c *checking) otherEnds(ctx context.Context) {
	if len(c.named) == 0 {
		return
	}
	before := c.lastCommit(ctx)
	for _, b := range c.books {
		b.ends = make(map[*bookcheck.Chapter][]bookcheck.Span)
		old := c.oldBook(b, before)
		reported := setOf(b.reported)
		for _, chapter := range b.Chapters {
			if ctx.Err() != nil || reported[chapter] || b.excluded[chapter.Path] {
				continue
			}
			for _, link := range chapter.Links {
				if to := b.Resolve(chapter, link); to.Outcome > bookcheck.Resolved && before.broke(b, old, chapter, link, to) {
					b.ends[chapter] = append(b.ends[chapter], link.Span, link.Dest)
				}
			}
		}
		b.secondNames(before)
	}
}

// A commit is what is known about the last one.
type commit struct {
	files map[string][]byte // what it has otherwise than the disk, of the files that matter
	ends  map[string]bool   // files that were named, or that are gone
	known bool              // there is a commit
}

// lastCommit asks version control for the old text of the files that were named, of
// those that are gone, and of all that is no chapter, such as a configuration.
func (c *checking) lastCommit(ctx context.Context) *commit {
	last := &commit{files: make(map[string][]byte), ends: make(map[string]bool)}
	for _, file := range c.named {
		last.ends[file] = true
	}
	if c.Chronicler == nil {
		return last
	}
	changed, ok := c.Chronicler.Changed(ctx)
	last.known = ok
	for _, file := range changed {
		gone := !exists(c.fsys, file)
		if !gone && !last.ends[file] && (isChapter(file) || isBibliography(file)) {
			continue
		}
		if text, ok := c.Chronicler.Old(ctx, file); ok {
			last.files[file] = text
			last.ends[file] = last.ends[file] || gone
		}
	}
	return last
}

// broke tells whether a link that is broken was good in the last commit, and led to
// one of the files that matter. Without a commit it counts if it names one.
func (l *commit) broke(b, old *book, from *bookcheck.Chapter, link *bookcheck.Link, to bookcheck.Resolution) bool {
	file := path.Join(path.Dir(from.Path), link.URL())
	named := l.ends[file] || l.ends[file+path.Ext(from.Path)] || l.ends[to.Name] || to.Chapter != nil && l.ends[to.Chapter.Path]
	if old == nil {
		return !l.known && named
	}
	if from == b.project.Contents.Chapter {
		return named || l.ends[file+".md"]
	}
	was := old.Resolve(from, link)
	return was.Outcome == bookcheck.Resolved && (named || l.ends[was.Name] || was.Chapter != nil && l.ends[was.Chapter.Path])
}

// oldBook returns a book as the last commit has it, but for the chapters that do
// not matter; nil if nothing of it is otherwise.
func (c *checking) oldBook(b *book, last *commit) *book {
	if len(last.files) == 0 {
		return nil
	}
	fsys := past{c.fsys, last.files}
	old := &book{Book: &bookcheck.Book{Root: b.Root, Files: maps.Clone(b.Files)}}
	old.project, _ = dialect.Detect(fsys, b.Root, cmp.Or(c.Dialect, b.config.Dialect))
	for file := range last.files {
		old.Files[file] = true
	}
	replaced := make(map[string]bool)
	for _, chapter := range b.Chapters {
		if text, changed := last.files[chapter.Path]; changed {
			old.Chapters = append(old.Chapters, b.parse(chapter.Path, text))
			replaced[chapter.Path] = true
		} else {
			old.Chapters = append(old.Chapters, chapter)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(last.files)) {
		if !replaced[file] && (isChapter(file) || isBibliography(file)) && under(file, b.Root) {
			old.Chapters = append(old.Chapters, b.parse(file, last.files[file]))
		}
	}
	old.Contents = old.project.Order
	old.Index()
	old.Dialect = old.project.Resolver(old.Book)
	return old
}

// parse reads a text of the book.
func (b *book) parse(file string, text []byte) *bookcheck.Chapter {
	if isBibliography(file) {
		chapter, _ := bibtex.Parse(file, text) // what is wrong with it is said of the new one
		return chapter
	}
	return b.parser.Parse(file, text)
}

// secondNames finds the places whose name a named file has given again.
func (b *book) secondNames(last *commit) {
	for _, chapter := range b.reported {
		if !last.ends[chapter.Path] {
			continue
		}
		had := make(map[string]bool)
		if text, changed := last.files[chapter.Path]; changed {
			for _, target := range b.parse(chapter.Path, text).Targets {
				had[target.Kind.String()+target.Name] = true
			}
		} else if last.known {
			continue // it is as it was
		}
		for _, target := range chapter.Targets {
			if had[target.Kind.String()+target.Name] {
				continue
			}
			for _, other := range b.Namesakes(chapter, target) {
				if !slices.Contains(b.reported, other.Chapter) && !b.excluded[other.Chapter.Path] {
					b.ends[other.Chapter] = append(b.ends[other.Chapter], other.Target.Span)
				}
			}
		}
	}
}

// past is a file system in which some files are as they were.
type past struct {
	fs.FS
	files map[string][]byte
}

// Open implements fs.FS.
func (p past) Open(name string) (fs.File, error) {
	if text, ok := p.files[name]; ok {
		return &oldFile{Reader: bytes.NewReader(text), name: name}, nil
	}
	return p.FS.Open(name)
}

// An oldFile is a file as it was.
type oldFile struct {
	*bytes.Reader
	name string
}

// Close implements fs.File.
func (*oldFile) Close() error { return nil }

// Stat implements fs.File.
func (f *oldFile) Stat() (fs.FileInfo, error) { return f, nil }

// Name implements fs.FileInfo.
func (f *oldFile) Name() string { return path.Base(f.name) }

// Mode implements fs.FileInfo.
func (*oldFile) Mode() fs.FileMode { return 0o444 }

// ModTime implements fs.FileInfo.
func (*oldFile) ModTime() time.Time { return time.Time{} }

// IsDir implements fs.FileInfo.
func (*oldFile) IsDir() bool { return false }

// Sys implements fs.FileInfo.
func (*oldFile) Sys() any { return nil }

// inEnds keeps of what was found in a chapter that nobody asked about what stands
// at one of the places that count.
func (j *job) inEnds() {
	if j.ends == nil {
		return
	}
	j.found = slices.DeleteFunc(j.found, func(d bookcheck.Diagnostic) bool {
		return !slices.ContainsFunc(j.ends, func(s bookcheck.Span) bool { return s.Len() > 0 && s.Contains(d.Span) })
	})
	j.flaws = nil
}

// isGone tells whether a path that is not there was in the last commit.
func (c *Checker) isGone(ctx context.Context, name string) bool {
	if c.Chronicler == nil || strings.HasPrefix(name, "..") {
		return false
	}
	_, had := c.Chronicler.Old(ctx, name)
	return had
}
