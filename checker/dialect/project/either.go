package project

import (
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// Either is the dialect of a book that several programs could build, none of which
// it names. What one of them resolves is good; what none does is wrong in the
// words of the first. A path from the root of the book is not judged, as nobody
// says where that is.
type Either []bookcheck.Dialect

// Name implements bookcheck.Dialect.
func (e Either) Name() string { return e[0].Name() }

// Resolve implements bookcheck.Dialect.
func (e Either) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	first := e[0].Resolve(from, link)
	if first.Outcome == bookcheck.Resolved || first.Outcome == bookcheck.Unjudged {
		return first
	}
	for _, dialect := range e[1:] {
		other := dialect.Resolve(from, link)
		if other.Outcome == bookcheck.Resolved {
			return other
		}
		if other.Outcome == bookcheck.Unjudged && first.Outcome == bookcheck.NoFile {
			return bookcheck.Resolution{} // a file that one of them might make
		}
	}
	if strings.HasPrefix(link.Target, "/") {
		return bookcheck.Resolution{}
	}
	return first
}

// Namesakes implements bookcheck.Namer: what the first program allows only once in
// a chapter. Nobody says that the chapters make one book.
func (e Either) Namesakes(chapter *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	namer, ok := e[0].(bookcheck.Namer)
	if !ok {
		return nil
	}
	return slices.DeleteFunc(namer.Namesakes(chapter, target), func(p bookcheck.Place) bool { return p.Chapter != chapter })
}
