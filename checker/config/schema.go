package config

import (
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// SchemaURL is where the schema of the file is, for editors.
const SchemaURL = "https://raw.githubusercontent.com/bookcheck/bookcheck/main/docs/bookcheck.schema.json"

// object is a schema, or a part of one.
type object = map[string]any

// Schema returns the JSON schema of the file, with the options of the rules as
// their types declare them.
func Schema(known Known) ([]byte, error) {
	rules := make(object, len(known.Rules))
	for _, rule := range known.Rules {
		rules[rule.Name] = ruleSchema(rule)
	}
	texts := func(meaning string) object { return about(listOf(object{"type": "string"}), meaning) }
	schema := object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         SchemaURL,
		"title":       Name,
		"description": "What bookcheck is told about a book",
		"type":        "object",
		"properties": object{
			"exclude": texts("chapters that nothing is reported about, as in .gitignore, from the folder of the file"),
			"links": mapping(object{
				"exclude": texts("URLs that are never asked for and never judged: regular expressions, found anywhere in the URL"),
			}),
			"rules":      mapping(rules),
			"fail-on":    about(words("error", "warning", "note"), "the level from which on a finding fails the run"),
			"store":      about(words(Stores...), "what is kept of the pages that claims cite: the sentences that they rest on, or hashes only"),
			"markers":    texts("names that mark unfinished work, besides TODO and its kin"),
			"dialect":    about(words(known.Dialects...), "what builds the book"),
			"extensions": extensions(known.Extensions),
		},
		"patternProperties":    free,
		"additionalProperties": false,
	}
	text, err := json.MarshalIndent(schema, "", "  ")
	return append(text, '\n'), err
}

// extensions are names, which a minus sign switches off.
func extensions(names []string) object {
	all := slices.Clone(names)
	for _, name := range names {
		all = append(all, "-"+name)
	}
	return about(listOf(words(all...)), "extensions of Markdown that are switched on, or off by a minus sign")
}

// free are the keys that everybody may use.
var free = object{"^x-": true}

func mapping(properties object) object {
	return object{"type": []string{"object", "null"}, "properties": properties, "patternProperties": free, "additionalProperties": false}
}

func listOf(item object) object { return object{"type": []string{"array", "null"}, "items": item} }

func words(words ...string) object { return object{"enum": words} }

func about(schema object, meaning string) object {
	schema["description"] = meaning
	return schema
}

// ruleSchema is a level, or a mapping that may also hold the rule's own options.
func ruleSchema(rule *bookcheck.Rule) object {
	levels := words("error", "warning", "note", "off")
	properties := object{
		"severity": levels,
		"exclude":  about(listOf(object{"type": "string"}), "chapters that the rule leaves alone"),
	}
	if rule.Options != nil {
		maps.Copy(properties, fieldsOf(reflect.TypeOf(rule.Options)))
	}
	return object{
		"description": rule.Summary(),
		"default":     rule.Severity.String(),
		"anyOf":       []object{levels, mapping(properties)},
	}
}

// fieldsOf returns the schemas of the fields of a struct, by the names and with the
// words of their tags.
func fieldsOf(t reflect.Type) object {
	properties := make(object)
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		if name = cmp.Or(name, strings.ToLower(field.Name)); name == "-" || !field.IsExported() {
			continue
		}
		option := typeSchema(field.Type)
		if meaning := field.Tag.Get("doc"); meaning != "" {
			option["description"] = meaning
		}
		properties[name] = option
	}
	return properties
}

var textual = reflect.TypeFor[encoding.TextUnmarshaler]()

// typeSchema is what the decoder takes for a type.
func typeSchema(t reflect.Type) object {
	if reflect.PointerTo(t).Implements(textual) {
		return object{"type": []string{"string", "number"}}
	}
	switch t.Kind() {
	case reflect.Struct:
		return mapping(fieldsOf(t))
	case reflect.Map:
		return object{"type": []string{"object", "null"}, "additionalProperties": typeSchema(t.Elem())}
	case reflect.Slice:
		return listOf(typeSchema(t.Elem()))
	case reflect.String:
		return object{"type": []string{"string", "number", "boolean"}}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	default:
		panic(fmt.Sprintf("an option of type %s cannot be configured", t))
	}
}
