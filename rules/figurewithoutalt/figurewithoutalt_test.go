package figurewithoutalt_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/figurewithoutalt"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, figurewithoutalt.Rule) }
