package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/fetch"
	"github.com/bookcheck/bookcheck/rules"
)

// catalog is the page that the book testdata/books/claims cites.
const catalog = `The survey of the southern sky lists 412 quasars in its final catalog, each of them confirmed by its spectrum.
The telescope on the hill took the spectra in the course of three winters, and the team measured the redshift of every
object twice. The data are open to everybody, and so are the programs that made the catalog from them. Whoever uses the
catalog in a paper is asked to cite the article that describes it.`

// pages is a Fetcher for which every page is the catalog.
type pages struct{}

func (pages) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	found := make(map[string]*bookcheck.Page)
	for _, want := range wants {
		found[want.URL] = &bookcheck.Page{URL: want.URL, Verdict: bookcheck.Alive, Reason: "answers 200 OK", Title: "The catalog", Text: catalog}
	}
	return found
}

// TestLockOfTheExample makes the bookcheck.lock that the documentation rests on: what a
// run of 2026-08-02 kept, when the book still gave the number that the page gives.
func TestLockOfTheExample(t *testing.T) {
	folder := filepath.Join("..", "..", "testdata", "books", "claims")
	now, path := time.Date(2026, 8, 2, 9, 0, 0, 0, time.UTC), filepath.Join(t.TempDir(), "lock")
	client, err := fetch.New(fetch.Options{Memory: path, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, filepath.Join(folder, "sky.md"))
	// Paths are from the top of the repository, as those of a run are.
	book := fstest.MapFS{
		".git/HEAD":                            {},
		"testdata/books/claims/sky.md":         {Data: bytes.ReplaceAll(text, []byte("475"), []byte("412"))},
		"testdata/books/claims/.bookcheck.yml": {},
	}
	c := checker.Checker{Rules: rules.All(), Fetcher: pages{}, Ledger: client.Ledger(), Now: now}
	if _, err := c.Check(t.Context(), book, []string{"testdata/books/claims"}); err != nil {
		t.Fatal(err)
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	got, lock := read(t, path), filepath.Join(folder, lockName)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(lock, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, lock); !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant, by %s (UPDATE=1 go test rewrites it)\n%s", got, lock, want)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
