package main

import (
	"bytes"
	"os"
	"testing"
)

const schemaFile = "../../docs/bookcheck.schema.json"

// The schema that editors load is the one that this bookcheck means. UPDATE=1 go
// test rewrites it.
func TestSchemaIsCurrent(t *testing.T) {
	want, err := configSchema()
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("docs/bookcheck.schema.json is not what bookcheck schema prints: UPDATE=1 go test ./cmd/bookcheck rewrites it")
	}
}
