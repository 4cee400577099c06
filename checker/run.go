package checker

import (
	"context"
	"fmt"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/parallel"
)

// A job is all that the rules do with one chapter.
type job struct {
	*checking
	book    *book
	chapter *bookcheck.Chapter
	ages    map[bookcheck.Span]bookcheck.Age
	asked   []bookcheck.Span // spans whose age was asked for and is not known yet
	copies  map[*bookcheck.Link]string
	missed  []*bookcheck.Link // links whose copy was asked for and is not known yet
	found   []bookcheck.Diagnostic
	flaws   []bookcheck.Fault
	ends    []bookcheck.Span         // the only places that count; nil: all
	spent   map[string]time.Duration // in each rule; nil: not measured
}

// run runs the rules over every chapter that is reported on.
func (c *checking) run(ctx context.Context) []*job {
	var jobs []*job
	for _, b := range c.books {
		for _, chapter := range b.reported {
			jobs = append(jobs, &job{checking: c, book: b, chapter: chapter, ages: make(map[bookcheck.Span]bookcheck.Age)})
		}
		for _, chapter := range b.Chapters {
			if ends := b.ends[chapter]; ends != nil {
				jobs = append(jobs, &job{checking: c, book: b, chapter: chapter, ends: ends})
			}
		}
	}
	jobs = parallel.Each(c.jobs(), jobs, func(j *job) *job {
		j.look()
		return j
	})
	c.survey(ctx, jobs)
	jobs = parallel.Each(c.jobs(), jobs, func(j *job) *job {
		j.finish(ctx)
		return j
	})
	c.search(ctx, jobs)
	return jobs
}

// survey tells who knows the age of lines which ones will be asked for.
func (c *checking) survey(ctx context.Context, jobs []*job) {
	surveyor, ok := c.Historian.(bookcheck.Surveyor)
	if !ok {
		return
	}
	var questions []bookcheck.Question
	for _, j := range jobs {
		if len(j.asked) > 0 {
			questions = append(questions, bookcheck.Question{Chapter: j.chapter, Spans: j.asked})
		}
	}
	if len(questions) > 0 {
		surveyor.Survey(ctx, questions)
	}
}

// look runs the rules over the chapter.
func (j *job) look() {
	j.asked, j.missed, j.found, j.flaws = nil, nil, nil, nil
	for _, rule := range j.book.rules {
		if rule.Run != nil && (j.ends == nil || rule.Needs == 0) && j.book.runs(rule, j.chapter) {
			j.time(rule)
		}
	}
}

// finish runs them again until they know what they asked for. Rules are pure, so
// those that ask for the age of a line can simply be run again once it is known:
// that way version control is asked once a chapter, and only for the lines that
// matter.
func (j *job) finish(ctx context.Context) {
	for len(j.asked) > 0 {
		for i, age := range j.Historian.Ages(ctx, j.chapter, j.asked) {
			j.ages[j.asked[i]] = age
		}
		j.look()
	}
}

// time runs one rule, and measures how long that takes if there is a clock.
func (j *job) time(rule *bookcheck.Rule) {
	if j.Clock == nil {
		j.apply(rule)
		return
	}
	start := j.Clock()
	j.apply(rule)
	if j.spent == nil {
		j.spent = make(map[string]time.Duration)
	}
	j.spent[rule.Name] += j.Clock().Sub(start)
}

// apply runs one rule.
func (j *job) apply(rule *bookcheck.Rule) {
	settings := j.book.config.Rules[rule.Name]
	err := rule.Run(&bookcheck.Pass{
		Rule: rule, Book: j.book.Book, Chapter: j.chapter, Options: settings.Options, Now: j.Now,
		Report: func(d bookcheck.Diagnostic) { j.report(rule, settings.Severity, d) },
		Page: func(link *bookcheck.Link) (*bookcheck.Page, bool) {
			if rule.Needs&bookcheck.Web == 0 {
				panic("rule " + rule.Name + " asks for a page and does not say in Needs that it would")
			}
			if !asks(rule, link) {
				return nil, false
			}
			return j.page(j.book, link)
		},
		Archived: j.copied,
		Weigh: func(claim *bookcheck.Claim) *bookcheck.Judgement {
			if rule.Needs&bookcheck.Text == 0 {
				panic("rule " + rule.Name + " asks about a claim and does not say in Needs that it would read Text")
			}
			return j.judgements[claim]
		},
		Age: func(r bookcheck.Ranger) bookcheck.Age {
			if rule.Needs&bookcheck.History == 0 {
				panic("rule " + rule.Name + " asks for an age and does not say in Needs that it would")
			}
			return j.age(r.Range())
		},
	})
	if err != nil {
		j.flaws = append(j.flaws, bookcheck.Fault{Path: j.chapter.Path, Message: fmt.Sprintf("rule %s: %v", rule.Name, err)})
	}
}

// age returns what is known about the age of a span, or notes that it was asked
// for.
func (j *job) age(span bookcheck.Span) bookcheck.Age {
	age, known := j.ages[span]
	switch {
	case known:
	case j.Historian == nil:
		age.Evidence = "version control was not asked"
	default:
		j.asked = append(j.asked, span)
		j.ages[span] = age // asked for once
	}
	return age
}

// report keeps a finding. A rule can lower the severity that it was given.
func (j *job) report(rule *bookcheck.Rule, level bookcheck.Severity, d bookcheck.Diagnostic) {
	whole := bookcheck.Span{Start: 0, End: len(j.chapter.Source)}
	if !whole.Contains(d.Span) || d.Span.Len() < 0 {
		j.flaws = append(j.flaws, bookcheck.Fault{
			Path:    j.chapter.Path,
			Message: fmt.Sprintf("rule %s: it reports bytes %d to %d of a file of %d: %s", rule.Name, d.Span.Start, d.Span.End, whole.End, d.Message),
		})
		return
	}
	if d.Severity == bookcheck.Off || d.Severity > level {
		d.Severity = level
	}
	d.Message, d.Subject = bookcheck.Mask(d.Message), bookcheck.Mask(d.Subject)
	d.Rule, d.Chapter = rule, j.chapter
	j.found = append(j.found, d)
}
