package history

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A git runs the program in one folder.
type git struct {
	dir    string
	config []string // variables that override the configuration of the repository
}

// harmless are options that keep the configuration of a repository, which may
// come from anybody, from starting a program or opening a connection.
var harmless = []string{
	"--no-pager",
	"-c", "core.fsmonitor=false",
	"-c", "core.hooksPath=/dev/null",
}

// plain are options that keep a configuration, of the repository or of whoever runs
// bookcheck, from changing what git prints. What has a flag of its own has it where
// it is asked for; a signature, too, which a program of the configuration checks.
var plain = []string{
	"-c", "core.quotePath=false",
	"-c", "i18n.logOutputEncoding=UTF-8",
	"-c", "log.showSignature=false",
	"-c", "log.showRoot=true", // or what the first commit wrote is missing
	"-c", "log.follow=false",
	"-c", "diff.interHunkContext=0",
	"-c", "diff.orderFile=/dev/null", // one that is not there is an error
	"-c", "diff.renameLimit=1000",
	"-c", "blame.showRoot=false", // or a shallow clone seems to have all
}

// quiet is added to the environment for the same end, and so that messages are
// in English and nothing is written into the repository.
var quiet = []string{
	"LC_ALL=C",
	"GIT_OPTIONAL_LOCKS=0",
	"GIT_TERMINAL_PROMPT=0",
	"GIT_NO_LAZY_FETCH=1",
	"GIT_ALLOW_PROTOCOL=none",
}

// command returns the program with its arguments, which starts nothing else and
// ends with ctx.
func (g git) command(ctx context.Context, args ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, "git", slices.Concat(harmless, plain, args)...) //nolint:gosec // a fixed program; paths stand behind "--"
	command.Dir = g.dir
	// A hook that runs bookcheck sets variables that point git at other folders.
	command.Env = append(slices.DeleteFunc(command.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "GIT_")
	}), slices.Concat(quiet, g.config)...)
	command.WaitDelay = time.Second
	return command
}

// run returns what git prints. Its error is the last thing that git said.
func (g git) run(ctx context.Context, input io.Reader, args ...string) ([]byte, error) {
	var output, complaint bytes.Buffer
	command := g.command(ctx, append([]string{"--literal-pathspecs"}, args...)...)
	command.Stdin, command.Stdout, command.Stderr = input, &output, &complaint
	if err := command.Run(); err != nil {
		return nil, explain(ctx, err, complaint.String())
	}
	return output.Bytes(), nil
}

// stream lets what git prints be read while it is printed: it may be longer than
// what fits into memory.
func (g git) stream(ctx context.Context, read func(io.Reader) error, args ...string) error {
	var complaint bytes.Buffer
	command := g.command(ctx, args...)
	command.Stderr = &complaint
	output, err := command.StdoutPipe()
	if err != nil {
		return err
	}
	if err := command.Start(); err != nil {
		return explain(ctx, err, "")
	}
	readErr := read(output)
	if err := command.Wait(); err != nil {
		return explain(ctx, err, complaint.String())
	}
	return readErr
}

// explain says why git failed.
func explain(ctx context.Context, err error, complaint string) error {
	switch {
	case ctx.Err() != nil:
		return errors.New("interrupted")
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return errors.New("git is not installed")
	}
	return fmt.Errorf("git: %s", firstLine(complaint, err))
}

// firstLine returns the first line of what git complained about, or err if it
// did not.
func firstLine(complaint string, err error) string {
	first, _, _ := strings.Cut(strings.TrimSpace(complaint), "\n")
	if first == "" {
		return err.Error()
	}
	return strings.TrimPrefix(first, "fatal: ")
}

// A repository is what is known about the work tree as a whole.
type repository struct {
	git
	head    string // the commit that is checked out; "": there is none yet
	shallow bool
	ignored string // file of the revisions that blame passes over; "" if there is none
	commit  string // the one that is asked about; "": what is checked out, with its changes
	reason  string // why its history cannot be asked for; "" if it can
}

// repository looks at the work tree. It takes no context, because its answer
// serves all calls.
func (g git) repository() repository {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	output, err := g.run(ctx, nil, "rev-parse", "--is-shallow-repository", "--show-toplevel")
	if err != nil {
		if strings.Contains(err.Error(), "not a git repository") {
			return repository{reason: noRepository}
		}
		return repository{reason: err.Error()}
	}
	answer, top, _ := strings.Cut(strings.TrimSpace(string(output)), "\n")
	g.config = defused(g.traps(ctx))
	r := repository{git: g, shallow: answer == "true"}
	if head, err := g.run(ctx, nil, "rev-parse", "--verify", "--quiet", "HEAD"); err == nil {
		r.head = strings.TrimSpace(string(head))
	}
	ignored := filepath.Join(filepath.FromSlash(top), ".git-blame-ignore-revs")
	if _, err := os.Stat(ignored); err == nil {
		r.ignored = ignored
	}
	return r
}

// traps returns the keys of a configuration that no option of a command takes back.
func (g git) traps(ctx context.Context) []string {
	output, err := g.run(ctx, nil, "config", "-z", "--name-only", "--get-regexp", `^(filter\.|blame\.ignorerevsfile$)`)
	if err != nil {
		return nil // there are none
	}
	return fields(output)
}

// defused returns the variables that keep such keys from doing anything. Filters
// would be started on any text that git compares. A list of revisions to pass over
// that is configured for all repositories is a fatal error where it is not found:
// then only the configuration of the repository itself counts, which git has been
// found to trust.
func defused(keys []string) []string {
	var variables []string
	set := func(key, value string) {
		n := len(variables) / 2
		variables = append(variables, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", n, key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", n, value))
	}
	var alone []string
	for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
		name, isFilter := strings.CutPrefix(key, "filter.")
		dot := strings.LastIndexByte(name, '.')
		switch {
		case !isFilter:
			set("safe.directory", "*")
			alone = []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}
		case dot >= 0:
			set("filter."+name[:dot]+".clean", "")
			set("filter."+name[:dot]+".process", "")
			set("filter."+name[:dot]+".required", "false")
		}
	}
	return append(append(variables, fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(variables)/2)), alone...)
}
