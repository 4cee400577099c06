package bookcheck

import (
	"cmp"
	"fmt"
	"iter"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Severity says how much a finding matters. Notes never fail a run.
type Severity int

// The severities.
const (
	Off Severity = iota
	Note
	Warning
	Error
)

// String returns the word used in configuration and reports.
func (s Severity) String() string { return [...]string{"off", "note", "warning", "error"}[s] }

// ParseSeverity is the inverse of String.
func ParseSeverity(word string) (Severity, bool) {
	for s := Off; s <= Error; s++ {
		if s.String() == word {
			return s, true
		}
	}
	return Off, false
}

// A Rule looks for one kind of flaw.
type Rule struct {
	Name     string   // names the defect in lower case, with hyphens: "allow dead-url" reads as English
	Doc      string   // Markdown; its first line is "# name: summary"
	Severity Severity // Off: runs only where the configuration asks for it

	// Options are the default options: a struct value, or nil. A run decodes the
	// user's over a copy.
	Options any

	// Needs is the evidence that the rule asks its pass for. Zero: it works
	// offline and without version control.
	Needs Evidence

	// Select narrows the links that the web evidence in Needs is about. Nil: every
	// external link, but Text only of the pages that claims cite.
	Select func(*Link) bool

	// Run looks at one chapter. Its error means that the tool failed, never that
	// the book is wrong. Nil: the driver itself reports under this name.
	Run func(*Pass) error
}

var docTitle = regexp.MustCompile(`^# ([a-z][a-z0-9-]*): ([^\n]+)`)

// Summary returns the first line of the documentation, without the name.
func (r *Rule) Summary() string {
	if m := docTitle.FindStringSubmatch(r.Doc); m != nil {
		return strings.TrimSpace(m[2])
	}
	return ""
}

// Validate returns an error about the first rule that is declared wrongly.
func Validate(rules []*Rule) error {
	seen := make(map[string]bool)
	for _, rule := range rules {
		m := docTitle.FindStringSubmatch(rule.Doc)
		switch {
		case m == nil:
			return fmt.Errorf("rule %q: its documentation does not begin with \"# name: summary\"", rule.Name)
		case m[1] != rule.Name:
			return fmt.Errorf("rule %q: its documentation is about %q", rule.Name, m[1])
		case seen[rule.Name]:
			return fmt.Errorf("rule %q is declared twice", rule.Name)
		case rule.Options != nil && reflect.TypeOf(rule.Options).Kind() != reflect.Struct:
			return fmt.Errorf("rule %q: its options are a %T, not a struct", rule.Name, rule.Options)
		}
		seen[rule.Name] = true
	}
	return nil
}

// A Pass is one rule's look at one chapter: all that the rule may know, and how
// it reports.
type Pass struct {
	Rule    *Rule
	Book    *Book
	Chapter *Chapter
	Options any       // of the type of Rule.Options
	Now     time.Time // one instant for the whole run

	// Report adds a finding.
	Report func(Diagnostic)
	// Page returns what is known about the page that a link leads to. False: there
	// is nothing to judge by, because the run is offline or leaves the URL alone.
	Page func(*Link) (*Page, bool)
	// Archived returns the address of a copy of the page of a link, of about the time
	// when the link was written. It is asked for pages that are gone; "": none is
	// known.
	Archived func(*Link) string
	// Age returns when the text of a cue was written.
	Age func(Ranger) Age
	// Weigh returns what comparing a claim with the pages that it cites came to; nil:
	// it cites none that can be asked for. A rule that needs Text may call it.
	Weigh func(*Claim) *Judgement
}

// Pages returns the links to the web that the rule selects and whose pages are
// known, with the pages, in the order of the text.
func (p *Pass) Pages() iter.Seq2[*Link, *Page] {
	return func(yield func(*Link, *Page) bool) {
		for _, link := range p.Chapter.Links {
			if !link.External() || p.Rule.Select != nil && !p.Rule.Select(link) {
				continue
			}
			if page, known := p.Page(link); known && !yield(link, page) {
				return
			}
		}
	}
}

// Weighed returns the claims that were compared with the pages that they cite, and what
// that came to, in the order of the text.
func (p *Pass) Weighed() iter.Seq2[*Claim, *Judgement] {
	return func(yield func(*Claim, *Judgement) bool) {
		for _, claim := range p.Chapter.Claims {
			if judgement := p.Weigh(claim); judgement != nil && !yield(claim, judgement) {
				return
			}
		}
	}
}

// Missing returns the links of a kind that name what the book does not have, in the
// order of the text.
func (p *Pass) Missing(kind LinkKind) iter.Seq2[*Link, Resolution] {
	return func(yield func(*Link, Resolution) bool) {
		for _, link := range p.Chapter.Links {
			if link.Kind != kind {
				continue
			}
			if to := p.Book.Resolve(p.Chapter, link); to.Outcome == Missing && !yield(link, to) {
				return
			}
		}
	}
}

// Reportf adds a finding with a message.
func (p *Pass) Reportf(r Ranger, format string, args ...any) {
	p.Report(Diagnostic{Span: r.Range(), Message: fmt.Sprintf(format, args...)})
}

// ReportLink adds a finding about a link that leads nowhere: at its destination,
// or at the whole link if none is written. The message goes on with the names
// that were perhaps meant; if there is but one, so does a fix.
func (p *Pass) ReportLink(link *Link, to Resolution, format string, args ...any) {
	found := Diagnostic{
		Span:    link.At(),
		Message: fmt.Sprintf(format, args...),
		Subject: cmp.Or(to.Name, link.Target),
	}
	if to.Became != "" {
		found.Message += "; it was " + to.Became
	}
	if len(to.Near) > 0 && !strings.HasPrefix(to.Became, "renamed") {
		found.Message += "; did you mean " + orList(to.Near) + "?"
	}
	if len(to.Near) == 1 && link.Dest.Len() > 0 {
		found.Fixes = []Fix{{
			Title: "Write " + to.Near[0],
			Edits: []Edit{{Span: link.Dest, New: to.Near[0]}},
		}} // not Safe: a near name is a guess
	}
	p.Report(found)
}

// orList writes at most three names as a choice: "a", "b" or "c".
func orList(names []string) string {
	quoted := make([]string, min(len(names), 3))
	for i := range quoted {
		quoted[i] = strconv.Quote(names[i])
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}
