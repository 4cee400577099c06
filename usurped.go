package bookcheck

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Usurped says what an address became that belongs to somebody else now: it fits after
// the address in a sentence. It returns "" where nothing speaks for that. What a link of
// a chapter says and what stands around it tell what was meant.
func (p *Page) Usurped(chapter *Chapter, link *Link) string {
	switch {
	case p.Parked:
		return p.Reason
	case p.Verdict != Alive || p.Title == "" || link.Kind != PageLink && link.Kind != HTMLLink:
		return ""
	}
	meant := link.Text + " " + link.Target + " " + around(chapter, link)
	if word := trade.FindString(p.Title); word != "" && !trade.MatchString(meant) && !slices.ContainsFunc(telling(word), func(w string) bool { return related(telling(meant), w) }) {
		return "shows a page of another trade: \"" + p.Title + "\""
	}
	if before := telling(p.Was); len(before) > 1 && len(telling(p.Title)) > 1 &&
		slices.ContainsFunc(telling(meant), func(w string) bool { return related(before, w) }) &&
		!slices.ContainsFunc(slices.Concat(before, telling(meant)), func(w string) bool { return related(telling(p.Title), w) }) {
		return "shows another page than it did: \"" + p.Title + "\", and no longer \"" + p.Was + "\""
	}
	if !p.Foreign || len(p.Hops) < 2 || keepsPath(p) || passesOn(p.Hops[0].URL) {
		return ""
	}
	last := p.Hops[len(p.Hops)-1].URL
	said, shown := telling(link.Text), telling(p.Title)
	if len(said) < 2 || len(shown) < 2 || slices.ContainsFunc(telling(meant), func(w string) bool { return related(shown, w) }) {
		return ""
	}
	return "redirects to another site, " + last + ", with the unrelated title \"" + p.Title + "\""
}

// trade are the words of those who buy names for the readers that they still have.
var trade = regexp.MustCompile(`(?i)\b(casinos?|gambling|sportsbook|betting|(online|free) slots?|slot (gacor|online|games?)|judi|togel|poker online|baccarat|escorts?|porno?|xxx|viagra|cialis|payday loans?|situs|bandar)\b`)

// around returns the paragraph's worth of text around a link: what it may be about.
func around(chapter *Chapter, link *Link) string {
	const reach = 200
	return string(chapter.Source[max(0, link.Start-reach):min(len(chapter.Source), link.End+reach)])
}

// keepsPath tells whether the last page has the name that was asked for.
func keepsPath(p *Page) bool {
	from, err := url.Parse(p.Hops[0].URL)
	if err != nil {
		return false
	}
	parts := strings.Split(strings.Trim(from.Path, "/"), "/")
	name := strings.TrimSuffix(parts[len(parts)-1], ".html")
	return len(name) > 2 && strings.Contains(p.Hops[len(p.Hops)-1].URL, name)
}

// passers send readers on to other sites by trade.
var passers = []string{
	"doi.org", "handle.net", "purl.org", "w3id.org", "bit.ly", "t.co", "goo.gl", "tinyurl.com", "aka.ms", "g.co", "youtu.be", "is.gd", "ow.ly",
	"buff.ly", "lnkd.in", "t.ly", "rb.gy", "cutt.ly", "amzn.to", "git.io", "forms.gle", "arxiv.org", "fb.me", "wp.me", "shorturl.at", "dub.sh", "go.microsoft.com",
}

func passesOn(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	name := strings.ToLower(u.Hostname())
	return slices.ContainsFunc(passers, func(p string) bool { return name == p || strings.HasSuffix(name, "."+p) })
}

// telling returns the words of a text that say something, in Latin script: nothing
// can be said about others without knowing their languages.
func telling(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(all, func(w string) bool {
		return len(w) < 3 || slices.Contains(mute, w) || strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
	})
}

// mute are words that pages have in common.
var mute = []string{"the", "and", "for", "with", "from", "this", "that", "here", "our", "your", "www", "com", "org", "net", "http", "https", "html", "home", "page", "welcome", "official", "site", "website"}

// related tells whether one of the words begins as another does.
func related(list []string, word string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(w, word) || strings.HasPrefix(word, w) })
}
