package misnamedlink_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/misnamedlink"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, misnamedlink.Rule) }
