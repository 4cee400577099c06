package checker

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// settle makes the result of what the rules found.
func (c *checking) settle(ctx context.Context, jobs []*job) *bookcheck.Result {
	result := &bookcheck.Result{Book: c.library(), Rules: c.ran(), Pages: c.pages, Now: c.Now}
	result.Judgements, result.Stats.Advice = c.accounts(ctx), c.advice
	result.Stats.Offline, result.Stats.Claims = c.Fetcher == nil, c.supports()
	for _, b := range c.books {
		result.Stats.Indexed += len(b.Chapters)
		result.Sources = append(result.Sources, b.String())
	}
	for _, j := range jobs {
		if ctx.Err() == nil { // or a rule may not have seen what an author accepts
			j.settle()
		} else {
			j.accept(j.found, make(map[*bookcheck.Allow]bool))
		}
		if j.inEnds(); j.ends != nil && len(j.found) == 0 {
			continue
		}
		result.Reported = append(result.Reported, j.chapter)
		result.Stats.Files++
		result.Stats.Links += j.links
		result.Diagnostics = append(result.Diagnostics, j.found...)
		c.faults = append(c.faults, j.flaws...)
		for rule, spent := range j.spent {
			if result.Stats.Spent == nil {
				result.Stats.Spent = make(map[string]time.Duration)
			}
			result.Stats.Spent[rule] += spent
		}
	}
	slices.SortStableFunc(result.Diagnostics, compare)
	result.Diagnostics = slices.CompactFunc(result.Diagnostics, isSame) // a definition is wrong once for all who use it
	slices.SortStableFunc(result.Reported, func(a, b *bookcheck.Chapter) int { return strings.Compare(a.Path, b.Path) })
	if c.Filter != nil {
		c.Filter(result)
	}
	result.Failed = fails(result, jobs)
	result.Faults = inOrder(c.faults)
	result.Reason = c.incomplete(ctx)
	result.Complete = result.Reason == ""
	return result
}

// library returns the book, or all of them as one if there are several.
func (c *checking) library() *bookcheck.Book {
	if len(c.books) == 1 {
		return c.books[0].Book
	}
	all := &bookcheck.Book{Root: ".", Files: c.listing.files}
	for _, b := range c.books {
		all.Chapters = append(all.Chapters, b.Chapters...)
	}
	all.Index()
	return all
}

// ran returns the rules that are on in some book.
func (c *checking) ran() []*bookcheck.Rule {
	var ran []*bookcheck.Rule
	for _, rule := range c.Rules {
		if slices.ContainsFunc(c.books, func(b *book) bool { return slices.Contains(b.rules, rule) }) {
			ran = append(ran, rule)
		}
	}
	return ran
}

func webLinks(chapter *bookcheck.Chapter) int {
	n := 0
	for _, link := range chapter.Links {
		if link.External() {
			n++
		}
	}
	return n
}

// fails tells whether a finding that nobody accepts is grave enough.
func fails(result *bookcheck.Result, jobs []*job) bool {
	levels := make(map[*bookcheck.Chapter]bookcheck.Severity, len(jobs))
	for _, j := range jobs {
		levels[j.chapter] = cmp.Or(j.FailOn, j.book.config.FailOn)
	}
	return slices.ContainsFunc(result.Diagnostics, func(d bookcheck.Diagnostic) bool {
		return d.Allowed == nil && d.Severity >= levels[d.Chapter]
	})
}

// compare orders findings by chapter, place and rule.
func compare(a, b bookcheck.Diagnostic) int {
	return cmp.Or(
		strings.Compare(a.Chapter.Path, b.Chapter.Path),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End),
		strings.Compare(a.Rule.Name, b.Rule.Name),
		strings.Compare(a.Message, b.Message),
	)
}

func isSame(a, b bookcheck.Diagnostic) bool { return compare(a, b) == 0 }

// inOrder sorts faults, and leaves out those that say the same.
func inOrder(faults []bookcheck.Fault) []bookcheck.Fault {
	slices.SortStableFunc(faults, func(a, b bookcheck.Fault) int {
		return cmp.Or(
			strings.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			strings.Compare(a.Message, b.Message),
		)
	})
	return slices.Compact(faults)
}

// interrupted is why a result is not complete whose run was.
const interrupted = "interrupted"

// incomplete says why the rules did not see all that they need, or "".
func (c *checking) incomplete(ctx context.Context) string {
	switch {
	case ctx.Err() != nil:
		return interrupted
	case len(c.faults) > 0:
		return "not everything could be read"
	case c.Fetcher == nil && len(c.wants) > 0:
		return "offline: links to the web were not followed"
	case len(c.pages) < len(c.wants):
		return "some pages were not reached in time"
	default:
		return ""
	}
}
