package deadfragment_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/deadfragment"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, deadfragment.Rule) }
