// Package undefinedsubstitution declares the undefined-substitution rule.
package undefinedsubstitution

import (
	"cmp"
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports substitutions whose name is defined neither in the project file
// nor in the front matter.
var Rule = &bookcheck.Rule{
	Name:     "undefined-substitution",
	Doc:      doc,
	Severity: bookcheck.Error,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for link, to := range pass.Missing(bookcheck.Substitution) {
		pass.ReportLink(link, to, "substitution %q is defined nowhere", cmp.Or(to.Name, link.Target))
	}
	return nil
}
