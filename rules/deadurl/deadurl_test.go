package deadurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/deadurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, deadurl.Rule) }
