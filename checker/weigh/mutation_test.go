package weigh_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/fact"
	"github.com/bookcheck/bookcheck/rules/contradictedclaim"
	"github.com/bookcheck/bookcheck/rules/misnamedlink"
	"github.com/bookcheck/bookcheck/rules/misquoted"
	"github.com/bookcheck/bookcheck/rules/unsupportedclaim"
)

// A mutant is a claim in which one fact was changed.
type mutant struct {
	of   triple
	text string
	kind bookcheck.FactKind // what was changed; "" in an original
	was  string
}

// pages answers with the texts of triples.
type pages map[string]triple

func (p pages) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	found := make(map[string]*bookcheck.Page, len(wants))
	for _, want := range wants {
		tr := p[want.URL]
		found[want.URL] = &bookcheck.Page{URL: want.URL, Verdict: bookcheck.Alive, Code: 200, Title: tr.Title, Text: tr.Page}
	}
	return found
}

// Of claims in which one number, date, name or quotation was changed, nearly all are
// reported, and of the claims as they were, nearly none.
func TestMutants(t *testing.T) {
	var mutants []mutant
	originals := 0
	for _, tr := range append(readTriples(t, "tuned.txt"), readTriples(t, "heldout.txt")...) {
		if changed := mutate(tr); tr.Verdict == "supported" && len(changed) > 0 {
			originals++
			mutants = append(append(mutants, mutant{of: tr, text: tr.Claim}), changed...)
		}
	}
	if originals < 100 {
		t.Errorf("got %d originals, want 100", originals)
	}
	reported := check(t, mutants)
	all, found := make(map[bookcheck.FactKind]int), make(map[bookcheck.FactKind]int)
	total, caught := 0, 0
	for i, m := range mutants {
		all[m.kind]++
		if reported[i] != "" {
			found[m.kind]++
		}
		if m.kind != "" {
			total++
			if reported[i] != "" {
				caught++
			}
		}
		if testing.Verbose() && (reported[i] == "") == (m.kind != "") {
			t.Logf("%s: %q\n  was %s %q\n  page: %s\n  %s", m.of.ID, m.text, m.kind, m.was, m.of.Page, reported[i])
		}
	}
	t.Logf("of %d mutants, %d are reported (%.1f %%); of %d originals, %d", total, caught, 100*float64(caught)/float64(total), originals, found[""])
	for _, kind := range []bookcheck.FactKind{bookcheck.Amount, bookcheck.Day, bookcheck.Name, bookcheck.Quotation} {
		t.Logf("  %-9s %d of %d", kind, found[kind], all[kind])
	}
	if float64(caught) < .95*float64(total) {
		t.Errorf("%d of %d mutants are reported, want 95 %%: run with -v", caught, total)
	}
	if float64(found[""]) > .02*float64(originals) {
		t.Errorf("%d of %d originals are reported, want 2 %% at most: run with -v", found[""], originals)
	}
}

// check runs the rules over a book that has a chapter for each mutant, and returns what
// they report.
func check(t *testing.T, mutants []mutant) []string {
	t.Helper()
	files, web := make(fstest.MapFS), make(pages)
	for i, m := range mutants {
		address := fmt.Sprintf("https://page%d.test/source", i)
		web[address] = m.of
		text := strings.TrimSuffix(m.text, ".")
		files[fmt.Sprintf("%04d.md", i)] = &fstest.MapFile{Data: []byte("# Claim\n\n" + text + ", as [the source](" + address + ") says.\n")}
	}
	c := checker.Checker{
		Rules:   []*bookcheck.Rule{unsupportedclaim.Rule, contradictedclaim.Rule, misquoted.Rule, misnamedlink.Rule},
		Fetcher: web,
		Now:     time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC),
	}
	result, err := c.Check(t.Context(), files, nil)
	if err != nil {
		t.Fatal(err)
	}
	reported := make([]string, len(mutants))
	for _, d := range result.Diagnostics {
		i, err := strconv.Atoi(strings.TrimSuffix(d.Chapter.Path, ".md"))
		if err != nil {
			t.Fatal(err)
		}
		reported[i] += d.Rule.Name + ": " + d.Message + "\n"
	}
	return reported
}

// mutate returns a claim with each of its facts changed in turn.
func mutate(tr triple) []mutant {
	var mutants []mutant
	facts := fact.Read(tr.Claim)
	for i, f := range facts {
		if isInside(facts, i) || f.Kind == bookcheck.Amount && f.Unit == "" && strings.Trim(f.Text, "0123456789.") == "" {
			continue // bare digits are no fact of a claim: what they count is not said
		}
		changed := ""
		switch f.Kind {
		case bookcheck.Amount:
			changed = otherNumber(f.Text)
		case bookcheck.Day:
			changed = otherDate(f.Text)
		case bookcheck.Quotation:
			changed = otherWord(f.Text)
		case bookcheck.Name:
			changed = otherName(f.Text, i)
		default:
		}
		if changed != "" && changed != f.Text {
			text := tr.Claim[:f.Start] + changed + tr.Claim[f.End:]
			mutants = append(mutants, mutant{of: tr, text: text, kind: f.Kind, was: f.Text})
		}
	}
	return mutants
}

func isInside(facts []bookcheck.Fact, i int) bool {
	for n, f := range facts {
		if n != i && f.Contains(facts[i].Span) && f.Len() > facts[i].Len() {
			return true
		}
	}
	return false
}

// otherNumber changes the first digit of a number, or the first number in words.
func otherNumber(text string) string {
	if at := strings.IndexAny(text, "123456789"); at >= 0 {
		digit := "473829156"[text[at]-'1'] // no digit stays
		return text[:at] + string(digit) + text[at+1:]
	}
	for _, pair := range [][2]string{
		{"one", "three"},
		{"two", "seven"},
		{"three", "eight"},
		{"four", "nine"},
		{"eight", "five"},
		{"ten", "fifty"},
		{"twelve", "thirty"},
		{"thirty", "eighty"},
		{"forty", "seventy"},
		{"half a", "a"},
	} {
		if strings.Contains(strings.ToLower(text), pair[0]) {
			return strings.Replace(strings.ToLower(text), pair[0], pair[1], 1)
		}
	}
	return ""
}

// otherDate changes the last digits of the year.
func otherDate(text string) string {
	for at := 0; at+4 <= len(text); at++ {
		if year, err := strconv.Atoi(text[at : at+4]); err == nil && year > 1000 {
			return text[:at] + strconv.Itoa(year-7) + text[at+4:]
		}
	}
	return ""
}

// otherWord changes the longest word.
func otherWord(text string) string {
	longest := ""
	for word := range strings.FieldsSeq(text) {
		if len(word) > len(longest) {
			longest = word
		}
	}
	return strings.Replace(text, longest, "unforeseen", 1)
}

// otherName takes another name of the same kind, or misspells the one that is there.
func otherName(text string, i int) string {
	if at := strings.LastIndexAny(text, "aeiou"); len(text) > 6 && at > 1 && i%2 == 1 {
		return text[:at] + text[at+1:]
	}
	names := []string{"PalantirDB", "Zanzibar-2", "QuokkaNet", "Ottoline Marsh"}
	return names[(len(text)+i)%len(names)]
}
