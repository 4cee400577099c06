package emptylink_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/emptylink"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, emptylink.Rule) }
