package report

import (
	"strings"
	"testing"
)

// GitHub drops the summary of a step that is too long, so that it ends early and
// says so.
func TestJobPageIsShort(t *testing.T) {
	r := many(20_000)
	for _, style := range []Style{{}, {Blob: "https://github.com/some-organization/some-repository/blob/0123456789012345678901234567890123456789"}} {
		got := text(t, Summary, r, style)
		if len(got) > 900_000 {
			t.Errorf("got %d bytes", len(got))
		}
		if !strings.Contains(got, " more findings: the page of a job must be short.") {
			t.Error("nothing is said about what was left out")
		}
	}
}

func TestMarkdownText(t *testing.T) {
	for text, want := range map[string]string{
		"plain words, 3 of them.":      "plain words, 3 of them.",
		"a | b * c_d `e` <f> [g](h) ~": "a \\| b \\* c\\_d \\`e\\` \\<f\\> \\[g\\](h) \\~",
		"ask @octocat about #12":       "ask @<!-- -->octocat about #<!-- -->12",
		"see (https://a.test/b_c|d).":  "see (`https://a.test/b_c%7Cd).`",
		"https://a.test/`x`":           "`` https://a.test/`x` ``",
		"two\nlines\x1b":               "two lines\ufffd",
		"ftp://a.test www.b.test":      "ftp:<!-- -->//a.test www<!-- -->.b.test",
	} {
		if got := markdown(text); got != want {
			t.Errorf("markdown(%q) = %q, want %q", text, got, want)
		}
	}
}
