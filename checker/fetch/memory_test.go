package fetch

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// monday is when the tests of the memory begin.
var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func TestMemory(t *testing.T) {
	var requests atomic.Int64
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/old":
			http.Redirect(w, r, "/page", http.StatusMovedPermanently)
		default:
			_, _ = w.Write([]byte("<title>Tab\there</title><p id='a b'><p id='50%'>"))
		}
	})
	path := filepath.Join(t.TempDir(), "sub", "memory")
	all := []bookcheck.Want{
		{URL: base + "/page", Evidence: bookcheck.Status | bookcheck.Anchors},
		{URL: base + "/gone", Evidence: bookcheck.Status},
		{URL: base + "/busy", Evidence: bookcheck.Status},
		{URL: base + "/old", Evidence: bookcheck.Status},
	}
	run := func(after time.Duration, wants ...bookcheck.Want) (pages map[string]*bookcheck.Page, asked int64) {
		t.Helper()
		requests.Store(0)
		c, err := New(Options{
			AllowPrivate: true, Memory: path, Backoff: time.Millisecond,
			Now: func() time.Time { return monday.Add(after) },
		})
		if err != nil {
			t.Fatal(err)
		}
		pages = c.Fetch(t.Context(), wants)
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		return pages, requests.Load()
	}

	first, asked := run(0, all...)
	if asked != 6 { // busy is asked twice, old leads to page
		t.Errorf("the first run asked %d times, want 6", asked)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	second, asked := run(time.Minute, all...)
	if asked != 2 {
		t.Errorf("the second run asked %d times, want 2: only for the page that was unsure", asked)
	}
	for url, page := range first {
		again := *second[url]
		if page.Doubt != "" {
			continue
		}
		if !again.Cached {
			t.Errorf("%s is not answered from memory", url)
		}
		again.Cached = false
		if !reflect.DeepEqual(*page, again) {
			t.Errorf("%s:\n got %+v\nwant %+v", url, again, *page)
		}
	}
	if now, _ := os.ReadFile(path); !bytes.Equal(now, written) {
		t.Errorf("the file changed though nothing was learned:\n%s\n%s", written, now)
	}

	if _, asked = run(2*time.Hour, all...); asked != 3 {
		t.Errorf("after two hours it asked %d times, want 3: the dead page is asked again", asked)
	}
	withText := bookcheck.Want{URL: base + "/page", Evidence: bookcheck.Text}
	if _, asked = run(time.Minute, withText); asked != 1 {
		t.Errorf("asked %d times for a text that the memory does not hold, want 1", asked)
	}
	if _, asked = run(10*24*time.Hour, all...); asked != 6 {
		t.Errorf("after ten days it asked %d times, want 6", asked)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "*.tmp")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// remember has a memory learn a page.
func remember(m *memory, key string, page *bookcheck.Page, evidence bookcheck.Evidence) {
	start, _ := parseURL(key)
	p := newProbe(&Options{}, start, bookcheck.Want{URL: key, Evidence: evidence})
	p.page = page
	m.learn(p, page.Checked)
}

// A past is a server, a memory, and the runs that ask one by the other, each at its
// own time.
type past struct {
	t      *testing.T
	memory string
}

func (p *past) run(after time.Duration, url string, evidence bookcheck.Evidence) *bookcheck.Page {
	p.t.Helper()
	c, err := New(Options{
		AllowPrivate: true, Memory: p.memory, Backoff: time.Millisecond, Timeout: 2 * time.Second,
		Now: func() time.Time { return monday.Add(after) },
	})
	if err != nil {
		p.t.Fatal(err)
	}
	page := c.Fetch(p.t.Context(), []bookcheck.Want{{URL: url, Evidence: evidence}})[url]
	if err := c.Close(); err != nil {
		p.t.Fatal(err)
	}
	return page
}

func (p *past) file() string {
	src, _ := os.ReadFile(p.memory)
	return string(src)
}

func TestTroubleBecomesDeathOverDays(t *testing.T) {
	var healthy atomic.Bool
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if !healthy.Load() {
			reset(w, r)
		}
	})
	p := &past{t, filepath.Join(t.TempDir(), "memory")}
	for _, c := range []struct {
		after   time.Duration
		healthy bool
		want    string
		writes  bool
	}{
		{0, false, "transient", true},
		{time.Minute, false, "transient", false}, // the same trouble, as far as anybody knows
		{24 * time.Hour, false, "transient", true},
		{71 * time.Hour, false, "transient", true},
		{72 * time.Hour, false, "dead", true},
		{72*time.Hour + time.Minute, false, "dead", false},
		{85 * time.Hour, true, "alive", true},
		{20 * day, false, "alive", true}, // it was, and a failed refresh keeps that
		{21 * day, false, "alive", true},
		{24 * day, false, "dead", true},
	} {
		healthy.Store(c.healthy)
		before := p.file()
		page := p.run(c.after, base+"/", bookcheck.Status)
		if got := describe(page, "", "x"); got != c.want || (p.file() != before) != c.writes {
			t.Errorf("after %s: got %s (%s), writes %t, want %s, %t\n%s", c.after, got, page.Reason, p.file() != before, c.want, c.writes, p.file())
		}
	}
	if !strings.Contains(p.file(), "\tfailed=3 ") {
		t.Errorf("the failures are not in the file:\n%s", p.file())
	}
}

func TestExpiredPagesAreRenewed(t *testing.T) {
	var full, same atomic.Int64
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
			return
		}
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			same.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<title>Titled</title><p id=here>And some more words to remember it by"))
	})
	p := &past{t, filepath.Join(t.TempDir(), "memory")}
	first := p.run(0, base+"/old", bookcheck.Anchors)
	second := p.run(20*day, base+"/old", bookcheck.Anchors)
	if full.Load() != 1 || same.Load() != 1 {
		t.Fatalf("%d full answers, %d short ones, want one each", full.Load(), same.Load())
	}
	second.Checked = first.Checked
	if !reflect.DeepEqual(first, second) {
		t.Errorf("got %+v\nwant %+v", second, first)
	}
	if !strings.Contains(p.file(), "\tetag=\\\"v1\\\"") || !strings.Contains(p.file(), "\tprint=") || strings.Contains(p.file(), "=304 ") {
		t.Errorf("it is remembered as\n%s", p.file())
	}
	if p.run(40*day, base+"/old", bookcheck.Text); full.Load() != 2 {
		t.Error("a text that the memory does not hold was not asked for in full")
	}
}

func TestKindsOfPagesStayFreshForDifferentTimes(t *testing.T) {
	for key, want := range map[string]time.Duration{
		"https://doi.org/10.1/2": 180 * day,
		"https://github.com/a/b/blob/0123456789abcdef0123456789abcdef01234567/x.go": 3650 * day,
		"https://github.com/a/b/blob/main/x.go":                                     aliveFor,
		"https://docs.python.org/3/":                                                14 * day,
		"https://example.org/":                                                      aliveFor,
	} {
		if got := freshFor(key); got != want {
			t.Errorf("%s: got %s, want %s", key, got, want)
		}
	}
}

func TestMemoryFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	m, err := openMemory(path)
	if err != nil {
		t.Fatal(err)
	}
	remember(m, "https://example.org/b", &bookcheck.Page{
		Verdict: bookcheck.Alive, Reason: "answers 200 OK", Checked: monday, Title: "A\\B \"c\"",
		Hops:    []bookcheck.Hop{{URL: "https://example.org/b", Code: 301}, {URL: "https://example.org/c", Code: 200}},
		MovedTo: "https://example.org/c", Anchors: map[string]bool{"x y": true, "1%": true, "\x1b[0m": true},
	}, bookcheck.Anchors)
	remember(m, "https://example.org/a", &bookcheck.Page{Verdict: bookcheck.Dead, Reason: "answers 404 Not Found", Checked: monday}, bookcheck.Status)
	remember(m, "https://example.org/d", &bookcheck.Page{Doubt: bookcheck.Blocked, Checked: monday}, bookcheck.Status)
	remember(m, "https://user:hunter2@example.org/", &bookcheck.Page{Verdict: bookcheck.Alive, Checked: monday}, bookcheck.Status)
	if err := m.save(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := memoryHeading + strings.ReplaceAll(
		`https://example.org/a dead 2026-11-23T10:00:00Z reason=answers 404 Not Found
https://example.org/b alive 2026-11-23T10:00:00Z hop=301 https://example.org/b hop=200 https://example.org/c moved=https://example.org/c reason=answers 200 OK title=A\\B \"c\" anchors=#\x1b[0m 1%25 x%20y
`, " ", "\t")
	// The spaces inside of fields are spaces.
	for _, field := range []string{"answers 404 Not Found", "301 https", "200 https", "answers 200 OK", `A\\B \"c\"`, `[0m 1%25 x%20y`} {
		want = strings.ReplaceAll(want, strings.ReplaceAll(field, " ", "\t"), field)
	}
	if want = strings.ReplaceAll(want, strings.ReplaceAll(memoryHeading, " ", "\t"), memoryHeading); string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDamagedMemory(t *testing.T) {
	good := func(key string) string { return key + "\talive\t2026-11-23T10:00:00Z\treason=answers 200 OK\n" }
	whole := memoryHeading + good("http://a/") + good("http://b/") + good("http://c/")
	for name, c := range map[string]struct {
		file    string
		fresh   string // the keys that are still known, by their host
		damaged int
	}{
		"whole":        {whole, "abc", 0},
		"version 1":    {strings.Replace(whole, memoryTitle+"2", memoryTitle+"1", 1), "abc", 0},
		"claims":       {whole + "http://a/\tviewed\t2026-11-23\nhttp://a/\tweighed\t1f\tpartial\t2026-11-23\tsource=1\n", "abc", 0},
		"half a claim": {whole + "http://a/\tviewed\nhttp://a/\tweighed\t1f\tpartial\nhttp://b/\tviewed\ttoday\n", "abc", 3},
		"empty":        {"", "", 0},
		"no heading":   {good("http://a/"), "a", 0},
		"half a line":  {whole[:len(whole)-20], "ab", 1},
		"half written": {whole + "http://d/\tali", "abc", 1},
		"a conflict":   {memoryHeading + "<<<<<<< ours\n" + good("http://a/") + "=======\n" + good("http://a/") + good("http://b/") + ">>>>>>> theirs\n", "ab", 4},
		"out of order": {memoryHeading + good("http://c/") + good("http://a/"), "ac", 0},
		"CRLF":         {strings.ReplaceAll(whole, "\n", "\r\n"), "abc", 0},
		"noise":        {memoryHeading + "\x00\x01\x02\n" + good("http://b/"), "b", 1},
		"no date":      {memoryHeading + "http://a/\talive\tyesterday\n" + good("http://b/"), "b", 1},
		"no verdict":   {memoryHeading + "http://a/\tperhaps\t2026-11-23T10:00:00Z\n", "", 1},
	} {
		path := filepath.Join(t.TempDir(), "memory")
		if err := os.WriteFile(path, []byte(c.file), 0o600); err != nil {
			t.Fatal(err)
		}
		m, err := openMemory(path)
		if err != nil {
			t.Fatal(err)
		}
		var known strings.Builder
		for _, host := range []string{"a", "b", "c", "d"} {
			if ok := m.recall("http://" + host + "/"); ok != nil && ok.isFresh(bookcheck.Status, monday.Add(time.Hour)) {
				known.WriteString(host)
			}
		}
		if known.String() != c.fresh || m.damaged != c.damaged {
			t.Errorf("%s: knows %q with %d lines damaged, want %q and %d", name, known.String(), m.damaged, c.fresh, c.damaged)
		}
	}
	path := filepath.Join(t.TempDir(), "memory")
	if err := os.WriteFile(path, []byte(memoryTitle+"3: from the future\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Options{Memory: path}); err == nil || !strings.Contains(err.Error(), `version "3"`) {
		t.Errorf("a file of a later version: %v", err)
	}
}

func TestTwoProcessesKeepWhatBothLearned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	one, _ := openMemory(path)
	two, _ := openMemory(path)
	page := &bookcheck.Page{Verdict: bookcheck.Alive, Checked: monday}
	remember(one, "http://one/", page, bookcheck.Status)
	remember(two, "http://two/", page, bookcheck.Status)
	for _, m := range []*memory{one, two} {
		if err := m.save(); err != nil {
			t.Fatal(err)
		}
	}
	both, err := openMemory(path)
	if err != nil || len(both.lines) != 2 {
		t.Errorf("%d lines, %v, want 2", len(both.lines), err)
	}
}

func TestJitterSpreads(t *testing.T) {
	least, most := 100*aliveFor, time.Duration(0)
	for i := range 1000 {
		d := jitter(fmt.Sprintf("https://example.org/%d", i), aliveFor)
		least, most = min(least, d), max(most, d)
	}
	if least < aliveFor*8/10 || most > aliveFor*12/10 || most-least < aliveFor*3/10 {
		t.Errorf("between %s and %s, want a fifth either way of %s", least, most, aliveFor)
	}
}

func FuzzMemory(f *testing.F) {
	f.Add(memoryHeading + "http://a/\talive\t2026-11-23T10:00:00Z\thop=200 http://a/\ttitle=x\\ty\tanchors=#a b%20c\n")
	f.Add("http://a/\tdead\t2026-11-23T10:00:00Z\n<<<<<<<\n")
	f.Add("# bookcheck memory 3: later\n")
	f.Add(memoryHeading + "http://a/\talive\t2026-11-23T10:00:00Z\twork=#T\tby=A\tby=B\tpublished=2023-07-18\tdoi=10.1/x\nhttp://b/\talive\t2026-11-23T10:00:00Z\twork=?\n")
	f.Add(memoryHeading + "http://a/\talive\t2026-11-23T10:00:00Z\nhttp://a/\tviewed\t2026-11-23\thash=1\nhttp://a/\tweighed\t1f\tconsistent\t2026-11-23\tsource=1\n")
	f.Add(memoryHeading + "http://a/\talive\t2026-11-23T10:00:00Z\ttitle=x\\t\x00\n")
	f.Fuzz(func(t *testing.T, src string) {
		lines, _, err := parseMemory([]byte(src))
		if err != nil {
			return
		}
		again, damaged, err := parseMemory([]byte(memoryHeading + strings.Join(append(lines, ""), "\n")))
		if err != nil || damaged != 0 || !reflect.DeepEqual(lines, again) {
			t.Fatalf("%q is not read back: %q, %d damaged, %v", lines, again, damaged, err)
		}
		for _, line := range lines {
			e, err := parseEntry(line)
			if err != nil {
				continue
			}
			written := e.String()
			back, err := parseEntry(written)
			if err != nil || !reflect.DeepEqual(e, back) {
				t.Fatalf("%q became %q: %+v, %v", line, written, back, err)
			}
			if strings.ContainsAny(written, "\n\x1b") {
				t.Fatalf("%q can steer a terminal", written)
			}
		}
	})
}

func BenchmarkMemory(b *testing.B) {
	const n = 100_000
	path := filepath.Join(b.TempDir(), "memory")
	m, _ := openMemory(path)
	key := func(i int) string { return fmt.Sprintf("https://host%d.example.org/some/path/%d", i%5000, i) }
	for i := range n {
		remember(m, key(i), &bookcheck.Page{Verdict: bookcheck.Alive, Reason: "answers 200 OK", Title: "Some title of a page", Checked: monday}, bookcheck.Status)
	}
	if err := m.save(); err != nil {
		b.Fatal(err)
	}
	b.Run("open100k", func(b *testing.B) {
		for b.Loop() {
			if m, err := openMemory(path); err != nil || len(m.lines) != n {
				b.Fatal(err)
			}
		}
	})
	b.Run("lookup", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if m.recall(key(i%n)) == nil {
				b.Fatal("not found")
			}
			i++
		}
	})
}

func TestWhatOneRunLearnedIsNotAskedAgainInIt(t *testing.T) {
	var requests atomic.Int64
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		_, _ = w.Write([]byte("<p>Here."))
	})
	c, err := New(Options{AllowPrivate: true, Memory: filepath.Join(t.TempDir(), "memory"), noRobots: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // as --fix does
		c.Fetch(t.Context(), []bookcheck.Want{{URL: base + "/page", Evidence: bookcheck.Status}})
	}
	if got := requests.Load(); got != 1 {
		t.Errorf("it was asked %d times, want once", got)
	}
}

// What a page says of itself is asked for once.
func TestImprintIsRemembered(t *testing.T) {
	asked := 0
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked++
		_, _ = w.Write([]byte(`<title>x</title><meta name="citation_title" content="On Tides"><meta name="citation_author" content="Doe, Jo"><meta name="citation_date" content="2019/05"><meta name="citation_doi" content="10.1/x">`))
	})
	path := filepath.Join(t.TempDir(), "memory")
	var pages []*bookcheck.Page
	for range 2 {
		c := newClient(t, func(o *Options) { o.Memory = path })
		pages = append(pages, fetchOne(t, c, base+"/a", bookcheck.Status|bookcheck.Metadata))
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 || pages[0].Imprint == nil || !reflect.DeepEqual(pages[0].Imprint, pages[1].Imprint) {
		t.Errorf("asked %d times for %+v, then %+v", asked, pages[0].Imprint, pages[1].Imprint)
	}
}

// Who cannot wait writes what was learned behind the rest, and nothing is lost by it.
func TestHurriedMemory(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "some", "memory")
	line := func(i, day int) string {
		return fmt.Sprintf("https://a.test/%d\talive\t2024-05-%02dT00:00:00Z", i, day)
	}
	for day := 1; day <= 2; day++ {
		m, err := openMemory(path)
		if err != nil {
			t.Fatal(err)
		}
		m.hurried = true
		for i := range fewLines + 1 {
			if i%2 == 0 || day == 1 {
				m.put(fmt.Sprintf("https://a.test/%d", i), line(i, day))
			}
		}
		if err := m.save(); err != nil {
			t.Fatal(err)
		}
	}
	m, err := openMemory(path)
	if err != nil || len(m.lines) != fewLines+1 {
		t.Fatalf("there are %d lines, want %d: %v", len(m.lines), fewLines+1, err)
	}
	for i := range fewLines + 1 {
		if got, want := m.line(fmt.Sprintf("https://a.test/%d", i)), line(i, 2-i%2); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	}
}
