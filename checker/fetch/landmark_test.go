package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func TestAtMostOneLandmarkAHost(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"soft": page(200, "<title>Page not found</title>"),
		"hard": status(404),
	} {
		var requests atomic.Int64
		base := serve(t, func(w http.ResponseWriter, r *http.Request) { requests.Add(1); handler(w, r) })
		asked := int64(30)
		if name == "hard" {
			asked = 60 // each has a second opinion
		}
		pages := newClient(t, nil).Fetch(t.Context(), wants(paths(base+"/deep", 30)...))
		if requests.Load() != asked+1 {
			t.Errorf("%s: %d requests, want %d", name, requests.Load(), asked+1)
		}
		for url, page := range pages {
			if page.Verdict == bookcheck.Alive {
				t.Errorf("%s: %s: %s", name, url, page.Reason)
			}
		}
	}
}

func TestCrawlDelayIsKept(t *testing.T) {
	const all = 400
	var asked atomic.Int64
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.Header().Set("Content-Type", "text/plain")
			fmt.Fprint(w, "User-agent: *\nDisallow: /\nCrawl-delay: 3600\n")
			return
		}
		asked.Add(1)
	})
	c := newClient(t, func(o *Options) { o.noRobots = false })
	left := 0
	for _, page := range c.Fetch(t.Context(), wants(paths(base, all)...)) {
		if page.Doubt == bookcheck.RateLimited {
			left++
		}
	}
	if left == 0 || left+int(asked.Load()) != all {
		t.Errorf("%d pages were asked for and %d left alone, want some of %d and the rest", asked.Load(), left, all)
	}
}

func TestCrawlDelay(t *testing.T) {
	for robots, want := range map[string]time.Duration{
		"":                                 0,
		"User-agent: *\nCrawl-delay: 10":   10 * time.Second,
		"user-agent: x\ncrawl-delay: 10":   0,
		"User-agent: *\nCrawl-delay: soon": 0,
		"User-agent: *\nCrawl-delay: -1":   0,
		"\ufeffUser-agent: *\r\nCrawl-delay: 1.5 # s\r\n":                                        1500 * time.Millisecond,
		"User-agent: x\nUser-agent: bookcheck\nCrawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 30": 2 * time.Second,
		"User-agent: *\nDisallow: /a\nUser-agent: y\nCrawl-delay: 9":                             0,
	} {
		if got := crawlDelay([]byte(robots)); got != want {
			t.Errorf("%q: got %s, want %s", robots, got, want)
		}
	}
}

func FuzzCrawlDelay(f *testing.F) {
	f.Add("User-agent: *\nCrawl-delay: 1e300\n")
	f.Fuzz(func(t *testing.T, robots string) {
		if d := crawlDelay([]byte(robots)); d < 0 {
			t.Errorf("got %s", d)
		}
	})
}

func TestRest(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	for header, want := range map[string]time.Duration{
		"RateLimit-Remaining: 0, RateLimit-Reset: 7":              7 * time.Second,
		"RateLimit-Remaining: 1, RateLimit-Reset: 7":              0,
		"X-RateLimit-Remaining: 0, X-RateLimit-Reset: 1800000060": time.Minute,
		"RateLimit: limit=9; remaining=0; reset=3":                3 * time.Second,
		`RateLimit: "default";r=0;t=4`:                            4 * time.Second,
		`RateLimit: "default";r=3;t=4`:                            0,
	} {
		h := http.Header{}
		for field := range strings.SplitSeq(header, ", ") {
			name, value, _ := strings.Cut(field, ": ")
			h.Set(name, value)
		}
		if got := rest(h, now); got != want {
			t.Errorf("%s: got %s, want %s", header, got, want)
		}
	}
}

// dialTo has a client reach servers on loopback by the usual ports.
func dialTo(c *Client, servers map[string]string) {
	c.transport.base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		target, ok := servers[address]
		if !ok {
			target = "127.0.0.1:1" // nobody listens there
		}
		return new(net.Dialer).DialContext(ctx, network, target)
	}
}

func TestEncryptedTwin(t *testing.T) {
	good := page(200, "<title>A page</title><p>Its text.")
	other := page(200, "<title>Welcome to nginx!</title><p>If you see this page, it works.")
	secure := func(h http.HandlerFunc) *httptest.Server {
		s := httptest.NewTLSServer(h)
		t.Cleanup(s.Close)
		return s
	}
	plain := serve(t, good)
	same, different := secure(good), secure(other)
	c := newClient(t, nil)
	c.transport.base.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	at := func(url string) string { return url[strings.LastIndex(url, "/")+1:] }
	dialTo(c, map[string]string{
		"same.example:80": at(plain), "same.example:443": at(same.URL),
		"different.example:80": at(plain), "different.example:443": at(different.URL),
		"plain.example:80": at(plain),
	})
	for host, want := range map[string]string{"same.example": "https://same.example/a", "different.example": "", "plain.example": ""} {
		page := fetchOne(t, c, "http://"+host+"/a", bookcheck.Status)
		if page.Verdict != bookcheck.Alive || page.Secure != want || len(page.Hops) != 1 {
			t.Errorf("%s: %+v, want alive, and %q", host, page, want)
		}
	}
}
