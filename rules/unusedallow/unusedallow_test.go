package unusedallow_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/todo"
	"github.com/bookcheck/bookcheck/rules/unusedallow"
)

func Test(t *testing.T) { ruletest.Run(t, unusedallow.Rule, todo.Rule) }
