package weigh_test

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// A triple is a claim, the page that it cites, and what comparing them comes to.
type triple struct {
	ID       string
	Claim    string
	Title    string `json:"page_title"`
	Page     string `json:"page_text"`
	Verdict  string
	Category string
}

// readTriples reads a file of testdata: records of the fields "claim", "title", "page"
// and a verdict, which names the category. A line without a field goes on with the one
// before it.
func readTriples(t testing.TB, name string) []triple {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []triple
	var last *string
	for number, line := range bytes.Split(text, []byte("\n")) {
		field, value, _ := strings.Cut(string(line), ": ")
		switch field {
		case "claim":
			all = append(all, triple{ID: fmt.Sprintf("%s:%d", name, number+1), Claim: value})
			last = &all[len(all)-1].Claim
		case "title", "title:":
			all[len(all)-1].Title = value
			last = &all[len(all)-1].Title
		case "page", "page:":
			all[len(all)-1].Page = value
			last = &all[len(all)-1].Page
		case "supported", "contradicted", "not_found", "unavailable":
			all[len(all)-1].Verdict, all[len(all)-1].Category = field, value
			last = nil
		default:
			if last != nil && len(line) > 0 {
				*last += "\n" + string(line)
			}
		}
	}
	return all
}

// weighs compares the claim of a triple with its page.
func (tr *triple) weigh() *bookcheck.Judgement {
	const address = "https://page.test/"
	page := &bookcheck.Page{URL: address, Verdict: bookcheck.Alive, Title: tr.Title, Text: tr.Page}
	source := &bookcheck.Source{URL: address, Page: page, Link: &bookcheck.Link{Target: address, Text: "source"}}
	claim := &bookcheck.Claim{Text: tr.Claim}
	return weigh.Claim(claim, []*bookcheck.Source{source}, map[string]*weigh.Text{address: weigh.Read(page)})
}

// A table counts what triples came to, by what they should.
type table map[string]map[string]int

func measure(t testing.TB, triples []triple, verbose bool) table {
	t.Helper()
	counts := make(table)
	for _, tr := range triples {
		judgement := tr.weigh()
		got := judgement.Support.String()
		switch got {
		case "consistent":
			got = "supported"
		case "partial":
			got = "not_found"
		}
		if counts[tr.Verdict] == nil {
			counts[tr.Verdict] = make(map[string]int)
		}
		counts[tr.Verdict][got]++
		if got != tr.Verdict && verbose {
			t.Logf("%s (%s): %s\n  should be %s, is %s%s", tr.ID, tr.Category, tr.Claim, tr.Verdict, judgement.Support, describe(judgement))
		}
	}
	return counts
}

// describe writes the parts of a judgement.
func describe(j *bookcheck.Judgement) string {
	var b strings.Builder
	if j.Reason != "" {
		fmt.Fprintf(&b, " (%s)", j.Reason)
	}
	for _, p := range j.Parts {
		fmt.Fprintf(&b, "\n    %s %q %s %.2f: %s", p.Fact.Kind, p.Fact.Text, p.Find, p.Score, cmp.Or(p.Instead, p.Says))
	}
	return b.String()
}

// precision and recall of a verdict.
func (c table) precision(verdict string) float64 {
	said := 0
	for _, row := range c {
		said += row[verdict]
	}
	return float64(c[verdict][verdict]) / float64(max(said, 1))
}

func (c table) recall(verdict string) float64 {
	all := 0
	for _, n := range c[verdict] {
		all += n
	}
	return float64(c[verdict][verdict]) / float64(max(all, 1))
}

func (c table) log(t testing.TB, name string) {
	t.Helper()
	for _, verdict := range []string{"supported", "contradicted", "not_found", "unavailable"} {
		if len(c[verdict]) > 0 {
			t.Logf("%s: %-12s precision %.2f recall %.2f %v", name, verdict, c.precision(verdict), c.recall(verdict), c[verdict])
		}
	}
}

// A claim that its page does not contradict is never called contradicted, and one that
// the page supports hardly ever missing. The numbers are what is known to be wrong, and
// may only fall.
func TestTriples(t *testing.T) {
	for _, file := range []struct {
		name    string
		missing int     // supported claims that are called not found
		recall  float64 // of contradicted
	}{
		{"tuned.txt", 0, .95},
		{"heldout.txt", 1, .85},
		{"fresh.txt", 1, .75},
		{"fresh2.txt", 0, .85},
	} {
		counts := measure(t, readTriples(t, file.name), testing.Verbose() && file.name == "tuned.txt")
		counts.log(t, file.name)
		if p := counts.precision("contradicted"); p < 1 {
			t.Errorf("%s: contradicted has a precision of %.2f, want 1: run with -v", file.name, p)
		}
		if n := counts["supported"]["not_found"]; n > file.missing {
			t.Errorf("%s: %d claims that their pages support are called not found, want at most %d: run with -v", file.name, n, file.missing)
		}
		if r := counts.recall("contradicted"); r < file.recall {
			t.Errorf("%s: contradicted has a recall of %.2f, want %.2f: run with -v", file.name, r, file.recall)
		}
	}
}

// On a long page the right sentence is one of many, and another one may have the value
// by chance, or another value in much the same words.
func TestLongPages(t *testing.T) {
	all := readTriples(t, "tuned.txt")
	var long []triple
	for i, tr := range all {
		if tr.Verdict == "unavailable" {
			continue
		}
		var pages []string
		for j, other := range all {
			switch {
			case j == i:
				pages = append(pages, tr.Page)
			case other.Title != tr.Title && (j*7+i)%3 == 0:
				pages = append(pages, other.Page)
			}
		}
		tr.Page = strings.Join(pages, "\n\n")
		long = append(long, tr)
	}
	counts := measure(t, long, testing.Verbose())
	counts.log(t, "long pages")
	if p := counts.precision("contradicted"); p < 1 {
		t.Errorf("contradicted has a precision of %.2f, want 1: run with -v", p)
	}
	if n := counts["supported"]["not_found"]; n > 0 {
		t.Errorf("%d claims that their pages support are called not found: run with -v", n)
	}
}

// A page about something else contradicts nothing, though it may speak of models,
// lengths and dates in the same words.
func TestForeignPages(t *testing.T) {
	all := readTriples(t, "tuned.txt")
	contradicted, pairs := 0, 0
	for i, tr := range all {
		for j, other := range all {
			if other.Title == tr.Title || (i+j)%4 != 0 {
				continue
			}
			pairs++
			foreign := triple{Claim: tr.Claim, Title: other.Title, Page: other.Page}
			if judgement := foreign.weigh(); judgement.Support == bookcheck.Contradicted {
				contradicted++
				t.Logf("%s%s", tr.Claim, describe(judgement))
			}
		}
	}
	t.Logf("of %d claims, %d are contradicted by a page about something else", pairs, contradicted)
	if contradicted*1000 > pairs {
		t.Errorf("%d of %d claims are contradicted by a page about something else, want 0.1 %% at most", contradicted, pairs)
	}
}

// Labeled sets of the same kind may lie beside the repository; they are no part of it.
func TestLabeledTriples(t *testing.T) {
	const name = "../../../shared/data/evidence-dev.jsonl"
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no labeled set at " + name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var triples []triple
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var tr triple
		if err := json.Unmarshal(lines.Bytes(), &tr); err != nil {
			t.Fatal(err)
		}
		triples = append(triples, tr)
	}
	counts := measure(t, triples, testing.Verbose())
	counts.log(t, "labeled")
	if p := counts.precision("contradicted"); p < 1 {
		t.Errorf("contradicted has a precision of %.2f, want 1", p)
	}
	if n := counts["supported"]["not_found"]; n > 0 {
		t.Errorf("%d supported claims are called not found", n)
	}
}
