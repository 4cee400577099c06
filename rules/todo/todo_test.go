package todo_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/todo"
)

func Test(t *testing.T) { ruletest.Run(t, todo.Rule) }
