// Package ruletest tests a rule by its documentation. The examples of doc.md are
// the rule's first test; the awkward cases are text archives beside it. Both say
// what is to be found in comments that are blanked before the chapter is parsed,
// so that no offset moves:
//
//	TODO: say which harbor. <!-- want "unfinished: TODO" at "TODO" -->
//
// The first string is a regular expression for the message, the second, which may
// be left out, is the text that is underlined, with its white space folded. A
// finding is wanted on the line on which its span begins.
//
// # Pages
//
// In doc.md, each fence "markdown" below the heading "Reported" or "Not reported"
// is one example, a book whose chapter is chapter.md. Other fences belong to all
// examples that follow in their section, those before the first section to all
// examples of the page:
//
//	markdown path=other.md   another file of the book, in any language
//	web                      what the network says: "URL 404", "URL 301 URL", "URL no-such-host", "URL timeout", "URL 200 #anchor title=A_title"
//	page URL                 the text of a page, which answers 200 unless the web says otherwise
//	was URL                  the text that it had when an earlier run read it, on 2026-08-02
//	model                    what a model says of claims: "WORD supported REASON", WORD being one of the claim
//	history                  when lines were written: "LINE DATE", "PATH:LINE DATE", "* DATE", "LINE since DATE"
//
// # Archives
//
// Each testdata/*.txtar is one example and opens with the idea that it shows. Its
// files are those of the book, but for "web", "page URL", "model", "history" and "PATH.fixed",
// which is the file at PATH after the first fix of each finding.
//
// A run of bookcheck takes place on 2026-11-23, and the book may bring its own
// .bookcheck.yml.
package ruletest

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// Now is the instant of every run.
var Now = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// Run runs the examples of a rule: those of its documentation and those in
// testdata. The rules in others run, too, because the examples speak of them, but
// what they find is not looked at.
func Run(t *testing.T, rule *bookcheck.Rule, others ...*bookcheck.Rule) {
	t.Helper()
	page, err := readPage(rule.Doc)
	if err != nil {
		t.Fatal(err)
	}
	archives, err := readArchives(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range append(page, archives...) {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			for _, problem := range e.problems(t.Context(), rule, others) {
				t.Error(problem)
			}
		})
	}
}
