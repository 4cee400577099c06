package undefinedsubstitution_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/undefinedsubstitution"
)

func Test(t *testing.T) { ruletest.Run(t, undefinedsubstitution.Rule) }
