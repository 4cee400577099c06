package main

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/bookcheck/bookcheck/checker/config"
)

// showConfig prints the configuration that is in force, with the place that each
// value is from.
func showConfig(ctx context.Context, env *environment, args []string) (int, error) {
	s := &session{options: &options{}, env: env}
	flags := readingFlags(s.options)
	if done, err := parse(env, flags, s.options, args); done || err != nil {
		return clean, err
	}
	root, err := s.openPlace(flags.Args()) //nolint:contextcheck // what is asked of git here bounds itself
	if root == nil {
		return trouble, err
	}
	defer func() { _ = root.Close() }() // it was only read
	books, faults := s.checker.Configured(ctx, root.FS(), s.place.paths)
	s.complain(faults)
	for i, book := range books {
		if i > 0 {
			fmt.Fprintln(env.stdout, "---")
		}
		shown, text := *book.Config, []byte(nil)
		if file := shown.Path; file != "" {
			if text, err = fs.ReadFile(root.FS(), file); err != nil {
				return trouble, fmt.Errorf("reading %s: %s", file, reason(err))
			}
			shown.Path = s.place.shown(file)
		}
		fmt.Fprintf(env.stdout, "# %s\n%s", book.Source, config.Show(&shown, text, known()))
	}
	if len(s.place.faults)+len(faults) > 0 {
		return trouble, nil
	}
	return clean, nil
}
