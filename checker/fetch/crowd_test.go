package fetch

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A crowd of pages costs what their verdicts take, and nothing is left of a run that
// was canceled, whenever that was. BOOKCHECK_CROWD=1 asks for 100,000 pages on 1,000
// hosts; otherwise it is a small crowd.
func TestCrowd(t *testing.T) {
	hosts, each := 50, 20
	if os.Getenv("BOOKCHECK_CROWD") != "" {
		hosts, each = 1000, 100
	}
	answer := []byte("<!doctype html><title>A page</title>" + strings.Repeat("<p>Some text of a page.", 80))
	var urls []string
	for h := range hosts {
		base := serveAt(t, fmt.Sprintf("127.1.%d.%d", h/250, 1+h%250), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(answer)
		})
		for i := range each {
			urls = append(urls, fmt.Sprintf("%s/%d", base, i))
		}
	}
	list := wants(urls...)
	before := inUse()
	most, stop := watch()
	start := time.Now()
	pages := newClient(t, func(o *Options) { o.Timeout = defaultTimeout }).Fetch(t.Context(), list)
	took := time.Since(start)
	stop()
	after := inUse()
	for url, page := range pages {
		if page.Verdict != bookcheck.Alive {
			t.Fatalf("%s: %s", url, page.Reason)
		}
	}
	t.Logf("%d pages in %s; heap %d MB before, %d MB at most, %d MB after, with the pages", len(pages), took, before>>20, *most>>20, after>>20)
	if len(pages) != len(urls) {
		t.Errorf("%d pages of %d", len(pages), len(urls))
	}
	for _, share := range []time.Duration{100, 20, 5, 2} {
		ctx, cancel := context.WithTimeout(t.Context(), took/share)
		newClient(t, func(o *Options) { o.Timeout = defaultTimeout }).Fetch(ctx, list)
		if deadline, _ := ctx.Deadline(); ctx.Err() != nil {
			t.Logf("canceled after %s, it returned %s later", took/share, time.Since(deadline))
		}
		cancel()
	}
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// watch samples the heap until it is stopped.
func watch() (most *uint64, stop func()) {
	const every = 50 * time.Millisecond
	most = new(uint64)
	var timer *time.Timer
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	timer = time.AfterFunc(every, func() {
		mu.Lock()
		defer mu.Unlock()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		*most = max(*most, m.HeapAlloc)
		timer.Reset(every)
	})
	return most, func() {
		mu.Lock()
		defer mu.Unlock()
		timer.Stop()
	}
}
