package checker

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/ledger"
	"github.com/bookcheck/bookcheck/checker/parallel"
	"github.com/bookcheck/bookcheck/checker/weigh"
)

// askedAtOnce is how many questions an adviser is asked side by side: a model on a
// laptop answers one after the other all the same.
const askedAtOnce = 4

// mostSentences bounds what an adviser is shown of each page.
const mostSentences = 5

// isOpen tells whether the rules leave a claim open: its pages were read, and nothing
// on them speaks against it. That all values of a claim were found proves little.
func isOpen(j *bookcheck.Judgement) bool {
	return j.Support == bookcheck.Consistent || j.Support == bookcheck.Partial || j.Support == bookcheck.Unchecked
}

// inquire notes what is to be asked about a claim that the rules leave open. An
// opinion that is kept of it stands as long as its pages do.
func (c *checking) inquire(w *weighing, texts map[string]*weigh.Text, readings map[string]*reading) {
	if c.Adviser == nil || !isOpen(w.judgement) {
		return
	}
	if kept := c.kept(w); kept != nil && c.isAdvised(kept.Opinion) && isOf(kept, w.sources, readings) {
		w.judgement.Opinion = kept.Opinion
		return
	}
	inquiry := &bookcheck.Inquiry{Claim: w.claim.Text}
	for _, source := range w.sources {
		if text := texts[source.URL]; text != nil {
			inquiry.Title = cmp.Or(inquiry.Title, source.Page.Title)
			inquiry.Sentences = append(inquiry.Sentences, weigh.Nearest(w.claim, text, mostSentences)...)
		}
	}
	if len(inquiry.Sentences) > 0 { // else there is nothing to judge by
		w.inquiry = inquiry
	}
}

// isAdvised tells whether an opinion is one that the adviser would be asked for.
func (c *checking) isAdvised(o *bookcheck.Opinion) bool {
	return o != nil && o.Model == c.Adviser.Model() && o.Prompt == c.Adviser.Prompt()
}

// isOf tells whether what is kept of a claim is of the pages as they were read.
func isOf(kept *ledger.Claim, sources []*bookcheck.Source, readings map[string]*reading) bool {
	for i, source := range sources {
		if r := readings[source.URL]; r == nil || r.kept == nil || r.kept.Hash != kept.Sources[i].Hash {
			return false
		}
	}
	return true
}

// errNotAsked stands for the error of a question that was not put.
var errNotAsked = errors.New("the run ended before")

// advise asks about the claims that the rules leave open.
func (c *checking) advise(ctx context.Context) {
	open := slices.DeleteFunc(slices.Clone(c.weighings), func(w *weighing) bool { return w.inquiry == nil })
	if len(open) == 0 {
		return
	}
	var useless atomic.Bool
	c.advice = c.count(parallel.Each(min(askedAtOnce, len(open)), open, func(w *weighing) error {
		if useless.Load() || ctx.Err() != nil {
			return errNotAsked
		}
		opinion, err := c.Adviser.Advise(ctx, *w.inquiry)
		if err != nil {
			useless.Store(useless.Load() || isEndpoint(err))
			return err
		}
		opinion.Asked = ledger.Day(c.Now)
		w.judgement.Opinion = opinion
		return nil
	}))
}

// count counts the answers. That the endpoint cannot be asked at all is a fault.
func (c *checking) count(errs []error) *bookcheck.Advice {
	advice := &bookcheck.Advice{Model: c.Adviser.Model()}
	var reason error
	for _, err := range errs {
		switch {
		case err == nil:
			advice.Answered++
			continue
		case reason == nil, errors.Is(reason, errNotAsked), isEndpoint(err) && !isEndpoint(reason):
			reason = err
		}
		advice.Unanswered++
	}
	if reason != nil {
		advice.Reason = reason.Error()
	}
	if isEndpoint(reason) {
		c.faults = append(c.faults, bookcheck.Fault{Message: "--model: " + advice.Reason})
	}
	return advice
}

func isEndpoint(err error) bool {
	_, is := errors.AsType[*bookcheck.EndpointError](err)
	return is
}
