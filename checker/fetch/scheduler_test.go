package fetch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func paths(base string, n int) []string {
	var urls []string
	for i := range n {
		urls = append(urls, fmt.Sprintf("%s/%d", base, i))
	}
	return urls
}

func TestPagesOfAHostGoInTheOrderOfTheBook(t *testing.T) {
	var mu sync.Mutex
	var order []string
	base := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, r.URL.Path)
	})
	urls := paths(base, 20)
	newClient(t, func(o *Options) { o.PerHost = 1 }).Fetch(t.Context(), wants(urls...))
	for i, path := range order {
		if path != fmt.Sprintf("/%d", i) {
			t.Fatalf("asked in the order %v", order)
		}
	}
}

func TestTransientPagesAreAskedAgainAtTheEnd(t *testing.T) {
	var mu sync.Mutex
	var order []string
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if order = append(order, r.URL.Path); len(order) == 1 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	pages := newClient(t, func(o *Options) { o.PerHost = 1 }).Fetch(t.Context(), wants(paths(base, 5)...))
	if want := []string{"/0", "/1", "/2", "/3", "/4", "/0"}; !slices.Equal(order, want) {
		t.Errorf("asked in the order %v, want %v", order, want)
	}
	if page := pages[base+"/0"]; page.Verdict != bookcheck.Alive {
		t.Errorf("%s: %s", page.Verdict, page.Reason)
	}
}

func TestHostThatWantsAnHourIsLeftAlone(t *testing.T) {
	var requests atomic.Int64
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		status(http.StatusTooManyRequests, "Retry-After", "3600")(w, nil)
	})
	start := time.Now()
	pages := newClient(t, nil).Fetch(t.Context(), wants(paths(base, 50)...))
	if took := time.Since(start); took > soon || requests.Load() > firstSlots {
		t.Errorf("%d requests in %s, want at most %d at once", requests.Load(), took, firstSlots)
	}
	for url, page := range pages {
		if page.Doubt != bookcheck.RateLimited || page.Reason != "answers 429 Too Many Requests, and asks to wait for 1h0m0s" {
			t.Errorf("%s: %s: %s", url, page.Doubt, page.Reason)
		}
	}
}

func TestHostThatKeepsAskingForPatienceIsGivenUp(t *testing.T) {
	var requests atomic.Int64
	base := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := newClient(t, nil)
	pages := c.Fetch(t.Context(), wants(paths(base, 50)...))
	if got := requests.Load(); got > 2*defaultRetries+2 {
		t.Errorf("%d requests", got)
	}
	for url, page := range pages {
		if page.Doubt != bookcheck.RateLimited {
			t.Errorf("%s: %s: %s", url, page.Doubt, page.Reason)
		}
	}
}

func TestOnePageWith429DoesNotCondemnItsHost(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/3" {
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	for url, page := range newClient(t, nil).Fetch(t.Context(), wants(paths(base, 20)...)) {
		want := bookcheck.Alive
		if url == base+"/3" {
			want = bookcheck.Unsure
		}
		if page.Verdict != want {
			t.Errorf("%s: %s: %s", url, page.Verdict, page.Reason)
		}
	}
}

func TestHangingPagesDoNotCondemnTheirHost(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/3" || r.URL.Path == "/4" {
			hang(w, r)
		}
	})
	c := newClient(t, func(o *Options) { o.Timeout = 100 * time.Millisecond })
	for url, page := range c.Fetch(t.Context(), wants(paths(base, 20)...)) {
		if mute := url == base+"/3" || url == base+"/4"; mute != (page.Verdict == bookcheck.Unsure) {
			t.Errorf("%s: %s: %s", url, page.Verdict, page.Reason)
		}
	}
}

func TestPaceAdapts(t *testing.T) {
	h := &host{slots: firstSlots}
	for _, c := range []struct {
		what  signal
		times int
		slots int
	}{
		{answered, 1, 2},
		{answered, 1, 3},
		{answered, 3, 4},
		{answered, 10, 4},
		{pressed, 1, 2},
		{answered, 2, 3},
		{silent, 1, 1},
		{pressed, 3, 1},
		{noSignal, 5, 1},
		{answered, 1, 2},
	} {
		for range c.times {
			h.learn(c.what, 4)
		}
		if h.slots != c.slots {
			t.Errorf("after %d times %d there are %d slots, want %d", c.times, c.what, h.slots, c.slots)
		}
	}
}

// A run can be canceled at any moment: it returns soon, what it returns is settled,
// and nothing is left running, which TestMain looks for.
func TestCancelAtAnyMoment(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path[len(r.URL.Path)-1] {
		case '0':
			hang(w, r)
		case '1':
			w.WriteHeader(http.StatusTooManyRequests)
		case '2':
			http.Redirect(w, r, "/5", http.StatusFound)
		case '3':
			w.WriteHeader(http.StatusForbidden)
		case '4':
			reset(w, r)
		}
	})
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rand.IntN(60))*time.Millisecond)
		start := time.Now()
		pages := newClient(t, func(o *Options) { o.PerHost = 8 }).Fetch(ctx, wants(paths(base, 100)...))
		deadline, _ := ctx.Deadline()
		if late := time.Since(deadline); late > soon {
			t.Errorf("returned %s late, after %s", late, time.Since(start))
		}
		cancel()
		for url, page := range pages {
			if page.Reason == "" || page.Checked.IsZero() {
				t.Errorf("%s is not settled: %+v", url, page)
			}
		}
	}
}

func TestProxy(t *testing.T) {
	var asked sync.Map
	proxy := serve(t, func(_ http.ResponseWriter, r *http.Request) { asked.Store(r.URL.String(), true) })
	c := newClient(t, func(o *Options) { o.AllowPrivate = false })
	address, _ := url.Parse(proxy)
	c.transport.base.Proxy = http.ProxyURL(address)
	for target, want := range map[string]string{
		"http://public.example/": "alive", // looked up by the proxy, which is ours to trust
		"http://10.0.0.1/":       "policy",
		"http://localhost/":      "policy",
		"http://[::1]/":          "policy",
	} {
		if got := describe(fetchOne(t, c, target, bookcheck.Status), "", want); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
		if _, ok := asked.Load(target); ok != (want == "alive") {
			t.Errorf("%s: the proxy was asked: %t", target, ok)
		}
	}
}

func TestHTTP2(t *testing.T) {
	var major atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { major.Store(int64(r.ProtoMajor)) }))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	c := newClient(t, func(o *Options) { o.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs })
	if page := fetchOne(t, c, s.URL+"/", bookcheck.Status); page.Verdict != bookcheck.Alive || major.Load() != 2 {
		t.Errorf("%s by HTTP/%d: %s", page.Verdict, major.Load(), page.Reason)
	}
	_ = c.Close() // before the server, which would wait
}
