package myst

import (
	"maps"
	"strconv"
)

// options are the settings of Sphinx by name, from a _config.yml or a conf.py.
type options map[string]any

// unknown stands for a value that only running the project would tell.
type unknown struct{}

// known tells whether an option's value can be relied on: it is not set, or it is
// set to what can be read.
func (o options) known(name string) bool {
	switch v := o[name].(type) {
	case unknown:
		return false
	case []any:
		for _, item := range v {
			if _, is := item.(unknown); is {
				return false
			}
		}
	}
	return true
}

// strings returns an option that is a list, or one string in place of a list.
func (o options) strings(name string) []string { return list(o[name]) }

// list returns the strings of a list. One string stands for a list of one.
func list(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var items []string
		for _, item := range v {
			switch item := item.(type) {
			case string:
				items = append(items, item)
			case int:
				items = append(items, strconv.Itoa(item))
			}
		}
		return items
	}
	return nil
}

// pairs returns an option that is a list of pairs of strings.
func (o options) pairs(name string) [][2]string {
	var pairs [][2]string
	items, _ := o[name].([]any)
	for _, item := range items {
		if pair := list(item); len(pair) == 2 {
			pairs = append(pairs, [2]string{pair[0], pair[1]})
		}
	}
	return pairs
}

// number returns an option that is a number, or the default.
func (o options) number(name string, otherwise int) int {
	if n, ok := o[name].(int); ok {
		return n
	}
	return otherwise
}

// truth returns an option that is true or false, or the default.
func (o options) truth(name string, otherwise bool) bool {
	if b, ok := o[name].(bool); ok {
		return b
	}
	return otherwise
}

// merge adds the settings of other, which win. Mappings are merged key by key.
func (o options) merge(other map[string]any) {
	for name, value := range other {
		below, above := dict(o[name]), dict(value)
		if below == nil || above == nil {
			o[name] = value
			continue
		}
		merged := maps.Clone(below)
		maps.Copy(merged, above)
		o[name] = merged
	}
}
