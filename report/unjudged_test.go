package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// crowd returns a run that n hosts did not answer, the first of them to three pages.
func crowd(n int) *bookcheck.Result {
	r := &bookcheck.Result{Complete: true, Stats: bookcheck.Stats{Files: 1, Links: n + 3}, Pages: map[string]*bookcheck.Page{
		"https://fine.test/": {Verdict: bookcheck.Alive},
	}}
	for i := range n {
		r.Pages[fmt.Sprintf("https://h%02d.test/a", i)] = &bookcheck.Page{Doubt: bookcheck.Transient, Reason: "did not answer within 20s"}
	}
	for _, path := range []string{"b", "c"} {
		r.Pages["https://h00.test/"+path] = &bookcheck.Page{Doubt: bookcheck.Transient, Reason: "did not answer within 20s"}
	}
	return r
}

func TestUnjudged(t *testing.T) {
	wall := &bookcheck.Result{Complete: true, Pages: map[string]*bookcheck.Page{
		"https://me:secret@wall.test/\x1b": {Doubt: bookcheck.Blocked, Reason: "answers 403 Forbidden", Marker: "cf-mitigated: challenge"},
	}}
	first := "  transient: https://h00.test/a did not answer within 20s; and 2 more of h00.test: --show-all\n"
	for name, c := range map[string]struct {
		format Format
		result *bookcheck.Result
		style  Style
		want   string // what the report ends with after "Not judged:"; "": nothing
	}{
		"few":                 {Full, crowd(2), Style{}, first + "  transient: https://h01.test/a did not answer within 20s\n"},
		"many":                {Full, crowd(12), Style{}, "  and 2 more URLs of other hosts: --show-all\n"},
		"one is hidden":       {Full, crowd(11), Style{}, "  and 1 more URL of other hosts: --show-all\n"},
		"none":                {Full, clean47(), Style{}, ""},
		"quiet":               {Full, crowd(2), Style{Quiet: true}, ""},
		"concise":             {Concise, crowd(2), Style{}, ""},
		"concise, all":        {Concise, crowd(1), Style{ShowAll: true}, "  transient: https://h00.test/c did not answer within 20s\n"},
		"what no one may see": {Full, wall, Style{}, "  blocked: https://me:******@wall.test/\ufffd answers 403 Forbidden (cf-mitigated: challenge)\n"},
	} {
		got := text(t, c.format, c.result, c.style)
		if strings.Contains(got, "Not judged:\n") != (c.want != "") || !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: got\n%s\nwant it to end with %q", name, got, c.want)
		}
	}
	all := text(t, Full, crowd(30), Style{ShowAll: true})
	if n := strings.Count(all, "  transient: "); n != 32 || strings.Contains(all, "more of") {
		t.Errorf("%d pages are named, want all 32:\n%s", n, all)
	}
}
