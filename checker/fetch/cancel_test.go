package fetch

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// prompt is how soon a run ends that is canceled; the machine that tests it may have
// other things to do.
const prompt = time.Second

// Wherever a run is when it is canceled, it ends at once, with what was found.
func TestCancelAtEachStage(t *testing.T) {
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0") // it is connected to, and nobody accepts
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	busy := status(http.StatusTooManyRequests, "Retry-After", "60")
	for name, stage := range map[string]struct {
		url   string
		serve http.HandlerFunc // nil: url is somewhere else
		alter func(*Options)
		dial  func(context.Context, string, string) (net.Conn, error)
	}{
		"lookup": {url: "http://slow.test/", alter: func(o *Options) {
			o.Resolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
				return silence{over: t.Context()}, nil
			}}
		}},
		"connect": {url: "http://127.0.0.1:9/", dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}},
		"handshake":    {url: "https://" + silent.Addr().String() + "/"},
		"answer":       {serve: hang},
		"body":         {serve: drip("<title>Drip</title>")},
		"pause":        {serve: busy},
		"second look":  {serve: status(http.StatusForbidden)},
		"last attempt": {serve: status(http.StatusInternalServerError)},
		"in it":        {serve: inTurn(status(http.StatusInternalServerError), hang)},
		"comparison": {serve: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/deep/page" {
				page(200, "<title>Page not found</title>")(w, r)
			} else {
				hang(w, r)
			}
		}},
		"manners": {serve: func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				fmt.Fprint(w, "User-agent: *\nCrawl-delay: 60\n")
			} else {
				time.Sleep(100 * time.Millisecond) // so that they are not over before that is known
			}
		}, alter: func(o *Options) { o.noRobots = false }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			good := serveAt(t, "127.4.0.1", func(http.ResponseWriter, *http.Request) {})
			base := stage.url
			if stage.serve != nil {
				base = serve(t, stage.serve) + "/deep/page"
			}
			c := newClient(t, func(o *Options) {
				o.Timeout, o.MaxPause, o.Backoff = time.Minute, time.Hour, time.Minute
				if stage.alter != nil {
					stage.alter(o)
				}
			})
			if stage.dial != nil {
				usual := c.transport.base.DialContext
				c.transport.base.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
					if address == "127.0.0.1:9" {
						return stage.dial(ctx, network, address)
					}
					return usual(ctx, network, address)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var canceled atomic.Int64
			timer := time.AfterFunc(200*time.Millisecond, func() {
				canceled.Store(time.Now().UnixNano())
				cancel()
			})
			defer timer.Stop()
			pages := c.Fetch(ctx, wants(append(paths(base, 8), good+"/")...))
			late := time.Since(time.Unix(0, canceled.Load()))
			if canceled.Load() == 0 {
				t.Fatalf("it ended before it was canceled, with %v", pages)
			}
			t.Logf("it ended %s later", late)
			if late > prompt {
				t.Errorf("it ended %s after it was canceled", late)
			}
			if page := pages[good+"/"]; page == nil || page.Verdict != bookcheck.Alive {
				t.Errorf("what was found is lost: %v", pages)
			}
		})
	}
}

// A silence is a connection to a name server that hears and does not answer, until it is
// over.
type silence struct {
	net.Conn
	over context.Context //nolint:containedctx // it is what ends the silence
}

func (silence) Write(p []byte) (int, error) { return len(p), nil }
func (silence) Close() error                { return nil }
func (silence) SetDeadline(time.Time) error { return nil }
func (s silence) Read([]byte) (int, error) {
	<-s.over.Done()
	return 0, io.EOF
}

// A client that is closed leaves nothing open at the servers.
func TestClosedClientsLeaveNothingOpen(t *testing.T) {
	var open atomic.Int64
	count := func(_ net.Conn, state http.ConnState) {
		switch state {
		case http.StateNew:
			open.Add(1)
		case http.StateClosed, http.StateHijacked:
			open.Add(-1)
		default:
		}
	}
	base := serveCounted(t, nil, count)
	secure := serveCounted(t, &tls.Config{}, count)
	c := newClient(t, func(o *Options) { o.Timeout = defaultTimeout })
	c.transport.base.TLSClientConfig.InsecureSkipVerify = true
	c.Fetch(t.Context(), append(wants(paths(base, 50)...), wants(paths(secure, 50)...)...))
	if open.Load() == 0 {
		t.Error("no connection was kept")
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(soon); open.Load() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d connections are open", open.Load())
		}
	}
}

// serveCounted starts a server that tells of its connections.
func serveCounted(t *testing.T, encryption *tls.Config, count func(net.Conn, http.ConnState)) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ConnState, s.Config.ErrorLog = count, log.New(io.Discard, "", 0)
	if s.TLS = encryption; encryption != nil {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s.URL
}
