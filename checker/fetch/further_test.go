package fetch

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/bookcheck/bookcheck"
)

// A byPath has the handlers of a site by path.
type byPath = map[string]http.HandlerFunc

// atPath answers well where the path arrives as written.
func atPath(path string) http.HandlerFunc {
	return unless(404, func(r *http.Request) bool { return r.URL.EscapedPath() == path || r.URL.Path == path })
}

func deflated(src []byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.DefaultCompression)
	_, _ = w.Write(src)
	_ = w.Close()
	return b.Bytes()
}

func zlibbed(src []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(src)
	_ = w.Close()
	return b.Bytes()
}

// ok is a page with something to read.
var ok = page(200, "<title>A page</title><h1>A page</h1><p>"+essay)

var essay = strings.Repeat("A tide pool is a world of its own, and twice a day the sea comes back for it. ", 12)

// loginPage is what sites show to those whom they do not know.
var loginPage = page(200, `<title>Log in to the site</title><form method=post><input name=u><input type="password" name=p></form>`)

// lingering answers with bytes of its own, and resets the connection after them.
func lingering(answer string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = conn.Write([]byte(answer))
		time.Sleep(20 * time.Millisecond)
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
}

func length(n int) string { return "Content-Length: " + strconv.Itoa(n) + "\r\n" }

// shelf is a page that says it is not there, and recommends something else each time.
func shelf(w http.ResponseWriter, r *http.Request) {
	var b strings.Builder
	for i := range 60 {
		fmt.Fprintf(&b, "<li>%s", strings.Repeat(string(rune('a'+(time.Now().Nanosecond()/100+i)%26)), 3+i%5))
	}
	page(200, `<title>Page not found – Shop</title><h1>Page not found</h1><p>You may like:<ul>`+b.String())(w, r)
}

// further are behaviors that issues of link checkers complain of: what is done to robots
// alone, what a page says against its own status, and how links and pages are written.
var further = []behavior{
	{"K1", "301 to a wall", routes(byPath{"/": to(301, "/new"), "/new": status(403, "cf-mitigated", "challenge")}), "", "blocked"},
	{"K2", "301, 301, 410", routes(byPath{"/": to(301, "/b"), "/b": to(301, "/c"), "/c": status(410)}), "", "dead"},
	{"K3", "a meta element that leads to a 404", routes(byPath{"/": page(200, `<meta http-equiv=refresh content="0;url=/gone">`)}), "", "dead"},
	{"K4", "301, then a meta element", routes(byPath{"/": to(301, "/b"), "/b": page(200, `<meta http-equiv="Refresh" content="0;URL='/c'">`), "/c": ok}), "", "alive >/c"},
	{"K5", "302 to a 403", routes(byPath{"/": to(302, "/b"), "/b": status(403)}), "", "blocked"},
	{"K6", "302 to a 500", routes(byPath{"/": to(302, "/b"), "/b": status(500)}), "", "transient"},
	{"K7", "302 to a 429", routes(byPath{"/": to(302, "/b"), "/b": status(429, "Retry-After", "9000")}), "", "rate-limited"},
	{"K8", "302 to a host that resets", routes(byPath{"/": to(302, "/b"), "/b": reset}), "", "transient"},
	{"K9", "301 to a soft 404", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old/page" {
			to(301, "/new/page")(w, r)
		} else {
			page(200, `<title>Page not found</title><p>Sorry.`)(w, r)
		}
	}, "old/page", "dead"},
	{"K10", "ASP.NET's way to an error page", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/Error.aspx" {
			page(200, `<title>404 - File or directory not found.</title><h1>404 - File or directory not found.</h1>`)(w, r)
		} else {
			to(302, "/Error.aspx?aspxerrorpath="+r.URL.Path)(w, r)
		}
	}, "a/b.aspx", "dead"},
	{"K11", "302 to an error page that says nothing", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/error" {
			page(200, `<title>Example</title><p>Something went wrong.`)(w, r)
		} else {
			to(302, "/error")(w, r)
		}
	}, "a/b", "undecidable"},
	{"K12", "a cookie that is tried out, and back", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("c")
		switch {
		case r.URL.Path == "/try" && err == nil:
			to(302, "/deep/page")(w, r)
		case r.URL.Path == "/try":
			to(302, "/nocookies")(w, r)
		case r.URL.Path == "/nocookies":
			page(200, "<title>Cookies are disabled</title>")(w, r)
		case err != nil:
			w.Header().Set("Set-Cookie", "c=1; Path=/; SameSite=Lax")
			to(302, "/try?from=/deep/page")(w, r)
		default:
			ok(w, r)
		}
	}, "deep/page", "alive"},
	{"K13", "a login of Moodle's kind", routes(byPath{"/course/view.php": to(303, "/login/index.php"), "/login/index.php": loginPage}), "course/view.php?id=7", "auth"},
	{"K14", "a login of SharePoint's kind", routes(byPath{"/sites/x": to(302, "/_layouts/15/Authenticate.aspx?Source=%2Fsites%2Fx"), "/_layouts/15/Authenticate.aspx": page(200, "<title>Working</title>")}), "sites/x", "auth"},
	{"K15", "a login of WordPress", routes(byPath{"/private": to(302, "/wp-login.php?redirect_to=%2Fprivate"), "/wp-login.php": loginPage}), "private", "auth"},
	{"K16", "a login that itself is not there", routes(byPath{"/private": to(302, "/login?next=/private")}), "private", "auth"},
	{"K17", "a house that vouches", routes(byPath{"/a/b": to(302, "/idp/profile?SAMLRequest=abc"), "/idp/profile": ok}), "a/b", "auth"},
	{"K18", "a meta element that leads to a login", routes(byPath{"/a/b": page(200, `<meta http-equiv=refresh content="0;url=/login?next=/a/b">`), "/login": loginPage}), "a/b", "auth"},
	{"K19", "a session that has to be begun", routes(byPath{"/a/b": to(302, "/session/new?return_to=/a/b"), "/session/new": loginPage}), "a/b", "auth"},
	{"K20", "a login of Cloudflare Access", routes(byPath{"/a/b": to(302, "/cdn-cgi/access/login/x?redirect_url=%2Fa%2Fb"), "/cdn-cgi/access/login/x": ok}), "a/b", "auth"},
	{"K21", "an article about logins", ok, "blog/how-to-login", "alive"},
	{"K22", "301 of an article that was renamed to one about logins", routes(byPath{"/docs/auth": to(301, "/docs/authentication"), "/docs/authentication": ok}), "docs/auth", "alive >/docs/authentication"},

	{"L1", "503 to all but browsers, as Amazon does", byAgent(ok, status(503)), "", "alive"},
	{"L2", "silence to all but browsers, as Akamai does", byAgent(ok, hang), "", "alive"},
	{"L3", "a reset for all but browsers", byAgent(ok, reset), "", "alive"},
	{"L4", "500 to all but browsers", byAgent(ok, status(500)), "", "alive"},
	{"L6", "403 to robots, 404 to browsers", routes(byPath{"/": ok, "/a/b": byAgent(http.NotFound, status(403))}), "a/b", "dead"},
	{"L7", "good for us, 403 for browsers", byAgent(status(403), ok), "", "alive"},
	{"L9", "a script that sets a cookie and reloads", page(200, `<html><body><script>document.cookie="c=1";location.reload();</script></body></html>`), "a", "undecidable"},
	{"L10", "403 in JSON, whose allowance is used up", status(403, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "4102444800"), "", "rate-limited"},
	{"L11", "200, and all that the page says is 403", page(200, "<title>403 Forbidden</title><h1>Forbidden</h1><p>nginx"), "", "blocked"},
	{"L12", "200, and all that the page says is 503", page(200, "<title>503 Service Temporarily Unavailable</title><h1>503 Service Temporarily Unavailable</h1>"), "", "transient"},
	{"L13", "200, and the database is away", page(200, "<title>Database Error</title><h1>Error establishing a database connection</h1>"), "", "transient"},
	{"L14", "200, and a gateway is in trouble", page(200, "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center>"), "", "transient"},
	{"L15", "200, about 502", page(200, "<title>502 Bad Gateway</title><h1>502 Bad Gateway</h1><p>"+strings.Repeat(essay, 4)), "http/502", "alive"},
	{"L16", "200, and too many requests", page(200, "<title>429 Too Many Requests</title><h1>Too Many Requests</h1>"), "", "rate-limited"},
	{"L18", "302 by the reader's language", func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/en-us/docs":
			ok(w, r)
		case strings.HasPrefix(r.Header.Get("Accept-Language"), "en-US"):
			to(302, "/en-us/docs")(w, r)
		default:
			http.NotFound(w, r)
		}
	}, "docs", "alive"},
	{"L20", "403 of a bucket", text("application/xml", "<Error><Code>AccessDenied</Code></Error>"), "", "alive"},

	{"M2", "429, with a date far away", status(429, "Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT"), "", "rate-limited"},
	{"M3", "429, with a number beyond measure", status(429, "Retry-After", "99999999999999999999999"), "", "rate-limited"},
	{"M4", "429, with a negative number", inTurn(status(429, "Retry-After", "-5"), ok), "", "alive"},
	{"M6", "503, come back tomorrow", status(503, "Retry-After", "86400"), "", "transient"},
	{"M11", "425, then 200", inTurn(status(425), ok), "", "alive"},
	{"M14", "430", status(430), "", "undecidable"},
	{"M15", "robots.txt in trouble, and the page is fine", routes(byPath{"/a": ok, "/robots.txt": status(500)}), "a", "alive"},
	{"M16", "robots.txt that forbids all", routes(byPath{"/a": ok, "/robots.txt": text("text/plain", "User-agent: *\nDisallow: /\n")}), "a", "alive"},

	{"N1", "100 before 200", raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "alive"},
	{"N2", "several 103 before 200", raw(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 6) + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "alive"},
	{"N3", "chunks and a trailer", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n" + strconv.FormatInt(int64(len(anchors)), 16) + ";ext=1\r\n" + anchors + "\r\n0\r\nX-Sum: 1\r\n\r\n"), "", "alive +sec1 -missing"},
	{"N4", "chunks and a length", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n" + strconv.FormatInt(int64(len(anchors)), 16) + "\r\n" + anchors + "\r\n0\r\n\r\n"), "", "alive +sec1 -missing"},
	{"N5", "an empty line before the answer", raw("\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + length(len(anchors)) + "\r\n" + anchors), "", "undecidable"},
	{"N7", "all that was promised, then a reset", lingering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + length(len(anchors)) + "\r\n" + anchors), "", "alive +sec1 -missing"},
	{"N8", "a reset in the middle", lingering("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + length(90000) + "\r\n" + anchors), "", "transient"},
	{"N9", "a redirect on a connection that closes unannounced", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			raw("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")(w, r)
		} else {
			raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")(w, r)
		}
	}, "", "alive"},
	{"N10", "zlib, unasked", packed("deflate", zlibbed), "", "alive +sec1 -missing"},
	{"N11", "deflate without a header, unasked", packed("deflate", deflated), "", "alive +sec1 -missing"},
	{"N12", "gzip over gzip", packed("gzip, gzip", func(src []byte) []byte { return gzipped(gzipped(src)) }), "", "alive ?missing"},
	{"N15", "gzip, and something after it", packed("gzip", func(src []byte) []byte { return append(gzipped(src), "tail"...) }), "", "alive +sec1 ?missing"},
	{"N16", "a header line without a colon", raw("HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 0\r\n\r\n"), "", "undecidable"},
	{"N18", "two times the same length", raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok"), "", "alive"},
	{"N19", "a status beyond the known good ones", status(299), "", "alive"},
	{"N20", "no type, binary", text("", "\x89PNG\r\n\x1a\n\x00\x00"), "", "alive ?x"},

	{"O2", "a Location with backslashes", routes(byPath{"/": to(302, `\a\b`), "/a/b": ok}), "", "alive"},
	{"O3", "a Location that is a query", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" {
			to(302, "?v=2")(w, r)
		}
	}, "a/b", "alive"},
	{"O4", "a Location with two dots", routes(byPath{"/a/b/c": to(301, "../d"), "/a/d": ok}), "a/b/c", "alive >/a/d"},
	{"O5", "a Location with white space around it", routes(byPath{"/": to(301, " /b "), "/b": ok}), "", "alive >/b"},
	{"O6", "redirects whose query grows", func(w http.ResponseWriter, r *http.Request) { to(302, r.URL.String()+"x")(w, r) }, "a?", "dead"},
	{"O7", "308, 301, 307, 301", routes(byPath{"/": to(308, "/1"), "/1": to(301, "/2"), "/2": to(307, "/3"), "/3": to(301, "/4"), "/4": ok}), "", "alive >/2"},
	{"O8", "a meta element on a page with a base", routes(byPath{"/": page(200, `<base href="/sub/"><meta http-equiv=refresh content="0; url=ok">`), "/sub/ok": ok}), "", "alive >/sub/ok"},
	{"O9", "a meta element with a comma", routes(byPath{"/": page(200, `<meta http-equiv=refresh content="0, url=/b">`), "/b": ok}), "", "alive >/b"},
	{"O10", "a meta element without url=", routes(byPath{"/": page(200, `<meta http-equiv=refresh content="0;/b">`), "/b": ok}), "", "alive >/b"},
	{"O11", "a meta element that waits for half a minute", routes(byPath{"/": page(200, `<meta http-equiv=refresh content="30;url=/gone"><p>Slides.`)}), "", "alive"},
	{"O13", "a script that sets document.location", page(200, `<script>document.location = "/new/";</script>`), "", "undecidable"},
	{"O14", "a script that sets top.location", page(200, `<script>top.location="/new/"</script>`), "", "undecidable"},
	{"O15", "a page about maps that talks of geolocation", page(200, `<title>Map</title><script>var geolocation = navigator.geolocation;</script><p>`+essay), "", "alive"},
	{"O16", "301 to the same page in capitals, and back", routes(byPath{"/Page": to(301, "/page"), "/page": to(301, "/Page")}), "Page", "dead"},
	{"O17", "a Location with tracking", routes(byPath{"/a": to(301, "/b?utm_source=x"), "/b": ok}), "a", "alive >/b?utm_source=x"},

	{"P1", "UTF-8 with a mark", text("text/html", "\ufeff"+anchors), "", "alive +sec1 +café -missing"},
	{"P2", "UTF-16 by its type", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-16be")
		_ = binary.Write(w, binary.BigEndian, utf16.Encode([]rune(anchors)))
	}, "", "alive +sec1 +café -missing"},
	{"P3", "a page in UTF-8 that says it is in UTF-16", text("text/html", `<meta charset="utf-16">`+anchors), "", "alive +sec1 +café"},
	{"P4", "Shift_JIS", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=Shift_JIS")
		_, _ = w.Write([]byte("<h1 id=\"\x8aT\x97v\">x</h1>"))
	}, "", "alive +概要 +%E6%A6%82%E8%A6%81"},
	{"P5", "plus, space, ampersand", text("text/html", `<p id="a+b"><p id="c d"><p id="e&amp;f"><p id="caf&eacute;"><p ID=UPPER>`+essay), "", "alive +a+b +a%2Bb +c%20d -c+d +e&f +café +UPPER -upper"},
	{"P6", "composed and decomposed", text("text/html; charset=utf-8", "<p id='cafe\u0301'>"+essay), "", "alive +cafe\u0301 -café"},
	{"P7", "a name that is no anchor's", text("text/html", `<div name="d"></div><a name="a"></a>`+essay), "", "alive +a -d"},
	{"P9", "ids in a drawing", text("text/html", `<svg><g id="layer"/><path id='p1'></svg>`+essay), "", "alive +layer +p1 -no"},
	{"P10", "headings that a script gives their names", text("text/html", `<h2>Getting Started</h2>`+essay+`<script src="/anchor.js"></script>`), "", "alive +getting-started -nothing"},
	{"P11", "headings without names, and no script", text("text/html", `<h2>Getting Started</h2>`+essay), "", "alive -getting-started"},
	{"P12", "an anchor in what a script writes", text("text/html", essay+`<script>document.write('<a name="made"></a><p id="too">');</script>`), "", "alive +made +too -nothing"},
	{"P13", "JSON, and a pointer into it", text("application/json", `{"a":{"b":1}}`), "x.json", "alive ?/a/b ?b"},
	{"P14", "a feed", text("application/atom+xml", `<feed/>`), "", "alive ?x"},
	{"P15", "a picture", text("image/svg+xml", `<svg><g id="a"/></svg>`), "", "alive ?a ?svgView(viewBox(0,0,1,1))"},
	{"P16", "a film", text("video/mp4", "\x00\x00"), "", "alive ?t=10,20"},
	{"P17", "a PDF with names", text("application/pdf", "%PDF-1.4\n1 0 obj <</Type /Pages /Count 2>> endobj\n"), "", "alive ?nameddest=a ?section.2 ?toolbar=0"},
	{"P18", "a raw file", text("text/plain", "a\nb\n"), "", "alive ?L1 ?x"},
	{"P19", "a set of frames", text("text/html", `<frameset><frame src="a.html"><frame src="b.html"></frameset>`), "", "alive"},
	{"P20", "a long page whose anchor is last", text("text/html", "<p>"+strings.Repeat(essay, 700)+`<p id="last">`), "", "alive ?last ?missing"},
	{"P21", "an empty fragment, the top", text("text/html", essay), "", "alive +top +TOP -Top-of-page"},
	{"P22", "XHTML, with a namespace", text("application/xhtml+xml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><a id="a"/><p>`+essay+`</p></body></html>`), "", "alive +a -missing"},
	{"P23", "markup in capitals without quotes", text("text/html", `<A NAME=one>x</A><P ID=two>`+essay), "", "alive +one +two"},
	{"P24", "an anchor twice encoded", text("text/html", `<p id="a%20b">`+essay), "", "alive +a%20b +a%2520b"},

	{"Q1", "two slashes", atPath("/a//b"), "a//b", "alive"},
	{"Q2", "dots in the path", atPath("/b/c"), "a/../b/./c", "alive"},
	{"Q3", "encoded dots in the path", atPath("/b"), "a/%2e%2E/b", "alive"},
	{"Q4", "a backslash", atPath("/a/b"), `a\b`, "alive"},
	{"Q5", "marks that browsers encode", atPath(`/a|b{c}^d"e<f`), `a|b{c}^d"e<f`, "alive"},
	{"Q6", "a percent sign at the end", atPath("/100%"), "100%", "alive"},
	{"Q7", "a very long address", ok, strings.Repeat("a", 9000), "alive"},
	{"Q8", "a colon and an at sign", atPath("/a:b@c"), "a:b@c", "alive"},
	{"Q9", "a query in UTF-8", unless(404, func(r *http.Request) bool { return r.URL.Query().Get("q") == "é è" }), "?q=é è", "alive"},
	{"Q10", "a query with a semicolon and quotes", unless(404, func(r *http.Request) bool { return strings.Contains(r.URL.RawQuery, "a;b") }), "?a;b='c'", "alive"},
	{"Q11", "a semicolon in the path", atPath("/a;v=1/b"), "a;v=1/b", "alive"},
	{"Q12", "a question mark alone", ok, "a?", "alive"},

	{"R1", "200 for any address, in other words each time", shelf, "gone/thing", "dead"},
	{"R2", "200 for any address, built by script", func(w http.ResponseWriter, r *http.Request) {
		page(200, `<title>Page Not Found - Docs</title><div id="__next"></div><script>self.__n=[{"path":"`+r.URL.Path+`","nonce":"`+strconv.FormatInt(time.Now().UnixNano(), 36)+`","a":"`+strings.Repeat("word ", 40)+`"}]</script>`)(w, r)
	}, "docs/gone", "dead"},
	{"R3", "200 for any address, as plain text", text("text/plain", "404: Not Found"), "gone", "dead"},
	{"R4", "200 and a header for search engines", page(200, "<title>Seite nicht gefunden</title><h1>Seite nicht gefunden</h1>", "X-Robots-Tag", "noindex"), "gone", "dead"},
	{"R7", "an index of files", page(200, `<title>Index of /pub</title><h1>Index of /pub</h1><a href="a">a</a>`), "pub/", "alive"},
	{"R8", "a name that has expired", page(200, `<title>Example</title><p>This domain has expired. If you own it, renew it now.`), "a/b", "dead"},
	{"R9", "a server nobody has set up", page(200, "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>"), "a", "undecidable"},
	{"R10", "a page about a lost and found office", routes(byPath{"/lost": page(200, "<title>Lost and not found: an essay</title><h1>Lost and not found</h1><p>"+essay)}), "lost", "alive"},
	{"R11", "a page about an error, beside real 404s", routes(byPath{"/e/404": page(200, "<title>Error 404</title><h1>Error 404</h1><p>"+essay)}), "e/404", "alive"},
	{"R13", "a shop that is closed", routes(byPath{"/p/1": to(302, "/password"), "/password": page(200, "<title>Opening soon</title>")}), "p/1", "auth"},
	{"R14", "under maintenance, with 200", page(200, "<title>Site is under maintenance</title><h1>We'll be back soon!</h1><p>Sorry for the inconvenience."), "a/b", "transient"},

	{"S1", "404 with a page all the same", routes(byPath{"/": ok, "/a": page(404, "<title>Tides</title><h1>Tides</h1><p>"+strings.Repeat(essay, 3))}), "a", "undecidable"},
	{"S2", "404 with a long page, the same for any address", routes(byPath{"/": ok, "/a/b": page(404, "<title>Shop</title><p>"+strings.Repeat(essay, 3))}), "a/b", "undecidable"},
	{"S3", "404 with a long page for any address", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			ok(w, r)
		} else {
			page(404, "<title>You wandered off</title><p>"+strings.Repeat(essay, 3))(w, r)
		}
	}, "a/b", "dead"},
	{"S4", "404 with a long page that says so", routes(byPath{"/": ok, "/a": page(404, "<title>Page not found - Shop</title><p>"+strings.Repeat(essay, 3))}), "a", "dead"},
	{"S5", "404 in few words, none of them about it", routes(byPath{"/": ok, "/a": page(404, "<title>Hm</title><p>Nothing to see.")}), "a", "dead"},
	{"S6", "a book that only sounds like a name for sale", routes(byPath{"/vue": page(200, "<title>Learning Vue.js is available for purchase</title><p>My book is out.")}), "vue", "alive"},
	{"S7", "a name for sale, wherever one asks", page(200, "<title>tidepool.io is for sale</title><p>Ask for the price."), "a/b", "dead"},
	{"S8", "a long page named Missing that search engines do not list", page(200, `<title>Missing</title><meta name=robots content=noindex><h1>Missing</h1><p>`+strings.Repeat(essay, 8)), "novel", "alive"},
	{"S9", "a short page named Removed that search engines do not list", routes(byPath{"/r": page(200, `<title>Removed</title><meta name=robots content=noindex><h1>Removed</h1><p>`+essay)}), "r", "alive"},
	{"S10", "a version of HTTP that only browsers know", raw("HTTP/1 200 OK\r\nContent-Length: 0\r\n\r\n"), "", "undecidable"},
	{"S11", "a banner of SSH with a comment", raw("SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13\r\n"), "", "dead"},
	{"S12", "a greeting of a server for mail", raw("220 mail.example.com ESMTP\r\n"), "", "dead"},
	{"S13", "a stream", raw("ICY 200 OK\r\nicy-name: x\r\n\r\n"), "", "undecidable"},
	{"S14", "a product that is no longer sold, and is not listed", routes(byPath{"/p": page(200, `<title>Product not found | Shop</title><meta name=robots content="noindex">`)}), "p", "dead"},
	{"S15", "a page on maintenance of ships", page(200, "<title>Maintenance</title><h1>Maintenance</h1><p>How to keep a ship."), "m", "alive"},
	{"S16", "a film named Forbidden Planet", page(200, "<title>Forbidden Planet</title><h1>Forbidden Planet</h1><p>1956."), "m", "alive"},
	{"S17", "a parked page behind two redirects", routes(byPath{"/a": to(302, "/b"), "/b": to(302, "/c"), "/c": page(200, `<title>x</title><script src="//d38psrni17bvxu.cloudfront.net/p.js"></script>`)}), "a", "dead"},
	{"S18", "a login that sets a cookie, and lets everybody in", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("guest")
		switch {
		case r.URL.Path == "/login":
			w.Header().Set("Set-Cookie", "guest=1; Path=/")
			to(302, "/a/b")(w, r)
		case err != nil:
			to(302, "/login?next=/a/b")(w, r)
		default:
			ok(w, r)
		}
	}, "a/b", "alive"},
	{"S19", "a login that lets in to what is not there", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("guest")
		switch {
		case r.URL.Path == "/login":
			w.Header().Set("Set-Cookie", "guest=1; Path=/")
			to(302, "/a/b")(w, r)
		case err != nil:
			to(302, "/login?next=/a/b")(w, r)
		default:
			http.NotFound(w, r)
		}
	}, "a/b", "dead"},
	{"S20", "trouble, then a 404", routes(byPath{"/": ok, "/a": inTurn(status(502), http.NotFound)}), "a", "dead"},
	{"S21", "a 404, then trouble", routes(byPath{"/": ok, "/a": inTurn(http.NotFound, status(503))}), "a", "transient"},
	{"S22", "429, then a wall", inTurn(status(429), status(403, "cf-mitigated", "challenge")), "a", "blocked"},
	{"S23", "a redirect in trouble once", func() http.HandlerFunc {
		turn := inTurn(status(500), ok)
		return routes(byPath{"/a": to(301, "/b"), "/b": turn})
	}(), "a", "alive >/b"},
	{"S24", "a wall for us, a redirect for browsers, and a 404", routes(byPath{"/": ok, "/a": byAgent(to(301, "/b"), status(403))}), "a", "dead"},
	{"S25", "a soft 404 that answers browsers only", byAgent(page(200, "<title>Page not found</title><h1>Page not found</h1>"), status(403)), "a/b", "dead"},
}

func TestFurtherBehaviours(t *testing.T) { testBehaviors(t, further, 4) }

// TestHasteTurnsNothingAround ends runs over all behaviors at once early, by their budget
// and from outside: what is said by then may be unsure, and nothing else than it would
// have been.
func TestHasteTurnsNothingAround(t *testing.T) {
	if testing.Short() {
		t.Skip("asks for every behavior several times")
	}
	random := rand.New(rand.NewPCG(4, 2))
	for round := range 6 {
		t.Run(strconv.Itoa(round), func(t *testing.T) {
			want := make(map[string]behavior, len(further))
			var list []bookcheck.Want
			for i, b := range further {
				base := serveAt(t, fmt.Sprintf("127.%d.%d.%d", 40+round, i/200, 1+i%200), b.serve)
				address := base + "/" + b.path
				want[address] = b
				list = append(list, bookcheck.Want{URL: address, Evidence: bookcheck.Status | bookcheck.Anchors, Links: 1})
			}
			haste := time.Duration(random.Int64N(int64(300 * time.Millisecond)))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			c := newClient(t, func(o *Options) {
				if round%2 == 0 {
					o.Budget = haste
				}
			})
			if round%2 == 1 {
				stop := time.AfterFunc(haste, cancel)
				defer stop.Stop()
			}
			began := time.Now()
			pages := c.Fetch(ctx, list)
			if took := time.Since(began); took > haste+time.Second {
				t.Errorf("a run that had %s took %s", haste, took)
			}
			if round%2 == 0 && len(pages) != len(list) {
				t.Errorf("%d of %d pages are told of", len(pages), len(list))
			}
			for address, page := range pages {
				b := want[address]
				if verdict := strings.Fields(b.want)[0]; page.Verdict != bookcheck.Unsure && page.Verdict.String() != verdict {
					t.Errorf("%s: %s in haste, %s at leisure; it %s", b.what, page.Verdict, verdict, page.Reason)
				}
			}
		})
	}
}

// TestOurOwnTroubleIsNotCounted runs for days with no time to ask, and with no host that
// answers: neither says anything about a page.
func TestOurOwnTroubleIsNotCounted(t *testing.T) {
	base := serve(t, hang)
	var cut []bookcheck.Want
	for i := range fewNames + 1 {
		cut = append(cut, bookcheck.Want{URL: fmt.Sprintf("http://127.4.9.%d:1/", i+1), Evidence: bookcheck.Status})
	}
	for what, list := range map[string][]bookcheck.Want{"no time": wants(base + "/"), "no host": cut} {
		file := filepath.Join(t.TempDir(), "memory")
		for days := range 6 {
			c := newClient(t, func(o *Options) {
				o.Memory, o.Now = file, func() time.Time { return monday.AddDate(0, 0, days) }
				if what == "no time" {
					o.Budget = time.Millisecond
				}
			})
			for _, page := range c.Fetch(t.Context(), list) {
				if page.Doubt != bookcheck.Transient {
					t.Errorf("%s, day %d: %s: %s", what, days, page.Verdict, page.Reason)
				}
			}
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
