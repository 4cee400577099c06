package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestClaims(t *testing.T) {
	for _, c := range []struct {
		claims map[bookcheck.Support]int
		want   string
	}{
		{nil, ""},
		{map[bookcheck.Support]int{bookcheck.Unchecked: 7}, ""},
		{
			map[bookcheck.Support]int{bookcheck.Unchecked: 7, bookcheck.Consistent: 3, bookcheck.NotFound: 1},
			"11 claims: 3 consistent with what they cite, 1 not found there, 7 not checked",
		},
		{map[bookcheck.Support]int{bookcheck.Unavailable: 1}, "1 claim: 1 of pages that cannot be read"},
	} {
		r := &bookcheck.Result{Book: &bookcheck.Book{}, Stats: bookcheck.Stats{Files: 1, Claims: c.claims}}
		if got := strings.Join(weighed(r), "\n"); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		var b strings.Builder
		if err := Concise(&b, r, Style{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), c.want) {
			t.Errorf("got summary %q, want it to say %q", b.String(), c.want)
		}
	}
}

func TestClaimsInJSON(t *testing.T) {
	r := &bookcheck.Result{Book: &bookcheck.Book{}, Stats: bookcheck.Stats{Claims: map[bookcheck.Support]int{
		bookcheck.Consistent: 3, bookcheck.Contradicted: 1, bookcheck.Unavailable: 2, bookcheck.Unchecked: 5,
	}}}
	got := claimsJSON(r)
	want := jsonClaims{Checked: 4, Consistent: 3, Contradicted: 1, Unavailable: 2, Unchecked: 5}
	if *got != want {
		t.Errorf("got %+v, want %+v", *got, want)
	}
}

// What became of each claim is in the JSON report, as its schema says.
func TestComparedClaimsInJSON(t *testing.T) {
	r, chapter := compared()
	r.Reported = []*bookcheck.Chapter{chapter}
	r.Stats.Advice = &bookcheck.Advice{Model: "llama3.1", Answered: 1, Unanswered: 1, Reason: "it refuses"}
	var b bytes.Buffer
	if err := JSON(&b, r, Style{}); err != nil {
		t.Fatal(err)
	}
	isFindings(t, b.Bytes())
	golden(t, "claims.json.golden", b.Bytes())
}
