package ruletest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// problems runs the example and says what is not as it announces: none if all is
// well.
func (e example) problems(ctx context.Context, rule *bookcheck.Rule, others []*bookcheck.Rule) []string {
	book := make(map[string]string)
	fixed := make(map[string]string)
	var wants []want
	for _, path := range slices.Sorted(maps.Keys(e.files)) {
		if of, isFixed := strings.CutSuffix(path, ".fixed"); isFixed {
			fixed[of] = e.files[path]
			continue
		}
		blanked, more, err := blank(path, e.files[path])
		if err != nil {
			return []string{err.Error()}
		}
		book[path] = blanked
		wants = append(wants, more...)
	}
	found, problems := e.run(ctx, book, rule, others)
	problems = append(problems, e.broken(wants)...)
	problems = append(problems, compare(wants, found)...)
	if len(fixed) > 0 && len(problems) == 0 {
		problems = e.fixes(ctx, book, found, fixed, rule, others)
	}
	return problems
}

// broken tells where the example does not show what its section promises.
func (e example) broken(wants []want) []string {
	switch {
	case e.kind == reported && len(wants) == 0:
		return []string{"an example of what is reported wants nothing"}
	case e.kind == notReported && len(wants) > 0:
		return []string{"an example of what is not reported wants a finding: " + wants[0].String()}
	default:
		return nil
	}
}

// compare matches each finding with a want of its line, the first that fits.
func compare(wants []want, found []bookcheck.Diagnostic) []string {
	var problems []string
	for _, d := range found {
		line := d.Chapter.Position(d.Span.Start).Line
		underlined := d.Chapter.Text(d.Span)
		i := slices.IndexFunc(wants, func(w want) bool {
			return w.path == d.Chapter.Path && w.line == line && w.message.MatchString(d.Message) &&
				(w.at == "" || w.at == fold(underlined))
		})
		if i < 0 {
			problems = append(problems, fmt.Sprintf("%s:%d: got %q at %q, which is not wanted there", d.Chapter.Path, line, d.Message, underlined))
			continue
		}
		wants = slices.Delete(slices.Clone(wants), i, i+1)
	}
	for _, w := range wants {
		problems = append(problems, w.String()+", got nothing that fits")
	}
	return problems
}
