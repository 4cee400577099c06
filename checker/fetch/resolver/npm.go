package resolver

import (
	"net/url"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// npm asks the registry: the page is guarded against robots.
var npm = Resolver{Name: "npm", Base: "https://registry.npmjs.org", Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "npmjs.com") || len(p) < 2 || p[0] != "package" {
		return nil
	}
	name, rest := p[1], p[2:]
	if strings.HasPrefix(name, "@") || strings.HasPrefix(name, "%40") {
		if len(rest) == 0 {
			return nil
		}
		name, rest = name+"%2F"+rest[0], rest[1:]
	}
	version := "latest"
	switch {
	case len(rest) == 2 && rest[0] == "v":
		version = rest[1]
	case len(rest) != 0:
		return nil
	}
	return &Question{URL: base + "/" + name + "/" + version, Judge: judgePackage}
}}

func judgePackage(a *Answer) Finding {
	f := byStatus("npm")(a)
	var answer struct {
		Deprecated string `json:"deprecated"`
	}
	if f.Verdict == bookcheck.Alive && decode(a, &answer) && answer.Deprecated != "" {
		f.Reason += ", which calls it deprecated: " + answer.Deprecated
	}
	return f
}
