package myst

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck/checker/dialect/project"
	"github.com/bookcheck/bookcheck/checker/dialect/settings"
)

// isJupyterBook tells whether a _config.yml without a table of contents beside it
// is one of Jupyter Book: Jekyll has files of that name too.
func isJupyterBook(fsys fs.FS, file string) bool {
	r := &reader{fsys: fsys}
	root := r.yaml(file)
	return slices.ContainsFunc([]string{"sphinx", "parse", "bibtex_bibfiles", "only_build_toc_files", "execute"},
		func(key string) bool { return settings.Child(root, key) != nil })
}

// jupyterBook reads a project of Jupyter Book 1: a configuration, which may be
// missing, and a table of contents. Jupyter Book turns them into a configuration
// of Sphinx, and so does this.
func (r *reader) jupyterBook(config, toc string) *project.Project {
	s := r.sphinxSettings(jupyterBookDefaults())
	if config != "" {
		root := r.yaml(config)
		s.unread = dict(values(root)) == nil
		s.options.merge(jupyterBookOptions(root))
		s.shown = r.jupyterBookSites(root)
		r.bibliographies(s, config, root)
	}
	if order, numbered, ok := r.toc(toc, s.suffixes()); ok {
		s.order, s.numbered = order, numbered
		only := s.options.truth("only_build_toc_files", false)
		if only {
			s.chosen = set(order)
		}
	}
	return s.project()
}

// jupyterBookDefaults are what Jupyter Book 1 tells Sphinx unasked.
func jupyterBookDefaults() options {
	return options{
		"extensions":             []any{"myst_nb", "sphinxcontrib.bibtex"},
		"exclude_patterns":       []any{"_build", "Thumbs.db", ".DS_Store", "**.ipynb_checkpoints"},
		"myst_enable_extensions": []any{"colon_fence", "dollarmath", "linkify", "substitution", "tasklist"},
		"suppress_warnings":      []any{"myst.domains"},
		"myst_url_schemes":       []any{"mailto", "http", "https"},
		"numfig":                 true,
	}
}

// jupyterBookOptions returns the settings of Sphinx that a _config.yml makes.
func jupyterBookOptions(root *yaml.Node) options {
	config := dict(values(root))
	o := options{"only_build_toc_files": config["only_build_toc_files"]}
	parse, sphinx := dict(config["parse"]), dict(config["sphinx"])
	for _, name := range []string{"myst_enable_extensions", "myst_substitutions", "myst_url_schemes"} {
		if v, ok := parse[name]; ok {
			o[name] = v
		}
	}
	excluded := append([]any{}, jupyterBookDefaults()["exclude_patterns"].([]any)...)
	for _, pattern := range list(config["exclude_patterns"]) {
		excluded = append(excluded, pattern)
	}
	o["exclude_patterns"] = excluded
	o.merge(dict(sphinx["config"]))
	extensions := jupyterBookDefaults()["extensions"].([]any)
	for _, name := range list(sphinx["extra_extensions"]) {
		extensions = append(extensions, name)
	}
	o["extensions"] = extensions
	return o
}

// bibliographies notes the .bib files that a configuration names. One that is not
// there is a fault: without it no citation can be judged.
func (r *reader) bibliographies(s *sphinxSettings, config string, root *yaml.Node) {
	names := settings.Child(root, "bibtex_bibfiles")
	if names == nil {
		names = settings.Child(settings.Child(settings.Child(root, "sphinx"), "config"), "bibtex_bibfiles")
	}
	if names == nil {
		return
	}
	items := names.Content
	if names.Kind == yaml.ScalarNode {
		items = []*yaml.Node{names}
	}
	for _, item := range items {
		file, ok := r.bibliography(config, resolve(item).Value, item.Line)
		if !ok {
			s.bibliographyLost = true
			continue
		}
		s.bibliographies = append(s.bibliographies, file)
	}
}

// bibliography returns the .bib file that stands in a line of a configuration. It
// is not ok, and a fault, if there is no such file.
func (r *reader) bibliography(config, name string, line int) (file string, ok bool) {
	file = path.Join(r.dir, strings.TrimPrefix(name, "/"))
	if fs.ValidPath(file) && exists(r.fsys, file) {
		return file, true
	}
	r.fault(config, line, fmt.Sprintf("the bibliography %s is not there; correct its path, which starts at the folder of %s", name, path.Base(config)))
	return "", false
}

func set(items []string) map[string]bool {
	m := make(map[string]bool, len(items))
	for _, item := range items {
		m[item] = true
	}
	return m
}
