package checker

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// search looks for copies of the pages that are gone, all at once, and runs the
// rules that asked for them again.
func (c *checking) search(ctx, late context.Context, jobs []*job) {
	librarian, ok := c.Fetcher.(bookcheck.Librarian)
	if !ok || ctx.Err() != nil {
		return
	}
	wanted := make(map[bookcheck.Copy]bool)
	for _, j := range jobs {
		for _, link := range j.missed {
			wanted[j.copyOf(link)] = true
		}
	}
	if len(wanted) == 0 {
		return
	}
	list := slices.SortedFunc(maps.Keys(wanted), func(a, b bookcheck.Copy) int {
		return cmp.Or(strings.Compare(a.URL, b.URL), a.At.Compare(b.At))
	})
	found := librarian.Archived(ctx, list)
	if ctx.Err() != nil {
		return // the pages are gone all the same
	}
	for _, j := range jobs {
		if j.copies == nil {
			j.copies = make(map[*bookcheck.Link]string)
		}
		for _, link := range j.missed {
			j.copies[link] = found[j.copyOf(link)]
		}
		if len(j.missed) > 0 {
			j.look(late)
		}
	}
}

// copyOf returns the copy of a page that a link wants.
func (j *job) copyOf(link *bookcheck.Link) bookcheck.Copy {
	return bookcheck.Copy{URL: pageURL(link), At: j.ages[link.Dest].Since}
}

// copied returns the copy of the page of a link, or notes that it was asked for, and
// when the link was written.
func (j *job) copied(link *bookcheck.Link) string {
	address, known := j.copies[link]
	if _, ok := j.Fetcher.(bookcheck.Librarian); ok && !known {
		j.missed = append(j.missed, link)
		j.age(link.Dest)
	}
	return address
}
