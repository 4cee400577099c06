package weigh_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fact"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// A passage is a sentence of running text that states a value, and the page that it is
// from.
type passage struct {
	text string
	page int
}

var (
	fences  = regexp.MustCompile("(?s)```.*?```")
	linking = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`)
)

// corpus reads the chapters of the books that may lie beside the repository; they are
// no part of it.
func corpus(t *testing.T) (pages []string, passages []passage) {
	t.Helper()
	const root = "../../../shared/corpora"
	if _, err := os.Stat(root); err != nil {
		t.Skip("no books at " + root)
	}
	books := os.DirFS(root)
	err := fs.WalkDir(books, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		source, err := fs.ReadFile(books, path)
		if err != nil {
			return err
		}
		text := linking.ReplaceAllString(fences.ReplaceAllString(string(source), ""), "$1")
		for paragraph := range strings.SplitSeq(text, "\n\n") {
			for sentence := range strings.SplitAfterSeq(strings.Join(strings.Fields(paragraph), " "), ". ") {
				if sentence = strings.TrimSpace(sentence); len(sentence) > 40 && len(sentence) < 300 && states(sentence) {
					passages = append(passages, passage{sentence, len(pages)})
				}
			}
		}
		pages = append(pages, text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages, passages
}

func states(sentence string) bool {
	return slices.ContainsFunc(fact.Read(sentence), func(f bookcheck.Fact) bool {
		return f.Kind == bookcheck.Amount && f.Unit != "" || f.Kind == bookcheck.Day
	})
}

// Every sentence of a real page is borne out by that page, hardly any is contradicted by
// another one, and few are when a value in them is changed.
func TestRunningText(t *testing.T) {
	pages, passages := corpus(t)
	same, own, other, pairs, mutants, missed := 0, 0, 0, 0, 0, 0
	for n, text := range pages {
		page := &bookcheck.Page{URL: "https://page.test/", Verdict: bookcheck.Alive, Text: text}
		texts := map[string]*weigh.Text{page.URL: weigh.Read(page)}
		support := func(claim string) bookcheck.Support {
			source := &bookcheck.Source{URL: page.URL, Page: page, Link: new(bookcheck.Link)}
			return weigh.Claim(&bookcheck.Claim{Text: claim}, []*bookcheck.Source{source}, texts).Support
		}
		for i, p := range passages {
			switch {
			case p.page == n:
				own++
				if support(p.text) == bookcheck.Consistent {
					same++
				}
				for _, m := range mutate(triple{Claim: p.text}) {
					if m.kind == bookcheck.Name {
						continue
					}
					mutants++
					if s := support(m.text); s != bookcheck.Contradicted && s != bookcheck.NotFound {
						missed++
					}
				}
			case (i+n)%5 == 0:
				pairs++
				if support(p.text) == bookcheck.Contradicted {
					other++
				}
			}
		}
	}
	t.Logf("%d of %d sentences are consistent with their own page; %d of %d are contradicted by another; %d of %d mutants are missed",
		same, own, other, pairs, missed, mutants)
	if same < own || other*1000 > pairs || missed*10 > mutants {
		t.Error("want all, 0.1 % and 10 %")
	}
}
