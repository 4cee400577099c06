package ambiguousreference_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ambiguousreference"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, ambiguousreference.Rule) }
