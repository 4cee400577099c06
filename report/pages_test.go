package report

import (
	"bytes"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// The pages that are written by hand are what encoding/json makes of them.
func TestPagesAreAsEncoded(t *testing.T) {
	t.Parallel()
	checked := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	all := map[string]*bookcheck.Page{
		"https://a.test/": {Verdict: bookcheck.Alive, Code: 200, Hops: []bookcheck.Hop{{URL: "https://a.test/", Code: 200}}, Checked: checked},
		"https://b.test/?a=<b>&\"c\"#\u2028": {
			Verdict: bookcheck.Dead, Reason: "says \"gone\"\n\t\x00\x7f \\ \u2029 é \xff", Code: 410, MovedTo: "https://c.test/é", Cached: true,
			Hops: []bookcheck.Hop{{URL: "https://b.test/", Code: 301}, {URL: "https://b.test/<", Code: 410}},
		},
		"https://d.test/": {Verdict: bookcheck.Unsure, Doubt: bookcheck.Transient, Reason: "was not asked"},
	}
	for n := range len(all) + 1 {
		pages := make(map[string]*bookcheck.Page)
		report := jsonReport{Reason: noPages, URLs: []jsonURL{}}
		for _, url := range []string{"https://a.test/", "https://b.test/?a=<b>&\"c\"#\u2028", "https://d.test/"}[:n] {
			pages[url] = all[url]
			report.URLs = append(report.URLs, *pageJSON(url, all[url]))
		}
		var want, got bytes.Buffer
		if err := writeJSON(&want, report); err != nil {
			t.Fatal(err)
		}
		report.URLs = []jsonURL{}
		if err := writePaged(&got, report, pages); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("got\n%s\nwant\n%s", &got, &want)
		}
	}
}
