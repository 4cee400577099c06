package resolver

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"time"
)

var arxivID = regexp.MustCompile(`^/(?:abs|pdf|html)/((?:[a-z-]+(?:\.[A-Z]{2})?/)?\d{4}(?:\.\d{4,5}|\d{3})(?:v\d+)?)(?:\.pdf)?/?$`)

// arxiv rescues where arXiv has had enough of us: its interface for programs has an
// allowance of its own, which is small.
var arxiv = Resolver{Name: "arxiv", Base: "https://export.arxiv.org", Rescue: true, Pause: 3 * time.Second, Ask: func(base string, page *url.URL) *Question {
	m := arxivID.FindStringSubmatch(page.Path)
	if !on(page, "arxiv.org", "export.arxiv.org") || m == nil {
		return nil
	}
	return &Question{URL: base + "/api/query?max_results=1&id_list=" + url.QueryEscape(m[1]), Judge: func(a *Answer) Finding {
		switch {
		case a.Code != http.StatusOK || !bytes.Contains(a.Body, []byte("<feed")):
			return Finding{}
		case bytes.Contains(a.Body, []byte("/abs/"+m[1])):
			return alive("is a paper on arXiv")
		case bytes.Contains(a.Body, []byte("<entry>")) && !bytes.Contains(a.Body, []byte("api/errors")):
			return Finding{}
		default:
			return dead("is not the number of a paper on arXiv")
		}
	}}
}}

// ArXiv returns the paths of the abstract and of the paper of a preprint, by any page
// of it; "" if it is none.
func ArXiv(page *url.URL) (abstract, paper string) {
	m := arxivID.FindStringSubmatch(page.Path)
	if !on(page, "arxiv.org", "export.arxiv.org") || m == nil {
		return "", ""
	}
	return "/abs/" + m[1], "/pdf/" + m[1]
}
