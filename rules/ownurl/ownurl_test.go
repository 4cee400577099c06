package ownurl_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/ownurl"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, ownurl.Rule) }
