package config_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/markdown"
	"github.com/bookcheck/bookcheck/rules"
)

// everything is what a file may name in a real run.
var everything = config.Known{Rules: rules.All(), Dialects: dialect.Names(), Extensions: markdown.Extensions}

// Schema and decoder agree on what is right.
func TestSchema(t *testing.T) {
	text, err := config.Schema(everything)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", decoded); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	example := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindSubmatch(page)[1]
	starter := regexp.MustCompile(`(?m)^# ((?: {2})?[a-z-]+:.*)$`).FindAllSubmatch(config.Starter, -1)
	var uncommented []byte
	for _, line := range starter {
		uncommented = append(append(uncommented, line[1]...), '\n')
	}
	for _, file := range []struct {
		text string
		fine bool
	}{
		{string(example), true},
		{string(uncommented), true},
		{"x-own: 1\nrules: {x-mine: 2, todo: {x-why: because}}\n", true},
		{"rules: {stale-statement: {after: {current-state: 12 months}}}\n", true},
		{"rules:\nexclude:\n", true},
		{"rules: {todo: high}\n", false},
		{"rules: {nonsense: error}\n", false},
		{"rules: {todo: {alow: [TBD]}}\n", false},
		{"exclude: a.md\n", false},
		{"fail-on: off\n", false},
		{"dialect: latex\n", false},
		{"links: {include: [a]}\n", false},
	} {
		var value any
		if err := yaml.Unmarshal([]byte(file.text), &value); err != nil {
			t.Fatal(err)
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(instance); (err == nil) != file.fine {
			t.Errorf("the schema says %v of\n%s", err, file.text)
		}
		_, faults := config.Parse(config.Name, []byte(file.text), everything)
		if (len(faults) == 0) != file.fine {
			t.Errorf("the decoder says %v of\n%s", faults, file.text)
		}
	}
}
