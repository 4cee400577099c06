package report

import (
	"io"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

const (
	manyBlocks = 50 // blocks that a reader is shown unasked
	manyPlaces = 5  // other places of a finding that a block names
)

// Concise writes one line a finding, then the summary. Editors and problem
// matchers can read the lines:
//
//	path:line:column: level[rule] message
func Concise(w io.Writer, r *bookcheck.Result, style Style) error {
	t := newTerminal(w, style)
	for _, d := range live(r) {
		t.line(d)
	}
	t.summary(r)
	if style.ShowAll {
		t.unjudged(r)
	}
	return t.out.Flush()
}

// Full writes a block a finding, with the text it stands in, then the summary.
// Findings of one rule with one subject and one message share a block.
func Full(w io.Writer, r *bookcheck.Result, style Style) error {
	t := newTerminal(w, style)
	blocks := fold(live(r))
	shown := blocks
	if style.Auto && len(blocks) > manyBlocks {
		shown = blocks[:manyBlocks]
	}
	for _, b := range shown {
		t.block(b)
	}
	if rest := blocks[len(shown):]; len(rest) > 0 {
		t.rest(rest)
	}
	t.summary(r)
	t.unjudged(r)
	if style.Auto && !style.Quiet && len(blocks) > 0 {
		t.printf("Why? bookcheck explain %s\n", clean(blocks[0].Rule.Name))
	}
	return t.out.Flush()
}

// A block is a finding and the places where it occurs again.
type block struct {
	*bookcheck.Diagnostic
	also []*bookcheck.Diagnostic
}

// fold gathers findings that say the same. The order is that of the first of each.
func fold(findings []*bookcheck.Diagnostic) []*block {
	type key struct {
		subject
		severity bookcheck.Severity
		message  string
	}
	var blocks []*block
	bySubject := make(map[key]*block)
	for _, d := range findings {
		k := key{subject{d.Rule, d.Subject}, d.Severity, d.Message}
		if b := bySubject[k]; b != nil && d.Subject != "" {
			b.also = append(b.also, d)
			continue
		}
		b := &block{Diagnostic: d}
		bySubject[k] = b
		blocks = append(blocks, b)
	}
	return blocks
}

func (t *terminal) line(d *bookcheck.Diagnostic) {
	t.printf("%s: %s %s%s\n", t.place(d.Chapter, d.Span.Start), t.level(d), t.message(d), cell(d.Chapter, d.Span.Start))
}

// rest writes the findings that a long report has no blocks for.
func (t *terminal) rest(blocks []*block) {
	lines := 0
	for _, b := range blocks {
		t.line(b.Diagnostic)
		for _, d := range b.also {
			t.line(d)
		}
		lines += 1 + len(b.also)
	}
	t.printf("\nThe last %s on one line each: -o full shows them all in full.\n\n", amount(lines, "finding is", "findings are"))
}

func (t *terminal) block(b *block) {
	width := t.style.Width
	if width == 0 {
		width = 100
	}
	seen := excerpts(b.Chapter, b.Span, max(width, 80))
	margin := strings.Repeat(" ", len(strconv.Itoa(seen[len(seen)-1].line)))
	bar := t.paint(frame, "|")

	t.printf("%s %s\n", t.level(b.Diagnostic), t.paint(bold, t.message(b.Diagnostic)))
	t.printf("%s%s %s%s\n", margin, t.paint(frame, "-->"), t.place(b.Chapter, b.Span.Start), cell(b.Chapter, b.Span.Start))
	t.printf("%s %s\n", margin, bar)
	for i, e := range seen {
		if i > 0 && e.line > seen[i-1].line+1 {
			t.printf("%s\n", t.paint(frame, "..."))
		}
		number := strconv.Itoa(e.line)
		number = margin[len(number):] + number
		t.printf("%s %s\n", t.paint(frame, number), strings.TrimRight(bar+" "+e.text, " "))
		t.printf("%s %s %s%s\n", margin, bar, strings.Repeat(" ", e.from),
			t.paint(levelColor(b.Severity), strings.Repeat("^", e.cells)))
	}
	for _, note := range t.notes(b) {
		t.printf("%s %s %s\n", margin, t.paint(frame, "="), note)
	}
	t.printf("\n")
}

// notes returns the lines below an excerpt.
func (t *terminal) notes(b *block) []string {
	var notes []string
	for _, line := range b.Evidence {
		notes = append(notes, clean(line))
	}
	for _, fix := range b.Fixes {
		notes = append(notes, "fix: "+describe(fix))
	}
	for _, related := range b.Related {
		notes = append(notes, t.place(elsewhere(b.Diagnostic, related), related.Span.Start)+": "+clean(related.Message))
	}
	if len(b.also) > 0 {
		notes = append(notes, t.also(b.also))
	}
	return notes
}

// describe says what a fix does. A single edit shows what it writes, unless the
// title does so already.
func describe(fix bookcheck.Fix) string {
	title := clean(fix.Title)
	if len(fix.Edits) != 1 {
		return title
	}
	text := clean(fix.Edits[0].New)
	if text == "" || len(text) > 200 || strings.Contains(title, text) {
		return title
	}
	return title + ": " + text
}

// also names the other places of a block.
func (t *terminal) also(others []*bookcheck.Diagnostic) string {
	shown := others
	if len(shown) > manyPlaces && !t.style.ShowAll {
		shown = shown[:manyPlaces]
	}
	places := make([]string, len(shown))
	for i, d := range shown {
		places[i] = t.place(d.Chapter, d.Span.Start)
	}
	text := "also at " + strings.Join(places, ", ")
	if hidden := len(others) - len(shown); hidden > 0 {
		text += " and " + strconv.Itoa(hidden) + " more: --show-all"
	}
	return text
}
