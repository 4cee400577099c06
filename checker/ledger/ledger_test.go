package ledger

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

var august = time.Date(2026, 8, 2, 0, 0, 0, 0, time.UTC)

var samplePage = &Page{
	URL: "https://example.org/a", Viewed: august, Title: "A\tpage", Published: august.AddDate(-1, 0, 0),
	Hash: "0123456789abcdef", Sketch: 0xfeed, Words: 812, Facts: []string{"date 2023", "quantity 2e+12 tokens"}, Cut: true,
}

var sampleClaim = &Claim{
	ID: "9f86d081884c", Book: "ab12", File: "ch/models.md", On: august, By: "1", Support: bookcheck.NotFound,
	Sources: []Source{
		{URL: "https://example.org/a", Hash: "0123456789abcdef", Gone: "It was 3 % on “launch”.", Seen: august},
		{URL: "https://example.org/b"},
	},
	Parts: []Part{
		{Fact: "quantity 2e+12 tokens", Find: bookcheck.Found, Source: 0, Owned: true, Score: 0.82, Says: "It saw 2 trillion tokens."},
		{Fact: "date 2023-07", Find: bookcheck.Clash, Source: 1, Score: 0.5, Says: "In June 2023.", Instead: "June 2023"},
		{Fact: "name falcon", Find: bookcheck.Absent, Source: -1},
	},
	Opinion: &bookcheck.Opinion{Model: "llama3.1", Prompt: "p1", Support: bookcheck.Partial, Says: "only the tokens", Asked: august},
}

func TestLines(t *testing.T) {
	page, claim := samplePage.String(), sampleClaim.String()
	const wantPage = "https://example.org/a\tviewed\t2026-08-02\thash=0123456789abcdef\tsketch=feed\twords=812\ttitle=A page\tpublished=2025-08-02\tis=cut\tfacts=date 2023; quantity 2e+12 tokens"
	if page != wantPage {
		t.Errorf("got\n%s\nwant\n%s", page, wantPage)
	}
	const wantClaim = "https://example.org/a\tweighed\t9f86d081884c\tnot_found\t2026-08-02\tbook=ab12\tfile=ch/models.md\tby=1\tsource=0123456789abcdef\tsource=- https://example.org/b\t" +
		"part=found 0.82 1! quantity 2e+12 tokens\tsays=It saw 2 trillion tokens.\tpart=clash 0.50 2 date 2023-07\tsays=In June 2023.\tinstead=June 2023\tpart=absent 0.00 0 name falcon\t" +
		"gone=1 2026-08-02 It was 3 % on “launch”.\topinion=partial 2026-08-02 p1\tmodel=llama3.1\tthinks=only the tokens"
	if claim != wantClaim {
		t.Errorf("got\n%s\nwant\n%s", claim, wantClaim)
	}
	gotPage, err := ParsePage(page)
	if err != nil {
		t.Fatal(err)
	}
	want := *samplePage
	want.Title = "A page"
	if !reflect.DeepEqual(*gotPage, want) {
		t.Errorf("got %+v, want %+v", *gotPage, want)
	}
	gotClaim, err := ParseClaim(claim)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(gotClaim, sampleClaim) {
		t.Errorf("got %+v, want %+v", gotClaim, sampleClaim)
	}
	if Key(page) != PageKey("https://example.org/a") || Key(claim) != ClaimKey("https://example.org/a", "9f86d081884c") {
		t.Errorf("got keys %q and %q", Key(page), Key(claim))
	}
}

func TestCanon(t *testing.T) {
	day := func(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		fact bookcheck.Fact
		want string
	}{
		{bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: 1.4e12, High: 1.4e12, Unit: "tokens"}, "quantity 1.4e+12 tokens"},
		{bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.AtLeast, Low: 0.368, High: 0.368}, "quantity >=0.368"},
		{bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Over, Low: -3, High: -3, Unit: "percent"}, "quantity >-3 percent"},
		{bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Between, Low: 3, High: 4, Unit: "gpu hours"}, "quantity 3..4 gpu hours"},
		{bookcheck.Fact{Kind: bookcheck.Day, From: day(2023, 7, 18), To: day(2023, 7, 18)}, "date 2023-07-18"},
		{bookcheck.Fact{Kind: bookcheck.Day, From: day(2024, 2, 1), To: day(2024, 2, 29)}, "date 2024-02"},
		{bookcheck.Fact{Kind: bookcheck.Day, From: day(2024, 1, 1), To: day(2024, 12, 31)}, "date 2024"},
		{bookcheck.Fact{Kind: bookcheck.Day, From: day(2024, 1, 1), To: day(2024, 6, 30)}, "date 2024-01-01..2024-06-30"},
	} {
		got := Canon(c.fact)
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if back, ok := Parse(got); !ok || back != c.fact {
			t.Errorf("%q is read as %+v, want %+v", got, back, c.fact)
		}
	}
	if _, ok := Parse("name falcon"); ok {
		t.Error("a name has a value")
	}
}

func TestSameTextIsKnownAgain(t *testing.T) {
	text := func(words int, last string) *bookcheck.Page {
		var b strings.Builder
		for i := range words {
			fmt.Fprintf(&b, "word%d ", i*i)
		}
		return &bookcheck.Page{Text: b.String() + last}
	}
	before := Of(text(2000, "The end."), nil, august)
	for _, c := range []struct {
		name string
		page *bookcheck.Page
		same bool
	}{
		{"white space and case", text(2000, "  THE\nend."), true},
		{"a retouch", text(2000, "The end, at last."), true},
		{"another text", text(100, "something else"), false},
	} {
		if got := Of(c.page, nil, august).Same(before); got != c.same {
			t.Errorf("%s: got same %v, want %v", c.name, got, c.same)
		}
	}
	if !Of(text(100, ""), nil, august).Shrunk(before) || Of(text(1500, ""), nil, august).Shrunk(before) {
		t.Error("a page has shrunk when three quarters of it are gone, and not before")
	}
	if HashOf(" \n") != "" {
		t.Error("nothing has a hash")
	}
}

func TestABallotCountsEveryBit(t *testing.T) {
	var v ballot
	for i := range 1000 {
		hash := uint64(1)<<63 | 1 // each has these
		if i%3 == 0 {
			hash |= 1 << 17 // a minority
		}
		if i%3 > 0 {
			hash |= 1 << 40 // a majority
		}
		v.cast(hash)
	}
	if got, want := v.result(), uint64(1)<<63|1<<40|1; got != want {
		t.Errorf("got %x, want %x", got, want)
	}
}

func TestFactsOfAPageAreBounded(t *testing.T) {
	var facts []bookcheck.Fact
	for i := range 1000 {
		facts = append(facts, bookcheck.Fact{Kind: bookcheck.Amount, Op: bookcheck.Exactly, Low: float64(i % 500), High: float64(i % 500)})
	}
	if p := Of(&bookcheck.Page{}, facts, august); len(p.Facts) != factLimit || !p.Cut {
		t.Errorf("got %d facts, cut %v; want %d, and that there are more", len(p.Facts), p.Cut, factLimit)
	}
	if p := Of(&bookcheck.Page{}, facts[:100], august); len(p.Facts) != 100 || p.Cut {
		t.Errorf("got %d facts, cut %v; want all 100", len(p.Facts), p.Cut)
	}
}

func FuzzLines(f *testing.F) {
	f.Add(samplePage.String())
	f.Add(sampleClaim.String())
	f.Add("https://a\tweighed\t1\tfound\t\tsource=x")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := ParsePage(text); err == nil {
			again, err := ParsePage(p.String())
			if err != nil || again.String() != p.String() {
				t.Errorf("%q becomes %q, which becomes %v, %v", text, p, again, err)
			}
		}
		if c, err := ParseClaim(text); err == nil {
			again, err := ParseClaim(c.String())
			if err != nil || again.String() != c.String() {
				t.Errorf("%q becomes %q, which becomes %v, %v", text, c, again, err)
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	page := &bookcheck.Page{Text: strings.Repeat("The survey of the southern sky lists 412 quasars in its final catalog. ", 400)}
	b.SetBytes(int64(len(page.Text)))
	for b.Loop() {
		if p := Of(page, nil, august); p.Words != 400*13 {
			b.Fatal(p.Words)
		}
	}
}
