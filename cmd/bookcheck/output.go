package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/report"
)

// An output is a report and where it goes.
type output struct {
	name   string // of the format
	format report.Format
	path   string   // of the file; "": standard output
	file   *os.File // nil: standard output, or it could not be opened

	appends bool // what is in the file stays
}

func formatNames() []string { return slices.Sorted(maps.Keys(report.Formats)) }

// textual tells whether a format is meant for people, who see the faults beside
// it.
func (o *output) textual() bool { return o.name == "text" || o.name == "full" || o.name == "concise" }

// parseOutputs reads the values of -o. Without any, text goes to standard output.
// Text is full where somebody reads along.
func parseOutputs(values []string, reader bool) ([]*output, error) {
	if len(values) == 0 {
		values = []string{"text"}
	}
	var outputs []*output
	seen := make(map[string]bool)
	for _, value := range values {
		name, path, _ := strings.Cut(value, ":")
		format, known := report.Formats[name]
		if !known {
			return nil, fmt.Errorf("-o %s: no format is called %q; there are %s", value, name, strings.Join(formatNames(), ", "))
		}
		place := path
		if name == "github" && path == "" {
			place = "the runner" // it finds its commands among all that a step writes
		}
		if seen[place] {
			return nil, fmt.Errorf("-o %s: another report goes to the same place", value)
		}
		seen[place] = true
		if name == "text" && path == "" && reader {
			format = report.Full
		}
		outputs = append(outputs, &output{name: name, format: format, path: path})
	}
	return outputs, nil
}

// open opens the file of an output, so that one that cannot be written is known
// before the run. What is in it stays until there is something to put in its place.
func (o *output) open() error {
	if o.path == "" {
		return nil
	}
	flags := os.O_WRONLY | os.O_CREATE
	if o.appends {
		flags |= os.O_APPEND
	}
	file, err := os.OpenFile(o.path, flags, 0o644) //nolint:gosec // a report is for all to read
	if err != nil {
		return fmt.Errorf("-o %s:%s: %s", o.name, o.path, reason(err))
	}
	o.file = file
	return nil
}

// write writes the report.
func (o *output) write(stdout io.Writer, result *bookcheck.Result, style report.Style) error {
	if o.path == "" {
		return o.format(stdout, result, style)
	}
	if info, err := o.file.Stat(); err == nil && info.Mode().IsRegular() && !o.appends {
		if err := o.file.Truncate(0); err != nil {
			return err
		}
	}
	if err := o.format(o.file, result, style); err != nil {
		return err
	}
	return o.file.Close()
}
