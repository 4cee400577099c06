package checker_test

import (
	"bytes"
	"testing"

	"github.com/bookcheck/bookcheck/checker"
)

func TestParseBaseline(t *testing.T) {
	const head = `[{"bookcheck":"baseline","version":1}`
	for text, want := range map[string]string{
		head + "]":                               "",
		"":                                       "not a baseline: unexpected end of JSON input",
		"[]":                                     "not a baseline: it does not begin with " + head,
		`[{"bookcheck":"x"}]`:                    "not a baseline: it does not begin with " + head,
		head + `,{"rule":"a"}]`:                  `entry 1: rule, path, fingerprint and count must be there: {"rule":"a"}`,
		head + `,{"line":1}]`:                    `entry 1: json: unknown field "line"`,
		`[{"bookcheck":"baseline","version":2}]`: "a baseline of version 2; this bookcheck knows version 1",
	} {
		got := ""
		if _, err := checker.ParseBaseline([]byte(text), "."); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// FuzzParseBaseline checks that what is read is written again as it was, sorted.
func FuzzParseBaseline(f *testing.F) {
	f.Add([]byte(`[{"bookcheck":"baseline","version":1}` + "\n" + `,{"rule":"todo","path":"a.md","fingerprint":"f","count":2,"subject":"<x>"}` + "\n]\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := checker.ParseBaseline(text, "book")
		if err != nil {
			return
		}
		once, err := b.Text("book")
		if err != nil {
			t.Fatal(err)
		}
		again, err := checker.ParseBaseline(once, "book")
		if err != nil {
			t.Fatalf("%v: %s", err, once)
		}
		if twice, _ := again.Text("book"); !bytes.Equal(once, twice) {
			t.Errorf("got\n%s\nand then\n%s", once, twice)
		}
	})
}
