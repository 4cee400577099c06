package fetch

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What follows was written down as a careful person would judge it before the engine
// was asked: walls by their maker, what comes between a link and its page, and servers
// that are not quite what the standards want.

// only answers well to one path, and to others by otherwise.
func only(path string, h, otherwise http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			h(w, r)
		} else {
			otherwise(w, r)
		}
	}
}

// routes answers each path by its handler, and others with 404.
func routes(table map[string]http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if h := table[r.URL.Path]; h != nil {
			h(w, r)
		} else {
			http.NotFound(w, r)
		}
	}
}

func to(code int, location string) http.HandlerFunc { return status(code, "Location", location) }

// byCookie answers with one handler until a cookie is there that it sets.
func byCookie(without, with http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Path: "/"})
			without(w, r)
		} else {
			with(w, r)
		}
	}
}

// byAgent answers browsers and others differently.
func byAgent(browser, other http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.UserAgent(), "Mozilla/") {
			browser(w, r)
		} else {
			other(w, r)
		}
	}
}

// bomb is 8 MB of one letter in a few kilobytes, made before a client waits for it.
var bomb = func() []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	chunk := bytes.Repeat([]byte("a"), 1<<20)
	for range 8 {
		_, _ = w.Write(chunk)
	}
	_ = w.Close()
	return b.Bytes()
}()

// filler is a text of so many words that no search for "not found" and the like finds
// anything in.
func filler(words int) string {
	return "<p>" + strings.Repeat("Bread rises while the oven heats. ", words/6+1) + "</p>"
}

var article = page(200, "<title>An article</title><h1>An article</h1>"+filler(300))

var wild = []behavior{
	// Walls.
	{"W1", "Akamai refuses", page(403, `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access "http&#58;&#47;&#47;x" on this server.<P>Reference&#32;&#35;18.2d7f<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18</BODY></HTML>`, "Server", "AkamaiGHost"), "a/b", "blocked"},
	{"W2", "Akamai's page with a good status", page(200, `<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this server.<P>Reference&#32;&#35;18</BODY></HTML>`), "a/b", "blocked"},
	{"W3", "Imperva's frame with a good status", page(200, `<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script><body></body></html>`), "a/b", "blocked"},
	{"W4", "Imperva's incident", page(403, `<html><body><iframe src="/_Incapsula_Resource?CWUDNSAI=1">Request unsuccessful. Incapsula incident ID: 1</iframe></body></html>`, "X-Iinfo", "1-2-3"), "a/b", "blocked"},
	{"W5", "DataDome's captcha", page(403, `<html><head><title>x.test</title></head><body><p id="cmsg">Please enable JS and disable any ad blocker</p><script>var dd={'host':'geo.captcha-delivery.com'}</script></body></html>`), "a/b", "blocked"},
	{"W6", "PerimeterX asks to press and hold", page(403, `<html><head><title>Access to this page has been denied</title><script>window._pxAppId = 'PX1';</script></head><body>Press & Hold to confirm you are a human (and not a bot).</body></html>`), "a/b", "blocked"},
	{"W7", "Amazon's captcha", status(405, "x-amzn-waf-action", "captcha"), "a/b", "blocked"},
	{"W8", "Amazon's challenge without a header", page(202, `<html><head><script src="https://x.token.awswaf.com/x/challenge.js"></script></head><body><noscript>JavaScript is disabled</noscript></body></html>`), "a/b", "blocked"},
	{"W9", "Sucuri refuses", page(403, `<html><head><title>Sucuri WebSite Firewall - Access Denied</title></head><body>Access Denied - Sucuri Website Firewall</body></html>`, "Server", "Sucuri/Cloudproxy"), "a/b", "blocked"},
	{"W10", "Sucuri's challenge with a good status", page(200, `<html><title>You are being redirected...</title><noscript>Javascript is required. Please enable javascript before you are allowed to see this page.</noscript><script>var s={};S='x';document.cookie="sucuri_cloudproxy_uuid_1=2";location.reload();</script></html>`), "a/b", "blocked"},
	{"W11", "Vercel's checkpoint", page(429, `<title>Vercel Security Checkpoint</title>`, "x-vercel-mitigated", "challenge"), "a/b", "blocked"},
	{"W12", "Vercel denies", page(403, `Forbidden`, "x-vercel-mitigated", "deny"), "a/b", "blocked"},
	{"W13", "Anubis in French, by its files", page(200, `<title>Vérification que vous n'êtes pas un robot</title><link rel="stylesheet" href="/.within.website/x/xess/xess.min.css"><p>Chargement...`), "a/b", "blocked"},
	{"W14", "Anubis without script", page(200, `<meta http-equiv="refresh" content="4; url=/.within.website/x/cmd/anubis/api/pass-challenge?redir=/a/b"><title>Making sure you're not a bot!</title>`), "a/b", "blocked"},
	{"W15", "Anubis refuses with a good status", page(200, `<title>Oh noes!</title><link href="/.within.website/x/xess/xess.css"><p>Access Denied: error code abc.`), "a/b", "blocked"},
	{"W16", "go-away's challenge", page(418, `<title>Checking you are not a bot</title>`), "a/b", "blocked"},
	{"W17", "Cloudflare bans by address", page(403, `<title>Access denied | x.test used Cloudflare to restrict access</title><span>Error 1020</span>`, "Server", "cloudflare"), "a/b", "blocked"},
	{"W18", "Cloudflare limits the rate", page(429, `<title>Access denied | x.test used Cloudflare to restrict access</title><span>Error 1015</span>`, "Server", "cloudflare"), "a/b", "rate-limited"},
	{"W19", "Cloudflare's interstitial with a good status", page(200, `<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript><script>(function(){window._cf_chl_opt={}})()</script>`), "a/b", "blocked"},
	{"W20", "Kasada", page(429, `<script>window.KPSDK={};</script>`, "x-kpsdk-ct", "0a"), "a/b", "blocked"},
	{"W21", "DDoS-Guard", page(403, `<title>DDoS-Guard</title>`, "Server", "ddos-guard"), "a/b", "blocked"},
	{"W22", "a shop's question whether we are a robot", page(200, `<title>Shop</title><form method="get" action="/errors/validateCaptcha"><p>Click the button below to continue shopping</p></form>`), "a/b", "blocked"},
	{"W23", "blocked by network security", page(403, `<title>Blocked</title><p>You've been blocked by network security.`), "a/b", "blocked"},
	{"W24", "a question whether we are human, in words", page(200, `<title>x.test</title><h1>Please verify you are a human</h1><p>Complete the security check to access x.test.`), "a/b", "blocked"},
	{"W25", "unusual traffic", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/sorry/index?continue=/a/b"), "/sorry/index": page(429, "<title>Sorry...</title>Our systems have detected unusual traffic from your computer network.")}), "a/b", "rate-limited"},
	{"W26", "not in your country", page(200, `<title>News</title><h1>This content is not available in your region</h1><p>We are sorry.`), "a/b", "blocked"},
	{"W27", "a redirect to what is not available here", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/not-available-in-your-country"), "/not-available-in-your-country": page(200, `<h1>Unavailable</h1>`)}), "a/b", "blocked"},
	{"W28", "an article about walls", page(200, `<title>How to pass "Just a moment..." pages</title><h1>Verify you are human</h1>`+filler(800)+`<p>They set _cf_chl_opt and ask to verify you are a human.`), "a/b", "alive"},
	{"W29", "a form with a captcha on a good page", page(200, `<title>Contact</title><script src="https://hcaptcha.com/1/api.js"></script>`+filler(60)+`<form><div class="g-recaptcha"></div></form>`), "contact", "alive"},
	{"W30", "an application that wants script", page(200, `<title>App</title><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div><script src="/m.js"></script>`), "", "alive"},
	{"W31", "403 to Go, 200 to a browser", byAgent(article, status(403)), "a/b", "alive"},
	{"W32", "403 until a cookie is there", byCookie(status(403), article), "a/b", "alive"},
	{"W33", "503 with Retry-After of an hour", status(503, "Retry-After", "3600"), "a/b", "transient"},
	{"W34", "202 and nothing", status(202), "a/b", "undecidable"},
	{"W35", "202 and a page", page(202, "<title>An article</title>"+filler(200)), "a/b", "alive"},
	{"W36", "a queue before the page", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/waiting-room?c=1&t=/a/b"), "/waiting-room": page(200, "<title>You are now in line</title>")}), "a/b", "transient"},

	// Statuses.
	{"X1", "402", status(402), "a", "auth"},
	{"X2", "407", status(407), "a", "auth"},
	{"X3", "412", status(412), "a", "negotiation"},
	{"X4", "415", status(415), "a", "negotiation"},
	{"X5", "421", status(421), "a", "negotiation"},
	{"X6", "425", status(425), "a", "transient"},
	{"X7", "426", status(426), "a", "negotiation"},
	{"X8", "431", status(431), "a", "negotiation"},
	{"X9", "414", status(414), "a", "undecidable"},
	{"X10", "400, wants a certificate", page(400, `<title>400 No required SSL certificate was sent</title>`), "a", "auth"},
	{"X11", "496", status(496), "a", "auth"},
	{"X12", "495", status(495), "a", "auth"},
	{"X13", "511, the network wants a login", status(511), "a", "transient"},
	{"X14", "520", status(520), "a", "transient"},
	{"X15", "525", status(525), "a", "transient"},
	{"X16", "530, an origin without a name", page(530, "error code: 1016", "Server", "cloudflare"), "a", "transient"},
	{"X17", "529", status(529), "a", "transient"},
	{"X18", "598", status(598), "a", "transient"},
	{"X19", "666", status(666), "a", "undecidable"},
	{"X20", "203", status(203), "a", "alive"},
	{"X21", "226", status(226), "a", "alive"},
	{"X22", "an empty page", text("text/html", ""), "a", "alive"},
	{"X23", "422", status(422), "a", "undecidable"},
	{"X24", "410 in a wall's words", page(410, "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"), "a", "blocked"},
	{"X25", "429 with a date that is past", inTurn(status(429, "Retry-After", "Mon, 02 Jan 2006 15:04:05 GMT"), article), "a", "alive"},
	{"X26", "429 with a Retry-After that is none", inTurn(status(429, "Retry-After", "soon"), article), "a", "alive"},
	{"X27", "404 of an application that a script shows", only("/", article, page(404, `<title>My app</title><div id="root"></div><script src="/main.js"></script>`)), "docs/x", "undecidable"},
	{"X28", "404 of an application that says so", only("/", article, page(404, `<title>404: This page could not be found</title><div id="__next"><h1>404</h1><p>This page could not be found.</p></div><script src="/main.js"></script>`)), "docs/x", "dead"},
	{"X29", "404 whose script leads on", only("/", article, page(404, `<title>Single Page Apps</title><script>var l=window.location;l.replace(l.protocol+'//'+l.host+'/?/'+l.pathname)</script>`)), "docs/x", "undecidable"},
	{"X30", "404 of a store of files, in XML", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>`)
	}, "a/b.pdf", "dead"},
	{"X31", "403 of a store of files", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>`)
	}, "a/b.pdf", "blocked"},
	{"X32", "404 in the plain words of an interface", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, `{"message":"Not Found"}`)
	}, "v1/x", "dead"},
	{"X33", "404, then 200", inTurn(status(404), article), "a", "alive"},
	{"X34", "404 to us, 403 to a browser", byAgent(status(403), status(404)), "a", "blocked"},
	{"X35", "451 without a word", status(451), "a", "legal"},
	{"X36", "423", status(423), "a", "undecidable"},

	// What comes between.
	{"Y1", "a visit elsewhere for a cookie, and back", routes(map[string]http.HandlerFunc{
		"/article/1": byCookie(to(303, "/authorize?response_type=cookie&client_id=x&redirect_uri=%2Farticle%2F1"), article),
		"/authorize": to(302, "/article/1"),
	}), "article/1", "alive"},
	{"Y2", "a login by another house", routes(map[string]http.HandlerFunc{
		"/wiki/x":                       to(302, "/tenant/oauth2/v2.0/authorize?client_id=1&response_type=code&redirect_uri=https%3A%2F%2Fx.test%2Fsignin&state=opaque"),
		"/tenant/oauth2/v2.0/authorize": page(200, "<title>Sign in to your account</title>"),
	}), "wiki/x", "auth"},
	{"Y3", "a login by SAML", routes(map[string]http.HandlerFunc{
		"/course/1":                 to(302, "/idp/profile/Redirect/SSO?SAMLRequest=fZ&RelayState=opaque"),
		"/idp/profile/Redirect/SSO": page(200, "<title>University</title><input type=password>"),
	}), "course/1", "auth"},
	{"Y4", "a wall for members", routes(map[string]http.HandlerFunc{"/in/x": to(302, "/authwall?sessionRedirect=%2Fin%2Fx"), "/authwall": page(200, "<title>Join</title>")}), "in/x", "auth"},
	{"Y5", "the login itself is what is linked", routes(map[string]http.HandlerFunc{"/login": to(302, "/users/sign_in"), "/users/sign_in": page(200, "<title>Sign in</title><input type=password>")}), "login", "alive"},
	{"Y6", "an article on logins that moved", routes(map[string]http.HandlerFunc{"/docs/login": to(301, "/guide/login"), "/guide/login": article}), "docs/login", "alive >/guide/login"},
	{"Y7", "a login in place of the page", page(200, `<title>Log in - Wiki</title><form method=post><input name=user><input type="password" name=pw></form>`), "pages/12", "auth"},
	{"Y8", "a small page with a login beside it", page(200, `<title>Bread</title>`+filler(40)+`<form><input type="password"></form>`), "pages/12", "alive"},
	{"Y9", "a question about cookies, elsewhere", routes(map[string]http.HandlerFunc{"/news/1": to(302, "/consent?brandType=x&done=%2Fnews%2F1"), "/consent": page(200, "<title>Before you continue</title>"+filler(90))}), "news/1", "undecidable"},
	{"Y10", "a question about age", routes(map[string]http.HandlerFunc{"/wine/1": to(302, "/age-gate?return=%2Fwine%2F1"), "/age-gate": page(200, "<title>Your age</title>")}), "wine/1", "undecidable"},
	{"Y11", "a page for errors", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/Error.aspx?aspxerrorpath=/a/b"), "/Error.aspx": page(200, "<title>Error</title><p>An error occurred.")}), "a/b", "undecidable"},
	{"Y12", "a page for errors that says what is missing", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/error" {
			page(200, "<title>Page not found</title><p>The page you requested was not found.")(w, r)
		} else {
			to(302, "/error")(w, r)
		}
	}, "a/b", "dead"},
	{"Y13", "a page for maintenance", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/maintenance.html"), "/maintenance.html": page(200, "<title>Back soon</title>")}), "a/b", "transient"},
	{"Y14", "a circle for robots only", byAgent(article, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }), "a", "alive"},
	{"Y15", "Location with a space", routes(map[string]http.HandlerFunc{"/a": to(301, "/b c"), "/b c": article}), "a", "alive >/b%20c"},
	{"Y16", "Location relative to a folder", routes(map[string]http.HandlerFunc{"/x/y/a": to(302, "../b"), "/x/b": article}), "x/y/a", "alive"},
	{"Y17", "Location is a query", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "" {
			to(302, "?page=1")(w, r)
		} else {
			article(w, r)
		}
	}, "a", "alive"},
	{"Y18", "an empty Location", to(302, ""), "a", "undecidable"},
	{"Y19", "a cookie, then itself, for good", byCookie(func(w http.ResponseWriter, r *http.Request) { to(301, r.URL.Path)(w, r) }, article), "a", "alive"},
	{"Y20", "for good, for now, for good", routes(map[string]http.HandlerFunc{"/a": to(301, "/b"), "/b": to(302, "/c"), "/c": to(301, "/d"), "/d": article}), "a", "alive >/b"},
	{"Y21", "301 to a language", routes(map[string]http.HandlerFunc{"/a": to(302, "/en/a"), "/en/a": article}), "a", "alive"},
	{"Y22", "the header Refresh", routes(map[string]http.HandlerFunc{"/a": page(200, "<p>Moved.", "Refresh", "0; url=/b"), "/b": article}), "a", "alive >/b"},
	{"Y23", "the header Refresh, after a while", page(200, "<p>News.", "Refresh", "300"), "a", "alive"},
	{"Y24", "a redirect to an application", to(302, "itms-apps://apps.example/app/id1"), "a", "undecidable"},
	{"Y25", "a redirect to a file of the reader's", to(302, "file:///etc/passwd"), "a", "dead"},
	{"Y26", "a script with an address in a handler", page(200, `<title>x</title>`+filler(200)+`<script>function go(){window.location="/b"}</script>`), "a", "alive"},
	{"Y27", "a canonical address elsewhere", page(200, `<title>x</title><link rel="canonical" href="https://elsewhere.test/a">`+filler(100)), "a", "alive"},
	{"Y28", "301 that adds what is for one visit", routes(map[string]http.HandlerFunc{"/a": to(302, "/a;jsessionid=1"), "/a;jsessionid=1": article}), "a", "alive"},
	{"Y29", "to a shop that is closed with a password", routes(map[string]http.HandlerFunc{"/products/x": to(302, "/password"), "/password": page(200, "<title>Opening soon</title><input type=password>")}), "products/x", "auth"},
	{"Y30", "to a site that is suspended", routes(map[string]http.HandlerFunc{"/a/b": to(302, "/cgi-sys/suspendedpage.cgi"), "/cgi-sys/suspendedpage.cgi": page(200, "<title>Account Suspended</title>")}), "a/b", "undecidable"},
	{"Y31", "a login that answers 403 to us", routes(map[string]http.HandlerFunc{"/d/1": to(302, "/accounts/login?continue=/d/1"), "/accounts/login": status(403)}), "d/1", "auth"},

	// What the page says.
	{"Z1", "not found, in German", page(200, `<title>Seite nicht gefunden – Beispiel</title><h1>Seite nicht gefunden</h1>`+filler(400)), "alt/x", "dead"},
	{"Z2", "not found, in Japanese", page(200, `<title>お探しのページは見つかりません</title><p>お探しのページは見つかりませんでした。`), "a/x", "dead"},
	{"Z3", "not found, in Spanish", page(200, `<title>Página no encontrada | Ejemplo</title>`+filler(400)), "a/x", "dead"},
	{"Z4", "not found, in French", page(200, `<title>Page introuvable - Le Site</title>`+filler(400)), "a/x", "dead"},
	{"Z5", "not found, in Polish", page(200, `<title>Nie znaleziono strony</title><p>Strona nie istnieje.`), "a/x", "dead"},
	{"Z6", "not found, in Turkish", page(200, `<title>Sayfa bulunamadı</title><p>Aradığınız sayfa bulunamadı.`), "a/x", "dead"},
	{"Z7", "not found, on a long page", page(200, `<title>Example</title><nav>`+filler(200)+`</nav><h1>Oops! Page not found</h1>`+filler(200)), "a/x", "dead"},
	{"Z8", "a site that its owner took down", page(200, `<title>foo.blog.test is no longer available</title><h1>foo.blog.test is no longer available.</h1><p>The authors have deleted this site.`), "", "dead"},
	{"Z9", "a server that nobody has set up", page(200, `<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working. Further configuration is required.`), "papers/x.html", "undecidable"},
	{"Z10", "a server that nobody has set up, by Debian", page(200, `<title>Apache2 Debian Default Page: It works</title>`+filler(300)), "papers/x.html", "undecidable"},
	{"Z11", "an account that is suspended", page(200, `<title>Account Suspended</title><h1>This Account has been suspended.</h1><p>Contact your hosting provider.`), "a", "undecidable"},
	{"Z11b", "a shop that is closed", page(200, `<title>This shop is currently unavailable</title><p>Sorry.`), "a", "undecidable"},
	{"Z11c", "a video that nobody sees", page(200, `<title> - YouTube</title><script>var ytInitialData = {};</script>`), "watch", "undecidable"},
	{"Z11d", "a video", page(200, `<title>How tides work - YouTube</title>`+filler(200)), "watch", "alive"},
	{"Z12", "parked, by a key for those who block ads", page(200, `<!doctype html><html data-adblockkey="MFwwDQYJ" lang="en"><head><title>x.test</title></head><body><div id="target"></div><script src="/b.js"></script></body></html>`), "a/b", "dead"},
	{"Z13", "for sale, in German", page(200, `<title>beispiel.de steht zum Verkauf</title><h1>Diese Domain steht zum Verkauf!</h1>`), "a", "dead"},
	{"Z14", "expired", page(200, `<title>x.test</title><h1>This domain has expired</h1><p>Renew it now.`), "a", "dead"},
	{"Z15", "a note about a name for sale", only("/notes/1", page(200, `<title>Notes of a week</title>`+filler(100)+`<p>The domain bread.test is for sale, I hear.`), status(404)), "notes/1", "alive"},
	{"Z16", "a question titled by a name for sale", only("/item/1", page(200, `<title>The domain bread.test is for sale | Forum</title>`+filler(150)), status(404)), "item/1", "alive"},
	{"Z17", "an article named 404", only("/songs/404", page(200, `<title>404</title><h1>404</h1>`+filler(200)), status(404)), "songs/404", "alive"},
	{"Z18", "an article that ends with what is not found", only("/a", page(200, `<title>Lost ships</title>`+filler(30)+`<p>The wreck was not found.`), status(404)), "a", "alive"},
	{"Z19", "not found, of a video, on a host of videos", only("/v/1", page(200, `<title>Video unavailable</title><p>This video is no longer available.`), page(200, `<title>Videos</title>`+filler(100))), "v/1", "alive"},

	// Bodies and frames.
	{"V1", "a header that is none", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nthis is no header\r\nContent-Length: 2\r\n\r\nhi"), "", "undecidable"},
	{"V2", "Transfer-Encoding: identity", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nhi"), "", "undecidable"},
	{"V3", "a length that is none", raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhi"), "", "undecidable"},
	{"V4", "a page without a header", raw("<html><p>hello</html>"), "", "dead"},
	{"V5", "chunks that break off", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz"), "", "transient"},
	{"V6", "chunks without an end", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "", "transient"},
	{"V7", "a bomb", packed("gzip", func([]byte) []byte { return bomb }), "", "alive ?sec1"},
	{"V8", "gzip that ends early", packed("gzip", func(src []byte) []byte { z := gzipped(src); return z[:len(z)-12] }), "", "alive ?missing"},
	{"V9", "gzip, and nothing in it", packed("gzip", func([]byte) []byte { return nil }), "", "alive"},
	{"V10", "a page as text", text("text/plain", anchors), "", "alive ?sec1"},
	{"V11", "a page as a download", text("application/octet-stream", anchors), "", "alive ?sec1"},
	{"V12", "an id at the end of 10 MB", text("text/html", strings.Repeat("<p>word</p>", 900_000)+"<p id=late>"), "", "alive ?late"},
	{"V13", "an end that is not told, with both lengths", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"), "", "alive"},
	{"V14", "more than was promised", raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 14\r\n\r\n<p id=a>hello</p> and more"), "", "alive +a"},
	{"V15", "lines that end with LF alone", raw("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 8\n\n<p id=a>"), "", "alive +a"},
	{"V16", "2 MB of headers", raw("HTTP/1.1 200 OK\r\nX-A: " + strings.Repeat("a", 2<<20) + "\r\n\r\n"), "", "transient"},
	{"V17", "a feed", text("application/rss+xml", "<rss/>"), "", "alive ?x"},
	{"V18", "ids with entities, cases and marks", text("text/html", `<p id="a&amp;b"><p id="Ünï"><p id="q?x"><p ID=Up><svg><g id="in-svg"/></svg>`+filler(60)), "", "alive +a%26b +%C3%9Cn%C3%AF +q?x +Up +in-svg -up"},
	{"V19", "an id in a comment", text("text/html", `<!-- <p id="no"> --><p id="yes">`+filler(60)), "", "alive +yes -no"},
	{"V20", "headers that come slowly", func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		defer func() { _ = conn.Close() }()
		_, err = conn.Write([]byte("HTTP/1.1 200 OK\r\nX-A: "))
		for err == nil && r.Context().Err() == nil {
			time.Sleep(25 * time.Millisecond)
			_, err = conn.Write([]byte("a"))
		}
	}, "", "transient"},
	{"V21", "content negotiation by Accept", unless(406, func(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }), "a", "alive"},
	{"V22", "HSTS and Alt-Svc", page(200, "<p>hello", "Strict-Transport-Security", "max-age=1", "Alt-Svc", `h3=":443"`), "a", "alive"},
	{"V23", "a body with 204", raw("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), "", "alive"},
	{"V24", "a charset that lies", text("text/html; charset=nonsense", "<p id=a>"+filler(60)), "", "alive +a -b"},
}

func TestWildBehaviours(t *testing.T) { testBehaviors(t, wild, 3) }
