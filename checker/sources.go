package checker

import (
	"bytes"
	"slices"
	"sort"

	"github.com/bookcheck/bookcheck"
)

// mostSources bounds the pages that are asked about one claim. A sentence that cites
// more is a survey: which page bears out what, nobody can tell.
const mostSources = 8

// cites returns the pages that a claim cites, each once, in the order of the text.
// A citation cites what its entry in the bibliography leads to, a footnote what its
// definition links to. What those cite in turn is not followed.
func (b *book) cites(c *Checker, chapter *bookcheck.Chapter, claim *bookcheck.Claim) []*bookcheck.Source {
	var sources []*bookcheck.Source
	for _, cite := range claim.Cites {
		for _, link := range b.cited(chapter, cite) {
			page := pageURL(link)
			if !link.External() || b.skips(c, link.Target) || slices.ContainsFunc(sources, func(s *bookcheck.Source) bool { return s.URL == page }) {
				continue
			}
			if len(sources) == mostSources {
				return nil
			}
			sources = append(sources, &bookcheck.Source{Link: cite, URL: page})
		}
	}
	return sources
}

// cited returns the links that stand behind one in a sentence.
func (b *book) cited(chapter *bookcheck.Chapter, cite *bookcheck.Link) []*bookcheck.Link {
	switch cite.Kind {
	case bookcheck.Cite:
		if to := b.Resolve(chapter, cite); to.Target != nil && to.Target.Kind == bookcheck.Citation {
			return b.works()[to.Target]
		}
	case bookcheck.FootnoteRef:
		if to := b.Resolve(chapter, cite); to.Target != nil && to.Target.Kind == bookcheck.Footnote {
			return linksOf(to.Chapter, noteAt(to.Chapter, to.Target))
		}
	default:
		return []*bookcheck.Link{cite}
	}
	return nil
}

// works returns where the works of the book's bibliographies are found, by their key.
func (b *book) works() map[*bookcheck.Target][]*bookcheck.Link {
	if b.found == nil {
		b.found = make(map[*bookcheck.Target][]*bookcheck.Link)
		for _, chapter := range b.Chapters {
			for _, work := range chapter.Works {
				b.found[work.Target] = work.Links
			}
		}
	}
	return b.found
}

// linksOf returns the links of a chapter that begin in a span.
func linksOf(chapter *bookcheck.Chapter, span bookcheck.Span) []*bookcheck.Link {
	first := sort.Search(len(chapter.Links), func(i int) bool { return chapter.Links[i].Start >= span.Start })
	last := sort.Search(len(chapter.Links), func(i int) bool { return chapter.Links[i].Start >= span.End })
	return chapter.Links[first:max(first, last)]
}

// longestNote bounds how much of a footnote is looked at, in bytes.
const longestNote = 16 << 10

// noteAt returns the text of a footnote: the rest of its line, and the lines that go
// on with it, up to a blank one that none with an indent follows.
func noteAt(chapter *bookcheck.Chapter, note *bookcheck.Target) bookcheck.Span {
	text := bookcheck.Span{Start: note.End, End: note.End}
	blank := false
	for at := note.End; at < min(len(chapter.Source), note.End+longestNote); {
		line, _, _ := bytes.Cut(chapter.Source[at:], []byte("\n"))
		first := at == note.End
		at += len(line) + 1
		switch empty := len(bytes.TrimSpace(line)) == 0; {
		case empty && !first:
			blank = true
		case !first && (blank && line[0] != ' ' && line[0] != '\t' || bytes.HasPrefix(line, []byte("[^"))):
			return text
		default:
			text.End, blank = min(at, len(chapter.Source)), false
		}
	}
	return text
}
