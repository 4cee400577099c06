package history

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A Chronicle knows what the files below one folder were before. Its methods may be
// called concurrently.
type Chronicle struct {
	repository func() repository
	deadline   func() time.Time // of what is only nice to know
}

var _ bookcheck.Chronicler = (*Chronicle)(nil)

// NewChronicle returns the chronicle of the files below dir, the folder that paths are
// relative to. It does not look for git before the first question.
func NewChronicle(dir string) *Chronicle {
	return &Chronicle{sync.OnceValue(git{dir: dir}.repository), sync.OnceValue(soon)}
}

// patience is how long is waited, in all, for what only makes a message better. In
// a large repository the search for a line may take longer.
const patience = 5 * time.Second

// soon returns when patience ends that begins now.
func soon() time.Time {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	deadline, _ := ctx.Deadline()
	return deadline
}

// wonder asks something that is only nice to know.
func (a *Chronicle) wonder(ctx context.Context, args ...string) []byte {
	ctx, cancel := context.WithDeadline(ctx, a.deadline())
	defer cancel()
	output, ok := a.ask(ctx, args...)
	if !ok {
		return nil
	}
	return output
}

// ask returns what git prints; nothing if it cannot be asked.
func (a *Chronicle) ask(ctx context.Context, args ...string) ([]byte, bool) {
	r := a.repository()
	if r.reason != "" {
		return nil, false
	}
	output, err := r.run(ctx, nil, args...)
	return output, err == nil
}

// Changed implements bookcheck.Chronicler. Files that git does not know are left
// out: the last commit does not have them.
func (a *Chronicle) Changed(ctx context.Context) ([]string, bool) {
	output, ok := a.ask(ctx, "diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--relative", "--name-only", "-z", "HEAD", "--")
	return fields(output), ok
}

// fields splits what git prints with -z.
func fields(output []byte) []string {
	text := strings.TrimSuffix(string(output), "\x00")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x00")
}

// Old implements bookcheck.Chronicler.
func (a *Chronicle) Old(ctx context.Context, path string) ([]byte, bool) {
	return a.ask(ctx, "cat-file", "blob", "HEAD:./"+path)
}

// Moves implements bookcheck.Chronicler.
func (a *Chronicle) Moves(ctx context.Context) []bookcheck.Move {
	options := []string{"--no-ext-diff", "--no-textconv", "-M", "--relative", "--diff-filter=RD", "--name-status", "-z"}
	fresh := a.wonder(ctx, slices.Concat([]string{"diff"}, options, []string{"HEAD", "--"})...)
	logged := a.wonder(ctx, slices.Concat(a.log(), options, []string{"--"})...)
	return append(movesIn(fields(fresh)), movesIn(fields(logged))...)
}

// dated is how a commit introduces itself: by a mark that no path begins with, and
// its day.
const dated = "//%as"

// log begins a question about all commits. The shallow clone of a pull request has the
// commit that merges it and not those that it is made of, so the merge itself is asked.
func (a *Chronicle) log() []string {
	args := []string{"log", "--no-show-signature", "--format=" + dated}
	if a.repository().shallow {
		args = append(args, "--diff-merges=first-parent")
	}
	return args
}

// movesIn reads the fields of git log --name-status -z: a mark of a commit, or a
// status and one or two paths.
func movesIn(fields []string) []bookcheck.Move {
	var moves []bookcheck.Move
	var date time.Time
	for i := 0; i < len(fields); i++ {
		field := strings.TrimLeft(fields[i], "\n")
		switch {
		case strings.HasPrefix(field, "//"):
			date = day(field)
		case strings.HasPrefix(field, "R") && i+2 < len(fields):
			moves = append(moves, bookcheck.Move{From: fields[i+1], To: fields[i+2], Date: date})
			i += 2
		case field == "D" && i+1 < len(fields):
			moves = append(moves, bookcheck.Move{From: fields[i+1], Date: date})
			i++
		}
	}
	return moves
}

// day reads the mark of a commit.
func day(mark string) time.Time {
	date, err := time.Parse(time.DateOnly, strings.TrimSpace(strings.TrimPrefix(mark, "//")))
	if err != nil {
		return time.Time{}
	}
	return date
}

// mostCommits bounds how far back the changes of lines are followed.
const mostCommits = "2000"

// Rewrites implements bookcheck.Chronicler.
func (a *Chronicle) Rewrites(ctx context.Context, path, text string) []bookcheck.Rewrite {
	options := []string{"--no-ext-diff", "--no-textconv", "--text", "-M", "-U0", "--no-color"}
	var found []bookcheck.Rewrite
	if path == "" {
		options = append(options, "-S"+text)
		path = "."
	}
	fresh := a.wonder(ctx, slices.Concat([]string{"diff"}, options, []string{"HEAD", "--", path})...)
	found = append(found, rewritesIn(fresh)...)
	if path != "." {
		options = append(options, "--follow")
	}
	logged := a.wonder(ctx, slices.Concat(a.log(), []string{"-p", "--max-count=" + mostCommits}, options, []string{"--", path})...)
	return append(found, rewritesIn(logged)...)
}

// rewritesIn reads the changes that git log -p -U0 prints.
func rewritesIn(output []byte) []bookcheck.Rewrite {
	var found []bookcheck.Rewrite
	var date time.Time
	inHunk := false
	for raw := range bytes.Lines(output) {
		line := strings.TrimRight(string(raw), "\r\n")
		last := len(found) - 1
		switch {
		case strings.HasPrefix(line, "//"):
			date, inHunk = day(line), false
		case strings.HasPrefix(line, "diff --git "):
			inHunk = false
		case strings.HasPrefix(line, "@@"):
			inHunk = true
			found = append(found, bookcheck.Rewrite{Date: date})
		case inHunk && strings.HasPrefix(line, "-"):
			found[last].Old = append(found[last].Old, line[1:])
		case inHunk && strings.HasPrefix(line, "+"):
			found[last].New = append(found[last].New, line[1:])
		}
	}
	return found
}
