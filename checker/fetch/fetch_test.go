package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/bookcheck/bookcheck"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// newClient returns a client that asks loopback and is in a hurry.
func newClient(t testing.TB, change func(*Options)) *Client {
	t.Helper()
	o := Options{
		AllowPrivate: true,
		Timeout:      2 * time.Second,
		Backoff:      5 * time.Millisecond,
		MaxPause:     200 * time.Millisecond,
		noRobots:     true,
		Resolvers:    map[string]string{"all": "off"},
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// serve starts a server on loopback.
func serve(t testing.TB, handler http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s.URL
}

// serveAt starts a server on one address of 127.0.0.0/8: a host of its own.
func serveAt(t testing.TB, host string, handler http.HandlerFunc) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", net.JoinHostPort(host, "0"))
	if err != nil {
		t.Skipf("this system has no %s: %v", host, err)
	}
	s := httptest.NewUnstartedServer(handler)
	_ = s.Listener.Close()
	s.Listener = listener
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// fetchOne asks for one page.
func fetchOne(t testing.TB, c *Client, url string, evidence bookcheck.Evidence) *bookcheck.Page {
	t.Helper()
	page := c.Fetch(t.Context(), []bookcheck.Want{{URL: url, Evidence: evidence, Links: 1}})[url]
	if page == nil {
		t.Fatalf("%s is not among the pages", url)
	}
	return page
}

// hang answers nothing until the client is gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func wants(urls ...string) []bookcheck.Want {
	list := make([]bookcheck.Want, len(urls))
	for i, url := range urls {
		list[i] = bookcheck.Want{URL: url, Evidence: bookcheck.Status, Links: 1}
	}
	return list
}

func TestEachPageIsAskedOnce(t *testing.T) {
	var requests atomic.Int64
	base := serve(t, func(http.ResponseWriter, *http.Request) { requests.Add(1) })
	upper := "HTTP" + base[len("http"):] + "/a"
	pages := newClient(t, nil).Fetch(t.Context(), wants(base+"/a", base+"/b", upper, base+"/x/../a"))
	if len(pages) != 4 || requests.Load() != 2 {
		t.Errorf("%d pages in %d requests, want 4 in 2", len(pages), requests.Load())
	}
	for url, page := range pages {
		if page.URL != url || page.Verdict != bookcheck.Alive || page.Checked.IsZero() {
			t.Errorf("page of %s = %+v", url, page)
		}
	}
}

func TestAtMostPerHostAtOnce(t *testing.T) {
	var now, most, requests atomic.Int64
	base := serve(t, func(http.ResponseWriter, *http.Request) {
		requests.Add(1)
		if at := now.Add(1); at > most.Load() {
			most.Store(at)
		}
		time.Sleep(2 * time.Millisecond)
		now.Add(-1)
	})
	var urls []string
	for i := range 60 {
		urls = append(urls, fmt.Sprintf("%s/%d", base, i))
	}
	newClient(t, func(o *Options) { o.PerHost = 3 }).Fetch(t.Context(), wants(urls...))
	if most.Load() != 3 || requests.Load() != 60 {
		t.Errorf("%d requests, %d at once, want 60 and 3", requests.Load(), most.Load())
	}
}

func TestMuteHostDoesNotHoldTheRunUp(t *testing.T) {
	mute := serveAt(t, "127.0.0.2", hang)
	good := serveAt(t, "127.0.0.3", func(http.ResponseWriter, *http.Request) {})
	var urls []string
	for i := range 20 {
		urls = append(urls, fmt.Sprintf("%s/%d", mute, i), fmt.Sprintf("%s/%d", good, i))
	}
	c := newClient(t, func(o *Options) { o.Timeout = 500 * time.Millisecond })
	start := time.Now()
	pages := c.Fetch(t.Context(), wants(urls...))
	if took := time.Since(start); took > 4*time.Second { // asking for each would take five
		t.Errorf("took %s, want little more than two timeouts of 500ms", took)
	}
	for i, url := range urls {
		page := pages[url]
		if i%2 == 1 && page.Verdict != bookcheck.Alive {
			t.Errorf("%s is %s: %s", url, page.Verdict, page.Reason)
		}
		if i%2 == 0 && (page.Doubt != bookcheck.Transient || page.Reason != "did not answer within 500ms") {
			t.Errorf("%s is %s: %s", url, page.Doubt, page.Reason)
		}
	}
}

// soon is far below what a test waits for if something waits that should not, and
// far above what a slow machine needs.
const soon = 10 * time.Second

func TestCancelReturnsAtOnceWithWhatIsKnown(t *testing.T) {
	good := serveAt(t, "127.0.0.2", func(http.ResponseWriter, *http.Request) {})
	mute := serveAt(t, "127.0.0.3", hang)
	busy := serveAt(t, "127.0.0.4", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := newClient(t, func(o *Options) { o.Timeout, o.MaxPause = time.Minute, time.Hour })
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var canceled time.Time
	timer := time.AfterFunc(150*time.Millisecond, func() { canceled = time.Now(); cancel() })
	defer timer.Stop()
	pages := c.Fetch(ctx, wants(good+"/", mute+"/", busy+"/"))
	if took := time.Since(canceled); took > soon {
		t.Errorf("returned %s after the cancellation", took)
	}
	if len(pages) != 1 || pages[good+"/"] == nil {
		t.Errorf("got %d pages, want the one that answered", len(pages))
	}
}

func TestBudgetEndsTheRun(t *testing.T) {
	mute := serveAt(t, "127.0.0.3", hang)
	busy := serveAt(t, "127.0.0.4", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := newClient(t, func(o *Options) { o.Timeout, o.MaxPause, o.Budget = time.Minute, time.Hour, 200*time.Millisecond })
	start := time.Now()
	pages := c.Fetch(t.Context(), wants(mute+"/", busy+"/"))
	if took := time.Since(start); took > soon {
		t.Errorf("took %s with a budget of 200ms", took)
	}
	if got := pages[mute+"/"]; got.Doubt != bookcheck.Transient || got.Reason != "was not reached in the time allowed for the network" {
		t.Errorf("mute host: %s: %s", got.Doubt, got.Reason)
	}
	if got := pages[busy+"/"]; got.Doubt != bookcheck.RateLimited {
		t.Errorf("busy host: %s: %s", got.Doubt, got.Reason)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	var asked atomic.Int64
	secret := serveAt(t, "127.0.0.9", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	targets := map[string]string{
		"/metadata": "http://169.254.169.254/latest/meta-data/",
		"/loopback": secret + "/secret",
		"/mapped":   "http://[::ffff:127.0.0.9]:" + portOf(t, secret) + "/secret",
		"/number":   "http://2130706441:" + portOf(t, secret) + "/secret", // 127.0.0.9
		"/rfc1918":  "http://10.0.0.1/",
		"/nat64":    "http://[64:ff9b::a9fe:a9fe]/",
	}
	base := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, targets[r.URL.Path], http.StatusFound)
	})
	c := newClient(t, func(o *Options) {
		o.AllowPrivate = false
		o.Allow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	})
	urls := []string{secret + "/direct"}
	for path := range targets {
		urls = append(urls, base+path)
	}
	for url, page := range c.Fetch(t.Context(), wants(urls...)) {
		if page.Doubt != bookcheck.Policy {
			t.Errorf("%s: got %s %q (%s), want policy", url, page.Verdict, page.Doubt, page.Reason)
		}
	}
	if asked.Load() != 0 {
		t.Errorf("a private address was asked %d times", asked.Load())
	}
}

func portOf(t *testing.T, base string) string {
	t.Helper()
	u, err := parseURL(base)
	if err != nil {
		t.Fatal(err)
	}
	return u.Port()
}

func TestHeadersAndCookiesStayWithTheirHost(t *testing.T) {
	type seen struct{ token, cookie, referer string }
	var there, back atomic.Value
	far := serveAt(t, "127.0.0.2", func(_ http.ResponseWriter, r *http.Request) {
		there.Store(seen{r.Header.Get("X-Token"), r.Header.Get("Cookie"), r.Header.Get("Referer")})
	})
	base := serveAt(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/start":
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "1"})
			http.Redirect(w, r, "/middle", http.StatusFound)
		case "/middle":
			back.Store(seen{r.Header.Get("X-Token"), r.Header.Get("Cookie"), r.Header.Get("Referer")})
			http.Redirect(w, r, far+"/", http.StatusFound)
		}
	})
	c := newClient(t, func(o *Options) { o.Headers = []Header{{Host: "127.0.0.1", Name: "X-Token", Value: "secret"}} })
	if page := fetchOne(t, c, base+"/start", bookcheck.Status); page.Verdict != bookcheck.Alive {
		t.Fatalf("%+v", page)
	}
	if got, want := back.Load(), (seen{"secret", "session=1", ""}); got != want {
		t.Errorf("the host itself saw %+v, want %+v", got, want)
	}
	if got := there.Load(); got != (seen{}) {
		t.Errorf("another host saw %+v, want nothing", got)
	}
}

func TestEnvironmentDoesNotChangeTheCollector(t *testing.T) {
	t.Setenv("COLLY_MAX_BODY_SIZE", "10")
	t.Setenv("COLLY_DISALLOWED_DOMAINS", "127.0.0.1")
	base := serve(t, func(http.ResponseWriter, *http.Request) {})
	if page := fetchOne(t, newClient(t, nil), base+"/", bookcheck.Status); page.Verdict != bookcheck.Alive {
		t.Errorf("%s: %s", page.Verdict, page.Reason)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	var connections atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path[1] {
		case '1':
			http.Redirect(w, r, "/2", http.StatusFound)
		case '2':
			w.WriteHeader(http.StatusNotFound)
		default:
			_, _ = w.Write(make([]byte, 40<<10))
		}
	}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	var urls []string
	for i := range 100 {
		urls = append(urls, fmt.Sprintf("%s/%d", s.URL, i))
	}
	newClient(t, nil).Fetch(t.Context(), wants(urls...))
	// A connection is given back a moment after its body was read, so that now and
	// then one more is opened.
	if got := connections.Load(); got > 20 {
		t.Errorf("%d connections for 100 pages, want few more than 4", got)
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{Timeout: -1},
		{Jobs: -1},
		{Headers: []Header{{Name: "A", Value: "b"}}},
		{Headers: []Header{{Host: "h", Name: "A", Value: "b\r\nC: d"}}},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("New(%+v) accepts it", o)
		}
	}
}
