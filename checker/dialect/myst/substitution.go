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

// builtins are the names that a Jinja expression knows without being told.
var builtins = set([]string{
	"env", "true", "false", "none", "True", "False", "None", "range", "dict", "lipsum", "cycler", "joiner",
	"namespace", "loop", "self", "not", "caller", "super",
})

// leadingName reads the name that an expression begins with, and what follows it.
var leadingName = regexp.MustCompile(`^([A-Za-z_]\w*)\s*((?s:.*))$`)

// forgiving recognizes expressions that ask whether their name is defined, that
// may not use it, or that call it.
var forgiving = regexp.MustCompile(`^\(|\b(default|d|defined|undefined|if|or|and)\b`)

// resolve says whether a substitution can be printed in a chapter, which defines
// some itself. What is computed is judged by the name that it begins with.
func (s *substitutions) resolve(own *near.Table[bool], link *bookcheck.Link) bookcheck.Resolution {
	expression := strings.TrimSpace(link.Target)
	m := leadingName.FindStringSubmatch(expression)
	if m == nil {
		return bookcheck.Resolution{}
	}
	name, rest := m[1], m[2]
	result := bookcheck.Resolution{Outcome: bookcheck.Resolved, Sought: "substitution", Name: name}
	_, everywhere := s.table.Find(name)
	_, here := own.Find(name)
	switch {
	case everywhere || here:
		if rest != "" {
			return bookcheck.Resolution{} // the name is there, the rest is not evaluated
		}
		return result
	case s.open || s.plain && rest != "" || builtins[name] || forgiving.MatchString(rest):
		return bookcheck.Resolution{}
	}
	result.Outcome = bookcheck.Missing
	result.Near = firsts(own.Near(name), s.table.Near(name))
	return result
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
