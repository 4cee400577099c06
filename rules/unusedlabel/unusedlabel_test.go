package unusedlabel_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/unusedlabel"
)

func Test(t *testing.T) { ruletest.Run(t, unusedlabel.Rule) }
