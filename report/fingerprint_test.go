package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// The hashes are those that github/codeql-action publishes in its tests.
func TestLineHashes(t *testing.T) {
	greetings := []string{
		"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1",
		"b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", "c129715d7a2bc9a3:1",
	}
	tests := []struct {
		source string
		want   []string
	}{
		{"", []string{"c129715d7a2bc9a3:1"}},
		{" a\nb\n  \t\tc\n d", []string{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
		{" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", greetings},
		{" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", greetings},
		{" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", greetings},
		{" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", greetings},
		{strings.Repeat("Lorem ipsum dolor sit amet.\n", 10), []string{
			"a7f2ff13bc495cf2:1", "a7f2ff13bc495cf2:2", "a7f2ff13bc495cf2:3", "a7f2ff13bc495cf2:4",
			"a7f2ff13bc495cf2:5", "a7f2ff13bc495cf2:6", "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1",
			"55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1",
		}},
	}
	for _, test := range tests {
		wanted := make(map[int]bool)
		for i := range test.want {
			wanted[i+1] = true
		}
		hashes := lineHashes([]byte(test.source), wanted)
		var got []string
		for i := range test.want {
			got = append(got, hashes[i+1])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("lines of %q\n got %q\nwant %q", test.source, got, test.want)
		}
	}
	if got := lineHashes([]byte("a\xffb"), map[int]bool{1: true}); len(got) > 0 {
		t.Errorf("a file that is not UTF-8 has the hashes %v, want none", got)
	}
}

// Characters beyond the first plane count as two units, as in GitHub's own code:
// their hash is that of the surrogates.
func TestLineHashesCountUnits(t *testing.T) {
	long := strings.Repeat("x", 98)
	line := map[int]bool{1: true}
	if a, b := lineHashes([]byte(long+"👩a"), line), lineHashes([]byte(long+"👩b"), line); a[1] != b[1] {
		t.Errorf("the 101st unit changes the hash: %s, %s", a[1], b[1])
	}
	if a, b := lineHashes([]byte(long+"éa"), line), lineHashes([]byte(long+"éb"), line); a[1] == b[1] {
		t.Errorf("the 100th unit does not change the hash: %s", a[1])
	}
}

// GitHub takes two findings of one rule with one hash for one.
func TestFindingsOfOneLineDiffer(t *testing.T) {
	c := bookcheck.NewChapter("a.md", []byte("one two three\none two three\n"))
	at := func(rule *bookcheck.Rule, start int, subject string) bookcheck.Diagnostic {
		return bookcheck.Diagnostic{Rule: rule, Chapter: c, Span: bookcheck.Span{Start: start, End: start + 3}, Subject: subject}
	}
	found := []bookcheck.Diagnostic{
		at(deadURL, 0, "a"), at(stale, 0, "a"), at(deadURL, 4, "b"), at(deadURL, 8, "b"), at(deadURL, 14, "a"),
	}
	got := lineFingerprints(found)
	official := lineHashes(c.Source, map[int]bool{1: true, 2: true})
	if got[0] != official[1] || got[1] != official[1] || got[4] != official[2] {
		t.Errorf("got %q, want the hashes %v for the first finding of each rule", got, official)
	}
	for i, one := range got[:4] {
		for j, other := range got[:i] {
			if one == other && found[i].Rule == found[j].Rule {
				t.Errorf("findings %d and %d share the fingerprint %s", j, i, one)
			}
		}
	}
	if again := lineFingerprints(found[:3]); again[2] != got[2] {
		t.Errorf("a fingerprint depends on what follows: %s, %s", again[2], got[2])
	}
}

// A finding is known again wherever its sentence goes.
func TestFingerprintFollowsTheSentence(t *testing.T) {
	find := func(source string) string {
		c := bookcheck.NewChapter("a.md", []byte(source))
		return fingerprint(&bookcheck.Diagnostic{Rule: stale, Chapter: c, Span: in(c, "currently", 0), Subject: "currently"})
	}
	want := find("It is currently the best. More.\n")
	for _, same := range []string{
		"# Title\n\nBefore it stands this. It is  currently\tthe best. And more!\n",
		"It is currently the best. Else\r\n",
		"これは前です。It is currently the best. あと\n",
	} {
		if got := find(same); got != want {
			t.Errorf("%q: got %s, want %s", same, got, want)
		}
	}
	if got := find("It is currently the worst. More.\n"); got == want {
		t.Error("another sentence has the same fingerprint")
	}
}
