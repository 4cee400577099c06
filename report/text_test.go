package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// many returns a result with n findings, each of its own subject.
func many(n int) *bookcheck.Result {
	c := bookcheck.NewChapter("a.md", bytes.Repeat([]byte("A line of prose, with 日本語 and a link. It goes on for a while.\n"), n))
	r := &bookcheck.Result{Rules: []*bookcheck.Rule{deadURL, stale}, Complete: true, Stats: bookcheck.Stats{Files: 1}}
	width := len(c.Source) / max(n, 1)
	for i := range n {
		d := bookcheck.Diagnostic{
			Rule: stale, Chapter: c, Severity: bookcheck.Warning, Message: "a statement", Subject: strings.Repeat("s", 1+i%97),
			Span: bookcheck.Span{Start: i*width + 2, End: i*width + 6},
		}
		d.Subject += string(rune('0' + i/97%10))
		if i%100 == 99 {
			d.Rule, d.Severity = deadURL, bookcheck.Error
		}
		r.Diagnostics = append(r.Diagnostics, d)
	}
	return r
}

func text(t *testing.T, format Format, r *bookcheck.Result, style Style) string {
	t.Helper()
	var out strings.Builder
	if err := format(&out, r, style); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A long report goes on in short lines, and says so, unless it was asked for.
func TestManyBlocks(t *testing.T) {
	const closing = "The last 10 findings are on one line each: -o full shows them all in full.\n"
	got := text(t, Full, many(60), Style{Auto: true})
	if blocks := strings.Count(got, "-->"); blocks != 50 {
		t.Errorf("got %d blocks, want 50", blocks)
	}
	if !strings.Contains(got, "\na.md:51:3: warning[stale-statement] a statement\n") || !strings.Contains(got, closing) {
		t.Errorf("the last findings are not there, or nothing is said about them:\n%s", got[len(got)-1500:])
	}
	got = text(t, Full, many(60), Style{})
	if blocks := strings.Count(got, "-->"); blocks != 60 || strings.Contains(got, closing) {
		t.Errorf("got %d blocks, want the 60 that were asked for", blocks)
	}
}

// Findings fold only if they say the same.
func TestFold(t *testing.T) {
	c := bookcheck.NewChapter("a.md", []byte("text\n"))
	finding := func(message, subject string, severity bookcheck.Severity) *bookcheck.Diagnostic {
		return &bookcheck.Diagnostic{Rule: stale, Chapter: c, Message: message, Subject: subject, Severity: severity}
	}
	blocks := fold([]*bookcheck.Diagnostic{
		finding("m", "s", bookcheck.Warning),
		finding("m", "s", bookcheck.Note),
		finding("other", "s", bookcheck.Warning),
		finding("m", "", bookcheck.Warning),
		finding("m", "", bookcheck.Warning),
		finding("m", "s", bookcheck.Warning),
	})
	if len(blocks) != 5 || len(blocks[0].also) != 1 {
		t.Errorf("got %d blocks, the first with %d other places; want 5 and 1", len(blocks), len(blocks[0].also))
	}
}

func TestSummary(t *testing.T) {
	page := func(v bookcheck.Verdict, d bookcheck.Doubt) *bookcheck.Page {
		return &bookcheck.Page{Verdict: v, Doubt: d}
	}
	pages := map[string]*bookcheck.Page{
		"http://a.test/": page(bookcheck.Alive, ""),
		"http://b.test/": page(bookcheck.Unsure, bookcheck.Transient),
		"http://c.test/": page(bookcheck.Unsure, bookcheck.Blocked),
		"http://d.test/": page(bookcheck.Unsure, bookcheck.Transient),
	}
	tests := []struct {
		name   string
		change func(*bookcheck.Result)
		want   string
	}{
		{"clean", func(*bookcheck.Result) {}, "47 files, 412 web links: no findings\n"},
		{"one file", func(r *bookcheck.Result) { r.Stats = bookcheck.Stats{Files: 1, Links: 1} }, "1 file, 1 web link: no findings\n"},
		{"nothing checked", func(r *bookcheck.Result) { r.Stats = bookcheck.Stats{} }, "0 files: nothing was checked\n"},
		{
			"offline", func(r *bookcheck.Result) { r.Stats.Offline = true },
			"47 files: no findings; 412 web links not checked: offline\n",
		},
		{
			"offline, with a memory", func(r *bookcheck.Result) { r.Stats.Offline, r.Pages = true, pages },
			"47 files: no findings; offline, only what was known was judged: 4 URLs: 1 alive, 3 not judged (2 transient, 1 blocked)\n",
		},
		{"offline, without links", func(r *bookcheck.Result) { r.Stats.Offline, r.Stats.Links = true, 0 }, "47 files: no findings\n"},
		{
			"not judged", func(r *bookcheck.Result) { r.Pages = pages },
			"47 files, 412 web links: no findings; 4 URLs: 1 alive, 3 not judged (2 transient, 1 blocked)\n",
		},
		{"all allowed", func(r *bookcheck.Result) {
			*r = bookcheck.Result{Diagnostics: book().Diagnostics[2:3], Stats: bookcheck.Stats{Files: 2}, Complete: true}
		}, "2 files: no findings; 1 allowed\n"},
		{
			"interrupted", func(r *bookcheck.Result) { r.Complete, r.Reason = false, "interrupted" },
			"47 files, 412 web links: no findings; incomplete: interrupted\n",
		},
		{
			"a fault", func(r *bookcheck.Result) { r.Faults, r.Stats.Elapsed = make([]bookcheck.Fault, 1), 1 },
			"47 files, 412 web links: no findings; 1 fault: not all could be checked; took 1 ms\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := clean47()
			test.change(r)
			if got := text(t, Concise, r, Style{}); got != test.want {
				t.Errorf("got  %swant %s", got, test.want)
			}
		})
	}
}

func TestRelative(t *testing.T) {
	tests := []struct{ dir, path, want string }{
		{"", "content/a.md", "content/a.md"},
		{".", "content/a.md", "content/a.md"},
		{"content", "content/a.md", "a.md"},
		{"content/", "content/a.md", "a.md"},
		{"content/ja", "content/a.md", "../a.md"},
		{"content/ja/deep", "content/a.md", "../../a.md"},
		{"cont", "content/a.md", "../content/a.md"},
		{"other/place", "content/a.md", "../../content/a.md"},
	}
	for _, test := range tests {
		if got := relative(test.dir, test.path); got != test.want {
			t.Errorf("relative(%q, %q) = %q, want %q", test.dir, test.path, got, test.want)
		}
	}
}

func TestQuote(t *testing.T) {
	for path, want := range map[string]string{
		"content/a b é.md": "content/a b é.md",
		"a\nb.md":          `"a\nb.md"`,
		"a\u202eb.md":      `"a\u202eb.md"`,
		"a\xffb.md":        `"a\xffb.md"`,
		"a\x1b[31m.md":     `"a\x1b[31m.md"`,
	} {
		if got := quote(path); got != want {
			t.Errorf("quote(%q) = %s, want %s", path, got, want)
		}
	}
}

// The link of a file leads to it on every system.
func TestFileLinks(t *testing.T) {
	c := bookcheck.NewChapter("a b.md", []byte("text\n"))
	for top, want := range map[string]string{
		"/home/me/book/": "file:///home/me/book/a%20b.md#1\x1b",
		"C:/book":        "file:///C%3A/book/a%20b.md#1\x1b",
		"/":              "file:///a%20b.md#1\x1b",
	} {
		terminal := newTerminal(nil, Style{Links: true, Top: top})
		if got := terminal.place(c, 0); !strings.Contains(got, want) {
			t.Errorf("at %s: got %q, want %q in it", top, got, want)
		}
	}
	terminal := newTerminal(nil, Style{Links: true, Top: "/home/me", Host: "far.test"})
	if got := terminal.place(c, 0); !strings.Contains(got, "file://far.test/home/me/a%20b.md#1\x1b") {
		t.Errorf("on another machine: got %q", got)
	}
}
