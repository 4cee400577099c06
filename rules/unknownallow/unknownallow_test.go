package unknownallow_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/todo"
	"github.com/bookcheck/bookcheck/rules/unknownallow"
)

func Test(t *testing.T) { ruletest.Run(t, unknownallow.Rule, todo.Rule) }
