package resolver

import (
	"net/url"
	"strings"
)

// doi asks the registry of handles and not the publisher, who refuses robots behind
// a DOI in good order.
var doi = Resolver{Name: "doi", Base: "https://doi.org", Ask: func(base string, page *url.URL) *Question {
	path := strings.Trim(page.EscapedPath(), "/")
	if !on(page, "doi.org", "dx.doi.org") || !strings.HasPrefix(path, "10.") || !strings.Contains(path, "/") {
		return nil
	}
	return &Question{URL: base + "/api/handles/" + path, Judge: judgeHandle}
}}

// The codes of the Handle.Net protocol, section 3.
const (
	handleFound    = 1
	handleNotFound = 100
)

func judgeHandle(a *Answer) Finding {
	var answer struct {
		Code int `json:"responseCode"`
	}
	if !decode(a, &answer) {
		return Finding{}
	}
	switch answer.Code {
	case handleFound:
		return alive("is a registered DOI")
	case handleNotFound:
		return dead("is not a registered DOI")
	default:
		return Finding{}
	}
}
