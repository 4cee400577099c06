package orphanpage_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/orphanpage"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, orphanpage.Rule) }
