package missinganchor_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/missinganchor"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, missinganchor.Rule) }
