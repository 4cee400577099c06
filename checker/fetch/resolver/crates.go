package resolver

import (
	"net/url"
	"strings"
)

// crates asks the interface for programs: the page builds itself by script.
var crates = Resolver{Name: "crates", Base: "https://crates.io", Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "crates.io") || len(p) < 2 || len(p) > 3 || p[0] != "crates" {
		return nil
	}
	return &Question{URL: base + "/api/v1/crates/" + strings.Join(p[1:], "/"), Judge: byStatus("crates.io")}
}}
