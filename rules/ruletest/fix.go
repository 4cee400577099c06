package ruletest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// fixes applies the first fix of each finding, compares the files with what the
// example says they become, and does it again, which may change nothing.
func (e example) fixes(ctx context.Context, book map[string]string, found []bookcheck.Diagnostic, fixed map[string]string, rule *bookcheck.Rule, others []*bookcheck.Rule) []string {
	once := apply(book, found)
	for _, path := range slices.Sorted(maps.Keys(fixed)) {
		if got, want := trimLines(once[path]), trimLines(fixed[path]); got != want {
			return []string{fmt.Sprintf("%s after its fixes:\n%s\nwant:\n%s", path, got, want)}
		}
	}
	again, problems := e.run(ctx, once, rule, others)
	for path, text := range apply(once, again) {
		if text != once[path] {
			problems = append(problems, fmt.Sprintf("%s changes once more when the fixes are applied again:\n%s", path, text))
		}
	}
	return problems
}

// apply returns the book after the first fix of each finding. What overlaps an
// earlier edit is left out.
func apply(book map[string]string, found []bookcheck.Diagnostic) map[string]string {
	fixed := maps.Clone(book)
	for path, edits := range edits(found) {
		var text strings.Builder
		end := 0
		for _, edit := range edits {
			if edit.Span.Start < end {
				continue
			}
			text.WriteString(book[path][end:edit.Span.Start] + edit.New)
			end = edit.Span.End
		}
		fixed[path] = text.String() + book[path][end:]
	}
	return fixed
}

// edits returns the edits of the first fixes by file, in the order of the text.
func edits(found []bookcheck.Diagnostic) map[string][]bookcheck.Edit {
	edits := make(map[string][]bookcheck.Edit)
	for _, d := range found {
		if len(d.Fixes) > 0 {
			edits[d.Chapter.Path] = append(edits[d.Chapter.Path], d.Fixes[0].Edits...)
		}
	}
	for _, e := range edits {
		slices.SortFunc(e, func(a, b bookcheck.Edit) int { return a.Span.Start - b.Span.Start })
	}
	return edits
}

// trimLines takes off the white space at the end of each line, where want
// comments were.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t\r")
	}
	return strings.Join(lines, "\n")
}
