package checker_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"go.uber.org/goleak"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// words reports every "flaw" in a chapter, and its own option's word.
var words = &bookcheck.Rule{
	Name: "word", Doc: "# word: a word", Severity: bookcheck.Warning,
	Options: struct {
		Word string `yaml:"word"`
	}{"flaw"},
	Run: func(pass *bookcheck.Pass) error {
		word := pass.Options.(struct {
			Word string `yaml:"word"`
		}).Word
		for _, at := range regexp.MustCompile(regexp.QuoteMeta(word)).FindAllIndex(pass.Chapter.Source, -1) {
			pass.Reportf(bookcheck.Span{Start: at[0], End: at[1]}, "there is a %s", word)
		}
		return nil
	},
}

// gone reports links whose page is dead.
var gone = &bookcheck.Rule{
	Name: "gone", Doc: "# gone: a page", Severity: bookcheck.Error, Needs: bookcheck.Status,
	Run: func(pass *bookcheck.Pass) error {
		for _, link := range pass.Chapter.Links {
			if page, ok := pass.Page(link); ok && page.Verdict == bookcheck.Dead {
				pass.Reportf(link.Dest, "gone: %s", link.Target)
			}
		}
		return nil
	},
}

// old reports links on lines that were written before 2020.
var old = &bookcheck.Rule{
	Name: "old", Doc: "# old: a line", Severity: bookcheck.Warning, Needs: bookcheck.History,
	Run: func(pass *bookcheck.Pass) error {
		for _, link := range pass.Chapter.Links {
			if age := pass.Age(link); !age.Known() {
				pass.Report(bookcheck.Diagnostic{Span: link.Span, Message: "of unknown age: " + age.Evidence, Severity: bookcheck.Note})
			} else if age.Since.Year() < 2020 {
				pass.Reportf(link, "old: %s", age.Evidence)
			}
		}
		return nil
	},
}

func driverRules() []*bookcheck.Rule {
	rules := []*bookcheck.Rule{words, gone, old}
	for _, name := range []string{"expired-allow", "unknown-allow", "unused-allow"} {
		rules = append(rules, &bookcheck.Rule{Name: name, Doc: "# " + name + ": what an author accepts", Severity: bookcheck.Warning})
	}
	return rules
}

// A web is a Fetcher that knows its pages.
type web map[string]bookcheck.Verdict

func (w web) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	pages := make(map[string]*bookcheck.Page)
	for _, want := range wants {
		if verdict, known := w[want.URL]; known {
			pages[want.URL] = &bookcheck.Page{URL: want.URL, Verdict: verdict}
		}
	}
	return pages
}

// books returns the files of an archive as a file system.
func books(archive string) fstest.MapFS {
	fsys := make(fstest.MapFS)
	for _, file := range txtar.Parse([]byte(archive)).Files {
		fsys[file.Name] = &fstest.MapFile{Data: file.Data, Mode: 0o644}
	}
	return fsys
}

func check(t *testing.T, c *checker.Checker, fsys fs.FS, paths ...string) *bookcheck.Result {
	t.Helper()
	if c.Rules == nil {
		c.Rules = driverRules()
	}
	if c.Now.IsZero() {
		c.Now = now
	}
	result, err := c.Check(t.Context(), fsys, paths)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// findings prints the findings and the faults of a result, a line each.
func findings(r *bookcheck.Result) string {
	var b strings.Builder
	for _, d := range r.Diagnostics {
		place := d.Chapter.Position(d.Span.Start)
		fmt.Fprintf(&b, "%s:%d:%d: %s[%s] %s", d.Chapter.Path, place.Line, place.Column, d.Severity, d.Rule.Name, d.Message)
		if d.Allowed != nil {
			fmt.Fprintf(&b, " (allowed: %s)", d.Allowed.Reason)
		}
		b.WriteByte('\n')
	}
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "%s:%d:%d: %s\n", f.Path, f.Line, f.Column, f.Message)
	}
	return b.String()
}

func want(t *testing.T, r *bookcheck.Result, lines ...string) {
	t.Helper()
	if got, wanted := findings(r), strings.Join(append(lines, ""), "\n"); got != wanted {
		t.Errorf("got\n%swant\n%s", got, wanted)
	}
}

func TestOnlyWhatWasAskedForIsReported(t *testing.T) {
	fsys := books("-- a.md --\nflaw\n-- b/c.md --\nflaw\n-- b/d.md --\nflaw\n-- e.txt --\nflaw\n")
	want(t, check(t, &checker.Checker{}, fsys, "b/c.md"), "b/c.md:1:1: warning[word] there is a flaw")
	want(t, check(t, &checker.Checker{}, fsys, "b"),
		"b/c.md:1:1: warning[word] there is a flaw",
		"b/d.md:1:1: warning[word] there is a flaw")
	want(t, check(t, &checker.Checker{}, fsys, "a.md", "b/d.md", "a.md"),
		"a.md:1:1: warning[word] there is a flaw",
		"b/d.md:1:1: warning[word] there is a flaw")
	want(t, check(t, &checker.Checker{}, fsys, "e.txt"), "e.txt:1:1: warning[word] there is a flaw")
}

func TestOrderDoesNotDependOnJobs(t *testing.T) {
	var archive strings.Builder
	for i := range 40 {
		fmt.Fprintf(&archive, "-- %02d.md --\nflaw and flaw [a](https://a.test)\n", i)
	}
	one := findings(check(t, &checker.Checker{Jobs: 1}, books(archive.String())))
	eight := findings(check(t, &checker.Checker{Jobs: 8}, books(archive.String())))
	if one != eight || one == "" {
		t.Errorf("one job finds\n%seight find\n%s", one, eight)
	}
}

func TestPagesAreAskedForOnce(t *testing.T) {
	fsys := books("-- a.md --\n[a](https://a.test/x#one) [b](https://a.test/x#two) [c](//b.test) [d](https://skip.test)\n-- b.md --\n<https://a.test/x>\n")
	var asked []bookcheck.Want
	fetcher := fetchFunc(func(wants []bookcheck.Want) map[string]*bookcheck.Page {
		asked = wants
		return web{"https://a.test/x": bookcheck.Dead, "https://b.test": bookcheck.Dead}.Fetch(t.Context(), wants)
	})
	c := &checker.Checker{
		Rules: []*bookcheck.Rule{gone}, Fetcher: fetcher,
		Skip: func(url string) bool { return strings.Contains(url, "skip") },
	}
	result := check(t, c, fsys)
	want(t, result,
		"a.md:1:5: error[gone] gone: https://a.test/x#one",
		"a.md:1:31: error[gone] gone: https://a.test/x#two",
		"a.md:1:57: error[gone] gone: //b.test",
		"b.md:1:2: error[gone] gone: https://a.test/x")
	if got, want := fmt.Sprint(asked), "[{https://a.test/x 1 3} {https://b.test 1 1}]"; got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
	if !result.Complete || !result.Failed || result.Stats.Links != 5 {
		t.Errorf("complete %v, failed %v, links %d", result.Complete, result.Failed, result.Stats.Links)
	}
}

type fetchFunc func(wants []bookcheck.Want) map[string]*bookcheck.Page

func (f fetchFunc) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	return f(wants)
}

func TestOfflineIsNotComplete(t *testing.T) {
	result := check(t, &checker.Checker{}, books("-- a.md --\n[a](https://a.test)\n"))
	if result.Complete || result.Reason != "offline: links to the web were not followed" || !result.Stats.Offline {
		t.Errorf("complete %v, because %q", result.Complete, result.Reason)
	}
	if result = check(t, &checker.Checker{}, books("-- a.md --\ntext\n")); !result.Complete {
		t.Errorf("without a link to the web: not complete, because %q", result.Reason)
	}
}

// A dater is a Historian for whom all lines with an even number are old.
type dater struct{ calls *int }

func (d dater) Ages(_ context.Context, chapter *bookcheck.Chapter, spans []bookcheck.Span) []bookcheck.Age {
	*d.calls++
	ages := make([]bookcheck.Age, len(spans))
	for i, span := range spans {
		since := time.Date(2019+chapter.Position(span.Start).Line%2, 1, 1, 0, 0, 0, 0, time.UTC)
		ages[i] = bookcheck.Age{Since: since, Evidence: "since " + since.Format(time.DateOnly)}
	}
	return ages
}

func TestVersionControlIsAskedOnce(t *testing.T) {
	fsys := books("-- a.md --\n[a](b.md)\n[b](b.md)\n[c](b.md)\n[d](b.md)\n-- b.md --\nNothing.\n")
	calls := 0
	want(t, check(t, &checker.Checker{Rules: []*bookcheck.Rule{old}, Historian: dater{&calls}, Jobs: 1}, fsys),
		"a.md:2:1: warning[old] old: since 2019-01-01",
		"a.md:4:1: warning[old] old: since 2019-01-01")
	if calls != 1 {
		t.Errorf("version control was asked %d times, want once", calls)
	}
	want(t, check(t, &checker.Checker{Rules: []*bookcheck.Rule{old}}, fsys, "a.md"),
		"a.md:1:1: note[old] of unknown age: version control was not asked",
		"a.md:2:1: note[old] of unknown age: version control was not asked",
		"a.md:3:1: note[old] of unknown age: version control was not asked",
		"a.md:4:1: note[old] of unknown age: version control was not asked")
}

func TestAFailingRuleIsAFault(t *testing.T) {
	broken := &bookcheck.Rule{Name: "broken", Doc: "# broken: x", Severity: bookcheck.Error, Run: func(pass *bookcheck.Pass) error {
		pass.Reportf(bookcheck.Span{Start: 2, End: 400}, "too far")
		return errors.New("out of order")
	}}
	result := check(t, &checker.Checker{Rules: []*bookcheck.Rule{broken, words}}, books("-- a.md --\nflaw\n"))
	want(t, result,
		"a.md:1:1: warning[word] there is a flaw",
		"a.md:0:0: rule broken: it reports bytes 2 to 400 of a file of 5: too far",
		"a.md:0:0: rule broken: out of order")
	if result.Complete {
		t.Error("a run with a fault is said to be complete")
	}
}

func TestAnInterruptedRunSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	fetcher := fetchFunc(func([]bookcheck.Want) map[string]*bookcheck.Page { cancel(); return nil })
	c := &checker.Checker{Rules: driverRules(), Now: now, Fetcher: fetcher}
	fsys := books("-- a.md --\nflaw [a](https://a.test)\n\n<!-- bookcheck:allow word: not here -->\n")
	result, err := c.Check(ctx, fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Complete || result.Reason != "interrupted" || len(result.Diagnostics) != 2 {
		t.Errorf("complete %v, because %q:\n%s", result.Complete, result.Reason, findings(result))
	}
	if result, _ = c.Check(ctx, fsys, nil); result.Complete || len(result.Diagnostics) != 0 {
		t.Errorf("a run that ended before it began: %s", findings(result))
	}
}

// locked is a file system that refuses to open locked.md.
type locked struct{ fs.FS }

func (l locked) Open(name string) (fs.File, error) {
	if name == "locked.md" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.FS.Open(name)
}

func TestBrokenInputs(t *testing.T) {
	fsys := books("-- good.md --\nflaw\n-- latin.md --\nflaw caf\xe9\n-- wide.md --\n\xff\xfef\x00\n-- empty/a.txt --\n-- locked.md --\nflaw\n-- refs.bib --\n@book{good, title = {A}}\n@book{bad, title = {B\n")
	result := check(t, &checker.Checker{}, locked{fsys}, ".", "missing.md", "empty")
	got := findings(result)
	for _, line := range []string{
		"good.md:1:1: warning[word] there is a flaw\n",
		"latin.md:1:1: warning[word] there is a flaw\n",
		"latin.md:1:9: byte 0xE9 is not UTF-8; save the file as UTF-8\n",
		"wide.md:0:0: this is UTF-16; save it as UTF-8\n",
		"missing.md:0:0: file does not exist\n",
		"locked.md:0:0: permission denied\n",
		"empty:0:0: nothing to check: there is no Markdown in this folder\n",
		"refs.bib:2:",
	} {
		if !strings.Contains(got, line) {
			t.Errorf("not said: %sbut\n%s", line, got)
		}
	}
	if result.Complete {
		t.Error("a run with faults is said to be complete")
	}
}

func TestWrongRules(t *testing.T) {
	c := &checker.Checker{Rules: []*bookcheck.Rule{words, words}}
	if _, err := c.Check(t.Context(), books(""), nil); err == nil || err.Error() != `the rules: rule "word" is declared twice` {
		t.Errorf("got %v", err)
	}
}

func TestRead(t *testing.T) {
	fsys := books("-- b.md --\n# B\n-- a.md --\n# A\n-- refs.bib --\n@book{a,}\n-- _toc.yml --\nformat: jb-book\nroot: b\nchapters:\n- file: a\n-- _config.yml --\ntitle: x\n")
	read := func(paths ...string) string {
		chapters, faults := new(checker.Checker).Read(t.Context(), fsys, paths)
		var names []string
		for _, c := range chapters {
			names = append(names, c.Path)
		}
		return fmt.Sprint(names, len(faults))
	}
	if got := read(); got != "[a.md b.md] 0" {
		t.Errorf("all: got %s", got)
	}
	if got := read("refs.bib", "b.md"); got != "[b.md refs.bib] 0" {
		t.Errorf("named: got %s", got)
	}
}

func TestFilesOfTheRoot(t *testing.T) {
	if _, err := os.Stat("../testdata/books"); err != nil {
		t.Skip("there are no example books")
	}
	c := &checker.Checker{Rules: driverRules(), Now: now}
	result, err := c.Check(t.Context(), os.DirFS("../testdata/books"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if result.Stats.Files == 0 || !slices.IsSortedFunc(result.Diagnostics, func(a, b bookcheck.Diagnostic) int {
		return strings.Compare(a.Chapter.Path, b.Chapter.Path)
	}) {
		t.Errorf("%d files, and out of order:\n%s", result.Stats.Files, findings(result))
	}
}

// huge is a file system in which huge.md has a size and nothing else.
type huge struct{ fs.FS }

func (h huge) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(h.FS, name)
	if name == "huge.md" {
		return size{info}, err
	}
	return info, err
}

type size struct{ fs.FileInfo }

func (size) Size() int64 { return 1 << 40 }

func TestAFileThatNobodyCouldRead(t *testing.T) {
	result := check(t, &checker.Checker{}, huge{books("-- huge.md --\n-- a.md --\nflaw\n")})
	want(t, result,
		"a.md:1:1: warning[word] there is a flaw",
		"huge.md:0:0: too large to be read: 1048576 MiB of at most 256")
}
