package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// FuzzParse checks what holds for any bytes: no panic, and every span inside the
// file, in order, with a destination that is the link's own.
func FuzzParse(f *testing.F) {
	books, _ := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	for _, name := range books {
		if data, err := os.ReadFile(name); err == nil {
			for i := range dialects {
				f.Add(data, uint8(i))
			}
		}
	}
	for _, seed := range hostile(20) {
		for i := range dialects {
			f.Add([]byte(seed.text), uint8(i))
		}
	}
	f.Add([]byte(`{"cells":[{"cell_type":"markdown","source":["[a](b)\n","\u00e9 \ud83d\ude00 [c](d)"]}]}`), uint8(0))
	f.Add([]byte("\u07c2 digits that are not ASCII"), uint8(0))
	f.Fuzz(func(t *testing.T, source []byte, dialect uint8) {
		name := dialects[int(dialect)%len(dialects)]
		parser := New(Syntax{Dialect: name, Extensions: extensionsOf(name)})
		for _, name := range []string{"a.md", "a.ipynb"} {
			checkSpans(t, parser.Parse(name, source))
		}
	})
}

var dialects = slices.Sorted(maps.Keys(grammars))

var allExtensions = []string{
	"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "linkify", "substitution",
}

// extensionsOf returns what switches everything on in a dialect.
func extensionsOf(dialect string) []string {
	if dialect == "mkdocs" {
		return nil
	}
	return allExtensions
}

func checkSpans(t *testing.T, c *bookcheck.Chapter) {
	t.Helper()
	whole := bookcheck.Span{Start: 0, End: len(c.Source)}
	check := func(what string, r bookcheck.Ranger) {
		t.Helper()
		if s := r.Range(); s.Start > s.End || !whole.Contains(s) {
			t.Errorf("%s has the span %v in %d bytes of %s %q", what, s, len(c.Source), c.Path, c.Source)
		}
	}
	for _, h := range c.Headings {
		check("heading", h)
	}
	for _, p := range c.Prose {
		check("prose", p)
	}
	for _, l := range c.Links {
		check(l.Kind.String(), l)
		check(l.Kind.String()+" destination", l.Dest)
		if l.Form != bookcheck.Reference && !l.Contains(l.Dest) {
			t.Errorf("%s at %v has its destination at %v in %q", l.Kind, l.Span, l.Dest, c.Source)
		}
		if l.Form == bookcheck.Inline && l.Kind == bookcheck.PageLink && c.Cells == nil && unescape(c.Source[l.Dest.Start:l.Dest.End]) != l.Target {
			t.Errorf("%s at %v leads to %q, its destination is %q in %q", l.Kind, l.Span, l.Target, c.Text(l.Dest), c.Source)
		}
	}
	for _, x := range c.Figures {
		check("figure", x)
	}
	for _, x := range c.Targets {
		check("target", x)
	}
	for _, x := range c.Directives {
		check("directive", x)
		check("fence", x.Fence)
		for _, o := range x.Options {
			check("option", o)
			check("option's value", o.Value)
		}
	}
	for _, x := range c.Todos {
		check("todo", x)
		check("todo scope", x.Scope)
		if !x.Scope.Contains(x.Span) {
			t.Errorf("todo at %v has the scope %v in %q", x.Span, x.Scope, c.Source)
		}
	}
	for _, x := range c.Claims {
		check("claim", x)
		for _, cue := range x.Cues {
			check("cue", cue)
		}
		for _, f := range x.Facts {
			check("fact", f)
		}
	}
	for _, x := range c.Allows {
		check("allow", x)
		check("allow scope", x.Scope)
	}
	for _, x := range c.Marks {
		check("mark", x)
		check("mark scope", x.Scope)
	}
	for _, x := range c.Cells {
		check("cell", x)
	}
	check("unread", c.Unread)
}

type hostileText struct{ name, text string }

// hostile returns texts that parsers are known to be slow on, of about n parts.
func hostile(n int) []hostileText {
	repeat := strings.Repeat
	deep := &bytes.Buffer{}
	for i := range min(n, 2000) {
		fmt.Fprintf(deep, "%s- x\n", repeat("  ", i))
	}
	return []hostileText{
		{"open brackets", repeat("[", n)},
		{"open images", repeat("![", n)},
		{"brackets", repeat("[", n) + repeat("]", n)},
		{"link openings", repeat("[a](", n)},
		{"link titles", repeat("[a](b (", n)},
		{"references", repeat("[a][b]", n)},
		{"footnotes", repeat("[^a] ", n)},
		{"nested quotes", repeat("> ", n) + "a"},
		{"nested items", repeat("- ", n) + "a"},
		{"deep list", deep.String()},
		{"emphasis", repeat("*a **b ", n)},
		{"delimiters", repeat("*a_ ", n)},
		{"backticks", repeat("`a``b```", n)},
		{"roles", repeat("{ref}`", n)},
		{"roles of more ticks", repeat("{ref}``a` ", n)},
		{"substitutions", repeat("{{ a", n)},
		{"dollars", repeat("$a ", n)},
		{"escaped dollars", repeat("$a \\$ ", n)},
		{"math blocks", repeat("$$\na\n\n", n)},
		{"tags", repeat("<a ", n)},
		{"comments", repeat("<!-- ", n)},
		{"attributes", repeat("{#a ", n)},
		{"entities", repeat("&a", n)},
		{"addresses", repeat("https://x.org/(", n)},
		{"addresses in commas", repeat("https://x.org/a,", n)},
		{"mail", repeat("a@", n)},
		{"directives", repeat("```{note}\n", n)},
		{"options", "```{note}\n" + repeat(":a: b\n", n)},
		{"option block", "```{note}\n---\n" + repeat("a: b\n", n)},
		{"glossary", "```{glossary}\n" + repeat("a\n  b\n", n)},
		{"definitions", repeat("[a]: b\n", n)},
		{"table", repeat("|a", n) + "\n" + repeat("|-", n) + "\n" + repeat("|\n", n)},
		{"long word", repeat("a", n)},
		{"sentence", repeat("currently ", n)},
		{"marks", repeat("TODO: a\n\n", n)},
		{"marks in a line", repeat("TODO: a (", n)},
		{"admonitions", repeat("```{todo}\nTODO: a\n```\n", n)},
		{"percent", repeat("% TODO\n", n)},
		{"targets", repeat("(a)=\n", n)},
		{"setext", repeat("a\n", n) + "==="},
		{"helpers", repeat("{{#include a", n)},
		{"helpers before a brace", repeat("{{#", n) + "}"},
		{"shortcodes", repeat("{{< a \"", n)},
		{"shortcodes before an end", repeat("{{< a", n) + ">}}"},
		{"code in shortcodes", repeat("{{< highlight x >}}", n)},
		{"escaped shortcodes", repeat("{{</* a ", n)},
		{"included comments", repeat("<!--@include: ", n)},
		{"scissors", repeat("--8<--\na\n", n)},
		{"snippets", repeat("<<< a{1} [", n)},
		{"notes", repeat("!!! note\n", n)},
		{"divs", repeat("::: {#a .b} [", n)},
		{"open divs", repeat(":::a\n", n)},
		{"citations", repeat("@a;-@b:", n)},
		{"long citation", "@" + repeat("a:", n)},
		{"long attributes", repeat("{#a b=\"", n)},
		{"attributed words", repeat("a]{.b ", n)},
		{"brace comments", repeat("{/* ", n)},
		{"brace comments alone", repeat("{/* \n\n", n)},
		{"properties", repeat("<A b={", n)},
		{"properties alone", repeat("<A b={\n", n)},
		{"open tags", repeat("<A b=\"\n", n)},
		{"tags alone", repeat("<A>\n</A>", n)},
		{"imports", repeat("import a from 'b.md'\n", n)},
		{"captions", repeat(": a {#b}\n", n)},
		{"cells", "```{r}\n" + repeat("#| label: a @b\n", n)},
		{"quotes in lists", repeat("> - ", n)},
	}
}

// BenchmarkHostile shows that the time grows with the length of a text and no
// faster: compare the ns/op of 5000, 10000 and 20000 parts.
func BenchmarkHostile(b *testing.B) {
	for _, dialect := range dialects {
		parser := New(Syntax{Dialect: dialect, Extensions: extensionsOf(dialect)})
		for _, n := range []int{5_000, 10_000, 20_000} {
			for _, h := range hostile(n) {
				b.Run(fmt.Sprintf("%s/%s/%d", dialect, strings.ReplaceAll(h.name, " ", "-"), n), func(b *testing.B) {
					source := []byte(h.text)
					b.SetBytes(int64(len(source)))
					for b.Loop() {
						parser.Parse("a.md", source)
					}
				})
			}
		}
	}
}
