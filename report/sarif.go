package report

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

const (
	sourceRoot  = "%SRCROOT%"
	manyResults = 5000 // what GitHub keeps of a run
	manyRelated = 10
	longSnippet = 1000 // bytes; a longer region is left for the reader to look up
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/bookcheck/bookcheck"
)

// SARIF writes the result as SARIF 2.1.0, in the shape that GitHub's code scanning
// reads. Paths start at the top of the file system. Allowed findings are left
// out unless the style asks for them: GitHub shows suppressed results as open.
func SARIF(w io.Writer, r *bookcheck.Result, style Style) error {
	l := newSARIF(r, style)
	return writeJSON(w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{l.run()}})
}

// A sarifWriter turns one result into one run.
type sarifWriter struct {
	result *bookcheck.Result
	style  Style

	rules   []*bookcheck.Rule
	index   map[*bookcheck.Rule]int
	prints  []string          // line fingerprints, by diagnostic
	repeats map[subject][]int // diagnostics of one subject
	chosen  []int             // diagnostics to write
	left    int               // diagnostics that there is no room for
}

func newSARIF(r *bookcheck.Result, style Style) *sarifWriter {
	s := &sarifWriter{result: r, style: style, index: make(map[*bookcheck.Rule]int), repeats: make(map[subject][]int)}
	for _, rule := range r.Rules {
		s.declare(rule)
	}
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		s.declare(d.Rule) // the driver's own rules need not be among those that ran
		if d.Allowed != nil && !style.Suppressed {
			continue
		}
		s.chosen = append(s.chosen, i)
		if d.Subject != "" {
			k := subject{d.Rule, d.Subject}
			s.repeats[k] = append(s.repeats[k], i)
		}
	}
	s.prints = lineFingerprints(r.Diagnostics)
	s.cut()
	return s
}

func (s *sarifWriter) declare(rule *bookcheck.Rule) {
	if _, known := s.index[rule]; !known {
		s.index[rule] = len(s.rules)
		s.rules = append(s.rules, rule)
	}
}

// cut leaves out what a reader would refuse, the least severe first.
func (s *sarifWriter) cut() {
	if len(s.chosen) <= manyResults {
		return
	}
	found := s.result.Diagnostics
	slices.SortStableFunc(s.chosen, func(a, b int) int {
		return cmp.Or(int(found[b].Severity-found[a].Severity), s.index[found[a].Rule]-s.index[found[b].Rule])
	})
	s.left = len(s.chosen) - manyResults
	s.chosen = s.chosen[:manyResults]
	slices.Sort(s.chosen)
}

func (s *sarifWriter) run() sarifRun {
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name:            "bookcheck",
			SemanticVersion: s.style.Version,
			Version:         version(s.style),
			InformationURI:  homepage,
			Rules:           make([]sarifDescriptor, len(s.rules)),
			Notifications:   notices(),
		}},
		Invocations: []sarifInvocation{s.invocation()},
		OriginalURIBaseIDs: map[string]sarifArtifact{
			sourceRoot: {Description: &sarifText{Text: "The top of the work tree that holds the book."}},
		},
		ColumnKind: "utf16CodeUnits",
		Results:    make([]sarifResult, len(s.chosen)),
		Properties: sarifRunProperties{s.facts()},
	}
	if s.style.Category != "" {
		run.AutomationDetails = &sarifAutomation{strings.TrimSuffix(s.style.Category, "/") + "/"}
	}
	if commit := s.style.Commit; commit.Repository != "" {
		run.VersionControl = []sarifVersionControl{{
			printableURL(commit.Repository), commit.Revision, commit.Branch, sarifArtifact{URIBaseID: sourceRoot},
		}}
	}
	for i, rule := range s.rules {
		run.Tool.Driver.Rules[i] = ruleDescriptor(rule)
	}
	for i, chosen := range s.chosen {
		run.Results[i] = s.finding(chosen)
	}
	return run
}

// version stands in for the semantic version that a build from source lacks:
// readers want a number.
func version(style Style) string {
	if style.Version == "" {
		return "0.0.0"
	}
	return ""
}

func (s *sarifWriter) facts() sarifRunFacts {
	r, counts := s.result, count(s.result)
	return sarifRunFacts{
		Complete: r.Complete, Reason: r.Reason, Offline: r.Stats.Offline, Files: r.Stats.Files, Links: r.Stats.Links,
		Errors: counts.errors, Warnings: counts.warnings, Notes: counts.notes, Allowed: counts.allowed,
	}
}

func (s *sarifWriter) finding(i int) sarifResult {
	d := &s.result.Diagnostics[i]
	result := sarifResult{
		RuleID:              d.Rule.Name,
		RuleIndex:           s.index[d.Rule],
		Level:               sarifLevel(d.Severity),
		Message:             sarifText{Text: linked(d)},
		Locations:           []sarifLocation{{Physical: physical(d.Chapter, d.Span)}},
		RelatedLocations:    s.related(i),
		PartialFingerprints: map[string]string{"bookcheckFinding/v1": fingerprint(d)},
		Fixes:               fixes(d),
	}
	if s.prints[i] != "" {
		result.PartialFingerprints["primaryLocationLineHash"] = s.prints[i]
	}
	if s.style.Suppressed {
		result.Suppressions = suppressions(d)
	}
	return result
}

// related returns the places that explain a finding, then others of the same
// subject.
func (s *sarifWriter) related(i int) []sarifLocation {
	d := &s.result.Diagnostics[i]
	var places []sarifLocation
	add := func(c *bookcheck.Chapter, span bookcheck.Span, text string) {
		place := physical(c, span)
		place.Region.Snippet = nil
		places = append(places, sarifLocation{ID: len(places) + 1, Physical: place, Message: &sarifText{Text: message([]string{text})}})
	}
	for _, related := range d.Related {
		add(elsewhere(d, related), related.Span, related.Message)
	}
	for _, other := range s.repeats[subject{d.Rule, d.Subject}] {
		if len(places) >= manyRelated {
			break
		}
		if other != i {
			add(s.result.Diagnostics[other].Chapter, s.result.Diagnostics[other].Span, "the same is here")
		}
	}
	return places
}

func suppressions(d *bookcheck.Diagnostic) *[]sarifSuppression {
	if d.Allowed == nil {
		return &[]sarifSuppression{}
	}
	return &[]sarifSuppression{{
		Kind:          "inSource",
		Justification: d.Allowed.Reason,
		Location:      &sarifLocation{Physical: physical(d.Chapter, d.Allowed.Span)},
	}}
}

func fixes(d *bookcheck.Diagnostic) []sarifFix {
	var all []sarifFix
	for _, fix := range d.Fixes {
		if len(fix.Edits) == 0 {
			continue
		}
		change := sarifChange{Artifact: artifact(d.Chapter.Path)}
		for _, edit := range fix.Edits {
			replacement := sarifReplacement{Deleted: *region(d.Chapter, edit.Span)}
			if edit.New != "" {
				replacement.Inserted = &sarifText{Text: edit.New}
			}
			change.Replacements = append(change.Replacements, replacement)
		}
		all = append(all, sarifFix{Description: sarifText{Text: message([]string{fix.Title})}, Changes: []sarifChange{change}})
	}
	return all
}

// physical returns a place with its text. A finding about a whole file is shown at
// its first line.
func physical(c *bookcheck.Chapter, span bookcheck.Span) sarifPhysical {
	if span == (bookcheck.Span{}) {
		span = c.Line(1)
	}
	place := sarifPhysical{artifact(c.Path), region(c, span)}
	if text := c.Text(span); text != "" && len(text) <= longSnippet {
		place.Region.Snippet = &sarifText{Text: text}
	}
	return place
}

func artifact(path string) sarifArtifact {
	return sarifArtifact{URI: escapePath(path), URIBaseID: sourceRoot}
}

func region(c *bookcheck.Chapter, span bookcheck.Span) *sarifRegion {
	start, end := c.PositionIn(span.Start, bookcheck.UTF16), c.PositionIn(span.End, bookcheck.UTF16)
	return &sarifRegion{StartLine: start.Line, StartColumn: start.Column, EndLine: end.Line, EndColumn: end.Column}
}

func sarifLevel(severity bookcheck.Severity) string {
	if severity == bookcheck.Off {
		return "none"
	}
	return severity.String()
}

// message makes sentences of what a rule says. In SARIF, "{0}" in a message is a
// placeholder and "[x](1)" a link to a place, so what comes from a book is written
// in a way that is neither.
func message(sentences []string) string {
	var parts []string
	for _, sentence := range sentences {
		sentence = strings.TrimRight(clean(sentence), ".!? ")
		if sentence == "" {
			continue
		}
		if len(parts) > 0 && firstWord.MatchString(sentence) {
			sentence = capital(sentence)
		}
		parts = append(parts, sentence+".")
	}
	if len(parts) == 0 {
		return "Nothing is said about it."
	}
	return plainSARIF.Replace(strings.Join(parts, " "))
}

// linked returns the message of a finding, with a link to each related place: code
// scanning shows those that the message links to, and no others.
func linked(d *bookcheck.Diagnostic) string {
	parts := []string{message(append([]string{d.Message}, d.Evidence...))}
	for i, related := range d.Related {
		words := capital(strings.TrimRight(clean(related.Message), ".!? "))
		if words != "" {
			parts = append(parts, fmt.Sprintf("[%s](%d).", linkText.Replace(words), i+1))
		}
	}
	return strings.Join(parts, " ")
}

// linkText keeps words from ending the link that they stand in.
var linkText = strings.NewReplacer("[", "(", "]", ")", "\\", "/", "{", "{{", "}", "}}")

// firstWord matches a sentence that begins with a word, not with a name or a URL.
var firstWord = regexp.MustCompile(`^[a-z]+[,:]? `)

var plainSARIF = strings.NewReplacer("{", "{{", "}", "}}", "](", "] (")

// The runtime notices that a run can hold, in the order of notices.
const (
	noticeFault = iota
	noticeIncomplete
	noticeUnsure
	noticeCut
)

func (s *sarifWriter) invocation() sarifInvocation {
	r := s.result
	invocation := sarifInvocation{
		ExecutionSuccessful: len(r.Faults) == 0,
		ExitCode:            s.style.ExitCode,
	}
	if s.style.ExitCode != nil {
		invocation.ExitCodeDescription = exitMeaning(*s.style.ExitCode)
	}
	notify := func(notice int, level, text string, places ...sarifLocation) {
		invocation.Notifications = append(invocation.Notifications, sarifNotification{
			Descriptor: sarifReference{noticeIDs[notice], notice},
			Level:      level,
			Message:    sarifText{Text: message([]string{text})},
			Locations:  places,
		})
	}
	for _, fault := range r.Faults {
		notify(noticeFault, "error", fault.Message, faultPlaces(fault)...)
	}
	if !r.Complete {
		notify(noticeIncomplete, "warning", "the run is not complete: "+cmp.Or(r.Reason, "some rule did not see all that it needs"))
	}
	if asked := verdicts(r); asked.unsure > 0 {
		notify(noticeUnsure, "warning", fmt.Sprintf("%s not judged: %s", amount(asked.unsure, "URL was", "URLs were"), asked.doubts))
	}
	if s.left > 0 {
		notify(noticeCut, "warning", fmt.Sprintf("%s left out: a run holds at most %d, the most severe first",
			amount(s.left, "finding is", "findings are"), manyResults))
	}
	return invocation
}

func faultPlaces(fault bookcheck.Fault) []sarifLocation {
	if fault.Path == "" {
		return nil
	}
	place := sarifPhysical{Artifact: artifact(fault.Path)}
	if fault.Line > 0 {
		place.Region = &sarifRegion{StartLine: fault.Line}
	}
	return []sarifLocation{{Physical: place}}
}

func exitMeaning(code int) string {
	switch code {
	case 0:
		return "Nothing was found that fails a run."
	case 1:
		return "Something was found that fails a run."
	case 130:
		return "The run was interrupted."
	default:
		return "Not all of the work could be done."
	}
}
