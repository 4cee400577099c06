package tocmissingfile_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ruletest"
	"github.com/bookcheck/bookcheck/rules/tocmissingfile"
)

func Test(t *testing.T) { ruletest.Run(t, tocmissingfile.Rule) }
