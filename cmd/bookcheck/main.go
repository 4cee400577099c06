// Command bookcheck finds dead links, broken references, stale statements and
// unfinished work in books written in Markdown.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes. Of trouble and findings, trouble wins.
const (
	clean       = 0
	findings    = 1
	trouble     = 2
	interrupted = 130
)

func main() {
	log.SetOutput(io.Discard) //nolint:forbidigo // where net/http complains of what servers say out of turn
	collectRarely()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // a second signal ends the process at once
		collectNoMore()
	})
	os.Exit(run(ctx, system(), os.Args[1:]))
}

// A command is a sub-command. It returns the exit code; an error is what is wrong
// with its arguments.
type command func(ctx context.Context, env *environment, args []string) (int, error)

var commands map[string]command

func init() { // not in the declaration, because completion lists the commands
	commands = map[string]command{
		"check":      check,
		"baseline":   keepBaseline,
		"extract":    extract,
		"rules":      listRules,
		"explain":    explain,
		"init":       initialize,
		"config":     showConfig,
		"schema":     schema,
		"completion": complete,
		"version":    showVersion,
	}
}

// run runs the command that the first argument names, or check.
func run(ctx context.Context, env *environment, args []string) int {
	chosen := check
	if len(args) > 0 {
		if named, ok := commands[args[0]]; ok {
			chosen, args = named, args[1:]
		}
	}
	code, err := chosen(ctx, env, args)
	if err != nil {
		fmt.Fprintf(env.stderr, "bookcheck: %v\n", err)
		return trouble
	}
	return code
}

// stopped tells whether the user wants no more.
func stopped(ctx context.Context) bool { return ctx.Err() != nil }
