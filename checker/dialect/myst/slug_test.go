package myst

import "testing"

func TestSlugs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ heading, parser, mystmd string }{
		{"GPT-3.5 & GPT-4", "gpt-35--gpt-4", "gpt-3-5-gpt-4"},
		{"What's new?", "whats-new", "whats-new"},
		{"Emoji 🎉 here", "emoji--here", "emoji-here"},
		{"Ünïcode Straße", "ünïcode-straße", "id-n-code-stra-e"},
		{"中文 标题", "中文-标题", "id"},
		{"a -- b ... c", "a----b--c", "a-b-c"},
		{"snake_case Name", "snake_case-name", "snake-case-name"},
		{"3. Numbered", "3-numbered", "id-3-numbered"},
		{"A/B test (v2.0)", "ab-test-v20", "a-b-test-v2-0"},
	} {
		if got := parserSlug(c.heading); got != c.parser {
			t.Errorf("MyST-Parser: %q has slug %q, want %q", c.heading, got, c.parser)
		}
		if got := htmlID(c.heading); got != c.mystmd {
			t.Errorf("mystmd: %q has slug %q, want %q", c.heading, got, c.mystmd)
		}
	}
}

func TestReplacements(t *testing.T) {
	t.Parallel()
	for heading, want := range map[string]string{
		"a -- b ... c": "a--b--c",
		"a---b":        "ab",
		"(c) 2023":     "-2023",
		"pre--post":    "prepost",
		"a --- b":      "a--b",
		"----":         "----",
	} {
		if got := parserSlug(replace(heading)); got != want {
			t.Errorf("%q has slug %q, want %q", heading, got, want)
		}
	}
}

// The third heading of one name gets two numbers.
func TestNumberer(t *testing.T) {
	t.Parallel()
	n := numberer{}
	for _, want := range []string{"x", "x-1", "x-1-2", "x-1-2-3"} {
		if got := n.number("x"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
