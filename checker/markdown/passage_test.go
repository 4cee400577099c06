package markdown

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

// In the source every word of the passage stands at another offset than in its
// text: markup lies between, an entity is longer than its character, a line break
// with its indentation is one space.
func TestPassageSpan(t *testing.T) {
	const source = "> **Tom** &amp; `J` ran\n>   away."
	var p passage
	p.write([]byte("Tom"), 4)
	p.write([]byte(" "), 9)
	p.put("&", bookcheck.Span{Start: 10, End: 15})
	p.write([]byte(" "), 15)
	p.mask(maskCode, bookcheck.Span{Start: 16, End: 19})
	p.write([]byte(" ran"), 19)
	p.put(" ", bookcheck.Span{Start: 23, End: 28})
	p.write([]byte("aw"), 28)
	p.write([]byte("ay."), 30)

	if got, want := string(p.text), "Tom & "+string(maskCode)+" ran away."; got != want {
		t.Fatalf("text is %q, want %q", got, want)
	}
	if got, want := len(p.parts), 8; got != want {
		t.Errorf("%d parts, want %d: neighbors that stand side by side in the source are one", got, want)
	}
	for _, test := range []struct {
		start, end int
		want       string
	}{
		{0, 3, "Tom"},
		{1, 2, "o"},
		{0, 5, "Tom** &amp;"},
		{4, 5, "&amp;"},
		{6, 9, "`J`"},
		{7, 8, "`J`"},
		{10, 13, "ran"},
		{10, 18, "ran\n>   away"},
		{14, 19, "away."},
		{0, 19, "Tom** &amp; `J` ran\n>   away."},
		{10, 10, ""},
	} {
		span := p.span(test.start, test.end)
		if got := source[span.Start:span.End]; got != test.want {
			t.Errorf("span(%d, %d) of %q is %q, want %q", test.start, test.end, p.text, got, test.want)
		}
	}
	if got := new(passage).span(0, 0); got != (bookcheck.Span{}) {
		t.Errorf("span of an empty passage is %v", got)
	}
}
