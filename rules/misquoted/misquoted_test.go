package misquoted_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/misquoted"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, misquoted.Rule) }
