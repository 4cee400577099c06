package history

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// A book is a throw-away repository.
type book struct {
	t   *testing.T
	dir string
}

func newBook(t *testing.T) book {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	b := book{t, t.TempDir()}
	b.git("init", "-q", "-b", "main")
	b.git("config", "user.name", "A")
	b.git("config", "user.email", "a@example.org")
	return b
}

func (b book) git(args ...string) {
	b.t.Helper()
	b.on("", args...)
}

// on runs git on a day.
func (b book) on(day string, args ...string) {
	b.t.Helper()
	command := exec.CommandContext(b.t.Context(), "git", args...)
	command.Dir = b.dir
	if day != "" {
		command.Env = append(os.Environ(), "GIT_AUTHOR_DATE="+day+"T12:00:00Z", "GIT_COMMITTER_DATE="+day+"T13:00:00Z")
	}
	if output, err := command.CombinedOutput(); err != nil {
		b.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, output)
	}
}

func (b book) write(name, content string) {
	b.t.Helper()
	path := filepath.Join(b.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// commit writes a file and commits it on a day.
func (b book) commit(day, name, content string) {
	b.t.Helper()
	b.write(name, content)
	b.git("add", "-A")
	b.on(day, "commit", "-q", "-m", day)
}

// ages returns what is known of each of some phrases in a chapter: a date, or
// the reason why there is none.
func ages(t *testing.T, h *History, name, content string, phrases ...string) []string {
	t.Helper()
	chapter := bookcheck.NewChapter(name, []byte(content))
	spans := make([]bookcheck.Span, len(phrases))
	for i, phrase := range phrases {
		start := strings.Index(content, phrase)
		if start < 0 {
			t.Fatalf("no %q in %q", phrase, content)
		}
		spans[i] = bookcheck.Span{Start: start, End: start + len(phrase)}
	}
	var got []string
	for _, age := range h.Ages(t.Context(), chapter, spans) {
		if age.Known() != strings.HasPrefix(age.Evidence, "line last changed ") {
			t.Errorf("age %v has the evidence %q", age.Since, age.Evidence)
		}
		got = append(got, strings.TrimPrefix(age.Evidence, "line last changed "))
	}
	return got
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAges(t *testing.T) {
	b := newBook(t)
	b.commit("2021-03-01", "deep/a.md", "one\ntwo\nthree\nfour\n")
	b.commit("2022-05-02", "deep/a.md", "one\ntwo 2\n  three\nfour\n")
	b.commit("2023-07-03", "deep/a.md", "one\ntwo 2\n  three\nfour 4\n")
	const now = "zero\none\ntwo 2\n  three\nfour 4\n"
	h := New(b.dir, "")
	equal(t, ages(t, h, "deep/a.md", now, "one", "two", "three", "four", "zero", "two 2\n  three\nfour", "zero\none"),
		"2021-03-01", "2022-05-02", "2021-03-01", "2023-07-03", uncommitted, "2023-07-03", uncommitted)
	equal(t, ages(t, h, "deep/b.md", "new\n", "new"), uncommitted)
	equal(t, ages(t, New(filepath.Join(b.dir, "deep"), ""), "a.md", now, "one"), "2021-03-01")
}

// A line is as old as its text, also where the work tree has other line ends than
// the repository.
func TestAgesOfCRLF(t *testing.T) {
	b := newBook(t)
	b.commit("2021-03-01", "a.md", "one\ntwo\n")
	equal(t, ages(t, New(b.dir, ""), "a.md", "one\r\ntwo\r\n", "two"), "2021-03-01")
}

// What counts is when a line was written on its branch, not when it was merged.
func TestAgesOfMergedBranch(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", "one\n\n\nlast\n")
	b.git("checkout", "-q", "-b", "branch")
	b.commit("2021-02-02", "a.md", "one\n\nbranch\n\nlast\n")
	b.git("checkout", "-q", "main")
	b.commit("2021-03-03", "b.md", "other\n")
	b.on("2023-04-04", "merge", "-q", "--no-ff", "-m", "merge", "branch")
	equal(t, ages(t, New(b.dir, ""), "a.md", "one\n\nbranch\n\nlast\n", "branch"), "2021-02-02")
}

// A revision that the book says to pass over, such as a reflow, makes no line
// young.
func TestAgesPassOverIgnoredRevisions(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", "one two three four five\n")
	b.commit("2023-01-01", "a.md", "one two three four five.\n")
	revision, err := exec.CommandContext(t.Context(), "git", "-C", b.dir, "rev-parse", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	b.commit("2023-01-02", ".git-blame-ignore-revs", string(revision))
	equal(t, ages(t, New(b.dir, ""), "a.md", "one two three four five.\n", "three"), "2021-01-01")
}

// A shallow clone dates all lines to its oldest commit. Only what was changed
// since is known.
func TestAgesInShallowClone(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", "one\ntwo\n")
	b.commit("2022-01-01", "b.md", "other\n")
	b.commit("2023-01-01", "a.md", "one\ntwo 2\n")
	dir := filepath.Join(t.TempDir(), "clone")
	b.git("clone", "-q", "--depth=2", "file://"+filepath.ToSlash(b.dir), dir)
	equal(t, ages(t, New(dir, ""), "a.md", "one\ntwo 2\n", "one", "two"), shallow, "2023-01-01")
}

func TestAgesWithoutHistory(t *testing.T) {
	b := newBook(t)
	equal(t, ages(t, New(b.dir, ""), "a.md", "one\n", "one"), uncommitted)
	equal(t, ages(t, New(t.TempDir(), ""), "a.md", "one\n", "one"), noRepository)

	b.commit("2021-01-01", "a.md", "one\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	chapter := bookcheck.NewChapter("a.md", []byte("one\n"))
	if got := New(b.dir, "").Ages(ctx, chapter, []bookcheck.Span{{Start: 0, End: 3}})[0]; got.Known() || got.Evidence != "interrupted" {
		t.Errorf("after the run was interrupted: %v", got)
	}
	t.Setenv("PATH", t.TempDir())
	equal(t, ages(t, New(b.dir, ""), "a.md", "one\n", "one"), "git is not installed")
}

// A chapter may have any name, and many claims.
func TestAgesOfStrangeFiles(t *testing.T) {
	b := newBook(t)
	for _, name := range []string{"--help", "-L1,1", ":(exclude)x", "a b", "*.md", "ü.md"} {
		b.commit("2021-01-01", name, name+" one\n")
		equal(t, ages(t, New(b.dir, ""), name, name+" one\n", "one"), "2021-01-01")
	}
	text := strings.Repeat("a\n\n", 3*mostRanges)
	b.commit("2021-01-02", "long.md", text)
	chapter := bookcheck.NewChapter("long.md", []byte(text))
	var spans []bookcheck.Span
	for at := 0; at < len(text); at += 3 {
		spans = append(spans, bookcheck.Span{Start: at, End: at + 1})
	}
	for _, age := range New(b.dir, "").Ages(t.Context(), chapter, spans) {
		if !age.Known() {
			t.Fatalf("a line of a long file: %s", age.Evidence)
		}
	}
}

// Whoever made the repository decides what its configuration says. None of it may
// start a program.
func TestAgesStartNoProgram(t *testing.T) {
	b := newBook(t)
	b.commit("2021-01-01", "a.md", "one\n")
	trap := filepath.Join(t.TempDir(), "sprung")
	program := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\ntouch '"+trap+"'\ncat\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	b.write(".gitattributes", "*.md filter=evil diff=evil\n")
	for _, key := range []string{
		"filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command",
		"core.fsmonitor", "core.pager", "pager.blame", "core.sshCommand", "diff.external", "alias.blame", "core.editor",
	} {
		b.git("config", key, program)
	}
	b.git("config", "filter.evil.required", "true")
	equal(t, ages(t, New(b.dir, ""), "a.md", "one\ntwo\n", "one", "two"), "2021-01-01", uncommitted)
	if _, err := os.Stat(trap); err == nil {
		t.Error("the configuration of the repository started a program")
	}
}
