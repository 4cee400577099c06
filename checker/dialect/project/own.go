package project

import (
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// Own resolves what a chapter looks up in itself alone, in every dialect:
// footnotes and link definitions.
type Own map[*bookcheck.Chapter]*names

type names struct{ footnotes, definitions near.Table[*bookcheck.Target] }

// NewOwn returns what the chapters of a book define for themselves.
func NewOwn(book *bookcheck.Book) Own {
	own := make(Own, len(book.Chapters))
	for _, chapter := range book.Chapters {
		n := new(names)
		for _, target := range chapter.Targets {
			switch target.Kind {
			case bookcheck.Footnote:
				n.footnotes.Add(label(target.Name), target.Name, target)
			case bookcheck.Definition:
				n.definitions.Add(label(target.Name), target.Name, target)
			default:
			}
		}
		own[chapter] = n
	}
	return own
}

// label normalizes a name as CommonMark does: case and white space do not count.
func label(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

// Footnote resolves [^name].
func (o Own) Footnote(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if o[from] == nil {
		return bookcheck.Resolution{}
	}
	return find(&o[from].footnotes, from, link, "footnote")
}

// Definition resolves [text][name].
func (o Own) Definition(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if o[from] == nil {
		return bookcheck.Resolution{}
	}
	return find(&o[from].definitions, from, link, "link definition")
}

// find looks a name up. The walker has done so before: only what it marked as
// undefined can be missing.
func find(table *near.Table[*bookcheck.Target], from *bookcheck.Chapter, link *bookcheck.Link, sought string) bookcheck.Resolution {
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Chapter: from, Sought: sought, Name: link.Target}
	target, found := table.Find(label(link.Target))
	result.Target = target
	if !found && link.Undefined {
		result.Outcome, result.Chapter, result.Near = bookcheck.Missing, nil, table.Near(link.Target)
	}
	return result
}
