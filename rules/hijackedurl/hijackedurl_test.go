package hijackedurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/hijackedurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, hijackedurl.Rule) }
