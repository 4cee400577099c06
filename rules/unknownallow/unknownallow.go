// Package unknownallow declares the unknown-allow rule.
package unknownallow

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule names what the driver reports about permissions that it cannot understand.
var Rule = &bookcheck.Rule{
	Name:     "unknown-allow",
	Doc:      doc,
	Severity: bookcheck.Warning,
}
