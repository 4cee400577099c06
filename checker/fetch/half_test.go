package fetch

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/bookcheck/bookcheck"
)

// smallPDF returns a paper of one page that says something.
func smallPDF(text string) []byte {
	program := "BT /F 10 Tf 50 700 Td (" + text + ") Tj ET"
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n")
	b.WriteString("3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >> >> >>\nendobj\n")
	fmt.Fprintf(&b, "4 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n", len(program), program)
	b.WriteString("5 0 obj\n<< /Title (Some Paper) /Author (A. One and B. Two) >>\nendobj\ntrailer\n<< /Root 1 0 R /Info 5 0 R >>\n%%EOF\n")
	return b.Bytes()
}

func TestPapers(t *testing.T) {
	var sick atomic.Bool
	arXiv := func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/abs/2302.13971":
			_, _ = w.Write([]byte(`<title>[2302.13971] LLaMA</title><meta name="citation_title" content="LLaMA"><meta name="citation_author" content="Touvron, Hugo"><blockquote>Abstract: trillions of tokens</blockquote>`))
		case "/pdf/2302.13971":
			if sick.Load() {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			http.Redirect(w, r, "/pdf/2302.13971v1", http.StatusFound)
		case "/pdf/2302.13971v1":
			w.Header().Set("Content-Type", "application/pdf")
			_, _ = w.Write(smallPDF("It has seen 1.4 trillion tokens."))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}
	mirror := serveAt(t, "127.0.0.7", arXiv)
	own := serve(t, arXiv)
	ask := func(url, resolver string) *bookcheck.Page {
		c := newClient(t, func(o *Options) { o.Resolvers = map[string]string{"all": "off", "arxiv": resolver} })
		dialTo(c, map[string]string{
			"arxiv.org:80":                        strings.TrimPrefix(own, "http://"),
			strings.TrimPrefix(mirror, "http://"): strings.TrimPrefix(mirror, "http://"),
		})
		return fetchOne(t, c, url, bookcheck.Status|bookcheck.Text)
	}
	const abstract, paper = "Abstract: trillions of tokens", "It has seen 1.4 trillion tokens."

	for _, url := range []string{"http://arxiv.org/abs/2302.13971", "http://arxiv.org/pdf/2302.13971"} {
		page := ask(url, mirror)
		if page.Verdict != bookcheck.Alive || page.Text != abstract+"\n"+paper || page.Truncated || page.Title != "[2302.13971] LLaMA" || page.Imprint.Title != "LLaMA" {
			t.Errorf("%s: got %+v", url, page)
		}
	}
	for url, want := range map[string]string{
		"http://arxiv.org/abs/2302.13971": abstract + " (cut)",
		"http://arxiv.org/pdf/2302.13971": paper,
	} {
		if got := quoted(ask(url, "off")); got != want {
			t.Errorf("nobody to be asked about %s: got %q, want %q", url, got, want)
		}
	}
	metadata := func(url string) *bookcheck.Page {
		c := newClient(t, func(o *Options) { o.Resolvers = map[string]string{"all": "off", "arxiv": mirror} })
		dialTo(c, map[string]string{
			"arxiv.org:80":                        strings.TrimPrefix(own, "http://"),
			strings.TrimPrefix(mirror, "http://"): strings.TrimPrefix(mirror, "http://"),
		})
		return fetchOne(t, c, url, bookcheck.Status|bookcheck.Metadata)
	}
	for _, url := range []string{"http://arxiv.org/abs/2302.13971", "http://arxiv.org/pdf/2302.13971"} {
		if page := metadata(url); page.Verdict != bookcheck.Alive || page.Imprint == nil || page.Imprint.Title != "LLaMA" || page.Text != "" || page.Unread != "" {
			t.Errorf("what %s is: got %+v", url, page)
		}
	}
	sick.Store(true)
	if got, want := quoted(ask("http://arxiv.org/abs/2302.13971", mirror)), abstract+" (cut)"; got != want {
		t.Errorf("the paper is out of reach: got %q, want %q", got, want)
	}
}

// quoted returns the text of a page, or why there is none.
func quoted(page *bookcheck.Page) string {
	text := page.Text
	if page.Truncated {
		text += " (cut)"
	}
	if page.Unread != "" {
		text += " (" + page.Unread + ")"
	}
	return text
}

// A registry knows that a work is there; what it says, only the page does.
func TestTextBehindARegistry(t *testing.T) {
	registry := serveAt(t, "127.0.0.7", func(w http.ResponseWriter, r *http.Request) {
		code := 1
		if strings.Contains(r.URL.Path, "gone") {
			code = 100
		}
		_, _ = fmt.Fprintf(w, `{"responseCode":%d}`, code)
	})
	publisher := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/10.1/open":
			http.Redirect(w, r, "/article", http.StatusMovedPermanently)
		case "/article":
			_, _ = w.Write([]byte(`<title>Article</title><p>40 % of tides.`))
		default:
			w.WriteHeader(http.StatusForbidden)
		}
	})
	c := newClient(t, func(o *Options) { o.Resolvers = map[string]string{"all": "off", "doi": registry} })
	dialTo(c, map[string]string{strings.TrimPrefix(registry, "http://"): strings.TrimPrefix(registry, "http://"), "doi.org:80": strings.TrimPrefix(publisher, "http://")})
	for url, want := range map[string]string{
		"http://doi.org/10.1/open":   "alive: is a registered DOI: 40 % of tides.",
		"http://doi.org/10.1/closed": "alive: is a registered DOI:  (cannot be read: it answers 403 Forbidden)",
		"http://doi.org/10.1/gone":   "dead: is not a registered DOI: ",
	} {
		page := fetchOne(t, c, url, bookcheck.Status|bookcheck.Text)
		if got := describe(page, "", "x") + ": " + page.Reason + ": " + quoted(page); got != want {
			t.Errorf("%s:\n got %s\nwant %s", url, got, want)
		}
	}
}

// What stands before a page, and what is no text, has no text but says why.
func TestUnread(t *testing.T) {
	base := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/login":
			_, _ = w.Write([]byte(`<title>Sign in - Site</title><form>Name <input> <input type="password"></form>`))
		case "/consent":
			_, _ = w.Write([]byte(`<title>Before you continue to Tube</title><p>We use cookies.`))
		case "/about-logins":
			_, _ = w.Write([]byte(`<title>Login pages</title>` + strings.Repeat("<p>What a login page is for.", 100) + `<input type="password">`))
		case "/image":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("\x89PNG"))
		case "/broken.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			_, _ = w.Write(smallPDF("x")[:40])
		case "/wall":
			w.Header().Set("Cf-Mitigated", "challenge")
			_, _ = w.Write([]byte("<title>Just a moment...</title><p>No 7 billion here"))
		case "/paper.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			_, _ = w.Write(smallPDF("It has 7 billion parameters."))
		case "/download.pdf":
			w.Header().Set("Content-Type", "binary/octet-stream")
			_, _ = w.Write(smallPDF("It has 7 billion parameters."))
		case "/scripted":
			_, _ = w.Write([]byte(`<title>App</title><nav>` + strings.Repeat("Some menu. ", 40) + `</nav><div id="__next"></div><script src="a.js"></script><script id="__NEXT_DATA__" type="application/json">` + strings.Repeat(`{"params": "7 billion"}`, 200) + `</script>`))
		case "/data.json":
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"parameters": 7000000000}`))
		case "/gone":
			w.WriteHeader(http.StatusGone)
			_, _ = w.Write([]byte("<p>It had 7 billion."))
		}
	})
	for path, want := range map[string]string{
		"/login":      " (asks for a login)",
		"/consent":    " (shows something else first: Before you continue to Tube)",
		"/image":      " (is no text)",
		"/broken.pdf": " (is a damaged PDF)",
		"/wall":       "",
		"/gone":       "",
		"/paper.pdf":  "It has 7 billion parameters.",
		"/data.json":  "parameters: 7000000000",

		"/download.pdf": "It has 7 billion parameters.",
		"/scripted":     strings.TrimSpace(strings.Repeat("Some menu. ", 40)),
	} {
		page := fetchOne(t, newClient(t, nil), base+path, bookcheck.Status|bookcheck.Text)
		if page.Scripted != (path == "/scripted") {
			t.Errorf("%s: scripted is %t", path, page.Scripted)
		}
		if got := strings.TrimRight(quoted(page), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	page := fetchOne(t, newClient(t, nil), base+"/about-logins", bookcheck.Status|bookcheck.Text)
	if page.Text == "" {
		t.Errorf("a page about logins is taken for one: %s", page.Unread)
	}
	paper := fetchOne(t, newClient(t, nil), base+"/paper.pdf", bookcheck.Text).Imprint
	if paper == nil || paper.Title != "Some Paper" || len(paper.Authors) != 2 || paper.Kind != "pdf" {
		t.Errorf("imprint %+v", paper)
	}
}
