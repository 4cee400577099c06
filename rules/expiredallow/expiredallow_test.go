package expiredallow_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/expiredallow"
	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/todo"
)

func Test(t *testing.T) { ruletest.Run(t, expiredallow.Rule, todo.Rule) }
