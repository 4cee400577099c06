package movedurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/movedurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, movedurl.Rule) }
