package directiveoption_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/directiveoption"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, directiveoption.Rule) }
