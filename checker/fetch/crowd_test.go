package fetch

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
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
	list := wants(crowd(t, hosts, each)...)
	marks := []int{len(list) / 10, len(list) / 2, len(list)}
	memory := make(map[int]uint64)
	before := inUse()
	client := func(memory string, progress func(Progress)) *Client {
		return newClient(t, func(o *Options) { o.Timeout, o.Progress, o.Memory = defaultTimeout, progress, memory })
	}
	most, stop := watch()
	start := time.Now()
	c := client(filepath.Join(t.TempDir(), "memory"), func(p Progress) {
		if at, _ := slices.BinarySearch(marks, p.Settled+1); at > 0 && memory[marks[at-1]] == 0 {
			memory[marks[at-1]] = inUse()
		}
	})
	pages := c.Fetch(t.Context(), list)
	took := time.Since(start)
	stop()
	after := inUse()
	for url, page := range pages {
		if page.Verdict != bookcheck.Alive {
			t.Fatalf("%s: %s", url, page.Reason)
		}
	}
	t.Logf("%d pages in %s; heap with the servers: %d MB before, %d MB at most, %d MB after, with the pages", len(pages), took, before>>20, *most>>20, after>>20)
	for _, mark := range marks {
		t.Logf("%d MB are in use after %d pages", memory[mark]>>20, mark)
	}
	if len(pages) != len(list) {
		t.Errorf("%d pages of %d", len(pages), len(list))
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	runtime.KeepAlive(pages)

	worst := time.Duration(0)
	for range 20 {
		moment := rand.N(took)
		ctx, cancel := context.WithTimeout(t.Context(), moment)
		c := client("", nil)
		pages := c.Fetch(ctx, list)
		if deadline, _ := ctx.Deadline(); ctx.Err() != nil {
			late := time.Since(deadline)
			t.Logf("canceled after %s, it returned %d pages %s later", moment, len(pages), late)
			worst = max(worst, late)
		}
		cancel()
		_ = c.Close()
	}
	if t.Logf("at worst %s later", worst); worst > soon {
		t.Errorf("it returned %s after it was canceled", worst)
	}
}

// crowd starts hosts, and returns the addresses of so many pages on each.
func crowd(t *testing.T, hosts, each int) []string {
	t.Helper()
	answer := []byte("<!doctype html><title>A page</title>" + strings.Repeat("<p>Some text of a page.", 80))
	var urls []string
	for h := range hosts {
		base := serveAt(t, fmt.Sprintf("127.1.%d.%d", h/250, 1+h%250), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(answer)
		})
		urls = append(urls, paths(base, each)...)
	}
	return urls
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
