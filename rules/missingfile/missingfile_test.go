package missingfile_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/missingfile"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, missingfile.Rule) }
