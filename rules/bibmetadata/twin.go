package bibmetadata

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

// A place is an entry in its file.
type place struct {
	work    *bookcheck.Work
	chapter *bookcheck.Chapter
}

// twins looks for works that the bibliographies of the book hold twice, under two
// keys. The second one is reported.
func twins(pass *bookcheck.Pass) {
	first := make(map[string]place)
	for _, chapter := range pass.Book.Chapters {
		for _, work := range chapter.Works {
			c := check{pass, work}
			for _, id := range c.identities() {
				before, seen := first[id.key]
				if !seen {
					first[id.key] = place{work, chapter}
					continue
				}
				if chapter == pass.Chapter && before.work.Target.Name != work.Target.Name && c.twin(id, before) {
					break
				}
			}
		}
	}
}

// An identity is something that no two works share.
type identity struct {
	key  string // to compare by
	said string // for a message
	sure bool   // it tells works apart whatever their titles; false: the title is part of it
}

// identities returns those of an entry, the surest first.
func (c check) identities() []identity {
	var ids []identity
	for _, p := range c.preprints() {
		if malformed(p.number) == "" {
			ids = append(ids, identity{"arXiv " + strings.ToLower(p.number), "the arXiv number " + p.number, true})
			break
		}
	}
	if field := c.field("doi"); field != nil {
		if m := handle.FindStringSubmatch(field.Text); m != nil && !placeholder.MatchString(m[1]) && !arXivDOI.MatchString(m[1]) {
			ids = append(ids, identity{"doi " + strings.ToLower(m[1]), "the DOI " + m[1], true})
		}
	}
	if title := words(c.Title); len(title) > 0 {
		for _, link := range c.Links {
			if link.Dest.Len() > 0 {
				ids = append(ids, identity{"url " + strings.TrimSuffix(link.Target, "/") + " " + strings.Join(title, " "), "the address and the title", false})
			}
		}
	}
	return ids
}

// twin reports an entry that has the identity of an earlier one. If their titles say
// that they are different works, one of them has the number of the other; but the
// parts of a book may have that of the whole.
func (c check) twin(id identity, before place) bool {
	message := fmt.Sprintf("the same work as %q: both have %s", before.work.Target.Name, id.said)
	if id.sure && c.Title != "" && before.work.Title != "" && similarity(c.Title, before.work.Title) < twinTitles {
		if isPart(c.Kind) || isPart(before.work.Kind) {
			return false
		}
		message = fmt.Sprintf("%s is also that of %q, which has another title", id.said, before.work.Target.Name)
	}
	c.Report(bookcheck.Diagnostic{
		Span: c.Target.Span, Message: message, Subject: c.Target.Name,
		Related: []bookcheck.Related{{Chapter: before.chapter, Span: before.work.Target.Span, Message: "the first entry"}},
	})
	return true
}

// twinTitles is how alike the titles of one work are at least, in two hands.
const twinTitles = 0.5

// isPart tells whether works of a kind are parts of others, or have parts.
func isPart(kind string) bool {
	switch kind {
	case "inbook", "incollection", "book", "proceedings", "collection", "suppbook", "bookinbook":
		return true
	default:
		return false
	}
}

// words returns the words of a title in lower case, without punctuation.
func words(title string) []string {
	return strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// similarity returns how alike two titles are, from 0 to 1: twice the words that both
// have, of the words of both. Neither the order counts nor the side of the Atlantic.
func similarity(a, b string) float64 {
	left, right := words(a), words(b)
	if len(left) == 0 || len(right) == 0 {
		return 0
	}
	if strings.Join(left, "") == strings.Join(right, "") {
		return 1
	}
	count := make(map[string]int, len(left))
	for _, word := range left {
		count[form(word)]++
	}
	common := 0
	for _, word := range right {
		if count[form(word)] > 0 {
			count[form(word)]--
			common++
		}
	}
	return 2 * float64(common) / float64(len(left)+len(right))
}
