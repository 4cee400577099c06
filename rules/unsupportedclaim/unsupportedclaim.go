// Package unsupportedclaim declares the unsupported-claim rule.
package unsupportedclaim

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports quantities, dates and quotations that are nowhere on the pages that
// their sentence cites.
var Rule = &bookcheck.Rule{
	Name:     "unsupported-claim",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Needs:    bookcheck.Text,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for claim, judgement := range pass.Weighed() {
		if isSupposition(claim.Text) {
			continue
		}
		for _, part := range judgement.Parts {
			if part.Find == bookcheck.Absent && (part.Owned || claim.Worth != "") && isSought(judgement, part) {
				pass.Report(finding(claim, judgement, part))
			}
		}
	}
	return nil
}

// isSought tells whether a part is one that a page should have. A name that a page
// does not give may be another name of what it is about, so it counts only where the
// page bears out all the rest; what a link is called, misnamed-link looks at.
func isSought(judgement *bookcheck.Judgement, part bookcheck.Part) bool {
	switch part.Fact.Kind {
	case bookcheck.Amount, bookcheck.Day, bookcheck.Quotation:
		return true
	case bookcheck.Name:
		return !part.Owned && !isAcronym(part.Fact.Text) && len(judgement.Sources) == 1 && bearsOutTheRest(judgement, part)
	case bookcheck.License:
		return part.Owned && part.Says != "" // a page seldom says which license it is about
	default:
		return false
	}
}

// isAcronym tells whether a name is a few capitals, as API and GPU are, which a page may
// well speak of without naming it.
func isAcronym(name string) bool {
	const long = 5
	return len(name) < long && strings.ToUpper(name) == name && strings.ToLower(name) != name && !strings.ContainsAny(name, "0123456789")
}

// bearsOutTheRest tells whether the page has everything else in a claim, and a value is
// part of it or a sentence of the page says most of it.
func bearsOutTheRest(judgement *bookcheck.Judgement, name bookcheck.Part) bool {
	const most = .5
	valued := false
	for _, part := range judgement.Parts {
		switch {
		case part.Fact.Span == name.Fact.Span, part.Find == bookcheck.Elsewhere:
		case part.Find != bookcheck.Found:
			return false
		default:
			valued = valued || part.Fact.Kind != bookcheck.Name
		}
	}
	return valued || name.Score >= most
}

func finding(claim *bookcheck.Claim, judgement *bookcheck.Judgement, part bookcheck.Part) bookcheck.Diagnostic {
	d := bookcheck.Diagnostic{
		Span:    part.Fact.Span,
		Subject: part.Fact.Text,
		Message: fmt.Sprintf("%q is %s", part.Fact.Text, missing(judgement, part)),
	}
	if quote := part.Quote(); quote != "" {
		d.Evidence = []string{quote}
	}
	// What a link does not hold may come from elsewhere; what somebody else said, or
	// what was true on a day, need not be on the page as it is today.
	if !part.Owned || claim.Worth == "" || claim.Quoted || claim.Dated || part.Fact.Kind == bookcheck.Name || part.Fact.Kind == bookcheck.License {
		d.Severity = bookcheck.Note
	}
	return d
}

// missing says where a part was looked for, and what to do.
func missing(judgement *bookcheck.Judgement, part bookcheck.Part) string {
	switch {
	case part.Owned:
		return "not " + part.Source.On() + " that it links to, " + part.Source.URL + ": correct it, or link to the page that says so"
	case len(judgement.Sources) == 1:
		return "not " + judgement.Sources[0].On() + " that is cited for it, " + judgement.Sources[0].URL + ": correct it, or cite where it is from"
	default:
		return fmt.Sprintf("on none of the %d pages that are cited for it: correct it, or cite where it is from", len(judgement.Sources))
	}
}

// isSupposition tells whether a sentence only supposes what it says.
func isSupposition(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	switch strings.ToLower(strings.Trim(first, ",:*_\"“")) {
	case "if", "suppose", "supposing", "imagine", "assume", "assuming", "let", "let's", "say", "pretend":
		return true
	}
	return false
}
