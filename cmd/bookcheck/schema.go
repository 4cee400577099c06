package main

import (
	"context"
	"errors"

	"github.com/bookcheck/bookcheck/checker/config"
	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/checker/markdown"
	"github.com/bookcheck/bookcheck/rules"
)

// schema prints the JSON schema of the configuration.
func schema(_ context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() > 0 {
		return trouble, errors.New("schema takes no argument")
	}
	text, err := configSchema()
	if err != nil {
		return trouble, err
	}
	_, err = env.stdout.Write(text)
	return clean, err
}

func configSchema() ([]byte, error) {
	return config.Schema(known())
}

// known is what a configuration may name.
func known() config.Known {
	return config.Known{Rules: rules.All(), Dialects: dialect.Names(), Extensions: markdown.Extensions}
}
