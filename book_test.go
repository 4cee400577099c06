package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestRelative(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ dir, file, want string }{
		{".", "a.md", "a.md"},
		{"docs", "docs/a.md", "a.md"},
		{"docs", "a.md", "../a.md"},
		{"docs/x", "docs/y/a.md", "../y/a.md"},
		{"docs", "docs/docs/a.md", "docs/a.md"},
	} {
		if got := bookcheck.Relative(c.dir, c.file); got != c.want {
			t.Errorf("Relative(%q, %q) = %q, want %q", c.dir, c.file, got, c.want)
		}
	}
}

func TestMentions(t *testing.T) {
	t.Parallel()
	link := func(target string) *bookcheck.Link { return &bookcheck.Link{Target: target} }
	a := &bookcheck.Chapter{Path: "a.md", Links: []*bookcheck.Link{
		link("https://arxiv.org/abs/2204.06745"), link("https://www.a.test/b/#c"), link("b.md"),
	}}
	b := &bookcheck.Chapter{Path: "b.md", Links: []*bookcheck.Link{
		link("http://www.arxiv.org/pdf/2204.06745v2.pdf"), link("http://A.test/b#c"), link("https://a.test/b"),
	}}
	book := &bookcheck.Book{Chapters: []*bookcheck.Chapter{a, b}}
	for i := range 2 {
		for _, from := range []*bookcheck.Chapter{a, b} {
			got := book.Mentions(from.Links[i])
			if len(got) != 2 || got[0].Link != a.Links[i] || got[1].Link != b.Links[i] || got[1].Chapter != b {
				t.Errorf("Mentions(%s) = %v, want the links with number %d of both chapters", from.Links[i].Target, got, i)
			}
		}
	}
}

func TestWorkAt(t *testing.T) {
	t.Parallel()
	at := func(target string) *bookcheck.Link { return &bookcheck.Link{Target: target} }
	paper := &bookcheck.Work{Title: "A", Links: []*bookcheck.Link{at("https://doi.org/10.48550/arXiv.2204.06745"), at("https://a.test/")}}
	other := &bookcheck.Work{Title: "B", Links: []*bookcheck.Link{at("https://a.test")}}
	book := &bookcheck.Book{Chapters: []*bookcheck.Chapter{{Works: []*bookcheck.Work{paper, other}}}}
	if got := book.WorkAt(at("https://arxiv.org/abs/2204.06745v1")); got != paper {
		t.Errorf("got %v, want the paper, which is given by its DOI", got)
	}
	if got := book.WorkAt(at("https://a.test/")); got != nil {
		t.Errorf("got %v of a place where two works are found", got)
	}
}
