package config

import (
	"bytes"
	"cmp"
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Show writes a configuration as it is in force: every value, and the place that it
// is from. What it writes is a configuration again, which says the same. Src is the
// text of the file, which has no faults, or nil.
func Show(c *Config, src []byte, known Known) []byte {
	s := &show{file: c.Path, said: make(map[string]said)}
	newDecoder(c.Path, src).document(src, func(root *yaml.Node) { s.read("", root) })
	s.list("exclude", "exclude")
	fmt.Fprintln(&s.out, "links:")
	s.list("  exclude", "links.exclude")
	fmt.Fprintln(&s.out, "rules:")
	for _, rule := range known.Rules {
		s.rule(rule.Name, c.Rules[rule.Name])
	}
	s.value("fail-on", "fail-on", c.FailOn.String())
	s.value("store", "store", c.Store)
	s.list("markers", "markers")
	for _, name := range []string{"dialect", "extensions"} { // without these, the project files decide
		if s.said[name].value != nil {
			s.list(name, name)
		}
	}
	return s.out.Bytes()
}

// A show is a configuration that is being written.
type show struct {
	out  bytes.Buffer
	file string
	said map[string]said // by the way to it: "rules.todo.allow"
}

// A said is what the file says.
type said struct {
	line  int // of the key
	value *yaml.Node
}

// read notes what the mapping that is reached by a way says.
func (s *show) read(way string, n *yaml.Node) {
	if n = resolve(n); n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], resolve(n.Content[i+1])
		if null(value) {
			continue
		}
		s.said[way+key.Value] = said{key.Line, value}
		s.read(way+key.Value+".", value)
	}
}

// rule writes a level, or a mapping if there is more to say.
func (s *show) rule(name string, rule Rule) {
	way := "rules." + name
	level := way
	if s.said[way+".severity"].value != nil {
		level = way + ".severity"
	} else if node := s.said[way].value; node != nil && node.Kind == yaml.MappingNode {
		level = "" // it speaks of other things
	}
	options := plain(reflect.ValueOf(rule.Options))
	if options == nil && s.said[way+".exclude"].value == nil {
		s.value("  "+name, level, rule.Severity.String())
		return
	}
	fmt.Fprintf(&s.out, "  %s:\n", name)
	s.value("    severity", level, rule.Severity.String())
	if s.said[way+".exclude"].value != nil {
		s.list("    exclude", way+".exclude")
	}
	table, _ := options.(map[string]any)
	for _, option := range slices.Sorted(maps.Keys(table)) {
		s.value("    "+option, way+"."+option, table[option])
	}
}

// list writes what the file says, or nothing of a kind that nobody misses.
func (s *show) list(key, way string) {
	if node := s.said[way].value; node != nil {
		s.value(key, way, node)
		return
	}
	s.value(key, way, []string{})
}

// value writes a value with the place that it is from.
func (s *show) value(key, way string, value any) {
	origin := "default"
	if from := s.said[way]; from.value != nil {
		origin = fmt.Sprintf("%s:%d", s.file, from.line)
	}
	fmt.Fprintf(&s.out, "%s: %s # %s\n", key, flow(value), origin)
}

// flow writes a value on one line.
func flow(value any) string {
	node, ok := value.(*yaml.Node)
	if !ok {
		node = &yaml.Node{}
		if err := node.Encode(value); err != nil {
			return fmt.Sprint(value) // no option is of a type that YAML cannot write
		}
	}
	text, err := yaml.Marshal(inline(node))
	if err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSuffix(string(text), "\n")
}

// inline returns a copy of a node without comments, in the style that fits a line.
func inline(n *yaml.Node) *yaml.Node {
	n = resolve(n)
	line := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Value: n.Value}
	switch {
	case n.Kind != yaml.ScalarNode:
		line.Style = yaml.FlowStyle
	case strings.Contains(n.Value, "\n"), n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		line.Style = yaml.DoubleQuotedStyle
	}
	for _, child := range n.Content {
		line.Content = append(line.Content, inline(child))
	}
	return line
}

// plain returns the options of a rule as the file would write them, or nil if there
// are none.
func plain(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Struct:
		table := make(map[string]any)
		for field, value := range v.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
			if name = cmp.Or(name, strings.ToLower(field.Name)); name != "-" && field.IsExported() {
				table[name] = plain(value)
			}
		}
		return table
	case reflect.Map:
		table := make(map[string]any)
		for key, value := range v.Seq2() {
			table[key.String()] = plain(value)
		}
		return table
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i))
		}
		return list
	case reflect.Invalid:
		return nil
	default:
		return word(v)
	}
}

// word returns a value as the file spells it: an age as "12 months".
func word(v reflect.Value) any {
	if text, ok := reflect.TypeAssert[encoding.TextMarshaler](v); ok {
		if written, err := text.MarshalText(); err == nil {
			return string(written)
		}
	}
	return v.Interface()
}
