// Package unusedallow declares the unused-allow rule.
package unusedallow

import (
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule names what the driver reports about permissions that accept nothing.
var Rule = &bookcheck.Rule{
	Name:     "unused-allow",
	Doc:      doc,
	Severity: bookcheck.Warning,
}
