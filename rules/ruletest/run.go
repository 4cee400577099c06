package ruletest

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"testing/fstest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/ledger"
)

// run checks a book and returns what the rule finds in it, and what stood in the
// way of a fair test.
func (e example) run(ctx context.Context, book map[string]string, rule *bookcheck.Rule, others []*bookcheck.Rule) (found []bookcheck.Diagnostic, problems []string) {
	network, err := readWeb(e.web, e.pages)
	if err != nil {
		return nil, []string{err.Error()}
	}
	past, err := readHistory(e.history)
	if err != nil {
		return nil, []string{err.Error()}
	}
	adviser, err := readModel(e.model)
	if err != nil {
		return nil, []string{err.Error()}
	}
	files := make(fstest.MapFS, len(book))
	for path, text := range book {
		files[path] = &fstest.MapFile{Data: []byte(text)}
	}
	c := checker.Checker{
		Rules:     append([]*bookcheck.Rule{rule}, others...),
		Fetcher:   network,
		Historian: past,
		Now:       Now,
	}
	if adviser != nil {
		c.Adviser = adviser
	}
	if e.before != nil {
		if c.Ledger, err = e.runBefore(ctx, c, files); err != nil {
			return nil, []string{err.Error()}
		}
	}
	result, err := c.Check(ctx, files, nil)
	if err != nil {
		return nil, []string{err.Error()}
	}
	return of(rule, result), append(network.problems(), faults(result)...)
}

// before is the day of the earlier run.
var before = time.Date(2026, time.August, 2, 12, 0, 0, 0, time.UTC)

// runBefore checks the book as it would have been checked when its pages had the texts
// of before, and returns what that run leaves behind.
func (e example) runBefore(ctx context.Context, c checker.Checker, book fs.FS) (checker.Ledger, error) {
	texts := make(map[string]string)
	maps.Copy(texts, e.pages)
	maps.Copy(texts, e.before)
	network, err := readWeb(e.web, texts)
	if err != nil {
		return nil, err
	}
	left := ledger.NewMemory()
	c.Fetcher, c.Now, c.Ledger = network, before, left
	_, err = c.Check(ctx, book, nil)
	return left, err
}

// of returns the findings of a rule that no permission covers.
func of(rule *bookcheck.Rule, result *bookcheck.Result) []bookcheck.Diagnostic {
	var found []bookcheck.Diagnostic
	for _, d := range result.Diagnostics {
		if d.Rule == rule && d.Allowed == nil {
			found = append(found, d)
		}
	}
	return found
}

func faults(result *bookcheck.Result) []string {
	problems := make([]string, len(result.Faults))
	for i, fault := range result.Faults {
		problems[i] = fmt.Sprintf("%s:%d: %s", fault.Path, fault.Line, fault.Message)
	}
	return problems
}
