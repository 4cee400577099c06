package redirecttologin_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/redirecttologin"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, redirecttologin.Rule) }
