package myst

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// substitutions are what {{ name }} may stand for in every chapter.
type substitutions struct {
	table near.Table[any]
	open  bool // there may be more
	plain bool // nothing but a name is judged: nobody knows what evaluates the rest
}

// newSubstitutions returns those of a project. Open says that it may have more.
func newSubstitutions(values map[string]any, open bool) *substitutions {
	s := &substitutions{open: open}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		s.table.Add(key, key, values[key])
	}
	return s
}

// resolve says whether a substitution can be printed in a chapter, which defines
// some itself. An expression is not evaluated, but what it names must be there.
func (s *substitutions) resolve(own *near.Table[bool], link *bookcheck.Link) bookcheck.Resolution {
	e := parseExpression(link.Target)
	if len(e) == 0 || s.plain && len(e) > 1 || e.forgives() {
		return bookcheck.Resolution{}
	}
	result := bookcheck.Resolution{Sought: "substitution"}
	for i := range e.names {
		value, everywhere := s.table.Find(e[i])
		_, here := own.Find(e[i])
		switch {
		case here:
		case everywhere:
			if key, ok := e.member(i); ok && lacks(value, key) {
				return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "substitution", Name: e[i] + "." + key}
			}
		case s.open:
			return bookcheck.Resolution{}
		default:
			return bookcheck.Resolution{
				Outcome: bookcheck.Missing, Sought: "substitution", Name: e[i],
				Near: nearExpressions(link.Target, e[i], firsts(own.Near(e[i]), s.table.Near(e[i]))),
			}
		}
		if len(e) == 1 {
			result.Outcome, result.Name = bookcheck.Resolved, e[i]
		}
	}
	if result.Outcome != bookcheck.Resolved {
		return bookcheck.Resolution{} // the names are there, the rest is not evaluated
	}
	return result
}

// lacks tells whether a value is a mapping without a key.
func lacks(value any, key string) bool {
	mapping := dict(value)
	_, found := mapping[key]
	return mapping != nil && !found
}

// nearExpressions writes names in place of one in an expression.
func nearExpressions(text, name string, names []string) []string {
	text = strings.TrimSpace(text)
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	for i, other := range names {
		if at := word.FindStringIndex(text); at != nil {
			names[i] = text[:at[0]] + other + text[at[1]:]
		}
	}
	return names
}

// firsts joins lists of names, none twice, and keeps as many as are shown.
func firsts(lists ...[]string) []string {
	var names []string
	for _, name := range slices.Concat(lists...) {
		if len(names) < near.Most && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// ownSubstitutions returns the names that a chapter defines in its front matter.
func ownSubstitutions(chapter *bookcheck.Chapter) *near.Table[bool] {
	own := new(near.Table[bool])
	for _, values := range []any{dict(chapter.Meta["myst"])["substitutions"], chapter.Meta["substitutions"]} {
		for _, key := range slices.Sorted(maps.Keys(dict(values))) {
			own.Add(key, key, true)
		}
	}
	for _, target := range chapter.Targets {
		if target.Kind == bookcheck.SubstitutionKey {
			own.Add(target.Name, target.Name, true)
		}
	}
	return own
}

// printedLabel finds labels in the value of a substitution: (name)= on a line of
// its own, or in the string of an expression that fills a name in.
var printedLabel = regexp.MustCompile(`(?m)(?:^|['"]|\\n)[ \t]*\(([^()\n]+)\)=[ \t]*(?:\\n|['"]|$)[^\n]*`)

// docname recognizes a format whose one argument is the name of the document.
var docname = regexp.MustCompile(`['"]\.format\(\s*env\.docname\s*\)`)

// A printed is a label that a substitution prints.
type printed struct {
	format string // with {} where something is filled in
	byName bool   // what is filled in is the name of the document
}

// printedLabels returns the labels that each substitution prints.
func (s *substitutions) printedLabels() map[string][]printed {
	labels := make(map[string][]printed)
	for _, key := range s.table.Names() {
		value, _ := s.table.Find(key)
		text, _ := value.(string)
		for _, m := range printedLabel.FindAllStringSubmatch(text, -1) {
			labels[key] = append(labels[key], printed{format: m[1], byName: docname.MatchString(m[0])})
		}
	}
	return labels
}

// label returns the label that is printed in a document, and whether that is
// known.
func (p printed) label(document string) (string, bool) {
	switch {
	case !strings.ContainsAny(p.format, "{}%"):
		return p.format, true
	case p.byName && strings.Count(p.format, "{}") == 1:
		return strings.Replace(p.format, "{}", document, 1), true
	default:
		return "", false
	}
}

var filled = regexp.MustCompile(`\\\{[^{}]*\\\}|%[sd]`)

// pattern returns what matches every label that may be printed.
func (p printed) pattern() *regexp.Regexp {
	return regexp.MustCompile(`^` + filled.ReplaceAllString(regexp.QuoteMeta(labelName(p.format)), `.*`) + `$`)
}
