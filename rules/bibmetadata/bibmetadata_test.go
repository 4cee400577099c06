package bibmetadata_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/bibmetadata"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, bibmetadata.Rule) }
