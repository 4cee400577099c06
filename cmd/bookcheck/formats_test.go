package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var example = regexp.MustCompile("(?ms)^```console\n\\$ bookcheck (--offline [^\n]*)\n(.*?)^```$")

// The examples of docs/formats.md show what the command writes about the example
// book, whole or, between lines of "…", in part.
func TestFormatExamples(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "formats.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	book := t.TempDir()
	if err := os.CopyFS(book, os.DirFS(filepath.Join("..", "..", "testdata", "books", "example"))); err != nil {
		t.Fatal(err)
	}
	found := 0
	updated := example.ReplaceAllFunc(text, func(block []byte) []byte {
		found++
		m := example.FindSubmatch(block)
		got := written(t, book, strings.Fields(string(m[1])))
		switch want := string(m[2]); {
		case strings.Contains(want, "…\n"):
			if missing := inParts(got, strings.Split(want, "…\n")); missing != "" {
				t.Errorf("bookcheck %s writes:\n%s\nwhere %s shows:\n%s", m[1], got, file, missing)
			}
		case os.Getenv("UPDATE") != "":
			return []byte("```console\n$ bookcheck " + string(m[1]) + "\n" + got + "```")
		case got != want:
			t.Errorf("bookcheck %s writes:\n%s\n%s shows:\n%s\nUPDATE=1 go test rewrites it", m[1], got, file, want)
		}
		return block
	})
	if found < 9 {
		t.Errorf("%s has %d examples", file, found)
	}
	if !bytes.Equal(updated, text) {
		if err := os.WriteFile(file, updated, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// written returns what the command writes in a folder.
func written(t *testing.T, dir string, arguments []string) string {
	t.Helper()
	var output bytes.Buffer
	env := &environment{
		stdout: &output, stderr: &output,
		getenv: func(string) string { return "" },
		clock:  time.Now, dir: dir,
	}
	run(t.Context(), env, append(arguments, "--now=2026-11-23"))
	return strings.TrimRight(output.String(), "\n") + "\n"
}

// inParts returns the first part that text does not hold after the ones before it.
func inParts(text string, parts []string) string {
	for _, part := range parts {
		_, after, found := strings.Cut(text, part)
		if !found {
			return part
		}
		text = after
	}
	return ""
}
