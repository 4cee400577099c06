package wrongcase_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/wrongcase"
)

func Test(t *testing.T) { ruletest.Run(t, wrongcase.Rule) }
