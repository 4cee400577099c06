package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/history"
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
	result := e.today(ctx)
	for _, source := range result.Sources {
		fmt.Fprintf(&text, "# Found here: %s.\n", source)
	}
	counts := make(map[*bookcheck.Rule]int)
	for i := range result.Diagnostics {
		if result.Diagnostics[i].Allowed == nil {
			counts[result.Diagnostics[i].Rule]++
		}
	}
	if len(counts) == 0 {
		text.Write(config.Starter)
		return text.Bytes()
	}
	before, after, _ := strings.Cut(string(config.Starter), "# rules:\n")
	text.WriteString(before + "# rules:\n")
	for _, rule := range rules.All() {
		if counts[rule] > 0 {
			fmt.Fprintf(&text, "#   %s: %s # %s today\n", rule.Name, milder(rule), amount(counts[rule], "finding", "findings"))
		}
	}
	for strings.HasPrefix(after, "#   ") { // examples, which could name a rule again
		_, after, _ = strings.Cut(after, "\n")
	}
	text.WriteString(after)
	return text.Bytes()
}

// today returns what is found without the network.
func (e *environment) today(ctx context.Context) *bookcheck.Result {
	p := locate(e, nil) //nolint:contextcheck // what is asked of git here bounds itself
	root, err := os.OpenRoot(p.top)
	if err != nil {
		return &bookcheck.Result{}
	}
	defer func() { _ = root.Close() }()                     // it was only read
	past := history.New(p.top, cacheFile("history", p.top)) //nolint:contextcheck // as above
	defer func() { _ = past.Close() }()                     // the next run asks git again
	c := &checker.Checker{Rules: rules.All(), Now: e.clock(), Historian: past}
	result, err := c.Check(ctx, root.FS(), p.paths)
	if err != nil {
		return &bookcheck.Result{}
	}
	return result
}

// milder returns a level that a rule might be given where it says too much.
func milder(rule *bookcheck.Rule) string {
	if rule.Severity == bookcheck.Note {
		return "off"
	}
	return "note"
}
