package config

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ignore"
)

// A Known is what a file may name.
type Known struct {
	Rules      []*bookcheck.Rule
	Dialects   []string
	Extensions []string // of Markdown
}

// Parse reads a file. The configuration is of use only if there are no faults.
func Parse(file string, src []byte, known Known) (*Config, []bookcheck.Fault) {
	c := Default(known.Rules)
	c.Path = file
	d := newDecoder(file, src)
	d.document(src, func(root *yaml.Node) { d.config(root, c, known) })
	return c, d.faults
}

func (d *decoder) config(root *yaml.Node, c *Config, known Known) {
	d.mapping(root, "key", fields{
		"exclude": func(n *yaml.Node) { c.Exclude = d.patterns(n) },
		"links": func(n *yaml.Node) {
			d.mapping(n, "key", fields{"exclude": func(n *yaml.Node) { c.Unasked = d.regexps(n) }})
		},
		"rules":      func(n *yaml.Node) { d.rules(n, c.Rules, known.Rules) },
		"dialect":    func(n *yaml.Node) { c.Dialect = d.choice(n, known.Dialects) },
		"extensions": func(n *yaml.Node) { c.Extensions = d.changes(n, "extension", known.Extensions) },
		"markers":    func(n *yaml.Node) { c.Markers = d.words(n) },
		"fail-on":    func(n *yaml.Node) { c.FailOn = d.severity(n, "error", "warning", "note") },
		"store":      func(n *yaml.Node) { c.Store = d.choice(n, Stores) },
	})
}

func (d *decoder) rules(n *yaml.Node, settings map[string]Rule, rules []*bookcheck.Rule) {
	byName := make(fields, len(rules))
	for _, rule := range rules {
		byName[rule.Name] = func(n *yaml.Node) { settings[rule.Name] = d.rule(n, settings[rule.Name]) }
	}
	d.mapping(n, "rule", byName)
}

// rule reads a severity, or a mapping that may also hold the rule's own options.
func (d *decoder) rule(n *yaml.Node, setting Rule) Rule {
	level := func(n *yaml.Node) { setting.Severity = d.severity(n, "error", "warning", "note", "off") }
	if n.Kind == yaml.ScalarNode {
		level(n)
		return setting
	}
	keys := fields{
		"severity": level,
		"exclude":  func(n *yaml.Node) { setting.Exclude = d.patterns(n) },
	}
	if setting.Options == nil {
		d.mapping(n, "option", keys)
		return setting
	}
	setting.Options = d.options(n, setting.Options, keys)
	return setting
}

func (d *decoder) severity(n *yaml.Node, words ...string) bookcheck.Severity {
	severity, _ := bookcheck.ParseSeverity(d.choice(n, words))
	return severity
}

func (d *decoder) patterns(n *yaml.Node) ignore.List {
	lines := d.each(n, func(n *yaml.Node, line string) {
		if !ignore.Valid(line) {
			d.fault(n, "this pattern cannot match anything: %q", line)
		}
	})
	return ignore.Parse(strings.Join(lines, "\n"))
}

func (d *decoder) regexps(n *yaml.Node) []*regexp.Regexp {
	var compiled []*regexp.Regexp
	d.each(n, func(n *yaml.Node, text string) {
		re, err := regexp.Compile(text)
		if err != nil {
			d.fault(n, "not a regular expression: %s", regexpFault(err))
			return
		}
		compiled = append(compiled, re)
	})
	return compiled
}

func regexpFault(err error) string {
	if wrong := (*syntax.Error)(nil); errors.As(err, &wrong) {
		return wrong.Code.String() + " in " + wrong.Expr
	}
	return err.Error()
}
