package yearlessdate_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/yearlessdate"
)

func Test(t *testing.T) { ruletest.Run(t, yearlessdate.Rule) }
