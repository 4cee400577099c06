package checker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/bibtex"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/parallel"
)

// A text is a source that was read.
type text struct {
	source
	book    *book
	chapter *bookcheck.Chapter // nil if it could not be read
	faults  []bookcheck.Fault
}

// read reads the sources of all books. After it the books are complete.
func (c *checking) read(ctx context.Context) {
	var texts []text
	for _, b := range c.books {
		for _, s := range b.sources {
			texts = append(texts, text{source: s, book: b})
		}
	}
	texts = parallel.Each(c.jobs(), texts, func(t text) text {
		if ctx.Err() == nil {
			t.read(c.fsys)
		}
		return t
	})
	if ctx.Err() != nil {
		return // of half a book nothing can be said
	}
	for _, t := range texts {
		if !t.excluded {
			c.faults = append(c.faults, t.faults...)
		}
		if t.chapter == nil {
			continue
		}
		if t.excluded {
			t.book.excluded[t.path] = true
		}
		t.book.Chapters = append(t.book.Chapters, t.chapter)
		if t.reported {
			t.book.reported = append(t.book.reported, t.chapter)
		}
	}
	for _, b := range c.books {
		if toc := b.project.Contents.Chapter; toc != nil {
			b.Chapters = append(b.Chapters, toc)
			if b.tocReported {
				b.reported = append(b.reported, toc)
			}
		}
		c.peek(b)
		b.Contents, b.Aside, b.Sites, b.Numbered = b.project.Order, b.project.Aside, b.project.Sites, b.project.Numbered
		b.Index()
		b.Dialect = b.project.Resolver(b.Book)
	}
}

// read makes a chapter of the file.
func (t *text) read(fsys fs.FS) {
	src, err := readFile(fsys, t.path)
	if err != nil {
		t.faults = append(t.faults, bookcheck.Fault{Path: t.path, Message: reason(err)})
		return
	}
	if t.bib {
		t.chapter, t.faults = bibtex.Parse(t.path, src)
	} else {
		t.chapter = t.book.parser.Parse(t.path, src)
		t.chapter.Allows = append(config.Allows(t.chapter), t.chapter.Allows...)
	}
	if t.reported && t.chapter.Fault != "" {
		t.faults = append(t.faults, bookcheck.Fault{Path: t.path, Message: t.chapter.Fault})
	}
	if t.reported && !utf8.Valid(src) {
		t.faults = append(t.faults, notText(t.chapter))
	}
}

// maxFile is how large a file may be to be read at all. Of a chapter the parser
// reads much less; this bound is for what is no text.
const maxFile = 256 << 20

func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("too large to be read: %d MiB of at most %d", info.Size()>>20, maxFile>>20)
	}
	return fs.ReadFile(fsys, name)
}

// notText says where a chapter is no UTF-8. It is read all the same: the rest of
// it can be judged.
func notText(chapter *bookcheck.Chapter) bookcheck.Fault {
	at := 0
	for at < len(chapter.Source) {
		r, size := utf8.DecodeRune(chapter.Source[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	fault := bookcheck.Fault{Path: chapter.Path}
	if bytes.HasPrefix(chapter.Source, []byte("\xff\xfe")) || bytes.HasPrefix(chapter.Source, []byte("\xfe\xff")) {
		fault.Message = "this is UTF-16; save it as UTF-8"
		return fault
	}
	place := chapter.Position(at)
	fault.Line, fault.Column = place.Line, place.Column
	fault.Message = fmt.Sprintf("byte 0x%02X is not UTF-8; save the file as UTF-8", chapter.Source[at])
	fault.Excerpt = strings.ToValidUTF8(chapter.Text(chapter.Line(place.Line)), "\ufffd")
	return fault
}

// peek adds to the files of a book those in closed folders that a link of it could
// mean. Closed folders are large, so they are not listed.
func (c *checking) peek(b *book) {
	if len(c.listing.closed) == 0 {
		return
	}
	for _, chapter := range b.Chapters {
		for _, link := range chapter.Links {
			if link.External() || link.Target == "" {
				continue
			}
			name, _, _ := strings.Cut(link.URL(), "?")
			if plain, err := url.PathUnescape(name); err == nil {
				name = plain
			}
			for _, base := range []string{path.Dir(chapter.Path), b.Root, "."} {
				c.peekAt(path.Join(base, name))
			}
		}
	}
}

func (c *checking) peekAt(name string) {
	files, closed := c.listing.files, c.listing.closed
	if files[name] || !fs.ValidPath(name) {
		return
	}
	hidden := false
	for up := range upwards(name) {
		hidden = hidden || closed[up]
	}
	if !hidden {
		return
	}
	info, err := fs.Stat(c.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil || !info.IsDir():
		files[name] = true // or out of reach: nobody can tell
	default:
		entries, _ := fs.ReadDir(c.fsys, name)
		for _, entry := range entries {
			if entry.Type().IsRegular() {
				files[path.Join(name, entry.Name())] = true
			}
		}
	}
}
