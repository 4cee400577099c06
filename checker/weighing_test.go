package checker_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// judged reports each claim that was compared with something: what became of it, and
// by which sources.
var judged = &bookcheck.Rule{
	Name: "judged", Doc: "# judged: a claim", Severity: bookcheck.Note, Needs: bookcheck.Text,
	Run: func(pass *bookcheck.Pass) error {
		for _, claim := range pass.Chapter.Claims {
			j := pass.Weigh(claim)
			if j == nil {
				continue
			}
			var urls []string
			for _, source := range j.Sources {
				urls = append(urls, source.URL)
			}
			pass.Reportf(claim, "%v by %s", j.Support, strings.Join(urls, " and "))
		}
		return nil
	},
}

// A library is a Fetcher of pages with a text. It notes what it is asked for.
type library struct {
	texts map[string]string
	like  bookcheck.Page // how all pages are that were read
	dead  string         // one that is gone
	asked []string       // "URL status+text", in order
}

func (l *library) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	pages := make(map[string]*bookcheck.Page)
	for _, want := range wants {
		what := "other"
		switch want.Evidence {
		case bookcheck.Status:
			what = "status"
		case bookcheck.Status | bookcheck.Text:
			what = "status+text"
		}
		l.asked = append(l.asked, want.URL+" "+what)
		page := l.like
		page.URL, page.Verdict, page.Checked, page.Text = want.URL, bookcheck.Alive, now, ""
		if want.Evidence&bookcheck.Text != 0 {
			page.Text = l.texts[want.URL]
		}
		if want.URL == l.dead {
			page = bookcheck.Page{URL: want.URL, Verdict: bookcheck.Dead, Reason: "answers 404 Not Found"}
		}
		pages[want.URL] = &page
	}
	return pages
}

const survey = `The survey of the southern sky lists 412 quasars in its final catalog, each of them confirmed by its
spectrum. The telescope on the hill took the spectra in the course of three winters, and the team measured the redshift
of every object twice. The data are open to everybody, and so are the programs that made the catalog from them.`

// TestSources tells which pages a claim is compared with, and which are asked for their
// text.
func TestSources(t *testing.T) {
	const bib = `-- refs.bib --
@article{sky, title={A survey}, url={https://a.test/sky}, doi={10.1234/sky}}
@book{none, title={A book}}
`
	for _, c := range []struct {
		name, book string
		asked      string
		found      string
	}{
		{
			name:  "a link",
			book:  "-- a.md --\nThe survey lists [412 quasars](https://a.test/sky#part) in its catalog, [see](https://b.test/).\n\n[Elsewhere](https://c.test/).\n",
			asked: "https://a.test/sky status+text, https://b.test/ status+text, https://c.test/ status",
			found: "a.md:1: consistent by https://a.test/sky and https://b.test/",
		},
		{
			name:  "the same page twice",
			book:  "-- a.md --\n[It](https://a.test/sky#x) lists [412 quasars](https://a.test/sky#y).\n",
			asked: "https://a.test/sky status+text",
			found: "a.md:1: consistent by https://a.test/sky",
		},
		{
			name:  "a citation",
			book:  "-- _quarto.yml --\nproject: {type: book}\nbook: {chapters: [index.qmd]}\nbibliography: refs.bib\n-- index.qmd --\nThe survey lists 412 quasars [@sky].\n\nIt lists 3 clusters [@none].\n" + bib,
			asked: "https://a.test/sky status+text, https://doi.org/10.1234/sky status+text",
			found: "index.qmd:1: consistent by https://a.test/sky and https://doi.org/10.1234/sky",
		},
		{
			name:  "a footnote",
			book:  "-- a.md --\nThe survey lists 412 quasars.[^1] It has 3 clusters.[^2]\n\n[^1]: See [the survey](https://a.test/sky),\n    and [more](https://b.test/).\n\n[^2]: Nobody knows.\n\nSee [this](https://c.test/).\n",
			asked: "https://a.test/sky status+text, https://b.test/ status+text, https://c.test/ status",
			found: "a.md:1: consistent by https://a.test/sky and https://b.test/",
		},
		{
			name:  "more pages than anybody could look at",
			book:  "-- a.md --\nIt lists 412 quasars" + strings.Repeat(", [x](https://a.test/%d)", 9) + ".\n",
			asked: strings.Repeat("https://a.test/%d status, ", 9),
		},
		{
			name:  "nothing to look up",
			book:  "-- a.md --\nThe survey is [of the southern sky](https://a.test/sky).\n",
			asked: "https://a.test/sky status",
		},
		{
			name:  "what the user leaves alone",
			book:  "-- .bookcheck.yml --\nlinks: {exclude: [a.test]}\n-- a.md --\nThe survey lists [412 quasars](https://a.test/sky).\n",
			asked: "",
		},
		{
			name:  "a rule that is off",
			book:  "-- .bookcheck.yml --\nrules: {judged: off}\n-- a.md --\nThe survey lists [412 quasars](https://a.test/sky).\n",
			asked: "https://a.test/sky status",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			numbers := []any{1, 2, 3, 4, 5, 6, 7, 8, 9}
			if strings.Contains(c.book, "%d") {
				c.book, c.asked = fmt.Sprintf(c.book, numbers...), strings.TrimSuffix(fmt.Sprintf(c.asked, numbers...), ", ")
			}
			web := &library{texts: map[string]string{"https://a.test/sky": survey}}
			rules := append(driverRules(), judged)
			r := check(t, &checker.Checker{Fetcher: web, Rules: rules}, books(c.book))
			if got := strings.Join(web.asked, ", "); got != c.asked {
				t.Errorf("asked for %s, want %s", got, c.asked)
			}
			var found []string
			for _, d := range r.Diagnostics {
				if d.Rule == judged {
					found = append(found, fmt.Sprintf("%s:%d: %s", d.Chapter.Path, d.Chapter.Position(d.Span.Start).Line, d.Message))
				}
			}
			if got := strings.Join(found, "\n"); got != c.found {
				t.Errorf("got %s, want %s", got, c.found)
			}
			for url, page := range r.Pages {
				if page.Text != "" {
					t.Errorf("the text of %s is still held", url)
				}
			}
		})
	}
}

func TestClaimsOfChaptersThatAreNotReportedAskNothing(t *testing.T) {
	web := &library{texts: map[string]string{}}
	book := books("-- a.md --\nIt lists [412 quasars](https://a.test/).\n-- b.md --\nIt lists [412 quasars](https://b.test/).\n")
	r := check(t, &checker.Checker{Fetcher: web, Rules: []*bookcheck.Rule{judged}}, book, "a.md")
	if got := strings.Join(web.asked, ", "); got != "https://a.test/ status+text" {
		t.Errorf("asked for %s", got)
	}
	if len(r.Judgements) != 1 {
		t.Errorf("got %d judgements, want 1", len(r.Judgements))
	}
}

func TestClaimsAreCounted(t *testing.T) {
	web := &library{texts: map[string]string{"https://a.test/": survey}}
	book := books("-- a.md --\nThe survey lists [412 quasars](https://a.test/). It lists [413 quasars](https://b.test/).\n")
	r := check(t, &checker.Checker{Fetcher: web, Rules: []*bookcheck.Rule{judged}}, book)
	if c := r.Stats.Claims; c[bookcheck.Consistent] != 1 || c[bookcheck.Unavailable] != 1 || len(c) != 2 {
		t.Errorf("got %v, want one consistent and one unavailable", c)
	}
	if r := check(t, &checker.Checker{Rules: []*bookcheck.Rule{judged}}, book); findings(r) != "" {
		t.Errorf("without the network and a ledger got %s", findings(r))
	}
	if r := check(t, &checker.Checker{Fetcher: web, Rules: driverRules()}, book); r.Stats.Claims != nil {
		t.Errorf("nobody asked, and got %v", r.Stats.Claims)
	}
}

func TestWhoWeighsMustSayThatItReadsText(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "rule sly") {
			t.Errorf("got %q, want a panic with the name of the rule", said)
		}
	}()
	sly := *judged
	sly.Name, sly.Doc, sly.Needs = "sly", "# sly: a rule", bookcheck.Status
	check(t, &checker.Checker{Rules: []*bookcheck.Rule{&sly}, Jobs: 1}, books("-- a.md --\nIt lists [412 quasars](https://a.test/).\n"))
}

func TestTheTextIsKeptForRulesThatSelectLinks(t *testing.T) {
	var read []string
	reader := &bookcheck.Rule{
		Name: "reader", Doc: "# reader: a rule", Severity: bookcheck.Note, Needs: bookcheck.Text,
		Select: func(link *bookcheck.Link) bool { return strings.HasSuffix(link.Target, "/sky") },
		Run: func(pass *bookcheck.Pass) error {
			for link, page := range pass.Pages() {
				read = append(read, link.Target, page.Text[:10])
			}
			return nil
		},
	}
	web := &library{texts: map[string]string{"https://a.test/sky": survey, "https://b.test/": survey}}
	book := books("-- a.md --\nIt lists [412 quasars](https://a.test/sky).\n\nSee [this](https://b.test/).\n")
	check(t, &checker.Checker{Fetcher: web, Rules: []*bookcheck.Rule{reader, judged}, Jobs: 1}, book)
	if !slices.Equal(read, []string{"https://a.test/sky", survey[:10]}) {
		t.Errorf("got %q", read)
	}
}
