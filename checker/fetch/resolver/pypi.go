package resolver

import "net/url"

// pypi asks for what installers ask for: the page is guarded against robots.
var pypi = Resolver{Name: "pypi", Base: "https://pypi.org", Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "pypi.org", "pypi.python.org") || len(p) < 2 || len(p) > 3 || p[0] != "project" {
		return nil
	}
	address := base + "/pypi/" + p[1]
	if len(p) == 3 {
		address += "/" + p[2]
	}
	return &Question{URL: address + "/json", Judge: byStatus("PyPI")}
}}
