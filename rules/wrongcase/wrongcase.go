// Package wrongcase declares the wrong-case rule.
package wrongcase

import (
	"cmp"
	_ "embed"

	"github.com/bookcheck/bookcheck"
)

//go:embed doc.md
var doc string

// Rule reports links to files that are found only where the case of letters does
// not count.
var Rule = &bookcheck.Rule{
	Name:     "wrong-case",
	Doc:      doc,
	Severity: bookcheck.Warning,
	Run:      run,
}

func run(pass *bookcheck.Pass) error {
	for _, link := range pass.Chapter.Links {
		to := pass.Book.Resolve(pass.Chapter, link)
		if to.Outcome != bookcheck.OddCase {
			continue
		}
		found := bookcheck.Diagnostic{
			Span:    link.At(),
			Message: "the file is there in other case: works on some disks, not on the web",
			Subject: cmp.Or(to.Name, link.Target),
		}
		if len(to.Near) > 0 {
			found.Message = "the file is called " + to.Near[0] + ": this works on some disks, not on the web"
			found.Fixes = fix(link, to.Near[0])
		}
		pass.Report(found)
	}
	return nil
}

// fix writes the name as the file has it. It is safe: it can name nothing else.
func fix(link *bookcheck.Link, name string) []bookcheck.Fix {
	if link.Dest.Len() == 0 {
		return nil
	}
	return []bookcheck.Fix{{
		Title: "Write " + name,
		Edits: []bookcheck.Edit{{Span: link.Dest, New: name}},
		Safe:  true,
	}}
}
