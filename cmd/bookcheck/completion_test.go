package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// script returns the completion script of a shell, in a file.
func script(t *testing.T, shell string) string {
	t.Helper()
	var output bytes.Buffer
	env := &environment{stdout: &output, stderr: &output, getenv: func(string) string { return "" }, dir: t.TempDir()}
	if code := run(t.Context(), env, []string{"completion", shell}); code != clean {
		t.Fatalf("exits with %d: %s", code, output.String())
	}
	file := filepath.Join(t.TempDir(), "script."+shell)
	if err := os.WriteFile(file, output.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// inShell runs a program in a shell that is installed.
func inShell(t *testing.T, shell string, args ...string) []string {
	t.Helper()
	if _, err := exec.LookPath(shell); err != nil {
		t.Skipf("%s is not installed", shell)
	}
	command := exec.CommandContext(t.Context(), shell, args...)
	command.Dir = t.TempDir()
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", shell, err, output)
	}
	return strings.Fields(string(output))
}

// What is typed, and a word that must and one that must not be proposed.
var completions = []struct {
	typed    []string
	want, no string
}{
	{[]string{"bookcheck", "--fa"}, "--fail-on", "--offline"},
	{[]string{"bookcheck", "--fail-on", ""}, "warning", "--offline"},
	{[]string{"bookcheck", "explain", "dead-"}, "dead-url", "todo"},
	{[]string{"bookcheck", "base"}, "baseline", "check"},
	{[]string{"bookcheck", "baseline", "p"}, "prune", "create"},
}

func TestCompletionOfBash(t *testing.T) {
	file := script(t, "bash")
	// What bash 3.2 lacks is taken away.
	const play = `enable -n mapfile readarray
eval "$(cat "$1")"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _bookcheck; printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}`
	for _, c := range completions {
		got := inShell(t, "bash", append([]string{"-uc", play, "bash", file}, c.typed...)...)
		proposes(t, c.typed, got, c.want, c.no)
	}
	for _, typed := range [][]string{
		{"bookcheck", "--fail-on", "="},
		{"bookcheck", "--fail-on", "=", "warn"},
	} {
		proposes(t, typed, inShell(t, "bash", append([]string{"-uc", play, "bash", file}, typed...)...), "warning", "--offline")
	}
}

func TestCompletionOfFish(t *testing.T) {
	file := script(t, "fish")
	for _, c := range completions {
		got := inShell(t, "fish", "--no-config", "-c", `source $argv[1]; complete -C "$argv[2]"`, file, strings.Join(c.typed, " "))
		proposes(t, c.typed, got, c.want, c.no)
	}
}

// The system of zsh proposes nothing without a terminal, so a terminal is played.
func TestCompletionOfZsh(t *testing.T) {
	file := script(t, "zsh")
	inShell(t, "zsh", "-nf", file)
	const play = `zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1=READY; autoload -U compinit; compinit -u -D; source $1; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; bindkey '^I' complete-word; setopt auto_list no_list_beep"
zpty -w z "cd $2; print DO''NE"
zpty -r -m z out '*DONE*'
zpty -n -w z "$3"$'\t\t'
typeset got= more=
for i in {1..12}; do zpty -r -t z more && got+=$more; sleep 0.05; done
print -r -- "$got"
zpty -d z`
	for _, c := range completions[2:4] { // half a second each
		got := inShell(t, "zsh", "-fc", play, "zsh", file, t.TempDir(), strings.Join(c.typed, " "))
		for i, word := range got { // as the terminal shows them
			got[i] = strings.Trim(strings.NewReplacer("\x1b[K", "", "\x1b[J", "", "\x1b[m", "", "\x1b[0m", "", "\a", "", "\b", "").Replace(word), "\r")
		}
		if !strings.Contains(strings.Join(got, " "), c.want) {
			t.Errorf("%v: got %q, want %s in it", c.typed, got, c.want)
		}
	}
}

func TestCompletionOfPowershell(t *testing.T) {
	file := script(t, "powershell")
	for _, c := range completions {
		line := strings.Join(c.typed, " ")
		got := inShell(t, "pwsh", "-NoProfile", "-Command", ". '"+file+"'; (TabExpansion2 -inputScript '"+line+"' -cursorColumn "+"'"+line+"'.Length).CompletionMatches.CompletionText")
		proposes(t, c.typed, got, c.want, c.no)
	}
}

func proposes(t *testing.T, typed, got []string, want, no string) {
	t.Helper()
	if !slices.Contains(got, want) || slices.Contains(got, no) {
		t.Errorf("%v: got %v, want %s and not %s", typed, got, want, no)
	}
}
