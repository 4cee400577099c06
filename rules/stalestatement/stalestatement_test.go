package stalestatement_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/stalestatement"
)

func Test(t *testing.T) { ruletest.Run(t, stalestatement.Rule) }
