package duplicatelabel_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/duplicatelabel"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, duplicatelabel.Rule) }
