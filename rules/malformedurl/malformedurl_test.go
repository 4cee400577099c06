package malformedurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/malformedurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, malformedurl.Rule) }
