package github

import "testing"

func TestSlug(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ heading, want string }{
		{"GPT-3.5 & GPT-4", "gpt-35--gpt-4"},
		{"What's new?", "whats-new"},
		{"Emoji 🎉 here", "emoji--here"},
		{"Ünïcode Straße", "ünïcode-straße"},
		{"中文 标题", "中文-标题"},
		{"a -- b ... c", "a----b--c"},
		{"snake_case Name", "snake_case-name"},
		{"3. Numbered", "3-numbered"},
		{"A/B test (v2.0)", "ab-test-v20"},
		{":rocket: Quick start", "rocket-quick-start"},
		{"🚀 Quick start", "-quick-start"},
		{"हिन्दी", "हिन्दी"},
		{"x²", "x"},
	} {
		if got := Slug(c.heading); got != c.want {
			t.Errorf("%q has slug %q, want %q", c.heading, got, c.want)
		}
	}
}

// A number skips the slug of a heading that is named so already.
func TestNumberer(t *testing.T) {
	t.Parallel()
	var n Numberer
	for _, c := range []struct{ slug, want string }{
		{"x", "x"}, {"x-1", "x-1"}, {"x", "x-2"}, {"x", "x-3"}, {"y", "y"},
	} {
		if got := n.Number(c.slug); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.slug, got, c.want)
		}
	}
}
