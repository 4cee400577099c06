package undefinedterm_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/undefinedterm"
)

func Test(t *testing.T) { ruletest.Run(t, undefinedterm.Rule) }
