package credentialsinurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/credentialsinurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, credentialsinurl.Rule) }
