// Package hijackedurl declares the hijacked-url rule.
package hijackedurl

import (
	_ "embed"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links whose address belongs to somebody else now: a seller of names,
// or an owner whose page has nothing to do with what the link says.
var Rule = &bookcheck.Rule{
	Name:     "hijacked-url",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, page := range pass.Pages() {
		if why := hijacked(pass.Chapter, link, page); why != "" {
			pass.Report(bookcheck.Diagnostic{Span: link.Dest, Message: "hijacked: " + link.URL() + " " + why, Subject: link.URL()})
		}
	}
	return nil
}

// hijacked says what became of an address; "" if nothing speaks against it.
func hijacked(chapter *bookcheck.Chapter, link *bookcheck.Link, page *bookcheck.Page) string {
	switch {
	case page.Parked:
		return page.Reason
	case page.Verdict != bookcheck.Alive || page.Title == "" || link.Kind != bookcheck.PageLink && link.Kind != bookcheck.HTMLLink:
		return ""
	}
	meant := link.Text + " " + link.Target + " " + around(chapter, link)
	if word := trade.FindString(page.Title); word != "" && !trade.MatchString(meant) && !slices.ContainsFunc(words(word), func(w string) bool { return related(words(meant), w) }) {
		return "shows a page of another trade: \"" + page.Title + "\""
	}
	if !page.Foreign || len(page.Hops) < 2 || keepsPath(page) || passesOn(page.Hops[0].URL) {
		return ""
	}
	last := page.Hops[len(page.Hops)-1].URL
	said, shown := words(link.Text), words(page.Title)
	if len(said) < 2 || len(shown) < 2 || slices.ContainsFunc(words(meant), func(w string) bool { return related(shown, w) }) {
		return ""
	}
	return "redirects to another site, " + last + ", with the unrelated title \"" + page.Title + "\""
}

// trade are the words of those who buy names for the readers that they still have.
var trade = regexp.MustCompile(`(?i)\b(casinos?|gambling|sportsbook|betting|(online|free) slots?|slot (gacor|online|games?)|judi|togel|poker online|baccarat|escorts?|porno?|xxx|viagra|cialis|payday loans?|situs|bandar)\b`)

// around returns the paragraph's worth of text around a link: what it may be about.
func around(chapter *bookcheck.Chapter, link *bookcheck.Link) string {
	const reach = 200
	return string(chapter.Source[max(0, link.Start-reach):min(len(chapter.Source), link.End+reach)])
}

// keepsPath tells whether the last page has the name that was asked for.
func keepsPath(page *bookcheck.Page) bool {
	from, err := url.Parse(page.Hops[0].URL)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.Trim(from.Path, "/"), "/")
	name := strings.TrimSuffix(parts[len(parts)-1], ".html")
	return len(name) > 2 && strings.Contains(page.Hops[len(page.Hops)-1].URL, name)
}

// passers send readers on to other sites by trade.
var passers = []string{
	"doi.org", "handle.net", "purl.org", "w3id.org", "bit.ly", "t.co", "goo.gl", "tinyurl.com", "aka.ms", "g.co", "youtu.be", "is.gd", "ow.ly",
	"buff.ly", "lnkd.in", "t.ly", "rb.gy", "cutt.ly", "amzn.to", "git.io", "forms.gle", "arxiv.org", "fb.me", "wp.me", "shorturl.at", "dub.sh", "go.microsoft.com",
}

func passesOn(address string) bool {
	name := host(address)
	return slices.ContainsFunc(passers, func(p string) bool { return name == p || strings.HasSuffix(name, "."+p) })
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// words returns the words of a text that say something, in Latin script: nothing
// can be said about others without knowing their languages.
func words(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(all, func(w string) bool {
		return len(w) < 3 || slices.Contains(common, w) || strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
	})
}

var common = []string{"the", "and", "for", "with", "from", "this", "that", "here", "our", "your", "www", "com", "org", "net", "http", "https", "html", "home", "page", "welcome", "official", "site", "website"}

// related tells whether one of the words begins as another does.
func related(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(w, word) || strings.HasPrefix(word, w) })
}
