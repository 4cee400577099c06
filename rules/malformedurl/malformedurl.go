// Package malformedurl declares the malformed-url rule.
package malformedurl

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports addresses that no browser can follow, and links that Markdown does
// not see because of a space in their destination.
var Rule = &bookcheck.Rule{
	Name:     "malformed-url",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		if why, meant := link.Malformed(); why != "" {
			report(pass, link, why, meant)
		}
	}
	for _, prose := range pass.Chapter.Prose {
		spaces(pass, prose)
	}
	return nil
}

func report(pass *bookcheck.Pass, link *bookcheck.Link, why, meant string) {
	found := bookcheck.Diagnostic{Span: link.At(), Message: "malformed URL: " + why, Subject: link.Target}
	if meant != "" {
		found.Message += fmt.Sprintf("; did you mean %q?", meant)
		if link.Dest.Len() > 0 {
			found.Fixes = []bookcheck.Fix{{
				Title: "Write " + meant,
				Edits: []bookcheck.Edit{{Span: link.Dest, New: meant}},
			}}
		}
	}
	pass.Report(found)
}

// spaced recognizes a destination with a space in it, which makes text of a link.
// It must look like a file or an address: [1](see below) was never a link.
var spaced = regexp.MustCompile(`\]\(((?:https?://|\.{0,2}/|[\w./-]*)[^()<>"'\n]* [^()<>"'\n]*\.(?:md|ipynb|html?|png|jpe?g|gif|svg|webp|pdf|csv|txt|zip|py)(?:#[\w-]*)?|https?://[^()<>"'\s]+ [^()<>"'\n]*)\)`)

// spaces reports links that are text because of a space.
func spaces(pass *bookcheck.Pass, prose bookcheck.Span) {
	text := pass.Chapter.Text(prose)
	if !strings.Contains(text, "](") {
		return
	}
	// The prose ends where a bare URL begins, so the rest is read from the source.
	line := pass.Chapter.Text(bookcheck.Span{Start: prose.Start, End: pass.Chapter.Line(pass.Chapter.Position(prose.End).Line).End})
	for _, m := range spaced.FindAllStringSubmatchIndex(line, -1) {
		if m[0] > len(text) {
			return
		}
		at := bookcheck.Span{Start: prose.Start + m[2], End: prose.Start + m[3]}
		dest := pass.Chapter.Text(at)
		pass.Report(bookcheck.Diagnostic{
			Span:    at,
			Message: "a destination with a space makes this text, not a link; write <" + dest + ">",
			Subject: dest,
			Fixes: []bookcheck.Fix{{
				Title: "Write <" + dest + ">",
				Edits: []bookcheck.Edit{{Span: at, New: "<" + dest + ">"}},
			}},
		})
	}
}
