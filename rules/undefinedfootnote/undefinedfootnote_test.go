package undefinedfootnote_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/undefinedfootnote"
)

func Test(t *testing.T) { ruletest.Run(t, undefinedfootnote.Rule) }
