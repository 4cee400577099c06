package history

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// Survey finds out when the phrases of many spans first stood in their files, so
// that Ages need not look for them one by one: it reads the changes of all commits
// once.
func (h *History) Survey(ctx context.Context, questions []bookcheck.Question) {
	repository := h.repository()
	if repository.reason != "" {
		return
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	sought := make(map[string][]*sighting)
	for _, q := range questions {
		for _, span := range q.Spans {
			p := phraseAt(q.Chapter, span)
			if _, known := h.remembered(q.Chapter, span); !known && !h.asked[p] {
				h.asked[p] = true
				sought[p.path] = append(sought[p.path], &sighting{phrase: p})
			}
		}
	}
	if len(sought) == 0 {
		return
	}
	var seen []*sighting
	for _, list := range sought {
		seen = append(seen, list...)
	}
	if err := repository.changes(ctx, h.memory.pathspec(sought), &changeReader{sought: sought, shallow: repository.shallow}); err != nil {
		return // Ages says why
	}
	for _, s := range seen {
		if s.age().Evidence != "" {
			h.memory.keep(s.key(nil), s.age())
		}
	}
}

// A sighting is what is known so far about the first time that a phrase was seen.
type sighting struct {
	phrase
	first    int64 // seconds since 1970
	found    bool
	boundary bool // in the oldest commit of a shallow clone: it may be older
}

// age returns what has been found out; an empty one: nothing.
func (s *sighting) age() bookcheck.Age {
	switch {
	case s.boundary:
		return bookcheck.Age{Evidence: shallow}
	case s.found:
		since := time.Unix(s.first, 0).UTC()
		return bookcheck.Age{Since: since, Evidence: inText + since.Format(time.DateOnly), First: true}
	default:
		return bookcheck.Age{}
	}
}

// bookFiles are the files that a book may consist of, as git wants to be told.
var bookFiles = []string{"*.md", "*.markdown", "*.mdx", "*.qmd", "*.Rmd", "*.ipynb"}

// fewFiles is up to how many files git is asked about by name once the history as
// a whole has been read. Under their names alone it cannot see that files were
// renamed.
const fewFiles = 20

// pathspec returns which files git is to be asked about.
func (m *memory) pathspec(sought map[string][]*sighting) []string {
	if m.empty() || len(sought) > fewFiles {
		return bookFiles
	}
	var paths []string
	for path := range sought {
		paths = append(paths, ":(literal)"+path)
	}
	slices.Sort(paths)
	return paths
}

// changes has all commits, the latest first, read by r. Commits of merged branches
// count, merges themselves do not: what counts is when a phrase was written, not
// when it arrived.
func (r repository) changes(ctx context.Context, pathspec []string, reader *changeReader) error {
	head := cmp.Or(r.commit, r.head)
	if head == "" {
		return errors.New(uncommitted)
	}
	args := slices.Concat([]string{
		"log", "--no-merges", "--no-show-signature", "--format=%x00%at %P", "-p", "-U0", "-M", "--relative", "--text",
		"--no-ext-diff", "--no-textconv", "--no-color", "--src-prefix=a/", "--dst-prefix=b/", head, "--",
	}, pathspec)
	return r.stream(ctx, reader.read, args...)
}

// A changeReader reads what git log -p -U0 prints.
type changeReader struct {
	sought  map[string][]*sighting // by the path that the file had at the time
	shallow bool

	input *bufio.Reader
	when  int64 // of the commit that is being read
	root  bool  // it has no parent
	from  string
	list  []*sighting // of the file that is being read
	added []byte
}

func (c *changeReader) read(output io.Reader) error {
	c.input = bufio.NewReaderSize(output, 1<<16)
	for {
		line, err := c.line()
		if err != nil {
			return notEnd(err)
		}
		text := string(line[:min(len(line), 1<<12)])
		switch {
		case strings.HasPrefix(text, "\x00"):
			seconds, parents, _ := strings.Cut(text[1:], " ")
			c.when, _ = strconv.ParseInt(seconds, 10, 64) // git writes a number
			c.root, c.list = parents == "", nil
		case strings.HasPrefix(text, "diff --git "):
			c.list = nil
		case strings.HasPrefix(text, "rename from "):
			c.from = unquote(text[len("rename from "):])
		case strings.HasPrefix(text, "rename to "):
			to := unquote(text[len("rename to "):])
			c.sought[c.from] = append(c.sought[c.from], c.sought[to]...)
		case strings.HasPrefix(text, "+++ "):
			c.list = c.sought[strings.TrimPrefix(unquote(strings.TrimSuffix(text[len("+++ "):], "\t")), "b/")]
		case strings.HasPrefix(text, "@@ "):
			if err := c.hunk(text); err != nil {
				return notEnd(err)
			}
		}
	}
}

// hunk reads the lines of a hunk, "@@ -1,2 +3,4 @@".
func (c *changeReader) hunk(header string) error {
	fields := strings.Fields(header)
	if len(fields) < 3 {
		return nil
	}
	c.added = c.added[:0]
	for n := lineCount(fields[1]) + lineCount(fields[2]); n > 0; {
		line, err := c.line()
		if err != nil {
			return err
		}
		switch {
		case len(line) > 0 && line[0] == '\\': // no newline at the end of the file
			continue
		case len(c.list) > 0 && len(line) > 0 && line[0] == '+':
			c.added = fold(append(c.added, ' '), line[1:])
		}
		n--
	}
	for _, s := range c.list {
		boundary := c.root && c.shallow
		if s.found && s.first <= c.when && !boundary || !bytes.Contains(c.added, []byte(s.text)) {
			continue
		}
		s.found, s.first, s.boundary = true, c.when, s.boundary || boundary
	}
	return nil
}

// line returns the next line without its end. It is good until the next call.
func (c *changeReader) line() ([]byte, error) {
	line, err := c.input.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line = slices.Clone(line) // before it is overwritten
		var rest []byte
		rest, err = c.input.ReadBytes('\n')
		line = append(line, rest...)
	}
	if err != nil && len(line) == 0 {
		return nil, err
	}
	return bytes.TrimSuffix(line, []byte{'\n'}), nil
}

// lineCount reads the number of lines in "+3,4"; without one it is 1.
func lineCount(place string) int {
	_, count, found := strings.Cut(place, ",")
	if !found {
		return 1
	}
	n, err := strconv.Atoi(count)
	if err != nil {
		return 0
	}
	return n
}

// unquote returns a path that git put in quotes because of a mark in it.
func unquote(path string) string {
	if plain, err := strconv.Unquote(path); err == nil {
		return plain
	}
	return path
}

func notEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
