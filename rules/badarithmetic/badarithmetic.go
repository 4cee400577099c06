// Package badarithmetic declares the bad-arithmetic rule.
package badarithmetic

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports sentences whose own numbers contradict each other: a weekday that a
// date does not have, parts that are not the whole, a ratio that its operands do not
// have.
var Rule = &bookcheck.Rule{
	Name:     "bad-arithmetic",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

// checks are what a sentence is looked at for. The first that finds something in a
// sentence ends the look at it.
var checks = []func(*sentence) (flaw, bool){
	weekday, reversed, duration, age, share, equation, parts, total, percentages, price, change, ratio,
}

// A flaw is what is wrong in a sentence.
type flaw struct {
	from, to int // tokens, the last one excluded
	message  string
	title    string // of a fix; "": there is none
	instead  string // what the fix writes
	at       int    // the token that it writes over
}

func run(pass *bookcheck.Pass) error {
	for text := range passages(pass.Chapter) {
		for s := range text.sentences() {
			for _, check := range checks {
				if found, ok := check(s); ok {
					report(pass, s, found)
					break
				}
			}
		}
	}
	return nil
}

func report(pass *bookcheck.Pass, s *sentence, found flaw) {
	d := bookcheck.Diagnostic{
		Span:    s.span(found.from, found.to),
		Message: found.message,
		Subject: s.written(found.from, found.to),
	}
	if found.title != "" {
		d.Fixes = []bookcheck.Fix{{
			Title: found.title,
			Edits: []bookcheck.Edit{{Span: s.span(found.at, found.at+1), New: found.instead}},
		}} // not Safe: the other number may be the wrong one
	}
	pass.Report(d)
}
