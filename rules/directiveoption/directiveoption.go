// Package directiveoption declares the directive-option rule.
package directiveoption

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports directives that do not do what they say: options that are misspelled
// or stand where they are text, fences that are not closed or close another.
var Rule = &bookcheck.Rule{
	Name:     "directive-option",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	inner := make(map[int]bool) // offsets of fences that were reported
	for _, d := range pass.Chapter.Directives {
		if d.Closed {
			nesting(pass, d, inner)
		} else if !inner[d.Fence.Start] {
			pass.Report(bookcheck.Diagnostic{
				Span:    d.Fence,
				Message: fmt.Sprintf("the {%s} is never closed: everything up to here or the end is part of it", name(d)),
				Subject: d.Name,
			})
		}
		for _, option := range d.Options {
			misspelled(pass, d, option)
		}
		astray(pass, d)
	}
	return nil
}

func name(d *bookcheck.Directive) string { return strings.TrimPrefix(d.Name, "div:") }

// nesting reports a fence in the body of a directive that is as long as the
// directive's own: what is meant to close it closes the directive.
func nesting(pass *bookcheck.Pass, d *bookcheck.Directive, reported map[int]bool) {
	fence := pass.Chapter.Text(d.Fence)
	for line := range body(pass.Chapter, d) {
		text := pass.Chapter.Text(line)
		rest := strings.TrimLeft(text, fence[:1])
		length := len(text) - len(rest)
		if length < len(fence) || strings.TrimSpace(rest) == "" || strings.Contains(rest, fence[:1]) || fence[0] == ':' && !strings.Contains(rest, "{") {
			continue
		}
		at := bookcheck.Span{Start: line.Start, End: line.Start + length}
		if reported[at.Start] {
			continue
		}
		reported[at.Start] = true
		pass.Report(bookcheck.Diagnostic{
			Span: at,
			Message: fmt.Sprintf("this fence opens in the {%s} and is as long as its fence, so that what closes one closes the other; close that first or make it longer",
				name(d)),
			Subject: d.Name,
			Related: []bookcheck.Related{{Chapter: pass.Chapter, Span: d.Fence, Message: "the outer fence is here"}},
		})
		return
	}
}

// body yields the lines between the fences of a directive that is closed, from
// their first letter. Lines that are indented as code are left out.
func body(chapter *bookcheck.Chapter, d *bookcheck.Directive) func(yield func(bookcheck.Span) bool) {
	return func(yield func(bookcheck.Span) bool) {
		first, last := chapter.Position(d.Start), chapter.Position(d.End)
		for n := first.Line + 1; n < last.Line; n++ {
			line := chapter.Line(n)
			text := chapter.Text(line)
			indent := len(text) - len(strings.TrimLeft(text, " \t"))
			if indent > first.Column+2 {
				continue
			}
			if !yield(bookcheck.Span{Start: line.Start + indent, End: line.End}) {
				return
			}
		}
	}
}

// misspelled reports an option that the directive does not have, if it is almost one
// that it has.
func misspelled(pass *bookcheck.Pass, d *bookcheck.Directive, option bookcheck.Setting) {
	options := known[d.Name]
	if options == nil || option.Len() == 0 || slices.Contains(options, option.Name) {
		return
	}
	near := nearest(option.Name, options)
	if len(near) == 0 {
		return
	}
	found := bookcheck.Diagnostic{
		Span:    option.Span,
		Message: fmt.Sprintf("the {%s} has no option %q; did you mean %q?", d.Name, option.Name, near[0]),
		Subject: option.Name,
	}
	if len(near) == 1 {
		found.Fixes = []bookcheck.Fix{{
			Title: "Write " + near[0],
			Edits: []bookcheck.Edit{{Span: option.Span, New: near[0]}},
		}}
	}
	pass.Report(found)
}

// astray reports lines of the body that were meant as options: readers see them.
func astray(pass *bookcheck.Pass, d *bookcheck.Directive) {
	options := known[d.Name]
	if options == nil || !d.Closed {
		return
	}
	for line := range body(pass.Chapter, d) {
		key, value, found := strings.Cut(strings.TrimPrefix(pass.Chapter.Text(line), ":"), ":")
		if !strings.HasPrefix(pass.Chapter.Text(line), ":") || pass.Chapter.Source[line.Start+1] == ':' {
			continue
		}
		word, _, _ := strings.Cut(key, " ")
		at := bookcheck.Span{Start: line.Start, End: line.Start + 1 + len(word)}
		switch {
		case !isProse(pass.Chapter, at):
		case found && slices.Contains(options, key) && (value == "" || value[0] == ' '):
			at.End++
			pass.Report(bookcheck.Diagnostic{
				Span:    at,
				Message: fmt.Sprintf("the option %q stands in the text of the {%s}; options come right after its first line", key, d.Name),
				Subject: key,
			})
		case !found && word != key && slices.Contains(options, word):
			pass.Report(bookcheck.Diagnostic{
				Span:    at,
				Message: fmt.Sprintf("the option %q wants a colon on either side: :%s:", word, word),
				Subject: word,
				Fixes: []bookcheck.Fix{{
					Title: "Write :" + word + ":",
					Edits: []bookcheck.Edit{{Span: at, New: ":" + word + ":"}},
				}},
			})
		}
	}
}

// isProse tells whether a place is read as text.
func isProse(chapter *bookcheck.Chapter, at bookcheck.Span) bool {
	i, _ := slices.BinarySearchFunc(chapter.Prose, at.Start, func(p bookcheck.Span, start int) int {
		if p.End <= start {
			return -1
		}
		return 1
	})
	return i < len(chapter.Prose) && chapter.Prose[i].Start <= at.Start
}
