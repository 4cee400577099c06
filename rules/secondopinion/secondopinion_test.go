package secondopinion_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/secondopinion"
)

func Test(t *testing.T) { ruletest.Run(t, secondopinion.Rule) }
