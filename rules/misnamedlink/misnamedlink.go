// Package misnamedlink declares the misnamed-link rule.
package misnamedlink

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links and citations whose text is a name that is almost, but not
// quite, the name of what they lead to. Without the network it goes by addresses,
// bibliographies and the other links of the book; with it, by titles of pages, too.
var Rule = &bookcheck.Rule{
	Name:     "misnamed-link",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Status,
	Select:   func(link *bookcheck.Link) bool { return nameOf(link).sound() },
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if link.Kind == bookcheck.Cite {
			citation(pass, link)
			continue
		}
		if n := nameOf(link); link.External() && n.sound() {
			page(pass, link, n)
		}
	}
	return nil
}

// nameOf returns the name by which an author calls the page of a link; the zero
// value if there is none.
func nameOf(link *bookcheck.Link) name {
	switch link.Kind {
	case bookcheck.PageLink, bookcheck.HTMLLink, bookcheck.JSXLink:
		if link.Titled {
			return newName(link.Text)
		}
	default: // shows something, or names a place in the book
	}
	return name{}
}

// page compares a name with all that is known of the page that it leads to. What
// spells the name as the author does settles the matter.
func page(pass *bookcheck.Pass, link *bookcheck.Link, n name) {
	address, joined := partsOf(link.Target, len(n.words))
	ofPage, page := runs(titleOf(pass, link), len(n.words)+1)
	ofWork, work := runs(workTitle(pass.Book, link), len(n.words)+1)
	if n.among(address) || n.among(joined) || n.among(ofPage) || n.among(ofWork) {
		return
	}
	if strings.Contains(n.text, "/") {
		address = append(address, joined...)
	}
	for i := range address {
		address[i].unwritten = true
	}
	at := within(pass.Chapter, link, n.text)
	for _, source := range []struct {
		names []name
		says  string
	}{
		{page, "%q links to a page named %q"},
		{work, "%q links to a work named %q"},
		{address, "%q links to an address that says %q"},
	} {
		if meant, found := n.near(source.names); found {
			report(pass, at, n, meant, fmt.Sprintf(source.says, n.text, meant.said()))
			return
		}
	}
	mentions(pass, link, n, at)
}

// workTitle returns the title of the work that is found where a link leads, if the
// bibliography has it.
func workTitle(book *bookcheck.Book, link *bookcheck.Link) string {
	if work := book.WorkAt(link); work != nil {
		return work.Title
	}
	return ""
}

// titleOf returns what the page of a link calls itself; "" if that is not known.
func titleOf(pass *bookcheck.Pass, link *bookcheck.Link) string {
	page, known := pass.Page(link)
	switch {
	case !known || page.Verdict != bookcheck.Alive:
		return ""
	case page.Imprint != nil && page.Imprint.Title != page.Title:
		return page.Title + " | " + page.Imprint.Title
	default:
		return page.Title
	}
}

// report adds a finding about a name. A fix is offered if how to write what was meant
// is known, and one letter away.
func report(pass *bookcheck.Pass, at bookcheck.Span, n, meant name, message string) {
	d := bookcheck.Diagnostic{Span: at, Message: message, Subject: n.text}
	if !meant.unwritten && distance(n.key, meant.key) == 1 && pass.Chapter.Text(at) == n.text {
		d.Fixes = []bookcheck.Fix{{
			Title: "Write " + meant.said(),
			Edits: []bookcheck.Edit{{Span: at, New: meant.said()}},
		}} // not Safe: the link may be what is wrong
	}
	pass.Report(d)
}

// within returns where a text stands in a link, or the whole link if that is not
// clear.
func within(chapter *bookcheck.Chapter, link *bookcheck.Link, text string) bookcheck.Span {
	source := chapter.Text(link.Span)
	at := strings.Index(source, text)
	if at < 0 {
		return link.Span
	}
	span := bookcheck.Span{Start: link.Start + at, End: link.Start + at + len(text)}
	if link.Dest.Len() > 0 && span.End > link.Dest.Start && span.Start < link.Dest.End {
		return link.Span
	}
	return span
}

// mentions compares a name with those by which the rest of the book calls the same
// page. Of two spellings the one that is used less is reported, and of two that are
// used once each, the later one.
func mentions(pass *bookcheck.Pass, link *bookcheck.Link, n name, at bookcheck.Span) {
	uses := make(map[string]int)
	var rivals []rival
	all := pass.Book.Mentions(link)
	for i, m := range all[:min(len(all), mostMentions)] {
		other := nameOf(m.Link)
		if !other.sound() {
			continue
		}
		uses[string(other.key)]++
		if _, found := n.near([]name{other}); found {
			rivals = append(rivals, rival{i, other, m})
		}
	}
	own := 0
	for own < len(all) && all[own].Link != link {
		own++
	}
	for _, r := range rivals {
		if more := uses[string(r.name.key)] - uses[string(n.key)]; more < 0 || more == 0 && r.index > own {
			continue
		}
		pass.Report(bookcheck.Diagnostic{
			Span:    at,
			Message: fmt.Sprintf("%q links to a page that is called %q elsewhere", n.text, r.name.text),
			Subject: n.text,
			Related: []bookcheck.Related{{
				Chapter: r.mention.Chapter,
				Span:    within(r.mention.Chapter, r.mention.Link, r.name.text),
				Message: "the other name is here",
			}},
		})
		return
	}
}

// mostMentions bounds how many links to one page are compared with each other.
const mostMentions = 50

// A rival is another name for the same page.
type rival struct {
	index   int // among the mentions
	name    name
	mention bookcheck.Mention
}
