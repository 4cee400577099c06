package report

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// manyUnjudged is how many hosts whose pages were not judged a reader is shown
// unasked.
const manyUnjudged = 10

// unjudged names the pages that were asked for in vain, and says why: with
// --show-all each, otherwise one for each host and doubt, of which the first few.
func (t *terminal) unjudged(r *bookcheck.Result) {
	if t.style.Quiet {
		return
	}
	groups := unjudged(r)
	if len(groups) == 0 {
		return
	}
	t.printf("Not judged:\n")
	if t.style.ShowAll {
		for _, g := range groups {
			for _, url := range g.urls {
				t.printf("  %s: %s\n", clean(string(g.doubt)), t.sentence(r, url))
			}
		}
		return
	}
	shown := groups[:min(len(groups), manyUnjudged)]
	for _, g := range shown {
		more := ""
		if n := len(g.urls) - 1; n > 0 {
			more = "; and " + strconv.Itoa(n) + " more of " + clean(g.host) + ": --show-all"
		}
		t.printf("  %s: %s%s\n", clean(string(g.doubt)), t.sentence(r, g.urls[0]), more)
	}
	hidden := 0
	for _, g := range groups[len(shown):] {
		hidden += len(g.urls)
	}
	if hidden > 0 {
		t.printf("  and %s of other hosts: --show-all\n", amount(hidden, "more URL", "more URLs"))
	}
}

// sentence says what came of asking for a page: "https://example.org/ answers 403
// Forbidden (cf-mitigated: challenge)".
func (t *terminal) sentence(r *bookcheck.Result, url string) string {
	return t.link(url, clean(bookcheck.Mask(url))) + " " + whyUnsure(r.Pages[url])
}

// whyUnsure says why a page could not be judged, and what proves it.
func whyUnsure(page *bookcheck.Page) string {
	why := clean(page.Reason)
	if page.Marker != "" {
		why += " (" + clean(page.Marker) + ")"
	}
	return why
}

// A doubtful is the pages of one host that could not be judged for one reason.
type doubtful struct {
	host  string
	doubt bookcheck.Doubt
	urls  []string // in order
}

// unjudged groups the pages that could not be judged: those of which there are most
// first.
func unjudged(r *bookcheck.Result) []*doubtful {
	type key struct {
		host  string
		doubt bookcheck.Doubt
	}
	groups := make(map[key]*doubtful)
	for _, url := range slices.Sorted(maps.Keys(r.Pages)) {
		page := r.Pages[url]
		if page.Verdict != bookcheck.Unsure {
			continue
		}
		k := key{hostOf(url), cmp.Or(page.Doubt, bookcheck.Undecidable)}
		if groups[k] == nil {
			groups[k] = &doubtful{host: k.host, doubt: k.doubt}
		}
		groups[k].urls = append(groups[k].urls, url)
	}
	return slices.SortedFunc(maps.Values(groups), func(a, b *doubtful) int {
		return cmp.Or(len(b.urls)-len(a.urls), strings.Compare(a.host, b.host), strings.Compare(string(a.doubt), string(b.doubt)))
	})
}
