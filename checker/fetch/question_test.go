package fetch

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func TestRegistriesAreAskedInsteadOfPages(t *testing.T) {
	var token atomic.Value
	registry := serveAt(t, "127.0.0.7", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.EscapedPath() {
		case "/api/handles/10.1/good":
			_, _ = w.Write([]byte(`{"responseCode":1}`))
		case "/api/handles/10.1/gone":
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"responseCode":100}`))
		case "/api/handles/10.1/sick":
			w.WriteHeader(http.StatusInternalServerError)
		case "/repos/old/name":
			token.Store(r.Header.Get("Authorization"))
			_, _ = w.Write([]byte(`{"full_name":"new/name","html_url":"https://github.com/new/name","archived":true}`))
		case "/a/b/main/x.go":
			_, _ = w.Write([]byte(strings.Repeat("line\n", 200)))
		case "/a/b/main/README.md":
			_, _ = w.Write([]byte("# Install it\n"))
		case "/w/api.php":
			_, _ = w.Write([]byte(`{"query":{"pages":[{"title":"Tide"}]}}`))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	})
	var asked atomic.Int64
	pages := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.Header.Get("Authorization") != "" {
			t.Error("the token reached another host")
		}
		w.WriteHeader(http.StatusForbidden)
	})
	c := newClient(t, func(o *Options) {
		o.AllowPrivate = false // what the user names is exempt
		o.Resolvers = map[string]string{"all": registry}
		o.Headers = []Header{{Host: "127.0.0.7", Name: "Authorization", Value: "Bearer secret"}}
	})
	dialTo(c, map[string]string{
		strings.TrimPrefix(registry, "http://"): strings.TrimPrefix(registry, "http://"),
		"doi.org:80":                            strings.TrimPrefix(pages, "http://"), "en.wikipedia.org:80": strings.TrimPrefix(pages, "http://"),
		"github.com:80": strings.TrimPrefix(pages, "http://"),
	})
	for url, want := range map[string]string{
		"http://doi.org/10.1/good":                   "alive: is a registered DOI",
		"http://doi.org/10.1/gone":                   "dead: is not a registered DOI",
		"http://doi.org/10.1/sick":                   "blocked: answers 403 Forbidden",
		"http://github.com/old/name":                 "alive >https://github.com/new/name: is an archived repository on GitHub",
		"http://github.com/a/b/blob/main/nothing.go": "blocked: answers 403 Forbidden",
		"http://en.wikipedia.org/wiki/Tide":          "alive: is an article of Wikipedia",
	} {
		page := fetchOne(t, c, url, bookcheck.Status)
		if got := describe(page, "", "x") + ": " + page.Reason; got != want {
			t.Errorf("%s:\n got %s\nwant %s", url, got, want)
		}
	}
	for url, want := range map[string]string{
		"http://github.com/a/b/blob/main/x.go":      "alive +L200 -L201 +L1-L200 -L150-L900 ?nothing",
		"http://github.com/a/b/blob/main/README.md": "alive +install-it -remove-it +L1 -L9",
	} {
		page := fetchOne(t, c, url, bookcheck.Status|bookcheck.Anchors)
		if got := describe(page, "", want); got != want {
			t.Errorf("%s:\n got %s\nwant %s (%s)", url, got, want, page.Reason)
		}
	}
	if got := token.Load(); got != "Bearer secret" {
		t.Errorf("the registry saw the token %q", got)
	}
	if _, err := New(Options{Resolvers: map[string]string{"gone": "off"}}); err == nil {
		t.Error("a resolver that does not exist is accepted")
	}
	if _, err := New(Options{Resolvers: map[string]string{"doi": "file:///etc"}}); err == nil {
		t.Error("a base that is not on the web is accepted")
	}
}

// Who runs a registry says how often it may be asked. Another base is the user's own.
func TestRegistriesAreAskedAsOftenAsTheyLike(t *testing.T) {
	const pause = 30 * time.Millisecond
	for _, own := range []bool{false, true} {
		registry := serveAt(t, "127.0.0.8", func(http.ResponseWriter, *http.Request) {})
		c := newClient(t, func(o *Options) { o.Resolvers = map[string]string{"all": "off", "crates": registry} })
		c.registries[0].trust, c.registries[0].Pause = own, pause
		start := time.Now()
		c.Fetch(t.Context(), wants(paths("https://crates.io/crates", 6)...))
		if took := time.Since(start); !own && took < 5*pause {
			t.Errorf("six questions took %s, want 5 pauses of %s", took, pause)
		}
		if c.registries[0].Name != "crates" {
			t.Errorf("the registry is %s", c.registries[0].Name)
		}
	}
}
