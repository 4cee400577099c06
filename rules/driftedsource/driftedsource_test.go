package driftedsource_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/driftedsource"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, driftedsource.Rule) }
