package checker

import (
	"context"
	"fmt"
	"slices"
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
	links   int               // to the web
	found   []bookcheck.Diagnostic
	flaws   []bookcheck.Fault
	rules   []*bookcheck.Rule          // those whose turn it is
	earlier struct{ found, flaws int } // how much was found before their turn
	ends    []bookcheck.Span           // the only places that count; nil: all
	spent   map[string]time.Duration   // in each rule; nil: not measured
}

// A turn is a part of the rules. Those that need nothing but the book have the first
// one, before anybody is asked anything, so that what they found is there whenever the
// run is interrupted.
type turn func(*bookcheck.Rule) bool

func alone(rule *bookcheck.Rule) bool    { return rule.Needs == 0 }
func informed(rule *bookcheck.Rule) bool { return rule.Needs != 0 }

// divide makes a job of every chapter that is reported on.
func (c *checking) divide() []*job {
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
	for _, j := range jobs {
		j.links = webLinks(j.chapter)
	}
	return jobs
}

// run gives some rules their turn. If ctx ends, they go on for a moment: what is known
// by then is worth a look.
func (c *checking) run(ctx context.Context, jobs []*job, t turn) {
	late, end := linger(ctx)
	defer end()
	each := func(do func(*job)) {
		parallel.Each(c.jobs(), jobs, func(j *job) struct{} {
			do(j)
			return struct{}{}
		})
	}
	each(func(j *job) {
		j.begin(t)
		j.look(late)
	})
	c.survey(ctx, jobs)
	each(func(j *job) { j.finish(ctx, late) })
	c.search(ctx, late, jobs)
}

// grace is for how long rules go on after an interruption.
const grace = 40 * time.Millisecond

// linger returns a context that ends a moment after another did, or is seen to have
// done.
func linger(ctx context.Context) (late context.Context, end context.CancelFunc) {
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	forget := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return late, func() {
		forget()
		cancel()
	}
}

// survey tells who knows the age of lines which ones will be asked for.
func (c *checking) survey(ctx context.Context, jobs []*job) {
	surveyor, ok := c.Historian.(bookcheck.Surveyor)
	if !ok || ctx.Err() != nil {
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

// begin makes the job ready for rules whose turn it is.
func (j *job) begin(t turn) {
	j.rules = nil
	j.earlier.found, j.earlier.flaws = len(j.found), len(j.flaws)
	for _, rule := range j.book.rules {
		if rule.Run != nil && t(rule) && (j.ends == nil || rule.Needs == 0) && j.book.runs(rule, j.chapter) {
			j.rules = append(j.rules, rule)
		}
	}
}

// look runs the rules over the chapter, until ctx ends.
func (j *job) look(ctx context.Context) {
	j.asked, j.missed = nil, nil
	j.found, j.flaws = j.found[:j.earlier.found], j.flaws[:j.earlier.flaws]
	for _, rule := range j.rules {
		if ctx.Err() != nil {
			return
		}
		j.time(rule)
	}
}

// finish runs them again until they know what they asked for. Rules are pure, so
// those that ask for the age of a line can simply be run again once it is known:
// that way version control is asked once a chapter, and only for the lines that
// matter. If ctx ends, what rests on an age is not known.
func (j *job) finish(ctx, late context.Context) {
	for len(j.asked) > 0 {
		var ages []bookcheck.Age
		if ctx.Err() == nil {
			ages = j.Historian.Ages(ctx, j.chapter, j.asked)
		}
		if ctx.Err() != nil {
			j.found = slices.DeleteFunc(j.found, func(d bookcheck.Diagnostic) bool { return d.Rule.Needs&bookcheck.History != 0 })
			return
		}
		for i, age := range ages {
			j.ages[j.asked[i]] = age
		}
		j.look(late)
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
