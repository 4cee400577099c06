package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// documented is an example of the documentation that can be run: one command on
// the books of this repository, and what it writes.
var documented = regexp.MustCompile("(?s)```console\n\\$ bookcheck ([^\n]* testdata/[^\n]*)\n(.*?)```\n")

// The examples of the documentation show what the command really writes, on the day
// on which they were written.
func TestDocumentation(t *testing.T) {
	top, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(filepath.Join(top, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, file := range append(pages, filepath.Join(top, "README.md")) {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		shown := documented.ReplaceAllStringFunc(string(page), func(example string) string {
			examples++
			parts := documented.FindStringSubmatch(example)
			got := written(t, top, strings.Fields(parts[1]))
			if os.Getenv("UPDATE") == "" && got != parts[2] {
				t.Errorf("bookcheck %s writes:\n%s\n%s shows:\n%s\nUPDATE=1 go test rewrites it", parts[1], got, filepath.Base(file), parts[2])
			}
			return "```console\n$ bookcheck " + parts[1] + "\n" + got + "```\n"
		})
		if os.Getenv("UPDATE") != "" && shown != string(page) {
			if err := os.WriteFile(file, []byte(shown), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if examples < 3 {
		t.Errorf("got %d examples, want at least that of the README and those of two pages", examples)
	}
}
