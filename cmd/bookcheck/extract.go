package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/bookcheck/bookcheck/report"
)

// extract prints all that the walker sees.
func extract(ctx context.Context, env *environment, args []string) (int, error) {
	s := &session{options: &options{}, env: env}
	flags := readingFlags(s.options)
	if done, err := parse(env, flags, s.options, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() == 0 {
		return trouble, errors.New("extract: name a file or a folder")
	}
	root, err := s.openPlace(flags.Args()) //nolint:contextcheck // what is asked of git here bounds itself
	if root == nil {
		return trouble, err
	}
	defer func() { _ = root.Close() }() // it was only read
	chapters, faults := s.checker.Read(ctx, root.FS(), s.place.paths)
	if err := report.Extract(env.stdout, chapters); err != nil {
		return trouble, fmt.Errorf("extract: %w", err)
	}
	s.complain(faults)
	switch {
	case ctx.Err() != nil:
		return interrupted, nil
	case len(s.place.faults)+len(faults) > 0:
		return trouble, nil
	default:
		return clean, nil
	}
}
