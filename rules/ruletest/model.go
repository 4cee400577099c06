package ruletest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A model has an opinion on claims that hold a word.
type model []opinion

type opinion struct {
	word string
	bookcheck.Opinion
}

// opinions are the words of an example for what a model may say.
var opinions = map[string]bookcheck.Support{
	"supported": bookcheck.Consistent, "not_found": bookcheck.NotFound, "contradicted": bookcheck.Contradicted,
}

// readModel reads lines of the form "WORD SUPPORT REASON". No line makes no model.
func readModel(text string) (model, error) {
	var m model
	for line := range strings.Lines(text) {
		words := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if len(words) < 3 {
			return nil, fmt.Errorf("model: %q is not WORD SUPPORT REASON", strings.TrimSpace(line))
		}
		support, known := opinions[words[1]]
		if !known {
			return nil, fmt.Errorf("model: %q is none of supported, not_found and contradicted", words[1])
		}
		m = append(m, opinion{words[0], bookcheck.Opinion{Model: "small", Prompt: "test", Support: support, Says: words[2]}})
	}
	return m, nil
}

// Advise is of bookcheck.Adviser.
func (m model) Advise(_ context.Context, inquiry bookcheck.Inquiry) (*bookcheck.Opinion, error) {
	for _, o := range m {
		if strings.Contains(inquiry.Claim, o.word) {
			return &o.Opinion, nil
		}
	}
	return nil, errors.New("the example says nothing of that")
}

// Model is of bookcheck.Adviser.
func (m model) Model() string { return "small" }

// Prompt is of bookcheck.Adviser.
func (m model) Prompt() string { return "test" }
