package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// aged returns a result with one finding for each of some days in some chapters;
// "": of unknown age.
func aged(t *testing.T, chapters ...[]string) *bookcheck.Result {
	t.Helper()
	now := time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)
	rule := &bookcheck.Rule{Name: "old", Doc: "# old: old\n"}
	r := &bookcheck.Result{Book: &bookcheck.Book{}, Rules: []*bookcheck.Rule{rule}, Now: now, Complete: true}
	r.Stats.Files = len(chapters)
	for i, days := range chapters {
		chapter := bookcheck.NewChapter(strings.Repeat("a", i+1)+".md", []byte("text\n"))
		for n, since := range days {
			d := bookcheck.Diagnostic{Message: "it is old", Subject: strings.Repeat("x", n), Rule: rule, Chapter: chapter, Severity: bookcheck.Note}
			d.Age.Evidence = "shallow clone"
			if since != "" {
				day, err := time.Parse(time.DateOnly, since)
				if err != nil {
					t.Fatal(err)
				}
				d.Age = bookcheck.Age{Since: day, Evidence: "in the text since " + since}
			}
			r.Diagnostics = append(r.Diagnostics, d)
		}
	}
	return r
}

// The chapters with the oldest statements come first.
func TestOldest(t *testing.T) {
	r := aged(t,
		[]string{"2026-11-01", "2025-11-23", "2025-11-24"},
		[]string{"2023-11-23", "2010-01-01", ""},
		[]string{"2023-11-24"},
		[]string{"", ""},
		[]string{"2020-02-29"},
		[]string{"2024-01-01", "2024-01-02"},
	)
	var out bytes.Buffer
	if err := Concise(&out, r, Style{}); err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(out.String(), "12 notes) in 6 of 6 files\n")
	const want = `12 statements to look at again, by age:
  aa.md: 2 over 3 years, 1 of unknown age
  aaaaa.md: 1 over 3 years
  aaaaaa.md: 2 over 2 years
  aaa.md: 1 over 2 years
  a.md: 1 over 1 year, 2 under 1 year
  and 1 more file
`
	if got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestOldestIsLeftOut(t *testing.T) {
	for name, r := range map[string]*bookcheck.Result{
		"one":     aged(t, []string{"2020-01-01"}),
		"unknown": aged(t, []string{"", ""}),
	} {
		var out bytes.Buffer
		if err := Concise(&out, r, Style{}); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "by age") {
			t.Errorf("%s: got:\n%s", name, out.String())
		}
	}
}

func TestAgesInJSON(t *testing.T) {
	var out bytes.Buffer
	if err := JSON(&out, aged(t, []string{"2025-10-24", ""}), Style{}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Findings []struct{ Age json.RawMessage }
		Ages     json.RawMessage
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		got  json.RawMessage
		want string
	}{
		{got.Findings[0].Age, `{"since":"2025-10-24","months":12,"evidence":"in the text since 2025-10-24"}`},
		{got.Findings[1].Age, `{"evidence":"shallow clone"}`},
		{got.Ages, `[{"path":"a.md","statements":2,"oldest":"2025-10-24","years":[0,1,0,0],"unknown":1}]`},
	} {
		var compact bytes.Buffer
		if err := json.Compact(&compact, c.got); err != nil {
			t.Fatal(err)
		}
		if compact.String() != c.want {
			t.Errorf("got %s, want %s", compact.String(), c.want)
		}
	}
}
