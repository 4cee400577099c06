package undefinedcitation_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/undefinedcitation"
)

func Test(t *testing.T) { ruletest.Run(t, undefinedcitation.Rule) }
