package dialect_test

import (
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// The anchors of the same headings, as each builder makes them. A link to each
// resolves; none resolves to another's.
func TestSlugs(t *testing.T) {
	t.Parallel()
	builders := []struct{ name, file, page string }{
		{"hugo", "hugo.toml", "content/a.md"},
		{"mdbook", "book.toml", "src/a.md"},
		{"mkdocs", "mkdocs.yml", "docs/a.md"},
		{"vitepress", ".vitepress/config.js", "a.md"},
		{"quarto", "_quarto.yml", "a.qmd"},
		{"docusaurus", "docusaurus.config.js", "docs/a.md"},
	}
	for _, row := range [][7]string{
		{"GPT-3.5 & GPT-4", "gpt-35--gpt-4", "gpt-35--gpt-4", "gpt-35-gpt-4", "gpt-3-5-gpt-4", "gpt-3.5-gpt-4", "gpt-35--gpt-4"},
		{"What's new?", "whats-new", "whats-new", "whats-new", "what-s-new", "whats-new", "whats-new"},
		{"Emoji 🎉 here", "emoji--here", "emoji--here", "emoji-here", "emoji-🎉-here", "emoji-here", "emoji--here"},
		{"Ünïcode Straße", "ünïcode-straße", "ünïcode-straße", "unicode-strae", "unicode-straße", "ünïcode-straße", "ünïcode-straße"},
		{"中文 标题", "中文-标题", "中文-标题", "_1", "中文-标题", "中文-标题", "中文-标题"},
		{"a -- b ... c", "a----b--c", "a----b--c", "a-b-c", "a-b-c", "a----b-...-c", "a----b--c"},
		{"snake_case Name", "snake_case-name", "snake_case-name", "snake_case-name", "snake-case-name", "snake_case-name", "snake_case-name"},
		{"3. Numbered", "3-numbered", "3-numbered", "3-numbered", "_3-numbered", "numbered", "3-numbered"},
		{"A/B test (v2.0)", "ab-test-v20", "ab-test-v20", "ab-test-v20", "a-b-test-v2-0", "ab-test-v2.0", "ab-test-v20"},
	} {
		for i, b := range builders {
			page := "# " + strings.ReplaceAll(row[0], "3. ", `3\. `) + "\n\n[x](<#" + row[i+1] + ">) [x](<#" + row[i+1] + "-x>)\n"
			book, _ := load(t, files(map[string]string{b.file: "", b.page: page, "src/SUMMARY.md": "- [A](a.md)"}), ".")
			links := book.Chapter(b.page).Links
			if got := book.Resolve(book.Chapter(b.page), links[0]); got.Outcome != bookcheck.Resolved {
				t.Errorf("%s: %q has no anchor %q: %s", b.name, row[0], row[i+1], where(got))
			}
			if got := book.Resolve(book.Chapter(b.page), links[1]); got.Outcome != bookcheck.NoAnchor {
				t.Errorf("%s: %q-x: %s", b.name, row[i+1], where(got))
			}
		}
	}
}

// The second heading of a name is numbered in the manner of each builder, past what
// is taken.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, page, good, bad string }{
		{"hugo.toml", "content/a.md", "x x-1 x-1-1 x-2", "x-3"},
		{"book.toml", "src/a.md", "x x-1 x-1-1 x-2", "x-3"},
		{"mkdocs.yml", "docs/a.md", "x x_1 x_2 x-1", "x_3 x-2"},
		{".vitepress/config.js", "a.md", "x x-1 x-1-1 x-2", "x-3"},
		{"_quarto.yml", "a.qmd", "x x-1 x-1-1 x-2", "x-3"},
		{"docusaurus.config.js", "docs/a.md", "x x-1 x-1-1 x-2", "x-3"},
	} {
		links := strings.Join(strings.Fields(c.good+" "+c.bad), ") [x](#")
		page := "# X\n\n# X\n\n# X 1\n\n# X\n\n[x](#" + links + ")\n"
		book, _ := load(t, files(map[string]string{c.file: "", c.page: page, "src/SUMMARY.md": "- [A](a.md)"}), ".")
		var bad []string
		for _, link := range book.Chapter(c.page).Links {
			if book.Resolve(book.Chapter(c.page), link).Outcome != bookcheck.Resolved {
				bad = append(bad, link.Fragment())
			}
		}
		if got := strings.Join(bad, " "); got != c.bad {
			t.Errorf("%s: %q lead nowhere, want %q", c.file, got, c.bad)
		}
	}
}
