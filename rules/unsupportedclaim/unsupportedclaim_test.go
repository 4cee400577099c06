package unsupportedclaim_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/unsupportedclaim"
)

func Test(t *testing.T) { ruletest.Run(t, unsupportedclaim.Rule) }
