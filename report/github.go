package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// manyAnnotations is how many of a level GitHub shows for a step. It drops the
// others without a word.
const manyAnnotations = 10

// GitHub writes the commands that make GitHub Actions show findings beside the
// lines of a pull request. Paths start at the top of the file system. There is
// room for few, so every file has its first before another has its second, and
// the last says how many are left.
func GitHub(w io.Writer, r *bookcheck.Result, _ Style) error {
	out := bufio.NewWriter(w) // keeps the first error until Flush
	for _, level := range [...]bookcheck.Severity{bookcheck.Error, bookcheck.Warning, bookcheck.Note} {
		all := annotations(r, level)
		chosen := spread(all, manyAnnotations)
		if left := len(all) - len(chosen); left > 0 {
			last := &chosen[len(chosen)-1]
			last.text = append(last.text, fmt.Sprintf("and %s: see the job summary or the log", amount(left, "more "+level.String(), "more "+level.String()+"s")))
		}
		for _, a := range chosen {
			_, _ = out.WriteString(a.command())
		}
	}
	return out.Flush()
}

// An annotation is what GitHub shows at a line.
type annotation struct {
	level bookcheck.Severity
	path  string // "": nowhere
	start bookcheck.Position
	end   bookcheck.Position // a zero Line: only the start is known
	title string
	text  []string // lines
}

// annotations returns those of a level. What could not be done is an error too.
func annotations(r *bookcheck.Result, level bookcheck.Severity) []annotation {
	var all []annotation
	if level == bookcheck.Error {
		for _, fault := range r.Faults {
			all = append(all, annotation{
				level: level, path: fault.Path, start: bookcheck.Position{Line: fault.Line, Column: fault.Column},
				title: "bookcheck", text: []string{fault.Message},
			})
		}
	}
	for _, d := range live(r) {
		if cmp.Or(d.Severity, bookcheck.Note) == level {
			all = append(all, annotate(d, level))
		}
	}
	return all
}

func annotate(d *bookcheck.Diagnostic, level bookcheck.Severity) annotation {
	span := trimEnd(d.Chapter.Source, d.Span)
	a := annotation{
		level: level, path: d.Chapter.Path, title: d.Rule.Name, text: append([]string{d.Message}, d.Evidence...),
		start: d.Chapter.PositionIn(span.Start, bookcheck.UTF16),
		end:   d.Chapter.PositionIn(span.End, bookcheck.UTF16),
	}
	for _, fix := range d.Fixes {
		a.text = append(a.text, "fix: "+describe(fix))
	}
	return a
}

// spread chooses n annotations and keeps their order: the first of every file, then
// the second of every file, and so on.
func spread(all []annotation, n int) []annotation {
	if len(all) <= n {
		return all
	}
	turns, byFile := make([]int, len(all)), make(map[string]int)
	order := make([]int, len(all))
	for i := range all {
		order[i], turns[i] = i, byFile[all[i].path]
		byFile[all[i].path]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return turns[a] - turns[b] })
	order = order[:n]
	slices.Sort(order)
	chosen := make([]annotation, n)
	for i, at := range order {
		chosen[i] = all[at]
	}
	return chosen
}

// command writes an annotation for the runner, which takes columns only within one
// line.
func (a annotation) command() string {
	properties := []string{"title=" + property(a.title)}
	if a.path != "" {
		properties = append(properties, "file="+property(a.path))
	}
	if a.path != "" && a.start.Line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", a.start.Line))
		if a.end.Line > 0 {
			properties = append(properties, fmt.Sprintf("endLine=%d", a.end.Line))
		}
		if a.start.Column > 0 && a.end.Line <= a.start.Line {
			properties = append(properties, fmt.Sprintf("col=%d", a.start.Column))
		}
		if a.end.Line == a.start.Line {
			properties = append(properties, fmt.Sprintf("endColumn=%d", a.end.Column))
		}
	}
	lines := make([]string, len(a.text))
	for i, line := range a.text {
		lines[i] = commandData.Replace(clean(line))
	}
	word := a.level.String()
	if a.level == bookcheck.Note {
		word = "notice"
	}
	return "::" + word + " " + strings.Join(properties, ",") + "::" + strings.Join(lines, "%0A") + "\n"
}

// The runner undoes these, and no others.
var (
	commandData     = strings.NewReplacer("%", "%25")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// property writes the value of a command's property. White space other than a
// space is kept, since a path may hold it.
func property(value string) string {
	value = commandProperty.Replace(value)
	return strings.Map(func(r rune) rune {
		if r < ' ' || hostile(r) {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(value, "\ufffd"))
}
