package resolver

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// pypi asks for what installers ask for: the page is guarded against robots.
var pypi = Resolver{Name: "pypi", Base: "https://pypi.org", Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "pypi.org", "pypi.python.org") || len(p) < 2 || len(p) > 3 || p[0] != "project" {
		return nil
	}
	address := base + "/pypi/" + strings.ToLower(nameBreak.ReplaceAllString(p[1], "-"))
	if len(p) == 3 {
		address += "/" + p[2]
	}
	return &Question{URL: address + "/json", Judge: judgeProject}
}}

// nameBreak is what names of projects may be written with alike (PEP 503). The interface
// redirects from the other ways to write them.
var nameBreak = regexp.MustCompile(`[-_.]+`)

func judgeProject(a *Answer) Finding {
	f := byStatus("PyPI")(a)
	var answer struct {
		Info struct {
			Yanked bool   `json:"yanked"`
			Why    string `json:"yanked_reason"`
		} `json:"info"`
	}
	if f.Verdict == bookcheck.Alive && decode(a, &answer) && answer.Info.Yanked {
		f.Reason += ", as a release that was yanked"
		if answer.Info.Why != "" {
			f.Reason += ": " + answer.Info.Why
		}
	}
	return f
}
