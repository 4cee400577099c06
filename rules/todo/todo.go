// Package todo declares the todo rule.
package todo

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Options are the options of the todo rule.
type Options struct {
	Allow []string `yaml:"allow" doc:"markers that may stay in a published book"`
}

// Rule reports unfinished work that would reach the reader, and reminders of it
// in comments.
var Rule = &bookcheck.Rule{
	Name:     "todo",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Options:  Options{},
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	opts := pass.Options.(Options)
	var reported bookcheck.Span // scope of the last mark that was reported
	for _, todo := range pass.Chapter.Todos {
		if slices.Contains(opts.Allow, todo.Marker) || reported.Contains(todo.Span) {
			continue // an admonition speaks for the marks inside it
		}
		reported = todo.Scope
		pass.Report(bookcheck.Diagnostic{
			Span:    todo.Span,
			Message: message(todo),
			Subject: strings.TrimSpace(todo.Marker + " " + todo.Text),
		})
	}
	return nil
}

func message(todo *bookcheck.Todo) string {
	marker := todo.Marker
	if todo.Owner != "" {
		marker += " (" + todo.Owner + ")"
	}
	switch {
	case todo.Text == "":
		return "unfinished: " + marker
	case strings.Contains(todo.Text, todo.Marker):
		return "unfinished: " + todo.Text // the title of an admonition, a substitution
	default:
		return "unfinished: " + marker + ": " + todo.Text
	}
}
