package fetch

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/bookcheck/bookcheck"
)

// A behavior is what a server does, and what a careful person concludes. The
// names are those of the table that the verdict engine was specified by: letters
// for the kind of behavior, then a number.
type behavior struct {
	id   string
	what string
	// serve answers /; a link to another path carries it in path.
	serve http.HandlerFunc
	path  string
	// want is "alive", "dead", or the doubt; after it, if given, where it moved (by
	// path) and the fragments that are found (+), missing (-) or unknown (?).
	want string
}

func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

func page(code int, html string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		status(code, headers...)(w, r)
		_, _ = w.Write([]byte(html))
	}
}

// redirect sends / on, and answers any other path well.
func redirect(code int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" || r.URL.Path == "/deep/page" {
			w.Header().Set("Location", location)
			w.WriteHeader(code)
		}
	}
}

// chain redirects n times.
func chain(n int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at, _ := strconv.Atoi(r.URL.Path[1:])
		if at < n {
			http.Redirect(w, r, fmt.Sprintf("/%d", at+1), http.StatusFound)
		}
	}
}

// byHead answers HEAD and GET differently.
func byHead(head, get int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(head)
		} else {
			w.WriteHeader(get)
		}
	}
}

// inTurn answers each request by the next handler, and the last one for ever.
func inTurn(handlers ...http.HandlerFunc) http.HandlerFunc {
	var n atomic.Int64
	return func(w http.ResponseWriter, r *http.Request) {
		handlers[min(int(n.Add(1)), len(handlers))-1](w, r)
	}
}

// raw answers with bytes of its own and closes.
func raw(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = conn.Write([]byte(answer))
		_ = conn.Close()
	}
}

// reset breaks the connection without an answer.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

// drip sends a start and then a byte now and then, without end.
func drip(start string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(start))
		for r.Context().Err() == nil {
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
			_, _ = w.Write([]byte("."))
		}
	}
}

func packed(encoding string, pack func([]byte) []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", encoding)
		_, _ = w.Write(pack([]byte(anchors)))
	}
}

func gzipped(src []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(src)
	_ = w.Close()
	return b.Bytes()
}

func brotlied(src []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, _ = w.Write(src)
	_ = w.Close()
	return b.Bytes()
}

func zstded(src []byte) []byte {
	w, _ := zstd.NewWriter(nil)
	return w.EncodeAll(src, nil)
}

const anchors = `<!doctype html><title>Anchors</title><h1 id="sec1">One</h1><a name="named"></a>
<h2 id="user-content-gh-heading">Two</h2><p id="café">Three</p><p id="MixedCase">Four</p>`

func text(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		_, _ = w.Write([]byte(body))
	}
}

// unless answers well to a request that has what it wants, else with a code.
func unless(code int, good func(*http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !good(r) {
			w.WriteHeader(code)
		}
	}
}

var behaviors = []behavior{
	{"A1", "GET and HEAD both 200", byHead(200, 200), "", "alive"},
	{"A2", "HEAD 405, GET 200", byHead(405, 200), "", "alive"},
	{"A3", "HEAD 404, GET 200", byHead(404, 200), "", "alive"},
	{"A5", "HEAD 501, GET 200", byHead(501, 200), "", "alive"},
	{"A6", "HEAD 200, GET 404", byHead(200, 404), "", "dead"},

	{"B1", "403 unless the agent says Mozilla", unless(403, func(r *http.Request) bool { return strings.Contains(r.UserAgent(), "Mozilla") }), "", "alive"},
	{"B2", "403 without an agent", unless(403, func(r *http.Request) bool { return r.UserAgent() != "" }), "", "alive"},
	{"B3", "403 by Cloudflare's challenge", status(403, "cf-mitigated", "challenge"), "", "blocked"},
	{"B4", "503 with the title of a challenge", page(503, "<title>Just a moment...</title>", "Server", "cloudflare"), "", "blocked"},
	{"B5", "200 with Anubis' challenge", page(200, `<title>Making sure you're not a bot!</title><script id="anubis_challenge" type="application/json">{}</script>`), "", "blocked"},
	{"B6", "202 by Amazon's wall", status(202, "x-amzn-waf-action", "challenge"), "", "blocked"},
	{"B7", "403 always", status(403), "", "blocked"},
	{"B8", "999", status(999), "", "blocked"},
	{"B9", "403 without Accept-Language", unless(403, func(r *http.Request) bool { return r.Header.Get("Accept-Language") != "" }), "", "alive"},
	{"B10", "404 unless the agent says Mozilla", unless(404, func(r *http.Request) bool { return strings.Contains(r.UserAgent(), "Mozilla") }), "", "alive"},
	{"B12", "401", status(401, "WWW-Authenticate", "Basic"), "", "auth"},
	{"B13", "302 to a login that knows the way back", redirect(302, "/accounts/login?next=%2Fdeep%2Fpage"), "deep/page", "auth"},
	{"B19", "200 with the title of a wall, and nothing else", page(200, "<title>Client Challenge</title><p>One moment."), "", "blocked"},
	{"B20", "200 with a wall's cookie on a page with a text", page(200, "<title>News</title><p>"+strings.Repeat("Some text. ", 50), "Set-Cookie", "_abck=1"), "", "alive"},
	{"B13b", "302 to a page that is a login", redirect(302, "/users/sign_in"), "deep/page", "auth"},
	{"B14", "406", status(406), "", "negotiation"},
	{"B15", "418", status(418), "", "blocked"},
	{"B16", "451", status(451), "", "legal"},
	{"B17", "404 with a wall's header", status(404, "x-datadome", "1"), "", "blocked"},
	{"B18", "200 with the header of a healthy protected site", status(200, "x-datadome", "protected", "X-Iinfo", "1"), "", "alive"},

	{"C1", "404", status(404), "", "dead"},
	{"C2", "410", status(410), "", "dead"},
	{"C3", "400 always", status(400), "", "undecidable"},
	{"C4", "204", status(204), "", "alive"},
	{"C5", "205", status(205), "", "alive"},
	{"C6", "206", status(206), "", "alive"},
	{"C7", "300 without Location", status(300), "", "undecidable"},
	{"C8", "304 unasked", status(304), "", "undecidable"},
	{"C9", "405 to GET", status(405), "", "negotiation"},
	{"C10", "302 without Location", status(302), "", "undecidable"},
	{"C12", "521", status(521), "", "transient"},
	{"C13", "103 before 200", raw("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "alive"},

	{"D1", "429 with Retry-After, then 200", inTurn(status(429, "Retry-After", "0.05"), status(200)), "", "alive"},
	{"D3", "429 twice, then 200", inTurn(status(429), status(429, "Server", "x"), status(200)), "", "alive"},
	{"D4", "429 always", status(429), "", "rate-limited"},
	{"D5", "429 always, with Retry-After", status(429, "Retry-After", "0.01"), "", "rate-limited"},
	{"D6", "429, come back in an hour", status(429, "Retry-After", "3600"), "", "rate-limited"},
	{"D8", "500, then 200", inTurn(status(500), status(200)), "", "alive"},
	{"D10", "503 always", status(503), "", "transient"},
	{"D11", "500 always", status(500), "", "transient"},
	{"D12", "reset, then 200", inTurn(reset, status(200)), "", "alive"},
	{"D14", "reset always", reset, "", "transient"},
	{"D14b", "closed without a byte", raw(""), "", "transient"},
	{"D15", "a slow first byte", func(http.ResponseWriter, *http.Request) { time.Sleep(300 * time.Millisecond) }, "", "alive"},
	{"D16", "never answered", hang, "", "transient"},
	{"D19", "408", status(408), "", "transient"},

	{"D20", "503 with Retry-After, then 200", inTurn(status(503, "Retry-After", "0.1"), status(200)), "", "alive"},

	{"E2", "a page that never ends, and begins with the anchor", drip("<title>Drip</title><h1 id=sec1>One</h1>"), "", "alive +sec1 ?other"},
	{"E1", "a page that never ends", drip("<title>Drip</title>"), "", "alive ?sec1"},
	{"E4", "50 MB", text("text/html", strings.Repeat("<p>word</p>", 100_000)), "", "alive ?sec1"},
	{"E5", "less than was promised", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>short"), "", "transient"},
	{"E6", "gzip", packed("gzip", gzipped), "", "alive +sec1 -missing"},
	{"E7", "brotli", packed("br", brotlied), "", "alive +sec1 -missing"},
	{"E8", "zstd", packed("zstd", zstded), "", "alive +sec1 -missing"},
	{"E9", "packed in a way nobody knows", packed("snappy", gzipped), "", "alive ?sec1"},
	{"E10", "says gzip, is not", packed("gzip", func(src []byte) []byte { return src }), "", "alive ?sec1"},
	{"E11", "6 KB of headers", status(200, "X-Long", strings.Repeat("x", 6<<10)), "", "alive"},
	{"E12", "70 KB of headers", status(200, "X-Long", strings.Repeat("x", 70<<10)), "", "alive"},
	{"E14", "a binary download", text("application/zip", strings.Repeat("PK", 1<<20)), "", "alive ?sec1"},
	{"E15", "no Content-Type", text("", anchors), "", "alive +sec1 -missing"},
	{"E16", "HTTP/1.0 that ends by closing", raw("HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + anchors), "", "alive +sec1 -missing"},
	{"E17", "no reason phrase", raw("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"), "", "alive"},
	{"E19", "a banner of SSH", raw("SSH-2.0-OpenSSH_9.2\r\n"), "", "dead"},
	{"E20", "two lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"), "", "dead"},

	{"F1", "301", redirect(301, "/ok"), "", "alive >/ok"},
	{"F2", "308", redirect(308, "/ok"), "", "alive >/ok"},
	{"F3", "302", redirect(302, "/ok"), "", "alive"},
	{"F3b", "303", redirect(303, "/ok"), "", "alive"},
	{"F3c", "307", redirect(307, "/ok"), "", "alive"},
	{"F4", "301, then 302", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			http.Redirect(w, r, "/stable", http.StatusMovedPermanently)
		case "/stable":
			http.Redirect(w, r, "/v5", http.StatusFound)
		}
	}, "", "alive >/stable"},
	{"F5", "302, then 301", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			http.Redirect(w, r, "/a", http.StatusFound)
		case "/a":
			http.Redirect(w, r, "/b", http.StatusMovedPermanently)
		}
	}, "", "alive"},
	{"F6", "301 that adds a slash", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/a/", http.StatusMovedPermanently)
		}
	}, "a", "alive"},
	{"F7", "302 to itself", redirect(302, "/"), "", "dead"},
	{"F8", "in a circle", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, map[string]string{"/": "/b", "/b": "/"}[r.URL.Path], http.StatusFound)
	}, "", "dead"},
	{"F9", "302 to itself until a cookie is there", func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
			http.Redirect(w, r, "/", http.StatusFound)
		}
	}, "", "alive"},
	{"F9b", "another cookie each time", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "n", Value: strconv.FormatInt(time.Now().UnixNano(), 10)})
		http.Redirect(w, r, "/", http.StatusFound)
	}, "", "dead"},
	{"F10", "301 to a 404", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/gone", http.StatusMovedPermanently)
		} else {
			w.WriteHeader(http.StatusNotFound)
		}
	}, "", "dead"},
	{"F11", "302 of a deep page to the front page", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.Redirect(w, r, "/", http.StatusFound)
		}
	}, "deep/page", "alive"},
	{"F13", "a Location that is none", redirect(302, "http://[::bad"), "", "dead"},
	{"F14", "a Location that is no page", redirect(302, "mailto:somebody@example.org"), "", "dead"},
	{"F17", "12 redirects", chain(12), "0", "alive"},
	{"F18", "20 redirects", chain(20), "0", "alive"},
	{"F19", "25 redirects", chain(25), "0", "dead"},
	{"F20", "a Location with a fragment", redirect(302, "/ok#sec1"), "", "alive"},
	{"F21", "a Location in raw UTF-8", redirect(302, "/caf\xc3\xa9"), "", "alive"},
	{"F22", "a Location in Latin-1", redirect(301, "/caf\xe9"), "", "alive >/caf%E9"},
	{"F24", "a meta element that redirects at once", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			page(200, `<meta http-equiv="refresh" content="0; url=ok">`)(w, r)
		}
	}, "", "alive >/ok"},
	{"F25", "a meta element for browsers without script", page(200, `<noscript><meta http-equiv="refresh" content="0; url=/nojs"></noscript><p>Hello.`), "", "alive"},
	{"F25b", "a meta element that reloads", page(200, `<meta http-equiv="refresh" content="3"><p>Hello.`), "", "alive"},
	{"F25c", "a meta element that reloads by name", page(200, `<meta http-equiv="refresh" content="0; url=/"><p>Hello.`), "", "alive"},
	{"F25d", "pages that take turns", func(w http.ResponseWriter, r *http.Request) {
		page(200, `<meta http-equiv="refresh" content="5; url=`+map[string]string{"/": "/b", "/b": "/"}[r.URL.Path]+`"><p>Hello.`)(w, r)
	}, "", "alive"},
	{"F26", "a script that redirects", page(200, `<script>location.replace("/ok")</script>`), "", "undecidable"},

	{"G1", "ids, names and cases", text("text/html", anchors), "", "alive +sec1 +named +top +gh-heading +caf%C3%A9 +café -mixedcase -missing -%zz"},
	{"G11", "a page built by script", page(200, `<div id="root"></div><script>document.body.innerHTML = "<p id=jsmade>"</script>`), "", "alive ?jsmade +root"},
	{"G12", "a text fragment", text("text/html", anchors), "", "alive ?:~:text=hello +sec1:~:text=hello"},
	{"G16", "a route", text("text/html", anchors), "", "alive ?!/route ?/route"},
	{"G18", "a PDF", text("application/pdf", "%PDF-1.4"), "", "alive ?page=7"},
	{"G18b", "a PDF made for the web", text("application/pdf", "%PDF-1.4\n1 0 obj <</Linearized 1/L 9/H[1 2]/O 3/E 4/N 12/T 5>> endobj\n"), "", "alive +page=12 -page=13 +page=3&zoom=100"},
	{"G18c", "a small PDF", text("application/pdf", "%PDF-1.4\n1 0 obj <</Type /Pages /Kids [2 0 R] /Count 2>> endobj\n"), "", "alive +page=2 -page=3"},
	{"G20", "lines of code", text("text/html", anchors), "", "alive ?L10 ?L10-L20 ?lines-3 ?t=30s"},
	{"G19", "plain text", text("text/plain", "hello"), "", "alive ?anything"},
	{"G21", "raw Markdown", text("text/markdown", "# What's *new*?\n\n```\n# not\n```\n\n## What's new\n\n<a name=\"x\"></a>\n"), "", "alive +whats-new +whats-new-1 +x -not -nope"},
	{"G22", "XHTML", text("application/xhtml+xml", `<html><head><title/><script src="x"/></head><body><p id="a">`+strings.Repeat("word ", 100)+`</p></body></html>`), "", "alive +a -missing"},
	{"G23", "a template", text("text/html", `<template><p id="no"></p></template><p id="yes">`), "", "alive +yes -no"},
	{"G24", "UTF-16", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_ = binary.Write(w, binary.LittleEndian, utf16.Encode([]rune("\ufeff"+anchors)))
	}, "", "alive +sec1 +café -missing"},
	{"G24b", "Latin-1", text("text/html; charset=iso-8859-1", "<p id='caf\xe9'>"), "", "alive +café"},

	{"H1", "a raw space", unless(404, func(r *http.Request) bool { return r.URL.Path == "/a b" }), "a b", "alive"},
	{"H2", "an encoded space", unless(404, func(r *http.Request) bool { return r.URL.Path == "/a b" }), "a%20b", "alive"},
	{"H3", "parentheses", unless(404, func(r *http.Request) bool { return r.URL.Path == "/wiki_(x)" }), "wiki_(x)", "alive"},
	{"H4", "raw UTF-8", unless(404, func(r *http.Request) bool { return r.URL.Path == "/café" }), "café", "alive"},
	{"H6", "an encoded slash", unless(404, func(r *http.Request) bool { return r.URL.EscapedPath() == "/a%2Fb" }), "a%2Fb", "alive"},
	{"H8", "a lone percent sign", status(200), "?x=%zz", "alive"},

	{"I12", "http to a port that speaks TLS", raw("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"), "", "dead"},

	{"J1", "200, not found by its title, and noindex", page(200, `<title>404 Not Found</title><meta name="robots" content="noindex">`), "", "dead"},
	{"J1b", "200 with a name of the site", page(200, `<title>Page not found | Example</title><meta name="robots" content="noindex, follow">`), "", "dead"},
	{"J1c", "200, an article about such pages", page(200, `<title>404 Not Found - HTTP | MDN</title><p>It means...`), "", "alive"},
	{"J1e", "200 for any address, not found by its title", page(200, `<title>Page not found | Example</title><h1>Oops</h1><p>Go home.`), "gone", "dead"},
	{"J1f", "200, not found by its heading, as is any address", func(w http.ResponseWriter, r *http.Request) {
		page(200, `<title>Example</title><h1>We can't find that page</h1><p>Nothing at `+r.URL.Path+` for `+strconv.FormatInt(time.Now().UnixNano(), 10))(w, r)
	}, "gone", "dead"},
	{"J1g", "an article about such pages, on a host that has others", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/404" {
			page(200, `<title>404 Not Found</title><h1>404 Not Found</h1><p>`+strings.Repeat("The server cannot find the requested resource. ", 50))(w, r)
		} else {
			w.WriteHeader(http.StatusNotFound)
		}
	}, "404", "alive"},
	{"J1h", "302 to a page for what is not found", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/deep/page" {
			http.Redirect(w, r, "/404.html", http.StatusFound)
		}
	}, "deep/page", "dead"},
	{"J2", "a name for sale", page(200, `<title>example.com is for sale</title><p>Buy it now`), "x", "dead"},
	{"J2b", "a page of a parking service", page(200, `<title>example.com</title><script src="https://d38psrni17bvxu.cloudfront.net/x.js"></script><p>Related searches`), "", "dead"},
	{"J2c", "a long article about names for sale", page(200, `<title>How domain markets work</title><p>`+strings.Repeat("When a domain is for sale, a broker is paid. ", 200)), "", "alive"},
	{"J2d", "a short page that links to a parking service", page(200, `<title>Notes</title><p>I sold a name at <a href="https://sedo.com/search/details/x">Sedo</a>.`), "", "alive"},
	{"J3", "an application that answers any address alike", page(200, `<title>App</title><div id="root"></div><script src="/app.js"></script>`), "any/where", "undecidable"},
	{"J3b", "an application that knows its addresses", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/known" {
			page(200, `<title>App</title><div id="root"></div><script src="/app.js"></script>`)(w, r)
		} else {
			w.WriteHeader(http.StatusNotFound)
		}
	}, "known", "alive"},
	{"J4", "404 for all, without a word", status(404), "deep/page", "blocked"},
	{"J4b", "404 for all, in words", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "deep/page", "dead"},
	{"J4c", "404 for one of many", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/deep/page" {
			w.WriteHeader(http.StatusNotFound)
		}
	}, "deep/page", "dead"},
	{"J1d", "200, noindex, and another title", page(200, `<title>Found in translation</title><meta name="robots" content="noindex">`), "", "alive"},
}

func TestBehaviours(t *testing.T) { testBehaviors(t, behaviors, 2) }

// testBehaviors asks for each behavior on an address of its own, 127.net.x.y, so that
// what is learned of a host is learned of one behavior.
func testBehaviors(t *testing.T, list []behavior, net int) {
	t.Helper()
	for i, b := range list {
		t.Run(b.id, func(t *testing.T) {
			t.Parallel()
			base := serveAt(t, fmt.Sprintf("127.%d.%d.%d", net, i/200, 1+i%200), b.serve)
			address := base + "/" + b.path
			c := newClient(t, nil)
			start := time.Now()
			page := fetchOne(t, c, address, bookcheck.Status|bookcheck.Anchors)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%s: took %s", b.what, took)
			}
			if got := describe(page, base, b.want); got != b.want {
				t.Errorf("%s: got %q, want %q; it %s (marker %q)", b.what, got, b.want, page.Reason, page.Marker)
			}
			if page.Reason == "" || page.Verdict == bookcheck.Unsure && page.Doubt == "" || page.Marker != "" && page.Doubt != bookcheck.Blocked {
				t.Errorf("%s: the verdict gives no reason: %+v", b.what, page)
			}
		})
	}
}

// describe says of a page what a behavior's want says, about the same fragments.
func describe(page *bookcheck.Page, base, want string) string {
	var got strings.Builder
	if page.Verdict == bookcheck.Unsure {
		got.WriteString(string(page.Doubt))
	} else {
		got.WriteString(page.Verdict.String())
	}
	if page.MovedTo != "" {
		got.WriteString(" >" + strings.TrimPrefix(page.MovedTo, base))
	}
	for _, word := range strings.Fields(want)[1:] {
		if word[0] == '>' {
			continue
		}
		found, known := page.HasAnchor(word[1:])
		got.WriteString(" " + map[[2]bool]string{{true, true}: "+", {false, true}: "-", {false, false}: "?"}[[2]bool{found, known}] + word[1:])
	}
	return got.String()
}

func TestAddressesThatAreNotAsked(t *testing.T) {
	c := newClient(t, nil)
	for address, want := range map[string]string{
		"htp://example.org/":          "dead",
		"htttps://example.org/":       "dead",
		"http://":                     "dead",
		"https:///":                   "dead",
		"http://example.org:99999/":   "dead",
		"http://exa mple.org/":        "dead",
		"http://[::bad/":              "dead",
		"ftp://example.org/":          "policy",
		"data:text/plain,hello":       "policy",
		"javascript:void(0)":          "policy",
		"mailto:somebody@example.org": "policy",
		"at://did:plc:abc/x":          "policy",
	} {
		page := fetchOne(t, c, address, bookcheck.Status)
		if got := describe(page, "", want); got != want {
			t.Errorf("%s: got %s (%s), want %s", address, got, page.Reason, want)
		}
		if page.URL != address || len(page.Hops) != 0 {
			t.Errorf("%s: %+v", address, page)
		}
	}
}

func TestHopsAreRecorded(t *testing.T) {
	base := serve(t, chain(2))
	page := fetchOne(t, newClient(t, nil), base+"/0", bookcheck.Status)
	want := []bookcheck.Hop{{URL: base + "/0", Code: 302}, {URL: base + "/1", Code: 302}, {URL: base + "/2", Code: 200}}
	if fmt.Sprint(page.Hops) != fmt.Sprint(want) || page.Code != 200 {
		t.Errorf("hops %v, want %v", page.Hops, want)
	}
	if want := "redirects to " + base + "/2, which answers 200 OK"; page.Reason != want {
		t.Errorf("reason %q, want %q", page.Reason, want)
	}
}

func TestCredentialsAreNotShown(t *testing.T) {
	base := serve(t, chain(1))
	u, _ := url.Parse(base + "/0")
	u.User = url.UserPassword("user", "hunter2")
	page := fetchOne(t, newClient(t, nil), u.String(), bookcheck.Status)
	page.URL = ""
	if shown := fmt.Sprintf("%+v", page); strings.Contains(shown, "hunter2") {
		t.Errorf("a password is shown: %s", shown)
	}
}

func TestServersCannotSteerATerminal(t *testing.T) {
	hostile := "\x1b[31mred\x07\u202e\u0085"
	for name, handler := range map[string]http.HandlerFunc{
		"title":    page(200, "<title>"+hostile+"</title><p>text"),
		"marker":   page(200, "", "Cf-Mitigated", "challenge \x9b31m"),
		"location": redirect(302, "mailto:"+hostile),
		"bad":      redirect(302, "http://[\x9b31m"),
		"banner":   raw("\x1b[31mSSH\r\n"),
		"soft":     page(200, "<title>404 Not Found"+hostile+"</title><meta name=robots content=noindex>"),
	} {
		got := fetchOne(t, newClient(t, nil), serve(t, handler)+"/", bookcheck.Status)
		for _, s := range []string{got.Title, got.Reason, got.Marker, got.MovedTo, fmt.Sprint(got.Hops)} {
			if strings.ContainsAny(s, "\x1b\x07\u202e\u0085\u009b") {
				t.Errorf("%s: %q reaches the terminal", name, s)
			}
		}
	}
}

func TestCertificates(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // says that we broke off
	s.StartTLS()
	defer s.Close()
	if page := fetchOne(t, newClient(t, nil), s.URL+"/", bookcheck.Status); page.Doubt != bookcheck.TLS {
		t.Errorf("unknown authority: %s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
	pool := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	trusting := newClient(t, func(o *Options) { o.RootCAs = pool })
	if page := fetchOne(t, trusting, s.URL+"/", bookcheck.Status); page.Verdict != bookcheck.Alive {
		t.Errorf("trusted: %s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
	plain := "http" + strings.TrimPrefix(s.URL, "https")
	if page := fetchOne(t, trusting, plain+"/", bookcheck.Status); page.Verdict != bookcheck.Dead {
		t.Errorf("I12: http to TLS: %s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
	base := serve(t, func(http.ResponseWriter, *http.Request) {})
	if page := fetchOne(t, trusting, "https"+strings.TrimPrefix(base, "http")+"/", bookcheck.Status); page.Verdict != bookcheck.Dead {
		t.Errorf("I11: https to plain HTTP: %s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
}

func TestRefusedConnectionIsTransient(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + listener.Addr().String() + "/"
	_ = listener.Close()
	page := fetchOne(t, newClient(t, nil), address, bookcheck.Status)
	if page.Doubt != bookcheck.Transient || page.Reason != "refuses the connection" {
		t.Errorf("I3: %s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
}
