package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/bookcheck/bookcheck/checker/config"
)

// initialize writes a configuration to start from. It never overwrites one.
func initialize(_ context.Context, env *environment, args []string) (int, error) {
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
	file, err := os.OpenFile(filepath.Join(env.dir, config.Name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // for all to read
	if err != nil {
		return trouble, fmt.Errorf("init: %s", reason(err))
	}
	if _, err := file.Write(config.Starter); err != nil {
		_ = file.Close()
		return trouble, fmt.Errorf("init: %w", err)
	}
	if err := file.Close(); err != nil {
		return trouble, fmt.Errorf("init: %w", err)
	}
	fmt.Fprintf(env.stdout, "wrote %s\n", config.Name)
	return clean, nil
}
