package config

import (
	"cmp"
	"encoding"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/near"
)

// A decoder reads YAML by the types that it is to fill, and keeps what is wrong
// with it.
type decoder struct {
	file   string
	lines  []string
	faults []bookcheck.Fault
}

// fields are the keys that a mapping may have, and what reads their values.
type fields map[string]func(*yaml.Node)

func newDecoder(file string, src []byte) *decoder {
	text := strings.TrimPrefix(string(src), "\ufeff")
	return &decoder{file: file, lines: strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")}
}

// document calls read with the root of the only document in src. An empty one has
// none.
func (d *decoder) document(src []byte, read func(root *yaml.Node)) {
	decoder := yaml.NewDecoder(strings.NewReader(string(src)))
	var doc, second yaml.Node
	switch err := decoder.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return
	case err != nil:
		d.syntax(err)
		return
	}
	switch err := decoder.Decode(&second); {
	case err == nil:
		d.fault(&second, "a second document; bookcheck reads only one")
	case !errors.Is(err, io.EOF):
		d.syntax(err)
	default:
		read(doc.Content[0])
	}
}

var yamlError = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)`)

// syntax adds a fault for what is not YAML at all.
func (d *decoder) syntax(err error) {
	message := err.Error()
	line := 0
	if m := yamlError.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	d.add(line, 0, "not valid YAML: "+message)
}

// fault adds a fault at a node.
func (d *decoder) fault(n *yaml.Node, format string, args ...any) {
	d.add(n.Line, n.Column, fmt.Sprintf(format, args...))
}

func (d *decoder) add(line, column int, message string) {
	fault := bookcheck.Fault{Path: d.file, Line: line, Column: column, Message: message}
	if 0 < line && line <= len(d.lines) {
		fault.Excerpt = d.lines[line-1]
	}
	d.faults = append(d.faults, fault)
}

// mapping reads each value of a mapping by its key. Kind says in a message what a
// key is. Keys that begin with x- are free; a value of null is as good as none.
func (d *decoder) mapping(n *yaml.Node, kind string, known fields) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		if !null(n) {
			d.fault(n, "must be a mapping, not %s", describe(n))
		}
		return
	}
	seen := make(map[string]int)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], resolve(n.Content[i+1])
		name := key.Value
		read, found := known[name]
		switch {
		case key.Kind != yaml.ScalarNode:
			d.fault(key, "a key must be a word, not %s", describe(key))
		case strings.HasPrefix(name, "x-"):
		case !found:
			d.unknown(key, kind, slices.Sorted(maps.Keys(known)))
		case seen[name] > 0:
			d.fault(key, "%q is given twice; the first is in line %d", name, seen[name])
		default:
			seen[name] = key.Line
			if !null(value) {
				read(value)
			}
		}
	}
}

// unknown adds a fault for a word that is none of those that may stand there.
func (d *decoder) unknown(n *yaml.Node, kind string, known []string) {
	message := fmt.Sprintf("unknown %s %s", kind, quote(n.Value))
	if meant := near.New(known).Find(n.Value); len(meant) > 0 {
		message += fmt.Sprintf("; did you mean %q?", meant[0])
	} else if len(known) > 0 && len(known) <= 10 {
		message += "; known are " + strings.Join(known, ", ")
	}
	d.add(n.Line, n.Column, message)
}

// each calls f with each text of a list, and returns them.
func (d *decoder) each(n *yaml.Node, f func(n *yaml.Node, text string)) []string {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, "must be a list, not %s", describe(n))
		return nil
	}
	texts := []string{}
	for _, item := range n.Content {
		item = resolve(item)
		if item.Kind != yaml.ScalarNode || null(item) {
			d.fault(item, "must be a text, not %s", describe(item))
			continue
		}
		f(item, item.Value)
		texts = append(texts, item.Value)
	}
	return texts
}

func (d *decoder) words(n *yaml.Node) []string { return d.each(n, func(*yaml.Node, string) {}) }

// changes reads a list of known words, each of which may follow a minus sign.
func (d *decoder) changes(n *yaml.Node, kind string, known []string) []string {
	return d.each(n, func(n *yaml.Node, text string) {
		if name := strings.TrimPrefix(text, "-"); !slices.Contains(known, name) {
			named := *n
			named.Value = name
			d.unknown(&named, kind, known)
		}
	})
}

// choice reads one of some words, and returns "" if it is none of them.
func (d *decoder) choice(n *yaml.Node, words []string) string {
	if n.Kind != yaml.ScalarNode {
		d.fault(n, "must be a word, not %s", describe(n))
		return ""
	}
	if !slices.Contains(words, n.Value) {
		message := "must be " + strings.Join(words, " or ")
		if len(words) > 2 {
			message = "must be one of " + strings.Join(words, ", ")
		}
		d.fault(n, "%s, not %s", message, quote(n.Value))
		return ""
	}
	return n.Value
}

// options decodes a mapping over a copy of a struct, by its yaml tags. Keys are
// those that are not the struct's.
func (d *decoder) options(n *yaml.Node, defaults any, keys fields) any {
	options := reflect.New(reflect.TypeOf(defaults)).Elem()
	options.Set(reflect.ValueOf(defaults))
	d.structure(n, options, keys)
	return options.Interface()
}

func (d *decoder) structure(n *yaml.Node, into reflect.Value, keys fields) {
	known := maps.Clone(keys)
	if known == nil {
		known = make(fields)
	}
	for i := range into.NumField() {
		field := into.Type().Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if name = cmp.Or(name, strings.ToLower(field.Name)); name == "-" || !field.IsExported() {
			continue
		}
		known[name] = func(n *yaml.Node) { d.value(n, into.Field(i)) }
	}
	d.mapping(n, "option", known)
}

// value decodes a node into a value of any type that options are made of.
func (d *decoder) value(n *yaml.Node, into reflect.Value) {
	n = resolve(n)
	if text, ok := reflect.TypeAssert[encoding.TextUnmarshaler](into.Addr()); ok {
		if n.Kind != yaml.ScalarNode {
			d.fault(n, "must be a text, not %s", describe(n))
		} else if err := text.UnmarshalText([]byte(n.Value)); err != nil {
			d.fault(n, "%v", err)
		}
		return
	}
	switch into.Kind() {
	case reflect.Struct:
		d.structure(n, into, nil)
	case reflect.Map:
		d.table(n, into)
	case reflect.Slice:
		d.list(n, into)
	case reflect.String:
		d.scalar(n, "a text", func(text string) error { into.SetString(text); return nil })
	case reflect.Bool:
		d.typed(n, "!!bool", "true or false", func(text string) error {
			value, err := strconv.ParseBool(strings.ToLower(text))
			into.SetBool(value)
			return err
		})
	case reflect.Int, reflect.Int64:
		d.typed(n, "!!int", "a whole number", func(text string) error {
			value, err := strconv.ParseInt(text, 0, into.Type().Bits())
			into.SetInt(value)
			return err
		})
	case reflect.Float64:
		d.scalar(n, "a number", func(text string) error {
			value, err := strconv.ParseFloat(text, 64)
			into.SetFloat(value)
			return err
		})
	default:
		panic(fmt.Sprintf("an option of type %s cannot be configured", into.Type()))
	}
}

// table decodes a mapping into a copy of a map with words for keys. What is not
// mentioned keeps its default, and a map that has defaults has no other keys.
func (d *decoder) table(n *yaml.Node, into reflect.Value) {
	table := reflect.MakeMap(into.Type())
	known := make(fields)
	entry := func(key reflect.Value) func(*yaml.Node) {
		return func(n *yaml.Node) {
			value := reflect.New(into.Type().Elem()).Elem()
			d.value(n, value)
			table.SetMapIndex(key, value)
		}
	}
	for key, value := range into.Seq2() {
		table.SetMapIndex(key, value)
		known[key.String()] = entry(key)
	}
	if len(known) == 0 {
		for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
			known[n.Content[i].Value] = entry(reflect.ValueOf(n.Content[i].Value).Convert(into.Type().Key()))
		}
	}
	d.mapping(n, "key", known)
	into.Set(table)
}

func (d *decoder) list(n *yaml.Node, into reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, "must be a list, not %s", describe(n))
		return
	}
	list := reflect.MakeSlice(into.Type(), len(n.Content), len(n.Content))
	for i, item := range n.Content {
		d.value(item, list.Index(i))
	}
	into.Set(list)
}

func (d *decoder) typed(n *yaml.Node, tag, what string, set func(string) error) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() != tag {
		d.fault(n, "must be %s, not %s", what, describe(n))
		return
	}
	d.scalar(n, what, set)
}

func (d *decoder) scalar(n *yaml.Node, what string, set func(string) error) {
	if n.Kind != yaml.ScalarNode || null(n) || set(n.Value) != nil {
		d.fault(n, "must be %s, not %s", what, describe(n))
	}
}

func null(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// resolve returns what an alias stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// describe says what a node is.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if null(n) {
			return "nothing"
		}
		return quote(n.Value)
	default:
		return "an alias"
	}
}

// quote quotes the beginning of a text.
func quote(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
