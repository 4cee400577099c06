package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestMask(t *testing.T) {
	for text, want := range map[string]string{
		"see https://me:hunter2@example.org/a:b@c and ftp://x:é@y": "see https://me:*******@example.org/a:b@c and ftp://x:**@y",
		"https://example.org/a:b@c":                                "https://example.org/a:b@c",
		"https://git@example.org/":                                 "https://git@example.org/",
		"mail me: a@example.org":                                   "mail me: a@example.org",
		"nothing here":                                             "nothing here",
		"(https://a:b@c.d) <//e:f@g>":                              "(https://a:*@c.d) <//e:f@g>",
	} {
		if got := bookcheck.Mask(text); got != want || len(got) != len(text) {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
