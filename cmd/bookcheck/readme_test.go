package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The first example of the README shows what the command really writes, on the day
// on which it was written.
func TestReadme(t *testing.T) {
	top, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(top, "README.md")
	readme, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const opening, closing = "```console\n$ bookcheck ", "\n```\n"
	before, rest, found := strings.Cut(string(readme), opening)
	example, after, closed := strings.Cut(rest, closing)
	if !found || !closed {
		t.Fatalf("README.md has no example that begins with %q", opening)
	}
	arguments, want, _ := strings.Cut(example, "\n")

	var output bytes.Buffer
	env := &environment{
		stdout: &output, stderr: &output,
		getenv: func(string) string { return "" },
		clock:  time.Now, dir: top,
	}
	run(t.Context(), env, append(strings.Fields(arguments), "--now=2026-11-23"))
	got := strings.TrimRight(output.String(), "\n")
	if os.Getenv("UPDATE") != "" {
		text := before + opening + arguments + "\n" + got + closing + after
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Errorf("bookcheck %s writes:\n%s\nREADME.md shows:\n%s\nUPDATE=1 go test rewrites it", arguments, got, want)
	}
}
