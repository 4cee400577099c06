package resolver

import (
	"net/url"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
)

func ask(t *testing.T, page string) (string, *Question) {
	t.Helper()
	u, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range All() {
		if q := r.Ask(strings.TrimSuffix(r.Base, "/"), u); q != nil {
			return r.Name, q
		}
	}
	return "", nil
}

func TestQuestions(t *testing.T) {
	for page, want := range map[string]string{
		"https://doi.org/10.1000/182":                          "doi https://doi.org/api/handles/10.1000/182",
		"http://dx.doi.org/10.1002/(SICI)1097-0258(1998)17:8":  "doi https://doi.org/api/handles/10.1002/(SICI)1097-0258(1998)17:8",
		"https://doi.org/":                                     "",
		"https://doi.org/abc":                                  "",
		"https://github.com/a/b/blob/main/dir/x.go":            "github-raw https://raw.githubusercontent.com/a/b/main/dir/x.go",
		"https://github.com/a/b":                               "github https://api.github.com/repos/a/b",
		"https://github.com/a/b.git":                           "github https://api.github.com/repos/a/b",
		"https://github.com/features/actions":                  "",
		"https://github.com/a/b/issues/1":                      "",
		"https://arxiv.org/abs/2303.08774v3":                   "arxiv https://export.arxiv.org/api/query?max_results=1&id_list=2303.08774v3",
		"https://arxiv.org/pdf/1706.03762.pdf":                 "arxiv https://export.arxiv.org/api/query?max_results=1&id_list=1706.03762",
		"https://arxiv.org/abs/hep-th/9901001":                 "arxiv https://export.arxiv.org/api/query?max_results=1&id_list=hep-th%2F9901001",
		"https://arxiv.org/list/cs.CL/recent":                  "",
		"https://en.wikipedia.org/wiki/Tide":                   "wikipedia https://en.wikipedia.org/w/api.php?action=query&format=json&formatversion=2&redirects=1&titles=Tide",
		"https://www.youtube.com/watch?v=abc&t=3":              "youtube https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc",
		"https://youtu.be/abc?t=3":                             "youtube https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabc",
		"https://www.youtube.com/@channel":                     "",
		"https://pypi.org/project/requests/":                   "pypi https://pypi.org/pypi/requests/json",
		"https://pypi.org/project/requests/2.0.0/":             "pypi https://pypi.org/pypi/requests/2.0.0/json",
		"https://pypi.org/project/Flask_Cors/":                 "pypi https://pypi.org/pypi/flask-cors/json",
		"https://pypi.org/help/":                               "",
		"https://www.npmjs.com/package/left-pad":               "npm https://registry.npmjs.org/left-pad/latest",
		"https://www.npmjs.com/package/@types/node/v/20.0.0":   "npm https://registry.npmjs.org/@types%2Fnode/20.0.0",
		"https://crates.io/crates/serde":                       "crates https://crates.io/api/v1/crates/serde",
		"https://pkg.go.dev/github.com/BurntSushi/toml@v1.3.0": "go https://proxy.golang.org/github.com/!burnt!sushi/toml/@v/v1.3.0.info",
		"https://pkg.go.dev/net/http":                          "",
		"https://example.org/doi.org/10.1000/182":              "",
	} {
		name, q := ask(t, page)
		got := name
		if q != nil {
			got += " " + q.URL
		}
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", page, got, want)
		}
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		page, body string
		code       int
		want       string // "alive", "dead", a doubt, or "" where the page itself has to be asked
	}{
		{"https://doi.org/10.1/2", `{"responseCode":1,"handle":"10.1/2"}`, 200, "alive"},
		{"https://doi.org/10.1/2", `{"responseCode":100,"handle":"10.1/2"}`, 404, "dead"},
		{"https://doi.org/10.1/2", `{"responseCode":2}`, 500, ""},
		{"https://doi.org/10.1/2", `<html>`, 200, ""},
		{"https://github.com/a/b", `{"full_name":"a/b","archived":true}`, 200, "alive"},
		{"https://github.com/a/b", `{"message":"Not Found"}`, 404, ""},
		{"https://github.com/a/b", `{"full_name":"a/b","private":true}`, 200, "auth"},
		{"https://github.com/a/b", `{"message":"Repository access blocked","block":{"reason":"dmca"}}`, 451, ""},
		{"https://github.com/a/b/blob/main/x", "1\n2\n3", 200, "alive"},
		{"https://github.com/a/b/blob/main/x", "404: Not Found", 404, ""},
		{"https://arxiv.org/abs/1706.03762", `<feed><entry><id>http://arxiv.org/abs/1706.03762v7</id></entry></feed>`, 200, "alive"},
		{"https://arxiv.org/abs/1706.99999", `<feed><totalResults>0</totalResults></feed>`, 200, "dead"},
		{"https://arxiv.org/abs/1706.99999", ``, 503, ""},
		{"https://en.wikipedia.org/wiki/Tide", `{"query":{"pages":[{"pageid":1,"title":"Tide"}]}}`, 200, "alive"},
		{"https://en.wikipedia.org/wiki/Tyde", `{"query":{"pages":[{"title":"Tyde","missing":true}]}}`, 200, "dead"},
		{"https://en.wikipedia.org/wiki/File:Tide.svg", `{"query":{"pages":[{"ns":6,"title":"File:Tide.svg","missing":true,"known":true}]}}`, 200, "alive"},
		{"https://en.wikipedia.org/wiki/%5B%5D", `{"query":{"pages":[{"title":"[]","invalidreason":"x","invalid":true}]}}`, 200, ""},
		{"https://youtu.be/a", `{"title":"A video"}`, 200, "alive"},
		{"https://youtu.be/a", `Forbidden`, 403, ""},
		{"https://doi.org/10.1/2", `{"responseCode":200}`, 200, ""},
		{"https://crates.io/crates/x", `{"errors":[{"detail":"crate does not exist"}]}`, 404, "dead"},
		{"https://youtu.be/a", `Bad Request`, 400, "dead"},
		{"https://youtu.be/a", `Unauthorized`, 401, ""},
		{"https://pypi.org/project/x/", `{}`, 200, "alive"},
		{"https://pypi.org/project/x/", ``, 404, "dead"},
		{"https://www.npmjs.com/package/x", ``, 429, ""},
		{"https://pkg.go.dev/example.com/m", `{"Version":"v1"}`, 200, "alive"},
		{"https://pkg.go.dev/example.com/m/sub", ``, 404, ""},
	} {
		_, q := ask(t, c.page)
		f := q.Judge(&Answer{Code: c.code, Body: []byte(c.body)})
		got := ""
		switch {
		case f.Known && f.Verdict == bookcheck.Unsure:
			got = string(f.Doubt)
		case f.Known:
			got = f.Verdict.String()
		}
		if got != c.want || f.Known && f.Reason == "" {
			t.Errorf("%s, %d %s: got %q (%s), want %q", c.page, c.code, c.body, got, f.Reason, c.want)
		}
	}
	for page, body := range map[string]string{
		"https://pypi.org/project/x/1.0/":         `{"info":{"yanked":true,"yanked_reason":"broken"}}`,
		"https://crates.io/crates/x/1.0.0":        `{"version":{"num":"1.0.0","yanked":true}}`,
		"https://www.npmjs.com/package/x/v/1.0.0": `{"version":"1.0.0","deprecated":"broken"}`,
	} {
		_, q := ask(t, page)
		if f := q.Judge(&Answer{Code: 200, Body: []byte(body)}); f.Verdict != bookcheck.Alive || !strings.Contains(f.Reason, "yanked") && !strings.Contains(f.Reason, "deprecated: broken") {
			t.Errorf("%s: %+v", page, f)
		}
	}
	_, q := ask(t, "https://github.com/old/name")
	if f := q.Judge(&Answer{Code: 200, Body: []byte(`{"full_name":"new/name","html_url":"https://github.com/new/name"}`)}); f.MovedTo != "https://github.com/new/name" {
		t.Errorf("a renamed repository: %+v", f)
	}
	_, q = ask(t, "https://github.com/a/b/blob/main/x")
	if f := q.Judge(&Answer{Code: 200, Body: []byte("1\n2\n3")}); f.Lines != 3 || !f.Source {
		t.Errorf("a file of three lines: %+v", f)
	}
	if f := q.Judge(&Answer{Code: 200, Body: []byte("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")}); f.Lines != 0 {
		t.Errorf("what stands for a large file: %+v", f)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add("https://doi.org/10.1/2", 200, `{"responseCode":1}`)
	f.Add("https://en.wikipedia.org/wiki/%zz", 200, `{"query":{"pages":[{}]}}`)
	f.Fuzz(func(t *testing.T, page string, code int, body string) {
		u, err := url.Parse(page)
		if err != nil {
			return
		}
		for _, r := range All() {
			q := r.Ask("http://127.0.0.1:1", u)
			if q == nil {
				continue
			}
			if !strings.HasPrefix(q.URL, "http://127.0.0.1:1/") {
				t.Fatalf("%s asks %s, which is not below its base", r.Name, q.URL)
			}
			q.Judge(&Answer{Code: code, Body: []byte(body)})
		}
	})
}
