package badarithmetic_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/badarithmetic"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, badarithmetic.Rule) }
