package unuseddefinition_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/unuseddefinition"
)

func Test(t *testing.T) { ruletest.Run(t, unuseddefinition.Rule) }
