package unusedcitation_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/unusedcitation"
)

func Test(t *testing.T) { ruletest.Run(t, unusedcitation.Rule) }
