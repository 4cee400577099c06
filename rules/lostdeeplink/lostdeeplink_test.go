package lostdeeplink_test

import (
	"testing"

	"github.com/bookcheck/bookcheck/rules/lostdeeplink"
	"github.com/bookcheck/bookcheck/rules/ruletest"
)

func Test(t *testing.T) { ruletest.Run(t, lostdeeplink.Rule) }
