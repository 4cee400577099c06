package fetch

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"github.com/bookcheck/bookcheck"
)

// What is read of what a page says of itself.
const (
	mostAuthors  = 200
	linkedLimit  = 256 << 10 // bytes of a JSON-LD block
	linkedBlocks = 8
	linkedDepth  = 16
	linkedNodes  = 5000
)

// A trust says how much a source of metadata is believed: the higher one counts,
// and the first of the same.
type trust int

const (
	unsaid  trust = iota
	shown         // on the page, perhaps of something else
	tagged        // for search engines of all kinds
	shared        // for social networks
	linked        // JSON-LD
	library       // Dublin Core
	scholar       // citation_*: for search engines of papers
)

// An imprinter gathers what a page says of itself.
type imprinter struct {
	title, authors, published struct {
		trust
		said string
	}
	names []string // of the authors
	doi   string
	site  string // what the page calls its site

	wants  string // what the text that comes is: "title", "json"; "": nothing of interest
	blocks int    // of JSON-LD that were read
	tab    string // the title element
	h1     string
	headed int // 1: in the first h1; 2: it is over
}

// open notes what an element says of the page.
func (m *imprinter) open(tag atom.Atom, attrs *shownAttributes) {
	m.wants = ""
	switch {
	case tag == atom.Title && m.tab == "":
		m.wants = "title"
	case tag == atom.Script && strings.EqualFold(attrs.kind, "application/ld+json") && m.blocks < linkedBlocks:
		m.wants = "json"
	case tag == atom.Meta:
		m.meta(strings.ToLower(attrs.name), attrs.content)
		m.meta(strings.ToLower(attrs.property), attrs.content)
	case tag == atom.Time:
		m.date(shown, attrs.datetime)
	case tag == atom.H1 && m.headed == 0:
		m.headed = 1
	}
}

// take notes the text that was wanted.
func (m *imprinter) take(text string) {
	switch {
	case m.wants == "title":
		m.tab = tidy(text, titleLimit)
	case len(text) <= linkedLimit:
		m.blocks++
		m.linkedData(text)
	}
	m.wants = ""
}

// heading notes the text of the first heading.
func (m *imprinter) heading(text string) {
	if m.headed == 1 && len(m.h1) < 4*titleLimit {
		m.h1 += text
	}
}

func (m *imprinter) closeHeading() {
	if m.headed == 1 {
		m.headed = 2
	}
}

// meta notes a meta element.
func (m *imprinter) meta(name, content string) {
	switch name {
	case "citation_title":
		m.name(scholar, content)
	case "dc.title", "dcterms.title":
		m.name(library, content)
	case "og:title":
		m.name(shared, content)
	case "twitter:title":
		m.name(tagged, content)
	case "og:site_name", "application-name":
		if m.site == "" {
			m.site = tidy(content, titleLimit)
		}
	case "citation_author", "bepress_citation_author":
		m.author(scholar, content)
	case "citation_authors":
		for author := range strings.SplitSeq(content, ";") {
			m.author(scholar, author)
		}
	case "dc.creator", "dcterms.creator":
		m.author(library, content)
	case "article:author":
		m.author(shared, content)
	case "author", "parsely-author", "sailthru.author":
		m.author(tagged, content)
	case "citation_publication_date", "citation_date", "bepress_citation_date":
		m.date(scholar, content)
	case "citation_online_date":
		m.date(scholar-1, content)
	case "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date.created", "prism.publicationdate":
		m.date(library, content)
	case "article:published_time", "og:published_time":
		m.date(shared, content)
	case "datepublished", "date", "pubdate", "parsely-pub-date", "sailthru.date":
		m.date(tagged, content)
	case "citation_doi", "dc.identifier", "dc.identifier.doi", "prism.doi", "bepress_citation_doi":
		m.identify(content)
	}
}

func (m *imprinter) name(by trust, title string) {
	if title = tidy(title, 2*titleLimit); title != "" && by > m.title.trust {
		m.title.trust, m.title.said = by, title
	}
}

func (m *imprinter) author(by trust, name string) {
	name = tidy(name, titleLimit)
	switch {
	case name == "" || strings.Contains(name, "://") || strings.HasPrefix(name, "@"):
	case by > m.authors.trust:
		m.authors.trust, m.names = by, []string{name}
	case by == m.authors.trust && len(m.names) < mostAuthors && !slices.Contains(m.names, name):
		m.names = append(m.names, name)
	}
}

func (m *imprinter) date(by trust, said string) {
	if by > m.published.trust && !dayOf(said).IsZero() {
		m.published.trust, m.published.said = by, said
	}
}

// identify notes a DOI, with or without its resolver.
func (m *imprinter) identify(said string) {
	at := strings.Index(said, "10.")
	if at < 0 || m.doi != "" {
		return
	}
	if prefix := strings.ToLower(strings.TrimSpace(said[:at])); prefix == "" || strings.HasSuffix(prefix, "doi:") || strings.HasSuffix(prefix, "doi.org/") {
		if doi := tidy(said[at:], titleLimit); strings.Contains(doi, "/") && !strings.Contains(doi, " ") {
			m.doi = doi
		}
	}
}

// linkedData reads a block of JSON-LD for the article that the page is about.
func (m *imprinter) linkedData(src string) {
	var data any
	if json.Unmarshal([]byte(src), &data) != nil {
		return
	}
	budget := linkedNodes
	m.walk(data, 0, &budget)
}

func (m *imprinter) walk(data any, depth int, budget *int) {
	if *budget--; *budget < 0 || depth > linkedDepth {
		return
	}
	switch v := data.(type) {
	case []any:
		for _, element := range v {
			m.walk(element, depth+1, budget)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			m.article(v)
			return
		}
		for _, name := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			m.walk(v[name], depth+1, budget)
		}
	}
}

// isArticle tells whether a type of schema.org is a work that has a title and
// authors of its own.
func isArticle(kind any) bool {
	switch v := kind.(type) {
	case string:
		for _, end := range []string{"Article", "Posting", "Report", "Book", "Dataset", "Thesis", "CreativeWork", "Review"} {
			if strings.HasSuffix(v, end) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v[:min(len(v), linkedDepth)], func(kind any) bool { _, is := kind.(string); return is && isArticle(kind) })
	}
	return false
}

func (m *imprinter) article(v map[string]any) {
	for _, name := range []string{"headline", "name"} {
		if title, is := v[name].(string); is {
			m.name(linked, title)
		}
	}
	for _, name := range []string{"datePublished", "dateCreated"} {
		if date, is := v[name].(string); is {
			m.date(linked, date)
		}
	}
	m.people(v["author"], 0)
}

// people notes authors, however they are given.
func (m *imprinter) people(author any, depth int) {
	switch v := author.(type) {
	case string:
		m.author(linked, v)
	case map[string]any:
		if name, is := v["name"].(string); is {
			m.author(linked, name)
		}
	case []any:
		for _, one := range v[:min(len(v), mostAuthors)] {
			if depth < 2 {
				m.people(one, depth+1)
			}
		}
	}
}

// imprint returns what was gathered.
func (m *imprinter) imprint() *bookcheck.Imprint {
	title := m.title.said
	if m.title.trust < linked {
		title = withoutSite(title, m.site)
	}
	if title == "" {
		title = withoutSite(m.tab, m.site)
	}
	if title == "" {
		title = tidy(m.h1, titleLimit)
	}
	return &bookcheck.Imprint{Title: title, Authors: m.names, Published: dayOf(m.published.said), DOI: m.doi, Kind: "html"}
}

// siteSeparators stand between the title of a page and the name of its site.
var siteSeparators = []string{" | ", " - ", " · ", " — ", " – ", " :: ", " • ", " » "}

// withoutSite takes the name of the site off a title: what the page itself calls so,
// or a few words behind a separator that say less than what stands before it.
func withoutSite(title, site string) string {
	for _, separator := range siteSeparators {
		before, after, found := cutLast(title, separator)
		if !found {
			continue
		}
		switch words := len(strings.Fields(after)); {
		case before == "" || after == "":
		case site != "" && strings.EqualFold(after, site):
			return before
		case site != "" && strings.EqualFold(before, site):
			return after
		case words <= 3 && words < len(strings.Fields(before)):
			return before
		}
	}
	return title
}

func cutLast(s, separator string) (before, after string, found bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(separator):]), true
}

// dateForms are how dates are written where programs look for them, and how people
// write them there all the same.
var dateForms = []string{
	"2006-1-2", "2006/1/2", "2006.1.2", "20060102", "2006-1", "2006/1", "2006",
	"January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "January 2006", "Jan 2006",
	"Mon, 2 Jan 2006", "Monday, January 2, 2006",
}

// dayOf returns the first day of what a date says; zero if it cannot be told.
func dayOf(said string) time.Time {
	said = strings.TrimSpace(said)
	if utf8.RuneCountInString(said) > 64 {
		return time.Time{}
	}
	day, _, _ := strings.Cut(said, "T")
	if day == "" || !isDigit(rune(day[len(day)-1])) {
		day = said
	}
	// A time of the day follows the day, whatever its form.
	if before, clock, found := cutLast(day, " "); found && strings.Contains(clock, ":") {
		day = before
	} else if before, clock, found := strings.Cut(day, " "); found && strings.Contains(clock, ":") && strings.ContainsAny(before, "-/") {
		day = before
	}
	for _, form := range dateForms {
		if t, err := time.Parse(form, day); err == nil && t.Year() >= 1400 && t.Year() < 2200 {
			return t
		}
	}
	return time.Time{}
}
