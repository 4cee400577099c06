package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
)

// A build says which bookcheck this is.
type build struct {
	text     string // for people
	semantic string // for reports; "" if it is not a released version
}

var released = regexp.MustCompile(`^v\d+\.\d+\.\d+(-[a-z]+[.\d]*)?$`)

// version reads what the Go linker noted.
func version() build {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return build{text: "(devel)"}
	}
	b := build{text: info.Main.Version}
	if released.MatchString(b.text) {
		b.semantic = strings.TrimPrefix(b.text, "v")
	}
	return b
}

// showVersion prints which bookcheck this is.
func showVersion(_ context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	if flags.NArg() > 0 {
		return trouble, errors.New("version takes no argument")
	}
	sayVersion(env)
	return clean, nil
}

func sayVersion(env *environment) {
	fmt.Fprintf(env.stdout, "bookcheck %s, %s\n", version().text, runtime.Version())
}
