package insecureurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/insecureurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, insecureurl.Rule) }
