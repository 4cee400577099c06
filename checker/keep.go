package checker

import (
	"context"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

// keep has the ledger keep what was read in this run, and forget the claims that are
// gone from books that were read whole.
func (c *checking) keep(ctx context.Context, readings map[string]*reading) {
	if c.Ledger == nil || ctx.Err() != nil {
		return
	}
	for _, r := range readings {
		if r.kept != nil {
			c.Ledger.KeepPage(r.kept)
		}
	}
	seen := make(map[string]bool)
	slices.SortStableFunc(c.weighings, func(a, b *weighing) int { return strings.Compare(a.chapter.Path, b.chapter.Path) })
	for _, w := range c.weighings {
		address, id := c.Ledger.Address(w.sources[0].URL), ledger.ID(w.claim.Text)
		if !seen[address+id] && w.weighed {
			c.keepClaim(w, readings)
		}
		seen[address+id] = true
	}
	gone := c.gone()
	c.Ledger.Forget(func(claim *ledger.Claim) bool { return !seen[claim.Sources[0].URL+claim.ID] && gone(claim.File) })
}

// keepClaim keeps a judgement. One that is as it was stays as it is in all else: it may
// be in several files.
func (c *checking) keepClaim(w *weighing, readings map[string]*reading) {
	claim := c.entry(w, readings)
	if claim == nil {
		return
	}
	if kept := c.kept(w); kept != nil && !w.book.whole() {
		was := *claim
		was.File, was.Book, was.On = kept.File, kept.Book, kept.On
		if was.String() == kept.String() {
			return
		}
	}
	c.Ledger.KeepClaim(claim)
}

// entry returns what is to be kept of a judgement; nil: nothing, because no page that
// it rests on was read, or because it would be too much.
func (c *checking) entry(w *weighing, readings map[string]*reading) *ledger.Claim {
	j := w.judgement
	entry := &ledger.Claim{
		ID: ledger.ID(w.claim.Text), File: w.chapter.Path, On: ledger.Day(c.Now), By: edition, Support: j.Support, Reason: j.Reason, Opinion: j.Opinion,
	}
	read := false
	for _, source := range j.Sources {
		s := ledger.Source{URL: c.Ledger.Address(source.URL), Gone: w.sentence(source.Gone), Seen: source.Seen}
		if r := readings[source.URL]; r != nil && r.kept != nil {
			s.Hash, read = r.kept.Hash, true
		}
		entry.Sources = append(entry.Sources, s)
	}
	if !read || len(j.Parts) > ledger.MostParts {
		return nil
	}
	for _, p := range j.Parts {
		entry.Parts = append(entry.Parts, ledger.Part{
			Fact: ledger.Canon(p.Fact), Find: p.Find, Source: slices.Index(j.Sources, p.Source), Owned: p.Owned, Score: p.Score,
			Says: w.sentence(p.Says), Instead: w.sentence(p.Instead),
		})
	}
	if old := c.kept(w); old != nil {
		was, is := *old, *entry
		was.Book, is.On = "", old.On // who keeps it says which book
		if is.String() == was.String() {
			entry.On = old.On // a date moves with what it is about
		}
	}
	return entry
}

// sentence returns a sentence of a page as far as the book wants it kept.
func (w *weighing) sentence(text string) string {
	if w.book.config.Store == config.Hashes {
		return ""
	}
	return text
}

// whole tells whether all of a book was read and is reported on.
func (b *book) whole() bool {
	return !slices.ContainsFunc(b.sources, func(s source) bool {
		return !s.bib && !s.excluded && (!s.reported || b.Chapter(s.path) == nil)
	})
}

// gone returns what tells whether claims in a file that are not there any more have
// left the book for good. A run that leaves claims out, because they are old or stand
// elsewhere, cannot tell.
func (c *checking) gone() func(file string) bool {
	weighed := make(map[string]bool)
	var roots []string
	for _, b := range c.books {
		if !b.whole() || c.Only != nil || c.Before != nil {
			continue
		}
		roots = append(roots, b.Root)
		for _, chapter := range b.reported {
			weighed[chapter.Path] = b.weighs(chapter)
		}
	}
	return func(file string) bool {
		return weighed[file] || !c.listing.files[file] && slices.ContainsFunc(roots, func(root string) bool { return under(file, root) })
	}
}
