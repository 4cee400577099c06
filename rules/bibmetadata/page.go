package bibmetadata

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

// fromBibliography tells whether a link stands in a bibliography, or is made of what
// stands there.
func fromBibliography(link *bookcheck.Link) bool {
	return link.Kind == bookcheck.PageLink && link.Form == bookcheck.Bare && link.Name != ""
}

// A source says how much a page of a work is worth as a witness.
type source int

const (
	anywhere source = iota // a page on the web, which may call itself what it likes
	journal                // behind a DOI
	archive                // arXiv
)

func sourceOf(link *bookcheck.Link) source {
	address := strings.ToLower(link.Target)
	_, address, _ = strings.Cut(address, "://")
	host, path, _ := strings.Cut(strings.TrimPrefix(address, "www."), "/")
	switch {
	case strings.HasSuffix(host, "arxiv.org") && strings.ContainsAny(path, "0123456789"):
		return archive
	case host == "doi.org" || host == "dx.doi.org":
		return journal
	default:
		return anywhere
	}
}

// page compares the entry with the best of its pages that says what it is.
func (c check) page() {
	var link *bookcheck.Link
	var page *bookcheck.Page
	for _, other := range c.Links {
		known, ok := c.Page(other)
		if !ok || known.Verdict != bookcheck.Alive || known.Imprint == nil || known.Imprint.Title == "" || known.Imprint.Kind != "html" || len(known.Imprint.Authors) == 0 {
			continue
		}
		if link == nil || sourceOf(other) > sourceOf(link) {
			link, page = other, known
		}
	}
	if link == nil || c.Title == "" {
		return
	}
	if c.title(link, page) {
		c.author(link, page)
		c.published(link, page)
	}
}

// How alike the titles of an entry and of its page are: from sameTitle on they are of
// one work, below otherTitle of two.
const (
	sameTitle  = 0.8
	otherTitle = 0.3
)

// title compares the titles. True: they are of the same work.
func (c check) title(link *bookcheck.Link, page *bookcheck.Page) bool {
	field := c.field("title")
	said, shown := c.Title, page.Imprint.Title
	alike := similarity(said, shown)
	if field == nil || !isLatin(said) || !isLatin(shown) {
		return false
	}
	switch {
	case alike == 1:
		return true
	case misspelled(said, shown):
		c.report(field, bookcheck.Warning, "the title is %q here, and %q at %s", said, shown, link.Target)
		return true
	case alike >= sameTitle, shortened(said, shown):
		return true
	case alike >= otherTitle:
		if sourceOf(link) != anywhere {
			c.report(field, bookcheck.Note, "the title is %q here, and %q at %s", said, shown, link.Target)
		}
	case sourceOf(link) != anywhere:
		c.report(field, bookcheck.Warning, "%s is another work: %q, not %q", link.Target, shown, said)
	default:
		c.report(field, bookcheck.Note, "the title is %q here, and %q at %s", said, shown, link.Target)
	}
	return false
}

func (c check) report(field *bookcheck.Field, level bookcheck.Severity, format string, args ...any) {
	c.Report(bookcheck.Diagnostic{
		Span: field.Value, Message: fmt.Sprintf(format, args...), Subject: c.Target.Name + " " + field.Name, Severity: level,
	})
}

// isLatin tells whether a title is in letters of which we know what they are: the
// entry may have one in English, and the page in its own language.
func isLatin(title string) bool {
	letters, foreign := 0, 0
	for _, r := range title {
		switch {
		case r >= 0x250 && unicode.IsLetter(r):
			foreign++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 2 && foreign*4 < letters
}

// shortened tells whether one title is the beginning of the other, or all that stands
// behind its colon.
func shortened(a, b string) bool {
	x, y := strings.Join(words(a), " ")+" ", strings.Join(words(b), " ")+" "
	return strings.HasPrefix(x, y) || strings.HasPrefix(y, x) || strings.HasSuffix(x, " "+y) || strings.HasSuffix(y, " "+x)
}

// misspelled tells whether two titles differ in one or two words only, each of which
// is nearly its counterpart. Forms of one word, and what is written with letters of
// another alphabet, are no mistakes.
func misspelled(a, b string) bool {
	left, right := words(a), words(b)
	if len(left) != len(right) || len(left) < 3 {
		return false
	}
	wrong := 0
	for i := range left {
		if left[i] == right[i] {
			continue
		}
		if wrong++; wrong > 2 || !near(left[i], right[i]) {
			return false
		}
	}
	return wrong > 0
}

// near tells whether one word is another with a letter more, less, other or swapped,
// and not merely a form of it.
func near(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 4 || len(b)-len(a) > 1 || !isPlain(a) || !isPlain(b) || a+"s" == b || form(a) == form(b) {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	if len(a) < len(b) {
		return a[at:] == b[at+1:]
	}
	return a[at+1:] == b[at+1:] || at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && a[at+2:] == b[at+2:]
}

func isPlain(word string) bool {
	return strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// american writes a word as it is written on that side of the Atlantic, and now and
// then worse, but alike for both.
var american = strings.NewReplacer("isation", "ization", "ising", "izing", "ise", "ize", "yse", "yze", "our", "or", "ll", "l", "tre", "ter", "ae", "e")

func form(word string) string { return american.Replace(word) }

// author looks for the first author of the entry among those of the page.
func (c check) author(link *bookcheck.Link, page *bookcheck.Page) {
	field := c.field("author")
	if field == nil || sourceOf(link) == anywhere || strings.HasPrefix(c.Chapter.Text(field.Value), "{") {
		return // {Several Words} are the name of a body
	}
	first, _, _ := strings.Cut(field.Text, " and ")
	family := familyOf(first)
	if family == "" {
		return
	}
	for _, name := range page.Imprint.Authors {
		if folded := plainLetters(name); folded == "" || strings.Contains(folded, family) {
			return
		}
	}
	c.flaw(field, "the first author is %q here; at %s it is %q", strings.TrimSpace(first), link.Target, page.Imprint.Authors[0])
}

// bodies are words in the names of authors that are no persons.
var bodies = []string{"team", "group", "consortium", "collaboration", "inc", "ltd", "research", "foundation", "lab", "labs", "university", "institute", "project", "ai", "authors", "others", "anonymous", "contributors", "committee", "organization", "association"}

// familyOf returns the family name of a person, as plainLetters has it; "" if the name
// is another's, or has letters that would be spelled in several ways.
func familyOf(person string) string {
	family, _, comma := strings.Cut(person, ",")
	list := strings.Fields(family)
	if !comma {
		if len(list) < 2 {
			return ""
		}
		list = list[len(list)-1:]
	}
	for _, word := range words(person) {
		if slices.Contains(bodies, word) {
			return ""
		}
	}
	if len(list) == 0 || strings.ContainsFunc(person, func(r rune) bool { return r >= 0x80 }) {
		return ""
	}
	const shortest = 3
	if name := plainLetters(list[len(list)-1]); len(name) >= shortest {
		return name
	}
	return ""
}

// plainLetters returns the letters of a name in lower case; "" if some have an accent,
// which may be spelled otherwise elsewhere.
func plainLetters(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 0x80:
			return ""
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// modern is the year from which on journals date their pages and not the pages'
// arrival on the web.
const modern = 2000

// published compares the years. On arXiv the date is that of the preprint, which says
// little of when the work appeared.
func (c check) published(link *bookcheck.Link, page *bookcheck.Page) {
	year, field := c.year()
	there := page.Imprint.Published.Year()
	if field == nil || sourceOf(link) != journal || page.Imprint.Published.IsZero() || year < modern || there < modern {
		return
	}
	if there-year > 1 || year-there > 1 {
		c.flaw(field, "the year is %d here, and %d at %s", year, there, link.Target)
	}
}
