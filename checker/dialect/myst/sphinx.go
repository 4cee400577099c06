package myst

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/project"
)

// longestConf bounds how much of a conf.py is read: no one writes more by hand.
const longestConf = 1 << 20

// confOptions returns what a conf.py sets to values that can be read.
func confOptions(fsys fs.FS, file string) (options, error) {
	source, err := fs.ReadFile(fsys, file)
	if err != nil {
		return options{}, err
	}
	return scanPython(string(source[:min(len(source), longestConf)])), nil
}

// usesMyST tells whether a conf.py is one of Sphinx that loads a parser of MyST.
func usesMyST(fsys fs.FS, file string) bool {
	o, err := confOptions(fsys, file)
	return err == nil && loads(o.strings("extensions"), "myst_parser", "myst_nb")
}

// loads tells whether one of the extensions is in a list.
func loads(extensions []string, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(extensions, name) })
}

// sphinx reads a project of Sphinx from its conf.py.
func (r *reader) sphinx(file string) *project.Project {
	o, err := confOptions(r.fsys, file)
	if err != nil {
		r.fault(file, 0, "cannot be read: "+err.Error()+"; make it readable")
	}
	s := r.sphinxSettings(o)
	s.unread = err != nil
	s.bibliographyLost = !o.known("bibtex_bibfiles")
	for _, name := range o.strings("bibtex_bibfiles") {
		if bib, ok := r.bibliography(file, name, 0); ok {
			s.bibliographies = append(s.bibliographies, bib)
		} else {
			s.bibliographyLost = true
		}
	}
	if loads(s.extensions, "sphinx_external_toc") {
		toc := path.Join(r.dir, "_toc.yml")
		if name, ok := o["external_toc_path"].(string); ok {
			toc = path.Join(r.dir, name)
		}
		s.order, s.numbered, _ = r.toc(toc, s.suffixes())
	}
	return s.project()
}

// sphinxSettings are what a project of Sphinx says about its links.
type sphinxSettings struct {
	fsys       fs.FS
	root       string
	options    options
	extensions []string // of Sphinx

	order            []string        // of documents; nil: not known
	numbered         map[string]bool // documents whose sections have numbers; nil: not known
	chosen           map[string]bool // the only documents; nil: all that are not excluded
	bibliographies   []string
	bibliographyLost bool // there are citation keys that are not known
	unread           bool // the configuration could not be read
	shown            []bookcheck.Site
}

func (r *reader) sphinxSettings(o options) *sphinxSettings {
	return &sphinxSettings{fsys: r.fsys, root: r.dir, options: o}
}

// project makes the project that the settings describe.
func (s *sphinxSettings) project() *project.Project {
	s.extensions = s.options.strings("extensions")
	documents := s.documents()
	excluded := s.excluded()
	return &project.Project{
		Order:          s.order,
		Extensions:     append([]string{}, s.options.strings("myst_enable_extensions")...),
		Bibliographies: append([]string{}, s.bibliographies...),
		Numbered:       s.options.truth("numfig", false),
		Sites:          s.sites(),
		Belongs:        func(file string) bool { return !excluded(file) },
		Skip:           skipper(s.options.strings("linkcheck_ignore")),
		Bind: func(book *bookcheck.Book) bookcheck.Dialect {
			return bindSphinx(s.fsys, book, s, documents)
		},
	}
}

// suffixes are those of files that become documents.
func (s *sphinxSettings) suffixes() []string {
	suffixes := []string{".md", ".ipynb", ".rst"}
	switch v := s.options["source_suffix"].(type) {
	case string, []any:
		suffixes = append(suffixes, list(v)...)
	case map[string]any:
		suffixes = append(suffixes, slices.Sorted(maps.Keys(v))...)
	}
	custom := slices.Sorted(maps.Keys(dict(s.options["nb_custom_formats"])))
	return append(suffixes, custom...)
}

// excluded returns what tells whether the configuration excludes a file.
func (s *sphinxSettings) excluded() func(file string) bool {
	patterns := sphinxGlobs(append(s.options.strings("exclude_patterns"), "_build"))
	return func(file string) bool {
		inside, ok := within(s.root, file)
		return ok && patterns.match(inside)
	}
}

// documents returns what tells whether Sphinx makes a page of a file.
func (s *sphinxSettings) documents() func(file string) bool {
	if s.chosen != nil {
		return func(file string) bool { return s.chosen[file] }
	}
	suffixes, excluded := s.suffixes(), s.excluded()
	return func(file string) bool {
		_, inside := within(s.root, file)
		return inside && hasSuffix(file, suffixes) && !excluded(file)
	}
}

// generators are the extensions that write documents or labels of their own,
// mostly from the source of a program. In a book with one of them nobody can tell
// from the files that a label does not exist.
var generators = regexp.MustCompile(`^(sphinx\.ext\.(autodoc|autosummary|apidoc)|autodoc2|autoapi\.extension|autoapi|` +
	`numpydoc|breathe|exhale|sphinx_gallery\.gen_gallery|sphinx_gallery\.load_style|sphinxcontrib\.(apidoc|autoprogram|openapi|httpdomain|spelling_generated)|` +
	`sphinx_automodapi\.\w+|sphinxarg\.ext|ablog|sphinx_needs|nbsphinx|hoverxref\.extension|sphinxcontrib\.doxylink|sphinx_c_autodoc|sphinxcontrib\.typer)$`)

// generated tells whether labels may exist that no file shows.
func (s *sphinxSettings) generated() bool {
	return slices.ContainsFunc(s.extensions, generators.MatchString) || !s.options.known("extensions")
}

// addsPages tells whether the finished site may have pages that are not made from
// documents: copied ones, and those that lead on to others.
func (s *sphinxSettings) addsPages() bool {
	for _, option := range []string{"html_extra_path", "html_additional_pages", "redirects", "rediraffe_redirects", "redirect_files"} {
		if _, set := s.options[option]; set {
			return true
		}
	}
	return slices.ContainsFunc(s.extensions, func(name string) bool { return strings.Contains(name, "redir") })
}

// silenced returns what tells whether the author switched off a kind of warning:
// "myst.xref_missing", "ref.term".
func (s *sphinxSettings) silenced() func(subtype string) bool {
	off := set(s.options.strings("suppress_warnings"))
	return func(subtype string) bool {
		kind, _, _ := strings.Cut(subtype, ".")
		return off[subtype] || off[kind] || off[kind+".*"]
	}
}

// An ignored says which references the author knows to be broken.
type ignored struct {
	all      []string // types of which none is reported
	exact    map[[2]string]bool
	patterns [][2]*regexp.Regexp
}

func (s *sphinxSettings) ignored() ignored {
	set := ignored{exact: make(map[[2]string]bool)}
	for _, pair := range s.options.pairs("nitpick_ignore") {
		set.exact[pair] = true
	}
	for _, pair := range s.options.pairs("nitpick_ignore_regex") {
		kind, err := regexp.Compile(`^(?:` + pair[0] + `)$`)
		if err != nil {
			continue
		}
		if target, err := regexp.Compile(`^(?:` + pair[1] + `)$`); err == nil {
			set.patterns = append(set.patterns, [2]*regexp.Regexp{kind, target})
		}
	}
	return set
}

// has tells whether a reference of one of the types to a target is to be ignored.
func (g ignored) has(target string, types ...string) bool {
	return slices.ContainsFunc(types, func(kind string) bool {
		return slices.Contains(g.all, kind) || g.exact[[2]string{kind, target}] ||
			slices.ContainsFunc(g.patterns, func(p [2]*regexp.Regexp) bool {
				return p[0].MatchString(kind) && p[1].MatchString(target)
			})
	})
}
