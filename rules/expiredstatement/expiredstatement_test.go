package expiredstatement_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/expiredstatement"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, expiredstatement.Rule) }
