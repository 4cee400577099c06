package main

import (
	"strings"
	"testing"
)

// The runner of GitHub Actions obeys no path and no line of a book.
func TestRunnerObeysNothing(t *testing.T) {
	for text, want := range map[string]string{
		"a.md:1:1: error[x] y :: z\n":      "a.md:1:1: error[x] y :: z\n",
		"::error::a.md:1:1: note\n":        ":\u200b:error::a.md:1:1: note\n",
		"a\n \t::stop-commands::x":         "a\n \t:\u200b:stop-commands::x",
		"3 | ##[set-output name=a;]b\n":    "3 | ##\u200b[set-output name=a;]b\n",
		"## [a heading](x)\n###[another]x": "## [a heading](x)\n###\u200b[another]x",
	} {
		var out strings.Builder
		w, end := variables(true, "GITHUB_ACTIONS", "true").mute(&out)
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := end(); err != nil || out.String() != want {
			t.Errorf("%q: got %q, %v; want %q", text, out.String(), err, want)
		}
	}
	var out strings.Builder
	w, end := variables(true).mute(&out)
	_, _ = w.Write([]byte("::error::x"))
	if err := end(); err != nil || out.String() != "::error::x" {
		t.Errorf("elsewhere, text is changed: %q, %v", out.String(), err)
	}
}
