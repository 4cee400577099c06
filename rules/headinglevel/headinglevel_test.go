package headinglevel_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/headinglevel"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, headinglevel.Rule) }
