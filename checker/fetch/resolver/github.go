package resolver

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// githubFile asks for a file itself, whose lines can be counted, and not for the page
// that shows it.
var githubFile = Resolver{Name: "github-raw", Base: "https://raw.githubusercontent.com", Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "github.com") || len(p) < 5 || p[2] != "blob" && p[2] != "raw" {
		return nil
	}
	return &Question{URL: base + "/" + p[0] + "/" + p[1] + "/" + strings.Join(p[3:], "/"), Judge: judgeFile}
}}

// judgeFile believes that a file is there. One that is not may be in a private
// repository or a renamed one, which the page knows.
func judgeFile(a *Answer) Finding {
	if a.Code != http.StatusOK {
		return Finding{}
	}
	f := alive("is a file on GitHub")
	f.Source = true
	if !a.Truncated && !bytes.HasPrefix(a.Body, []byte("version https://git-lfs.github.com/")) { // what stands for a large file
		f.Lines = bytes.Count(a.Body, []byte{'\n'})
		if len(a.Body) > 0 && a.Body[len(a.Body)-1] != '\n' {
			f.Lines++
		}
	}
	return f
}

// githubRepository asks the interface for programs, which knows of renamed and of
// archived repositories. Without a token it answers too few questions.
var githubRepository = Resolver{Name: "github", Base: "https://api.github.com", Token: true, Ask: func(base string, page *url.URL) *Question {
	p := parts(page)
	if !on(page, "github.com") || len(p) != 2 || page.RawQuery != "" || reserved[p[0]] {
		return nil
	}
	return &Question{URL: base + "/repos/" + p[0] + "/" + strings.TrimSuffix(p[1], ".git"), Judge: func(a *Answer) Finding {
		return judgeRepository(a, p[0]+"/"+strings.TrimSuffix(p[1], ".git"))
	}}
}}

// reserved are the first parts of paths on GitHub that are nobody's name.
var reserved = map[string]bool{
	"about": true, "apps": true, "collections": true, "customer-stories": true, "enterprise": true, "events": true, "explore": true, "features": true,
	"login": true, "marketplace": true, "orgs": true, "security": true, "settings": true, "site": true, "solutions": true, "sponsors": true, "topics": true, "trending": true, "users": true,
}

func judgeRepository(a *Answer, asked string) Finding {
	var repository struct {
		Name     string `json:"full_name"`
		Page     string `json:"html_url"`
		Archived bool   `json:"archived"`
		Private  bool   `json:"private"`
		About    string `json:"description"`
	}
	if a.Code != http.StatusOK || !decode(a, &repository) || repository.Name == "" {
		return Finding{}
	}
	if repository.Private { // we see it by our token, readers do not
		return Finding{Known: true, Verdict: bookcheck.Unsure, Doubt: bookcheck.Auth, Reason: "is a private repository on GitHub"}
	}
	f := alive("is a repository on GitHub")
	if repository.Archived {
		f.Reason = "is an archived repository on GitHub"
	}
	f.Title = strings.TrimSuffix(repository.Name+": "+repository.About, ": ")
	if !strings.EqualFold(repository.Name, asked) {
		f.MovedTo = repository.Page
	}
	return f
}
