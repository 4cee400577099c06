package myst

import (
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// mystmdExtensions are what mystmd reads without being asked, by the names that
// MyST-Parser has for them, and citations by @key. It has no substitutions.
var mystmdExtensions = []string{
	"amsmath", "attrs_inline", "citations", "colon_fence", "deflist", "dollarmath", "linkify", "strikethrough", "tasklist",
}

// mystmdSuffixes are those of files that become pages.
var mystmdSuffixes = []string{".md", ".ipynb", ".tex", ".myst.json"}

// mystmd reads a project from its myst.yml.
func (r *reader) mystmd(file string) *project.Project {
	root := r.yaml(file)
	document := settings.Child(root, "project")
	excluded := nodeGlobs(append(list(values(settings.Child(document, "exclude"))), "_build", "node_modules"))
	s := &mystmdSettings{root: r.dir, partial: root == nil || settings.Child(root, "extends") != nil}
	p := &project.Project{
		Extensions: mystmdExtensions,
		Belongs: func(file string) bool {
			inside, ok := within(r.dir, file)
			return !ok || !excluded.match(inside)
		},
	}
	if toc := settings.Child(document, "toc"); toc != nil {
		p.Order = r.mystmdContents(file, toc)
		s.chosen = set(p.Order)
	} else if order, _, ok := r.toc(path.Join(r.dir, "_toc.yml"), mystmdSuffixes); ok {
		p.Order, s.chosen = order, set(order)
	}
	p.Numbered, p.Sites = true, r.mystmdSites(document)
	s.belongs = p.Belongs
	p.Bibliographies = r.mystmdBibliographies(s, file, settings.Child(document, "bibliography"))
	s.ignored = errorRules(settings.Child(document, "error_rules"))
	p.Skip = func(url string) bool { return s.ignored.has(url, "link-resolves") }
	p.Bind = func(book *bookcheck.Book) bookcheck.Dialect {
		return withReadme(book, p.Order, s.document, bindMystmd(r.fsys, book, s))
	}
	return p
}

// mystmdContents returns the pages that the contents of a myst.yml name, those
// that exist.
func (r *reader) mystmdContents(file string, toc *yaml.Node) []string {
	c := &contents{
		dir:   r.dir,
		lists: []string{"children"},
		find:  func(file string) string { return findDocument(r.fsys, file, mystmdSuffixes) },
		glob:  func(glob string) []string { return r.documents(nodeGlobs([]string{glob}), mystmdSuffixes) },
		seen:  make(map[string]bool),

		numbered: make(map[string]bool),
	}
	c.entries(toc, false)
	r.miss(file, c.missed)
	return c.order
}

// mystmdBibliographies returns the .bib files that a project names; nil if it
// names none, which means all.
func (r *reader) mystmdBibliographies(s *mystmdSettings, file string, node *yaml.Node) []string {
	if node == nil {
		return nil
	}
	items := node.Content
	if node.Kind == yaml.ScalarNode {
		items = []*yaml.Node{node}
	}
	found := []string{}
	for _, item := range items {
		if name := resolve(item).Value; strings.Contains(name, "://") {
			s.bibliographyLost = true
		} else if bib, ok := r.bibliography(file, name, item.Line); ok {
			found = append(found, bib)
		} else {
			s.bibliographyLost = true
		}
	}
	return found
}

// errorRules returns what a project tells mystmd not to report.
func errorRules(node *yaml.Node) ignored {
	quiet := ignored{exact: make(map[[2]string]bool)}
	entries, _ := values(node).([]any)
	for _, entry := range entries {
		rule := dict(entry)
		name, _ := rule["rule"].(string)
		if severity, ok := rule["severity"]; ok && severity != "ignore" {
			continue
		}
		keys := append(list(rule["key"]), list(rule["keys"])...)
		if len(keys) == 0 {
			quiet.all = append(quiet.all, name)
		}
		for _, key := range keys {
			quiet.exact[[2]string{name, key}] = true
		}
	}
	return quiet
}

// mystmdSettings are what a project of mystmd says about its links.
type mystmdSettings struct {
	root             string
	chosen           map[string]bool // the only pages; nil: all that are not excluded
	belongs          func(file string) bool
	bibliographyLost bool // there are citation keys that are not known
	partial          bool // the configuration could not be read whole
	ignored          ignored
}

// document tells whether mystmd makes a page of a file.
func (s *mystmdSettings) document(file string) bool {
	if s.chosen != nil {
		return s.chosen[file]
	}
	inside, ok := within(s.root, file)
	return ok && hasSuffix(file, mystmdSuffixes) && s.belongs(file) && !hidden.MatchString(inside)
}

var hidden = regexp.MustCompile(`(^|/)[._]`)
