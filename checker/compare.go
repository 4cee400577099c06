package checker

import (
	"context"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/config"
)

// A Spot is where a finding was, however the lines around it change.
type Spot struct{ Path, Fingerprint string }

// Known are findings that were there before: how many at each spot. It is told
// from what they are about, never from lines, so that a renamed heading makes
// findings where the references to it stand, however old those are.
type Known map[Spot]int

// Counted returns the findings of a result that nobody accepts.
func Counted(r *bookcheck.Result) Known {
	known := make(Known)
	for i := range r.Diagnostics {
		if d := &r.Diagnostics[i]; d.Allowed == nil {
			known[Spot{d.Chapter.Path, d.Fingerprint()}]++
		}
	}
	return known
}

// Match tells which findings of a result were known before, by their index, and
// returns what of it was not found again, and where what was found has moved to. A
// finding is the same in its file, and else in another, if its own file is gone or
// was looked at and holds one fewer. What somebody accepts is not known.
func (k Known) Match(r *bookcheck.Result) (known []bool, left Known, moved map[Spot]Spot) {
	known, left, moved = make([]bool, len(r.Diagnostics)), maps.Clone(k), make(map[Spot]Spot)
	spots := make([]Spot, len(r.Diagnostics))
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Allowed != nil {
			continue
		}
		spots[i] = Spot{d.Chapter.Path, d.Fingerprint()}
		if known[i] = left[spots[i]] > 0; known[i] {
			left.take(spots[i])
		}
	}
	free := left.movable(r)
	for i, spot := range spots {
		from := free[spot.Fingerprint]
		if known[i] || len(from) == 0 {
			continue
		}
		known[i] = true
		free[spot.Fingerprint] = from[1:]
		left.take(from[0])
		moved[from[0]] = spot
	}
	return known, left, moved
}

func (k Known) take(spot Spot) {
	if k[spot]--; k[spot] == 0 {
		delete(k, spot)
	}
}

// movable returns, by fingerprint, the spots that are free: their files were looked
// at, or are gone.
func (k Known) movable(r *bookcheck.Result) map[string][]Spot {
	looked := make(map[string]bool, len(r.Reported))
	for _, chapter := range r.Reported {
		looked[chapter.Path] = true
	}
	free := make(map[string][]Spot)
	for spot, n := range k {
		if looked[spot.Path] || !r.Book.Files[spot.Path] {
			free[spot.Fingerprint] = append(free[spot.Fingerprint], slices.Repeat([]Spot{spot}, n)...)
		}
	}
	for _, spots := range free {
		slices.SortFunc(spots, func(a, b Spot) int { return strings.Compare(a.Path, b.Path) })
	}
	return free
}

// A Past is an earlier state of a book.
type Past struct {
	Known  Known
	urls   map[string]bool
	claims map[string]bool // by what they say, and by what
}

// Links tells whether a link of the past led to a URL.
func (p *Past) Links(url string) bool { return p != nil && p.urls[url] }

// claimed tells whether the book said the same before, by the same pages. An old page
// that is cited for something new is to be read.
func (p *Past) claimed(claim *bookcheck.Claim, sources []*bookcheck.Source) bool {
	return p != nil && p.claims[claimKey(claim, sources)]
}

func claimKey(claim *bookcheck.Claim, sources []*bookcheck.Source) string {
	parts := []string{claim.Text}
	for _, source := range sources {
		parts = append(parts, source.URL)
	}
	return strings.Join(parts, "\n")
}

// Past checks an earlier state of a file system, without the web, by the
// configurations of today: what they ask for is not new. The historian must know
// the lines of the past.
func (c *Checker) Past(ctx context.Context, then, today fs.FS, historian bookcheck.Historian) (*Past, error) {
	past := *c
	past.Fetcher, past.Filter, past.Historian = nil, nil, historian
	result, err := past.Check(ctx, configuredBy{then, today}, nil)
	if err != nil {
		return nil, err
	}
	p := &Past{Known: Counted(result), urls: make(map[string]bool), claims: make(map[string]bool)}
	for _, chapter := range result.Book.Chapters {
		p.remember(chapter.Links)
		for _, work := range chapter.Works {
			p.remember(work.Links) // some are made of its doi and eprint
		}
	}
	for claim, judgement := range result.Judgements {
		p.claims[claimKey(claim, judgement.Sources)] = true
	}
	return p, nil
}

func (p *Past) remember(links []*bookcheck.Link) {
	for _, link := range links {
		if link.External() {
			p.urls[link.Target] = true
		}
	}
}

// configuredBy is a file system with the configurations of another.
type configuredBy struct {
	fs.FS
	other fs.FS
}

func (c configuredBy) of(name string) fs.FS {
	if slices.Contains(config.Names, path.Base(name)) {
		return c.other
	}
	return c.FS
}

// Open implements fs.FS.
func (c configuredBy) Open(name string) (fs.File, error) { return c.of(name).Open(name) }

// Stat implements fs.StatFS.
func (c configuredBy) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.of(name), name) }

// ReadLink implements fs.ReadLinkFS.
func (c configuredBy) ReadLink(name string) (string, error) { return fs.ReadLink(c.of(name), name) }

// Lstat implements fs.ReadLinkFS.
func (c configuredBy) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(c.of(name), name) }

// ReadDir implements fs.ReadDirFS.
func (c configuredBy) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(c.FS, name)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return slices.Contains(config.Names, e.Name()) })
	for _, base := range config.Names {
		if info, err := fs.Stat(c.other, path.Join(name, base)); err == nil {
			entries = append(entries, fs.FileInfoToDirEntry(info))
		}
	}
	return entries, nil
}
