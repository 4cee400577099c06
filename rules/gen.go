//go:build ignore

// Gen writes what can be known from the rules themselves: rules.go, README.md and
// the table of options in each doc.md. Every folder with a doc.md is a rule.
//
//	go run gen.go          write
//	go run gen.go -check   write nothing; fail if something is out of date
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	check := flag.Bool("check", false, "write nothing; fail if something is out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintf(os.Stderr, "gen: %v\n", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	rules, err := load()
	if err != nil {
		return err
	}
	list, err := format.Source(listing(rules))
	if err != nil {
		return fmt.Errorf("formatting rules.go: %w", err)
	}
	put := write
	if check {
		put = compare
	}
	errs := []error{put("rules.go", list), put("README.md", index(rules))}
	for _, r := range rules {
		page, err := r.page()
		if err != nil {
			return err
		}
		errs = append(errs, put(filepath.Join(r.folder, "doc.md"), page))
	}
	return errors.Join(errs...)
}

func write(path string, content []byte) error { return os.WriteFile(path, content, 0o644) }

func compare(path string, content []byte) error {
	if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, content) {
		return fmt.Errorf("rules/%s is out of date: run go generate ./rules", filepath.ToSlash(path))
	}
	return nil
}

// A rule is what its folder says about it.
type rule struct {
	folder  string
	doc     []byte
	name    string
	summary string
	level   string // "error"
	needs   string // "the network"; "" if it works from the book alone
	options []option
}

type option struct{ name, value, doc string }

func load() ([]rule, error) {
	docs, err := filepath.Glob("*/doc.md")
	if err != nil {
		return nil, err
	}
	rules := make([]rule, len(docs))
	for i, path := range docs {
		if rules[i], err = read(filepath.Dir(path)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(rules, func(a, b rule) int { return cmp.Compare(a.name, b.name) })
	return rules, nil
}

var title = regexp.MustCompile(`^# ([a-z][a-z0-9-]*): ([^\n]+)\n`)

func read(folder string) (rule, error) {
	r := rule{folder: folder}
	doc, err := os.ReadFile(filepath.Join(folder, "doc.md"))
	if err != nil {
		return r, err
	}
	m := title.FindSubmatch(doc)
	if m == nil {
		return r, fmt.Errorf("rules/%s/doc.md does not begin with \"# name: summary\"", folder)
	}
	r.doc, r.name, r.summary = doc, string(m[1]), string(m[2])
	if strings.ReplaceAll(r.name, "-", "") != folder {
		return r, fmt.Errorf("rules/%s/doc.md is about %s, which belongs in rules/%s", folder, r.name, strings.ReplaceAll(r.name, "-", ""))
	}
	source := filepath.Join(folder, folder+".go")
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.SkipObjectResolution)
	if err != nil {
		return r, err
	}
	return r, r.declared(file)
}

// declared reads the literals of the variable Rule and the type Options, as they
// are written: a generator that imported the rules could not mend a broken list.
func (r *rule) declared(file *ast.File) error {
	var defaults ast.Expr
	var fields *ast.StructType
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if n.Names[0].Name == "Rule" && len(n.Values) == 1 {
				defaults = r.literal(n.Values[0])
			}
		case *ast.TypeSpec:
			if t, ok := n.Type.(*ast.StructType); ok && n.Name.Name == "Options" {
				fields = t
			}
		}
		return true
	})
	if r.level == "" {
		return fmt.Errorf("rules/%s: the variable Rule is not a literal with a Severity", r.folder)
	}
	if fields == nil {
		return nil
	}
	return r.describe(fields, defaults)
}

// literal reads level and needs off a &bookcheck.Rule{...} and returns its
// default options.
func (r *rule) literal(value ast.Expr) ast.Expr {
	pointer, ok := value.(*ast.UnaryExpr)
	if !ok {
		return nil
	}
	composite, ok := pointer.X.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var defaults ast.Expr
	for key, value := range pairs(composite) {
		switch key {
		case "Severity":
			r.level = strings.ToLower(selected(value))
		case "Needs":
			r.needs = needs(value)
		case "Options":
			defaults = value
		}
	}
	return defaults
}

func needs(value ast.Expr) string {
	var web, history bool
	ast.Inspect(value, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			history = history || s.Sel.Name == "History"
			web = web || s.Sel.Name != "History"
			return false
		}
		return true
	})
	var words []string
	if web {
		words = append(words, "the network")
	}
	if history {
		words = append(words, "version control")
	}
	return strings.Join(words, ", ")
}

// describe fills in the options: name and text from the tags, the value from the
// literal of the defaults.
func (r *rule) describe(fields *ast.StructType, defaults ast.Expr) error {
	values := make(map[string]ast.Expr)
	if composite, ok := defaults.(*ast.CompositeLit); ok {
		for key, value := range pairs(composite) {
			values[key] = value
		}
	}
	for _, field := range fields.Fields.List {
		if field.Tag == nil || len(field.Names) != 1 {
			return fmt.Errorf("rules/%s: every option is one field with the tags yaml and doc", r.folder)
		}
		quoted, err := strconv.Unquote(field.Tag.Value)
		if err != nil {
			return err
		}
		tag := reflect.StructTag(quoted)
		name, _, _ := strings.Cut(tag.Get("yaml"), ",")
		doc := tag.Get("doc")
		if name == "" || doc == "" {
			return fmt.Errorf("rules/%s: option %s needs the tags yaml and doc", r.folder, field.Names[0].Name)
		}
		r.options = append(r.options, option{name, cmp.Or(tag.Get("default"), yamlOf(values[field.Names[0].Name])), doc})
	}
	return nil
}

// yamlOf writes a literal as the configuration would. The tag default speaks for
// what is not a literal.
func yamlOf(value ast.Expr) string {
	switch value := value.(type) {
	case *ast.BasicLit:
		return value.Value
	case *ast.Ident:
		return value.Name
	case *ast.CompositeLit:
		items := make([]string, len(value.Elts))
		for i, item := range value.Elts {
			items[i] = yamlOf(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	default:
		return "none"
	}
}

// pairs yields the keys and values of a literal.
func pairs(composite *ast.CompositeLit) iter.Seq2[string, ast.Expr] {
	return func(yield func(string, ast.Expr) bool) {
		for _, element := range composite.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok {
				continue
			}
			if key, ok := pair.Key.(*ast.Ident); ok && !yield(key.Name, pair.Value) {
				return
			}
		}
	}
}

func selected(value ast.Expr) string {
	if s, ok := value.(*ast.SelectorExpr); ok {
		return s.Sel.Name
	}
	return ""
}

const header = "Code generated by gen.go; DO NOT EDIT."

func listing(rules []rule) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "// %s\n\n", header)
	b.WriteString("// Package rules lists the rules. It knows nothing else about them.\npackage rules\n\n")
	b.WriteString("//go:generate go run gen.go\n\nimport (\n\t\"github.com/bookcheck/bookcheck\"\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "\t\"github.com/bookcheck/bookcheck/rules/%s\"\n", r.folder)
	}
	b.WriteString(")\n\n// All returns every rule, sorted by name.\nfunc All() []*bookcheck.Rule {\n\treturn []*bookcheck.Rule{\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "\t\t%s.Rule,\n", r.folder)
	}
	b.WriteString("\t}\n}\n")
	return b.Bytes()
}

func index(rules []rule) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<!-- %s -->\n\n# The rules\n\n", header)
	b.WriteString("Each rule is a folder, and each page is also the rule's test. In the terminal:\n`bookcheck explain dead-url`.\n\n")
	b.WriteString("| rule | level | needs | reports |\n|---|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [%s](%s/doc.md) | %s | %s | %s |\n", r.name, r.folder, r.level, r.needs, r.summary)
	}
	return b.Bytes()
}

const (
	opening = "<!-- options -->\n"
	closing = "<!-- /options -->\n"
)

// page returns the documentation with its table of options up to date.
func (r *rule) page() ([]byte, error) {
	before, rest, found := bytes.Cut(r.doc, []byte(opening))
	_, after, closed := bytes.Cut(rest, []byte(closing))
	switch {
	case found && !closed:
		return nil, fmt.Errorf("rules/%s/doc.md: %q without %q", r.folder, strings.TrimSpace(opening), strings.TrimSpace(closing))
	case !found && len(r.options) > 0:
		return nil, fmt.Errorf("rules/%s/doc.md: no place for the options; write %s%s", r.folder, opening, closing)
	case !found:
		return r.doc, nil
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString(opening + "\n| option | default | meaning |\n|---|---|---|\n")
	for _, o := range r.options {
		fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", o.name, o.value, o.doc)
	}
	b.WriteString("\n" + closing)
	b.Write(after)
	return b.Bytes(), nil
}
