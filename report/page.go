package report

import (
	"fmt"

	"github.com/bookcheck/bookcheck"
)

// Page returns the documentation of a rule for somebody who reads it as text: with
// its level, without the tests in it, and with the way to accept a finding.
func Page(rule *bookcheck.Rule) string {
	needs := ""
	if rule.Needs&bookcheck.Web != 0 {
		needs = " It needs the network."
	}
	return fmt.Sprintf("# %s: %s\n\nThe level is %s.%s\n\n%s", rule.Name, rule.Summary(), rule.Severity, needs, documentBody(rule))
}
