package unresolvedreference_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/unresolvedreference"
)

func Test(t *testing.T) { ruletest.Run(t, unresolvedreference.Rule) }
