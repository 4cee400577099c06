package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A web is a number of hosts on loopback, each an address of its own.
type web struct {
	bases    []string
	requests atomic.Int64
	refused  atomic.Int64 // requests over what a host allows at once
}

// newWeb starts hosts that answer with 19 KB after a delay, and with 429 to more
// than four requests at once.
func newWeb(b *testing.B, hosts int, delay time.Duration) *web {
	b.Helper()
	w := &web{}
	page := []byte("<!doctype html><title>A page</title>" + strings.Repeat("<p>Some text of a page that is of the usual length.", 370))
	for i := range hosts {
		var now atomic.Int64
		w.bases = append(w.bases, serveAt(b, fmt.Sprintf("127.0.%d.%d", 1+i/250, 1+i%250), func(rw http.ResponseWriter, _ *http.Request) {
			defer now.Add(-1)
			w.requests.Add(1)
			if now.Add(1) > defaultPerHost {
				w.refused.Add(1)
				rw.WriteHeader(http.StatusTooManyRequests)
				return
			}
			time.Sleep(delay)
			rw.Header().Set("Content-Type", "text/html")
			_, _ = rw.Write(page)
		}))
	}
	return w
}

// run asks for the pages.
func (w *web) run(b *testing.B, urls []string) {
	b.Helper()
	b.ReportAllocs()
	var elapsed time.Duration
	runs := 0
	for b.Loop() {
		c := newClient(b, func(o *Options) { o.Timeout = defaultTimeout })
		start := time.Now()
		pages := c.Fetch(b.Context(), wants(urls...))
		elapsed += time.Since(start)
		runs++
		for url, page := range pages {
			if page.Verdict != bookcheck.Alive {
				b.Fatalf("%s: %s", url, page.Reason)
			}
		}
		_ = c.Close()
	}
	b.ReportMetric(elapsed.Seconds()/float64(runs), "s/run")
	b.ReportMetric(float64(w.requests.Load())/float64(runs), "requests/run")
	b.ReportMetric(float64(w.refused.Load())/float64(runs), "429s/run")
}

func BenchmarkFetch(b *testing.B) {
	for _, c := range []struct {
		name  string
		hosts int
		urls  int
		delay time.Duration
	}{
		{"2000on200", 200, 2000, 50 * time.Millisecond},
		{"2000on200instant", 200, 2000, 0},
		{"400on1", 1, 400, 50 * time.Millisecond},
	} {
		b.Run(c.name, func(b *testing.B) {
			w := newWeb(b, c.hosts, c.delay)
			urls := make([]string, c.urls)
			for i := range urls {
				urls[i] = fmt.Sprintf("%s/%d", w.bases[i%len(w.bases)], i)
			}
			w.run(b, urls)
		})
	}
	// The hosts of a real book: 653 pages on 173 hosts, six of which have half of
	// them.
	b.Run("book", func(b *testing.B) {
		w := newWeb(b, 173, 50*time.Millisecond)
		var urls []string
		for i, n := range []int{172, 52, 42, 32, 26, 22} {
			for j := range n {
				urls = append(urls, fmt.Sprintf("%s/%d", w.bases[i], j))
			}
		}
		for i := len(urls); i < 653; i++ {
			urls = append(urls, fmt.Sprintf("%s/%d", w.bases[6+i%167], i))
		}
		w.run(b, urls)
	})
}
