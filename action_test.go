package bookcheck_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// A runner is what GitHub gives to the steps of an action.
type runner struct {
	t    *testing.T
	dir  string // of the book
	temp string
	env  []string
}

// newRunner returns a runner with a book, and with bookcheck on the PATH.
func newRunner(t *testing.T, book string) *runner {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the steps are run where bash is at home")
	}
	for _, program := range []string{"bash", "git", "go"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed", program)
		}
	}
	top, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{t: t, dir: t.TempDir(), temp: t.TempDir()}
	r.env = append(os.Environ(),
		"RUNNER_TEMP="+r.temp, "RUNNER_OS=Linux", "RUNNER_ARCH=X64", "GITHUB_ACTIONS=true", "CI=true",
		"GITHUB_ACTION_PATH="+top, "GITHUB_PATH="+r.file("path"), "GITHUB_OUTPUT="+r.file("output"), "GITHUB_STEP_SUMMARY="+r.file("summary"),
		"GITHUB_EVENT_NAME=push", "GITHUB_BASE_REF=", "GITHUB_SHA=0123456789abcdef", "GITHUB_RUN_ID=42",
		"GITHUB_SERVER_URL=https://github.test", "GITHUB_REPOSITORY=a/book", "GITHUB_TOKEN=",
		"XDG_CACHE_HOME="+r.temp, "NO_COLOR=1", "SOURCE_DATE_EPOCH=1795435200",
		"PATH="+filepath.Join(r.temp, "bookcheck-bin")+":"+filepath.Join(r.temp, "fake")+":"+os.Getenv("PATH"),
		"INPUT_PATHS=.", "INPUT_ARGS=", "INPUT_VERSION=", "INPUT_MODE=auto", "INPUT_SINCE=auto", "INPUT_FAIL_ON=",
		"INPUT_ANNOTATIONS=true", "INPUT_SUMMARY=true", "INPUT_SARIF=", "INPUT_UPLOAD_SARIF=false")
	if err := os.WriteFile(filepath.Join(r.dir, "a.md"), []byte(book), 0o600); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *runner) file(name string) string { return filepath.Join(r.temp, name) }

// step runs a step of the action, and returns its exit code and what it prints.
func (r *runner) step(name string, variables ...string) (code int, output string) {
	r.t.Helper()
	return r.run(append(r.env, variables...), r.dir, filepath.Join(envOf(r.env, "GITHUB_ACTION_PATH"), ".ci", "action", name))
}

func (r *runner) run(env []string, dir, program string, args ...string) (code int, output string) {
	r.t.Helper()
	command := exec.CommandContext(r.t.Context(), program, args...)
	command.Dir, command.Env = dir, env
	text, err := command.CombinedOutput()
	if command.ProcessState == nil {
		r.t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), string(text)
}

func envOf(env []string, name string) (value string) {
	for _, variable := range env {
		if v, found := strings.CutPrefix(variable, name+"="); found {
			value = v
		}
	}
	return value
}

// fake puts a program on the PATH.
func (r *runner) fake(name, script string) {
	r.t.Helper()
	if err := os.MkdirAll(r.file("fake"), 0o750); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.file("fake"), name), []byte("#!/usr/bin/env bash\n"+script), 0o700); err != nil {
		r.t.Fatal(err)
	}
}

// holds checks that a file of the runner has a text.
func (r *runner) holds(name string, wants ...string) {
	r.t.Helper()
	text, err := os.ReadFile(r.file(name))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, want := range wants {
		if !strings.Contains(string(text), want) {
			r.t.Errorf("%s lacks %q:\n%s", name, want, text)
		}
	}
}

// lacks checks that a file of the runner has none of some texts.
func (r *runner) lacks(name string, unwanted ...string) {
	r.t.Helper()
	text, err := os.ReadFile(r.file(name))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, no := range unwanted {
		if strings.Contains(string(text), no) {
			r.t.Errorf("%s has %q:\n%s", name, no, text)
		}
	}
}

// built is bookcheck, built once for all tests.
var built = sync.OnceValues(func() (text []byte, err error) {
	dir, err := os.MkdirTemp("", "bookcheck")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "bookcheck")
	if output, err := exec.Command("go", "build", "-o", file, "./cmd/bookcheck").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, output)
	}
	return os.ReadFile(file)
})

// install puts the bookcheck of this module where the action would.
func (r *runner) install() {
	r.t.Helper()
	program, err := built()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := os.MkdirAll(r.file("bookcheck-bin"), 0o750); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.file("bookcheck-bin"), "bookcheck"), program, 0o700); err != nil {
		r.t.Fatal(err)
	}
}

func TestActionChecks(t *testing.T) {
	r := newRunner(t, "# A\n\nTODO: write [this](missing.md)\n")
	r.install()
	hostile := "$(touch hacked)\n`touch hacked`;touch hacked\n--jobs=1"
	code, output := r.step("check", "INPUT_SARIF=out.sarif", "INPUT_ARGS=--exclude\n"+hostile)
	if code != 0 {
		t.Errorf("check exits with %d: the last step says how it ended\n%s", code, output)
	}
	if _, err := os.Stat(filepath.Join(r.dir, "hacked")); err == nil {
		t.Error("an input became part of a script")
	}

	r = newRunner(t, "# A\n\nTODO: write [this](missing.md)\n")
	r.install()
	code, output = r.step("check", "INPUT_SARIF=out.sarif", "INPUT_ARGS=--jobs\n1\n")
	if code != 0 {
		t.Errorf("check exits with %d\n%s", code, output)
	}
	for _, want := range []string{"a.md:3:1: warning[todo]", "::error ", "file=a.md"} {
		if !strings.Contains(output, want) {
			t.Errorf("it does not print %q:\n%s", want, output)
		}
	}
	r.holds("output", "exit-code=1\n", "errors=1\n", "warnings=1\n", "complete=true\n", "uploadable=true\n", "sarif-file="+r.dir+"/out.sarif\n", "not-judged=0\n")
	r.holds("summary", "missing-file")

	r = newRunner(t, "# A\n\n[There](https://example.org/).\n")
	r.install()
	code, output = r.step("check", "INPUT_UPLOAD_SARIF=true")
	if code != 0 || !strings.Contains(output, "it is not sent to code scanning") {
		t.Errorf("check exits with %d: a push is offline, and alerts about pages must stay\n%s", code, output)
	}
	r.holds("output", "exit-code=0\n", "complete=false\n")
	r.lacks("output", "uploadable", "new=")

	r = newRunner(t, "# A\n")
	r.install()
	if code, output := r.step("check", "INPUT_PATHS=nowhere.md\n"); code != 0 {
		t.Errorf("check exits with %d\n%s", code, output)
	}
	r.holds("output", "exit-code=2\n", "complete=false\n")
	if code, output := r.step("check", "INPUT_MODE=fast"); code != 2 || !strings.Contains(output, "::error::bookcheck: mode must be") {
		t.Errorf("got %d\n%s", code, output)
	}
}

// A pull request is compared with its base, and what was there before is left out.
func TestActionChecksPullRequests(t *testing.T) {
	r := newRunner(t, "# A\n\nTODO: old\n")
	r.install()
	git := func(args ...string) string {
		t.Helper()
		code, output := r.run(r.env, r.dir, "git", append([]string{"-c", "user.name=A", "-c", "user.email=a@b.test"}, args...)...)
		if code != 0 {
			t.Fatalf("git %v: %s", args, output)
		}
		return strings.TrimSpace(output)
	}
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-q", "-m", "one")
	git("checkout", "-q", "-b", "topic")
	if err := os.WriteFile(filepath.Join(r.dir, "b.md"), []byte("# B\n\nTODO: new\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	git("add", ".")
	git("commit", "-q", "-m", "two")
	git("checkout", "-q", "main")
	git("merge", "-q", "--no-ff", "-m", "merge", "topic")

	shallow := r.file("shallow")
	git("clone", "-q", "--depth=1", "file://"+r.dir, shallow)
	r.dir = shallow
	code, output := r.step("check", "GITHUB_EVENT_NAME=pull_request", "GITHUB_BASE_REF=main", "GITHUB_SHA="+git("rev-parse", "HEAD"), "INPUT_MODE=offline", "INPUT_UPLOAD_SARIF=true")
	if code != 0 || !strings.Contains(output, "b.md:3:1") || strings.Contains(output, "a.md:3:1") {
		t.Errorf("check exits with %d:\n%s", code, output)
	}
	r.holds("output", "new=1\n", "warnings=1\n", "uploadable=true\n")
}

// A release is installed only if it is what its checksums say.
func TestActionInstallsReleases(t *testing.T) {
	r := newRunner(t, "# A\n")
	r.fake("curl", `while (($# > 1)); do [[ $1 != --output ]] || file=$2; shift; done
case $1 in
*/v1.2.3/checksums.txt) cp "$RUNNER_TEMP/release/checksums.txt" "$file" ;;
*/v1.2.3/bookcheck_1.2.3_linux_amd64.tar.gz) cp "$RUNNER_TEMP/release/a.tar.gz" "$file" ;;
*) exit 22 ;;
esac`)
	const pack = `mkdir -p "$RUNNER_TEMP/release" && cd "$RUNNER_TEMP/release" && printf '#!/bin/sh\necho bookcheck v1.2.3\n' >bookcheck && chmod +x bookcheck &&
tar -czf a.tar.gz bookcheck && { sha256sum a.tar.gz 2>/dev/null || shasum -a 256 a.tar.gz; } | sed 's/a.tar.gz/bookcheck_1.2.3_linux_amd64.tar.gz/' >checksums.txt`
	if code, output := r.run(r.env, r.temp, "bash", "-c", pack); code != 0 {
		t.Fatal(output)
	}
	if code, output := r.step("install", "ACTION_REF=v1.2.3"); code != 0 || !strings.Contains(output, "installed the release v1.2.3") {
		t.Errorf("install exits with %d:\n%s", code, output)
	}
	r.holds("output", "version=bookcheck v1.2.3\n")

	if err := os.WriteFile(filepath.Join(r.file("release"), "a.tar.gz"), []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, output := r.step("install", "ACTION_REF=v1.2.3"); code != 2 || !strings.Contains(output, "is not what its checksums.txt says") {
		t.Errorf("install exits with %d:\n%s", code, output)
	}
	if code, output := r.step("install", "INPUT_VERSION=v1; rm -rf /"); code != 2 || !strings.Contains(output, "not the name of a release") {
		t.Errorf("install exits with %d:\n%s", code, output)
	}
}

// Where there is no release, the action builds itself from the commit that it is.
func TestActionBuildsItself(t *testing.T) {
	r := newRunner(t, "# A\n")
	r.fake("curl", "exit 22")
	r.fake("go", `printf '%s in %s\n' "$*" "$PWD" >>"$RUNNER_TEMP/built"; printf '#!/bin/sh\necho bookcheck devel\n' >"$GOBIN/bookcheck"; chmod +x "$GOBIN/bookcheck"`)
	for _, variable := range []string{"ACTION_REF=main", "ACTION_REF=v1.2.3", "INPUT_VERSION=v1.2.3"} {
		if code, output := r.step("install", variable); code != 0 {
			t.Errorf("%s: install exits with %d:\n%s", variable, code, output)
		}
	}
	r.holds("built", "install ./cmd/bookcheck in "+envOf(r.env, "GITHUB_ACTION_PATH"), "install github.com/bookcheck/bookcheck/cmd/bookcheck@v1.2.3")
	r.holds("path", "bookcheck-bin")
	r.holds("output", "version=bookcheck devel\n")
}

// There is one issue, which is opened, edited, closed and opened again.
func TestActionKeepsOneIssue(t *testing.T) {
	r := newRunner(t, "# A\n")
	r.fake("gh", `printf 'gh %s\n' "$*" >>"$RUNNER_TEMP/asked"
[[ "$1 $2" != 'issue list' ]] || cat "$RUNNER_TEMP/listed"
for argument; do [[ $argument != *.md ]] || cp "$argument" "$RUNNER_TEMP/body"; done`)
	if err := os.WriteFile(r.file("found.md"), []byte(strings.Repeat("One finding, é.\n", 10000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		listed, exit string
		want, no     string
	}{
		{"", "0", "", "gh issue close"},
		{"", "1", "gh issue create", "gh issue edit"},
		{"7 OPEN", "1", "gh issue edit 7", "gh issue create"},
		{"7 OPEN", "0", "gh issue close 7", "gh issue edit"},
		{"7 CLOSED", "0", "", "gh issue close"},
		{"7 CLOSED", "1", "gh issue reopen 7", "gh issue create"},
		{"7 OPEN", "2", "", "gh issue edit"},
	} {
		for name, text := range map[string]string{"listed": c.listed, "asked": ""} {
			if err := os.WriteFile(r.file(name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, output := r.step("issue", "EXIT_CODE="+c.exit, "SUMMARY="+r.file("found.md"), "GH_REPO=a/book")
		asked, err := os.ReadFile(r.file("asked"))
		if err != nil {
			t.Fatal(err)
		}
		if code != 0 || !strings.Contains(string(asked), c.want) || strings.Contains(string(asked), c.no) {
			t.Errorf("%q, %s: exits with %d and asks\n%s%s", c.listed, c.exit, code, asked, output)
		}
	}
	r.holds("body", "<!-- bookcheck-report -->\n", "One finding", "There is more", "[run 42](https://github.test/a/book/actions/runs/42)")
	if info, err := os.Stat(r.file("body")); err != nil || info.Size() > 65000 {
		t.Errorf("got %v, %v, want at most what an issue holds", info.Size(), err)
	}
}

// No input is written into a script: what comes from a pull request would be run.
func TestActionKeepsInputsOutOfScripts(t *testing.T) {
	text, err := os.ReadFile("action.yml")
	if err != nil {
		t.Fatal(err)
	}
	if run := regexp.MustCompile(`(?m)^ *run:.*\$\{\{`).Find(text); run != nil {
		t.Errorf("action.yml has %s", run)
	}
	page, err := os.ReadFile("docs/github.md")
	if err != nil {
		t.Fatal(err)
	}
	_, declared, _ := strings.Cut(string(text), "\ninputs:")
	declared, _, _ = strings.Cut(declared, "\nruns:")
	for _, name := range regexp.MustCompile(`(?m)^ {2}([a-z-]+):`).FindAllStringSubmatch(declared, -1) {
		if !strings.Contains(string(page), "`"+name[1]+"`") {
			t.Errorf("docs/github.md does not explain %s", name[1])
		}
	}
}
