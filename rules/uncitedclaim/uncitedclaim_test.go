package uncitedclaim_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/uncitedclaim"
)

func Test(t *testing.T) { ruletest.Run(t, uncitedclaim.Rule) }
