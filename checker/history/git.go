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
	command := exec.CommandContext(ctx, "git", slices.Concat(harmless, args)...) //nolint:gosec // a fixed program; paths stand behind "--"
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
	g.config = withoutFilters(g.filters(ctx))
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

// filters returns the names of the filters that the configuration defines. Git
// would start them on any text that it compares, and no option prevents it.
func (g git) filters(ctx context.Context) []string {
	output, err := g.run(ctx, nil, "config", "-z", "--name-only", "--get-regexp", `^filter\.`)
	if err != nil {
		return nil // there are none
	}
	var names []string
	for key := range strings.SplitSeq(strings.TrimSuffix(string(output), "\x00"), "\x00") {
		name := strings.TrimPrefix(key, "filter.")
		if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
			names = append(names, name[:dot])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// withoutFilters returns the variables that make every one of some filters do
// nothing.
func withoutFilters(names []string) []string {
	var variables []string
	set := func(key, value string) {
		n := len(variables) / 2
		variables = append(variables, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", n, key), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", n, value))
	}
	for _, name := range names {
		set("filter."+name+".clean", "")
		set("filter."+name+".process", "")
		set("filter."+name+".required", "false")
	}
	return append(variables, fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(variables)/2))
}
