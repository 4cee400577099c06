package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/bookcheck/bookcheck/checker/dialect"
	"github.com/bookcheck/bookcheck/rules"
)

// shells are what completion scripts are written for.
var shells = map[string]func(io.Writer, vocabulary){
	"bash":       bash,
	"zsh":        zsh,
	"fish":       fish,
	"powershell": powershell,
}

// A vocabulary is what may be typed.
type vocabulary struct {
	flags    []*pflag.Flag       // of check
	values   map[string][]string // of flags, by name
	commands map[string][]string // words that follow each sub-command
	files    map[string]bool     // flags whose value is a file
}

func typed() vocabulary {
	v := vocabulary{
		values: map[string][]string{
			"output": formatNames(), "fail-on": {"error", "warning", "note"},
			"color": {"auto", "always", "never"}, "dialect": dialect.Names(), "since": {"auto", "HEAD"},
		},
		commands: make(map[string][]string),
		files:    map[string]bool{"stdin-filename": true, "exclude": true, "record": true, "replay": true},
	}
	checkFlags(&options{}).VisitAll(func(f *pflag.Flag) { v.flags = append(v.flags, f) })
	for name := range commands {
		v.commands[name] = nil
	}
	for _, rule := range rules.All() {
		v.commands["explain"] = append(v.commands["explain"], rule.Name)
	}
	v.commands["baseline"] = []string{"create", "prune"}
	v.commands["completion"] = slices.Sorted(maps.Keys(shells))
	return v
}

// names returns the flags as they are typed.
func (v vocabulary) names() []string {
	var names []string
	for _, f := range v.flags {
		names = append(names, "--"+f.Name)
		if f.Shorthand != "" {
			names = append(names, "-"+f.Shorthand)
		}
	}
	return names
}

// meaning returns what a flag does, in words that no shell takes for its own.
func meaning(f *pflag.Flag) string {
	_, text := pflag.UnquoteUsage(f)
	return strings.NewReplacer("'", "", "\"", "", "`", "", "[", "(", "]", ")", ":", " -", "$", "", "\\", "").Replace(text)
}

// takesValue tells whether a word must follow a flag.
func takesValue(f *pflag.Flag) bool { return f.NoOptDefVal == "" }

// complete prints a script that makes a shell complete what is typed after
// bookcheck.
func complete(_ context.Context, env *environment, args []string) (int, error) {
	o := &options{}
	flags := readingFlags(o)
	if done, err := parse(env, flags, o, args); done || err != nil {
		return clean, err
	}
	known := strings.Join(slices.Sorted(maps.Keys(shells)), ", ")
	if flags.NArg() != 1 {
		return trouble, errors.New("completion: name a shell: " + known)
	}
	write, ok := shells[flags.Arg(0)]
	if !ok {
		return trouble, fmt.Errorf("completion: %s is not one of %s", flags.Arg(0), known)
	}
	write(env.stdout, typed())
	return clean, nil
}

// bash writes for version 3.2 too, which macOS has: it knows no mapfile, and sources
// nothing from a pipe.
func bash(w io.Writer, v vocabulary) {
	fmt.Fprint(w, `# bookcheck completion for bash: eval "$(bookcheck completion bash)"
_bookcheck_propose() {
	local word
	while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen "$@" -- "$cur")
}
_bookcheck() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	COMPREPLY=()
	if [[ $cur == = ]]; then
		cur=
	elif [[ $prev == = ]]; then
		prev=${COMP_WORDS[COMP_CWORD-2]}
	fi
	case $prev in
`)
	for _, f := range v.flags {
		pattern := "--" + f.Name
		if f.Shorthand != "" {
			pattern += "|-" + f.Shorthand
		}
		switch {
		case v.values[f.Name] != nil:
			fmt.Fprintf(w, "\t%s) _bookcheck_propose -W '%s'; return ;;\n", pattern, strings.Join(v.values[f.Name], " "))
		case v.files[f.Name]:
			fmt.Fprintf(w, "\t%s) _bookcheck_propose -f; return ;;\n", pattern)
		case takesValue(f):
			fmt.Fprintf(w, "\t%s) return ;;\n", pattern)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.commands)) {
		if words := v.commands[name]; words != nil {
			fmt.Fprintf(w, "\t%s) _bookcheck_propose -W '%s'; return ;;\n", name, strings.Join(words, " "))
		}
	}
	fmt.Fprintf(w, `	esac
	if [[ $cur == -* ]]; then
		_bookcheck_propose -W '%s'
		return
	fi
	((COMP_CWORD > 1)) || _bookcheck_propose -W '%s'
	_bookcheck_propose -f
}
complete -o filenames -F _bookcheck bookcheck
`, strings.Join(v.names(), " "), strings.Join(slices.Sorted(maps.Keys(v.commands)), " "))
}

func zsh(w io.Writer, v vocabulary) {
	fmt.Fprint(w, "#compdef bookcheck\n# bookcheck completion for zsh: source <(bookcheck completion zsh)\n_bookcheck() {\n\tlocal -a commands flags\n")
	fmt.Fprintf(w, "\tcommands=(%s)\n\tflags=(\n", strings.Join(slices.Sorted(maps.Keys(v.commands)), " "))
	for _, f := range v.flags {
		value := ""
		switch {
		case v.values[f.Name] != nil:
			value = fmt.Sprintf(":%s:(%s)", f.Name, strings.Join(v.values[f.Name], " "))
		case v.files[f.Name]:
			value = ":" + f.Name + ":_files"
		case takesValue(f):
			value = ":" + f.Name + ": "
		}
		fmt.Fprintf(w, "\t\t'*--%s[%s]%s'\n", f.Name, meaning(f), value)
	}
	fmt.Fprint(w, "\t)\n\tcase $words[2] in\n")
	for _, name := range slices.Sorted(maps.Keys(v.commands)) {
		if words := v.commands[name]; words != nil {
			fmt.Fprintf(w, "\t%s) ((CURRENT == 3)) && { compadd -- %s; return } ;;\n", name, strings.Join(words, " "))
		}
	}
	fmt.Fprint(w, "\tesac\n\t((CURRENT == 2)) && compadd -a commands\n\t_arguments $flags '*:file:_files'\n}\n"+
		"if [[ $funcstack[1] == _bookcheck ]]; then\n\t_bookcheck \"$@\"\nelse\n\tcompdef _bookcheck bookcheck\nfi\n")
}

func fish(w io.Writer, v vocabulary) {
	names := slices.Sorted(maps.Keys(v.commands))
	fmt.Fprintf(w, "# bookcheck completion for fish: bookcheck completion fish | source\n"+
		"complete -c bookcheck -n __fish_use_subcommand -a '%s'\n", strings.Join(names, " "))
	for _, name := range names {
		if words := v.commands[name]; words != nil {
			fmt.Fprintf(w, "complete -c bookcheck -n '__fish_seen_subcommand_from %s' -f -a '%s'\n", name, strings.Join(words, " "))
		}
	}
	for _, f := range v.flags {
		line := "complete -c bookcheck -l " + f.Name
		if f.Shorthand != "" {
			line += " -s " + f.Shorthand
		}
		switch {
		case v.values[f.Name] != nil:
			line += " -x -a '" + strings.Join(v.values[f.Name], " ") + "'"
		case v.files[f.Name]:
			line += " -r -F"
		case takesValue(f):
			line += " -x"
		}
		fmt.Fprintf(w, "%s -d '%s'\n", line, meaning(f))
	}
}

func powershell(w io.Writer, v vocabulary) {
	quoted := func(words []string) string {
		return "@('" + strings.Join(words, "', '") + "')"
	}
	fmt.Fprint(w, "# bookcheck completion for PowerShell: bookcheck completion powershell | Out-String | Invoke-Expression\n"+
		"Register-ArgumentCompleter -Native -CommandName bookcheck -ScriptBlock {\n"+
		"\tparam($word, $ast, $cursor)\n"+
		"\t$typed = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })\n"+
		"\t$words = switch ($typed[-1]) {\n")
	for _, f := range v.flags {
		words := v.values[f.Name]
		if words == nil {
			continue
		}
		fmt.Fprintf(w, "\t\t'--%s' { %s }\n", f.Name, quoted(words))
		if f.Shorthand != "" {
			fmt.Fprintf(w, "\t\t'-%s' { %s }\n", f.Shorthand, quoted(words))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.commands)) {
		if words := v.commands[name]; words != nil {
			fmt.Fprintf(w, "\t\t'%s' { %s }\n", name, quoted(words))
		}
	}
	fmt.Fprintf(w, "\t\t'bookcheck' { %s + %s }\n\t\tdefault { %s }\n\t}\n",
		quoted(slices.Sorted(maps.Keys(v.commands))), quoted(v.names()), quoted(v.names()))
	fmt.Fprint(w, "\t$words | Where-Object { $_ -like \"$word*\" } | ForEach-Object {\n"+
		"\t\t[System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)\n\t}\n}\n")
}
