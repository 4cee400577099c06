package checker_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

var _ checker.Ledger = (*ledger.Memory)(nil)

var summer = time.Date(2026, 8, 2, 12, 0, 0, 0, time.UTC)

// catalog is a page that says one thing about quasars and another about winters.
const catalog = survey + ` The survey speaks of 3 clusters. The dome was built in 1931. Questions go to the
observatory, whose staff answers them in the order in which they come.`

// story runs over a book that says one thing and cites the catalog, and then over another
// book, with the page as it is then or offline, and tells what came of that.
func story(t *testing.T, first, second string, later *library) (*bookcheck.Judgement, *ledger.Memory) {
	t.Helper()
	memory := ledger.NewMemory()
	before := &library{texts: map[string]string{"https://a.test/": catalog}}
	rules := []*bookcheck.Rule{judged}
	file := func(text string) fs.FS { return books("-- a.md --\n" + text + "\n") }
	check(t, &checker.Checker{Fetcher: before, Ledger: memory, Rules: rules, Now: summer}, file(first))
	c := &checker.Checker{Ledger: memory, Rules: rules}
	if later != nil {
		c.Fetcher = later
	}
	r := check(t, c, file(second))
	for _, j := range r.Judgements {
		return j, memory
	}
	return nil, memory
}

func ends(j *bookcheck.Judgement) string {
	words := make([]string, len(j.Parts))
	for i, p := range j.Parts {
		words[i] = p.Fact.Text + " " + p.Find.String()
	}
	return strings.Join(words, ", ")
}

// TestOffline tells what can be said of a claim without the network, after a run that
// compared it, or another one, with its page.
func TestOffline(t *testing.T) {
	const was = "The survey lists [412 quasars](https://a.test/) in its catalog."
	for _, c := range []struct {
		name, now string
		support   bookcheck.Support
		ends      string
	}{
		{"the same sentence", was, bookcheck.Consistent, "412 quasars found"},
		{"in other white space", "The survey   lists [412 quasars](https://a.test/)\nin its catalog.", bookcheck.Consistent, "412 quasars found"},
		{"a number that was edited", strings.Replace(was, "412", "475", 1), bookcheck.Contradicted, "475 quasars clash"},
		{"a number that the page has elsewhere", strings.Replace(was, "412", "1931", 1), bookcheck.Unchecked, "1931 quasars untold"},
		{"another sentence", "The observatory has [17 domes](https://a.test/).", bookcheck.NotFound, "17 domes absent"},
		{"another sentence that may be true", "It speaks of [3 clusters](https://a.test/).", bookcheck.Unchecked, "3 clusters untold"},
		{"a sentence with the words of the old one", "In its catalog the survey lists [412 quasars](https://a.test/).", bookcheck.Consistent, "412 quasars found"},
	} {
		j, _ := story(t, was, c.now, nil)
		if j == nil || j.Support != c.support || ends(j) != c.ends {
			t.Errorf("%s: got %v, %s; want %v, %s", c.name, j.Support, ends(j), c.support, c.ends)
			continue
		}
		if got := j.Sources[0].Recorded; !got.Equal(ledger.Day(summer)) {
			t.Errorf("%s: recorded on %v, want the day of the first run", c.name, got)
		}
	}
}

func TestOfflineNothingIsSaidOfPagesThatWereNotRead(t *testing.T) {
	const was = "The survey lists [412 quasars](https://a.test/)."
	for _, now := range []string{
		"The survey lists [475 quasars](https://b.test/).",                              // another page
		"The survey lists [475 quasars](https://a.test/), [they say](https://b.test/).", // one more page
	} {
		j, _ := story(t, was, now, nil)
		for _, p := range j.Parts {
			if p.Find != bookcheck.Untold && p.Fact.Kind == bookcheck.Amount && !p.Owned {
				t.Errorf("%s: got %s", now, ends(j))
			}
		}
	}
}

// TestFresh tells for which pages a second run asks, a day after the first: for none of
// which the text was read, and for none that could not be read beside one that was.
func TestFresh(t *testing.T) {
	const claim = "The survey lists [412 quasars](https://a.test/), [they say](https://b.test/)."
	for _, c := range []struct {
		name, second string
		asked        string
	}{
		{"the same claim", claim, ""},
		{"an edited claim", strings.Replace(claim, "412", "475", 1), "https://a.test/ status+text, https://b.test/ status+text"},
		{"one more page", claim[:len(claim)-1] + " [and say](https://c.test/).", "https://a.test/ status+text, https://b.test/ status+text, https://c.test/ status+text"},
	} {
		web := &library{texts: map[string]string{"https://a.test/": catalog}, dead: "https://b.test/"}
		k := &checker.Checker{Fetcher: web, Ledger: fresh{ledger.NewMemory()}, Rules: []*bookcheck.Rule{judged}}
		check(t, k, books("-- a.md --\n"+claim+"\n"))
		web.asked = nil
		check(t, k, books("-- a.md --\n"+c.second+"\n"))
		if got := strings.Join(web.asked, ", "); got != c.asked {
			t.Errorf("%s: asked for %q, want %q", c.name, got, c.asked)
		}
	}
}

// A fresh is a ledger in which all is fresh.
type fresh struct{ *ledger.Memory }

func (fresh) IsFresh(*ledger.Page) bool { return true }

// TestDrift tells when a claim has lost its ground.
func TestDrift(t *testing.T) {
	const claim = "The survey lists [412 quasars](https://a.test/) in its catalog."
	const other = `Visitors are welcome on clear nights from April until September, when a guide shows the dome and the
workshop, and explains why the mirror has to be coated again every summer. Children pay half. The library is open in
the afternoon, and its staff is glad to help with old maps and with the plates that were taken before the war.`
	edited := strings.Replace(catalog, "412", "430", 1)
	for _, c := range []struct {
		name string
		page bookcheck.Page
		gone bool
	}{
		{"the page is as it was", bookcheck.Page{Text: catalog}, false},
		{"the page was retouched", bookcheck.Page{Text: strings.Replace(catalog, "twice", "two times", 1)}, false},
		{"the sentence is gone, the fact is not", bookcheck.Page{Text: other + " In the final catalog of the survey there are 412 quasars."}, false},
		{"the sentence is gone, the number is of something else", bookcheck.Page{Text: other + " The library owns 412 maps."}, false},
		{"the number was edited", bookcheck.Page{Text: edited + " " + other}, true},
		{"the page is another", bookcheck.Page{Text: other}, true},
		{"the page has next to nothing left", bookcheck.Page{Text: "Please accept our cookies. They are good for you. Thank you very much."}, false},
		{"the page was not read to its end", bookcheck.Page{Text: other, Truncated: true}, false},
		{"the page builds itself", bookcheck.Page{Text: other, Scripted: true}, false},
	} {
		web := &library{texts: map[string]string{"https://a.test/": c.page.Text}, like: c.page}
		j, memory := story(t, claim, claim, web)
		source := j.Sources[0]
		if (source.Gone != "") != c.gone {
			t.Errorf("%s: gone %q, want %v; %s", c.name, source.Gone, c.gone, ends(j))
			continue
		}
		if !c.gone {
			continue
		}
		if !strings.Contains(source.Gone, "412 quasars") || !source.Seen.Equal(ledger.Day(summer)) {
			t.Errorf("%s: %q was seen on %v", c.name, source.Gone, source.Seen)
		}
		if kept := memory.Claims("https://a.test/"); len(kept) != 1 || kept[0].Sources[0].Gone != source.Gone {
			t.Errorf("%s: what is gone is not kept", c.name)
		}
	}
	j, _ := story(t, claim, claim, &library{texts: map[string]string{"https://a.test/": edited + " " + other}})
	if near := j.Sources[0].Near; !strings.Contains(near, "430 quasars") {
		t.Errorf("the nearest sentence is %q", near)
	}
}

// TestWhatIsForgotten tells which claims are still kept after a run over a part of the
// book, or all of it.
func TestWhatIsForgotten(t *testing.T) {
	const (
		first  = "-- a.md --\nIt lists [412 quasars](https://a.test/).\n"
		second = "-- b.md --\nIt speaks of [3 clusters](https://a.test/).\n"
		none   = "-- a.md --\nNothing.\n"
	)
	for _, c := range []struct {
		name, book string
		paths      []string
		kept       string
	}{
		{"as it was", first + second, nil, "a.md, b.md"},
		{"a claim is gone", none + second, nil, "b.md"},
		{"a file is gone", second, nil, "b.md"},
		{"a run over another file", none + second, []string{"b.md"}, "a.md, b.md"},
		{"a run over the file", none + second, []string{"a.md"}, "a.md, b.md"},
		{"a claim has moved", none + second + first[len("-- a.md --\n"):], nil, "b.md, b.md"},
		{"the rule is off", "-- .bookcheck.yml --\nrules: {judged: off}\n" + first + second, nil, "a.md, b.md"},
	} {
		memory := ledger.NewMemory()
		web := &library{texts: map[string]string{"https://a.test/": catalog}}
		run := func(book string, paths ...string) {
			check(t, &checker.Checker{Fetcher: web, Ledger: memory, Rules: []*bookcheck.Rule{judged}}, books(book), paths...)
		}
		run(first + second)
		run(c.book, c.paths...)
		var files []string
		for _, claim := range memory.Claims("https://a.test/") {
			files = append(files, claim.File)
		}
		slices.Sort(files)
		if got := strings.Join(files, ", "); got != c.kept {
			t.Errorf("%s: kept are claims of %s, want %s", c.name, got, c.kept)
		}
	}
}

// BenchmarkClaims weighs the claims of a book of which each cites a page of its own, of
// some 30 kB.
func BenchmarkClaims(b *testing.B) {
	const n = 200
	web := &library{texts: make(map[string]string)}
	var book strings.Builder
	book.WriteString("-- a.md --\n")
	for i := range n {
		url := fmt.Sprintf("https://host%d.test/", i)
		fmt.Fprintf(&book, "The survey of %d lists [%d quasars](%s) in its catalog.\n\n", 1900+i%100, 400+i, url)
		web.texts[url] = strings.Repeat(strings.ReplaceAll(catalog, "412", strconv.Itoa(400+i))+"\n", 50)
	}
	files := books(book.String())
	b.ReportAllocs()
	for b.Loop() {
		c := &checker.Checker{Fetcher: web, Ledger: ledger.NewMemory(), Rules: []*bookcheck.Rule{judged}, Now: now}
		r, err := c.Check(b.Context(), files, nil)
		if err != nil || len(r.Judgements) != n {
			b.Fatal(err, len(r.Judgements))
		}
	}
	b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "pages/s")
}
