package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/rules"
)

// initialize writes a configuration to start from. It never overwrites one.
func initialize(ctx context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() > 0 {
		return trouble, errors.New("init takes no argument: it writes " + config.Name + " into the working folder")
	}
	for _, name := range config.Names {
		if _, err := os.Lstat(filepath.Join(env.dir, name)); err == nil {
			return trouble, fmt.Errorf("init: %s is there already", name)
		}
	}
	text := env.starter(ctx)
	file, err := os.OpenFile(filepath.Join(env.dir, config.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // for all to read
	if err != nil {
		return trouble, fmt.Errorf("init: %s", reason(err))
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Close()); err != nil {
		return trouble, fmt.Errorf("init: %w", err)
	}
	fmt.Fprintf(env.stdout, "wrote %s\n", config.Name)
	return clean, nil
}

// starter returns a configuration for the book in the working folder: what was
// understood of it, and how often each rule would report something today.
func (e *environment) starter(ctx context.Context) []byte {
	var text bytes.Buffer
	fmt.Fprintf(&text, "# yaml-language-server: $schema=%s\n", config.SchemaURL)
	p := locate(e, nil) //nolint:contextcheck // what is asked of git here bounds itself
	c := &checker.Checker{Rules: rules.All(), Now: e.clock()}
	var result *bookcheck.Result
	if root, err := os.OpenRoot(p.top); err == nil {
		defer func() { _ = root.Close() }() // it was only read
		result, _ = c.Check(ctx, root.FS(), p.paths)
	}
	if result == nil || result.Stats.Files == 0 {
		text.Write(config.Starter)
		return text.Bytes()
	}
	for _, source := range result.Sources {
		fmt.Fprintf(&text, "# Found here: %s.\n", source)
	}
	before, after, _ := bytes.Cut(config.Starter, []byte("# rules:\n"))
	text.Write(append(before, "# rules:\n"...))
	counts := make(map[string]int)
	for i := range result.Diagnostics {
		if result.Diagnostics[i].Allowed == nil {
			counts[result.Diagnostics[i].Rule.Name]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&text, "#   %s: note # %s today\n", name, amount(counts[name], "finding", "findings"))
	}
	text.Write(after)
	return text.Bytes()
}
