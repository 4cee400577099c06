package resolver

import (
	"net/url"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// crates asks the interface for programs: the page builds itself by script. Robots are
// asked to make no more than one request a second.
var crates = Resolver{Name: "crates", Base: "https://crates.io", Pause: time.Second, Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "crates.io") || len(p) < 2 || len(p) > 3 || p[0] != "crates" {
		return nil
	}
	return &Question{URL: base + "/api/v1/crates/" + strings.Join(p[1:], "/"), Judge: judgeCrate}
}}

func judgeCrate(a *Answer) Finding {
	f := byStatus("crates.io")(a)
	var answer struct {
		Version struct {
			Yanked bool `json:"yanked"`
		} `json:"version"`
	}
	if f.Verdict == bookcheck.Alive && decode(a, &answer) && answer.Version.Yanked {
		f.Reason += ", as a version that was yanked"
	}
	return f
}
