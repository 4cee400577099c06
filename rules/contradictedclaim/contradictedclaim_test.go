package contradictedclaim_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/contradictedclaim"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, contradictedclaim.Rule) }
