// Package expiredallow declares the expired-allow rule.
package expiredallow

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule names what the driver reports about permissions whose last day has passed.
var Rule = &bookcheck.Rule{
	Name:     "expired-allow",
	Doc:      doc,
	Severity: bookcheck.Warning,
}
