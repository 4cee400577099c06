package typednumber_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/typednumber"
)

func Test(t *testing.T) { ruletest.Run(t, typednumber.Rule) }
