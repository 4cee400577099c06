package fetch

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

// openLedger opens the ledger of a file on a day after monday.
func openLedger(t *testing.T, path string, after time.Duration) *Ledger {
	t.Helper()
	l, err := OpenLedger(path, func() time.Time { return monday.Add(after) })
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// keepOne keeps a page and a claim that rests on it.
func keepOne(l *Ledger, url, id, file string) {
	l.KeepPage(&ledger.Page{URL: url, Viewed: ledger.Day(monday), Hash: "1f", Words: 100})
	l.KeepClaim(&ledger.Claim{
		ID: id, File: file, On: ledger.Day(monday), Support: bookcheck.Consistent,
		Sources: []ledger.Source{{URL: url, Hash: "1f"}},
	})
}

func TestLedgerStandsBehindThePages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	l := openLedger(t, path, 0)
	remember(l.memory, "https://example.org/a", &bookcheck.Page{Checked: monday, Doubt: bookcheck.Blocked}, bookcheck.Status)
	remember(l.memory, "https://example.org/b", &bookcheck.Page{Checked: monday, Verdict: bookcheck.Alive}, bookcheck.Status)
	keepOne(l, "https://example.org/a", "22", "a.md")
	keepOne(l, "https://EXAMPLE.org:443/a", "11", "a.md") // the same page
	keepOne(l, "https://example.org/secret?token=abc", "33", "a.md")
	if err := l.memory.save(); err != nil {
		t.Fatal(err)
	}
	want := memoryHeading + strings.ReplaceAll(`https://example.org/a|viewed|2026-11-23|hash=1f|sketch=0|words=100
https://example.org/a|weighed|11|consistent|2026-11-23|file=a.md|source=1f
https://example.org/a|weighed|22|consistent|2026-11-23|file=a.md|source=1f
https://example.org/b|alive|2026-11-23T10:00:00Z
`, "|", "\t")
	if got := readFile(t, path); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	l = openLedger(t, path, time.Hour)
	if p := l.Page("https://example.org/a#part"); p == nil || !l.IsFresh(p) {
		t.Errorf("got page %v, want a fresh one", p)
	}
	if c := l.Claim("https://example.org/a", "11"); c == nil || c.Support != bookcheck.Consistent {
		t.Errorf("got claim %v, want a consistent one", c)
	}
	if claims := l.Claims("https://example.org/a"); len(claims) != 2 {
		t.Errorf("got %d claims, want 2", len(claims))
	}
	if l.Page("https://example.org/b") != nil || l.Claim("https://example.org/a", "1") != nil || l.Claims("https://example.org/") != nil {
		t.Error("something is known that was never kept")
	}
	if l.memory.recall("https://example.org/b") == nil {
		t.Error("the lines of the pages are not found among those of the claims")
	}
	late := openLedger(t, path, 30*day)
	if late.IsFresh(late.Page("https://example.org/a")) {
		t.Error("a page is fresh after a month")
	}
}

func TestWhatIsKeptAgainIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	l := openLedger(t, path, 0)
	keepOne(l, "https://example.org/a", "11", "a.md")
	if err := l.memory.save(); err != nil {
		t.Fatal(err)
	}
	l = openLedger(t, path, time.Hour)
	keepOne(l, "https://example.org/a", "11", "a.md")
	if len(l.memory.learned) != 0 {
		t.Errorf("it would write %q", l.memory.learned)
	}
}

func TestClaimsThatAreGoneAreForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "memory")
	l := openLedger(t, path, 0)
	keepOne(l, "https://example.org/a", "11", "a.md")
	keepOne(l, "https://example.org/a", "22", "b.md")
	l.Book = "other"
	keepOne(l, "https://example.org/a", "33", "a.md")
	if err := l.memory.save(); err != nil {
		t.Fatal(err)
	}
	l = openLedger(t, path, time.Hour)
	l.Forget(func(c *ledger.Claim) bool { return c.File == "a.md" })
	if err := l.memory.save(); err != nil {
		t.Fatal(err)
	}
	l = openLedger(t, path, time.Hour)
	for id, want := range map[string]bool{"11": false, "22": true, "33": true} {
		if got := l.Claim("https://example.org/a", id) != nil; got != want {
			t.Errorf("claim %s: known %v, want %v", id, got, want)
		}
	}
}

func TestSecretsAreNotWritten(t *testing.T) {
	for address, want := range map[string]string{
		"https://example.org/a?b=c#d=e":                                  "https://example.org/a?b=c#d=e",
		"https://example.org/a?TOKEN=abc&x=1#y":                          "https://example.org/a?TOKEN=***&x=1#y",
		"https://example.org/a?X-Amz-Signature=abc&x-amz%2Dcredential=d": "https://example.org/a?X-Amz-Signature=***&x-amz%2Dcredential=***",
		"https://example.org/token=abc":                                  "https://example.org/token=abc",
	} {
		if got := withoutSecrets(address); got != want {
			t.Errorf("%s becomes %s, want %s", address, got, want)
		}
	}
	e := entry{key: "https://example.org/", page: &bookcheck.Page{Checked: monday, Hops: []bookcheck.Hop{{URL: "https://s3.example.org/x?X-Amz-Signature=hunter2", Code: 200}}}}
	if line := e.String(); strings.Contains(line, "hunter2") {
		t.Errorf("a signature is written: %s", line)
	}
}

func BenchmarkLedger(b *testing.B) {
	const n = 100_000
	path := filepath.Join(b.TempDir(), "memory")
	l, err := OpenLedger(path, func() time.Time { return monday })
	if err != nil {
		b.Fatal(err)
	}
	url := func(i int) string { return fmt.Sprintf("https://host%d.example.org/%d", i%5000, i/10) }
	for i := range n {
		keepOne(l, url(i), fmt.Sprintf("%012x", i), "chapter.md")
	}
	if err := l.memory.save(); err != nil {
		b.Fatal(err)
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			if _, err := openMemory(path); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("lookup", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if l.Claim(url(i%n), fmt.Sprintf("%012x", i%n)) == nil {
				b.Fatal("not found")
			}
			i++
		}
	})
}
