package fetch

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

const everything = bookcheck.Status | bookcheck.Anchors | bookcheck.Text

func readString(contentType, src string) *document {
	return readDocument(&body{buf: bytes.NewBufferString(src), fullType: contentType, mediaType: mediaTypeOf(contentType)}, everything)
}

func TestText(t *testing.T) {
	const src = `<html><head><title> A
	title </title><style>p{}</style><script>var x = "<p>no</p>"</script></head>
	<body><h1>One</h1><p>Some <b>bold</b>, <i>and</i> more&nbsp;text &amp; entities.</p>
	<noscript>Turn it on.</noscript><template><p>Later.</p></template><ul><li>a<li>b</ul><!-- no -->
	` + "<p>" + "</body></html>"
	d := readString("text/html", src)
	if d.title != "A title" {
		t.Errorf("title %q", d.title)
	}
	got := strings.Join(strings.Fields(d.text), " ")
	if want := "One Some bold, and more text & entities. a b"; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

func TestRefresh(t *testing.T) {
	for content, want := range map[string]string{
		"0; url=/a":      "0 /a",
		"0;URL='/a'":     "0 /a",
		`5 ; url = "/a"`: "5 /a",
		"0, url=/a":      "0 /a",
		"0;/a":           "0 /a",
		"0 url=/a":       "0 /a",
		"0.5; url=/a":    "0.5 /a",
		"0; url=url=x":   "0 url=x",
		"0; urls":        "0 urls",
		"3":              "none",
		"":               "none",
		"x; url=/a":      "none",
		"-1; url=/a":     "none",
		"NaN; url=/a":    "none",
		"0; url=":        "none",
	} {
		got := "none"
		if r := parseRefresh(content); r != nil {
			got = fmt.Sprint(r.delay, " ", r.target)
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", content, got, want)
		}
	}
}

func TestSoftNotFound(t *testing.T) {
	for title, want := range map[string]bool{
		"404":                      true,
		"404 Not Found":            true,
		"Page not found":           true,
		"Error 404 (Not Found)!!1": true,
		"404. That’s an error.":    true,
		"We can’t find the page you’re looking for": true,
		"Uh oh! Page not found":                     true,
		"Product not found - Shop":                  true,
		"Video unavailable":                         true,
		"Erreur 404":                                true,
		"Missing":                                   false,
		"Removed":                                   false,
		"Unavailable":                               false,
		"404 - Page Not Found":                      true,
		"Page Not Found - 404":                      true,
		"Not found | Example":                       true,
		"Example: Page not found":                   true,
		"Sorry, this page does not exist":           true,
		"The page could not be found":               true,
		"This page is no longer available · Shop":   true,
		"This page doesn't exist":                   true,
		"File was removed":                          true,
		"Found":                                     false,
		"Page":                                      false,
		"The page":                                  false,
		"Error":                                     false,
		"Error handling in Go":                      false,
		"What a 404 page is for":                    false,
		"Not found in nature: a list":               false,
		"Area 404":                                  false,
		"":                                          false,
		"!":                                         false,
	} {
		if got := (&document{title: title}).saysNotFound(); got != want {
			t.Errorf("%q: got %t, want %t", title, got, want)
		}
	}
}

func TestNearSchemes(t *testing.T) {
	for scheme, want := range map[string]bool{
		"htp": true, "htttp": true, "hhtp": true, "httpss": true, "htps": true, "ttp": true, "hptt": false, "hxxp": false,
		"http": false, "https": false, "ftp": false, "at": false, "mailto": false, "": false,
	} {
		if got := misspelled(scheme); got != want {
			t.Errorf("misspelled(%q) = %t, want %t", scheme, got, want)
		}
	}
}

func FuzzReadDocument(f *testing.F) {
	for _, contentType := range []string{"text/html", "application/xhtml+xml", "text/markdown", "text/plain; charset=utf-16", "text/html; charset=koi8-r"} {
		f.Add(contentType, anchors)
		f.Add(contentType, "<title>\x1b]0;x\x07</title><meta http-equiv=refresh content='0;url=x'><script>location.href='y'</script><a id=\xff>")
		f.Add(contentType, "# One\n```\n# Two\n")
		f.Add(contentType, "#\n# *!*\n")
	}
	f.Fuzz(func(t *testing.T, contentType, src string) {
		d := readString(contentType, src)
		if utf8.RuneCountInString(d.title) > titleLimit || strings.ContainsFunc(d.title, unicode.IsControl) {
			t.Errorf("title %q", d.title)
		}
		if d.anchors[""] {
			t.Error("an anchor without a name")
		}
		if d.refresh != nil && (d.refresh.target == "" || !(d.refresh.delay >= 0)) {
			t.Errorf("refresh %+v", d.refresh)
		}
		d.saysNotFound()
	})
}

func FuzzAdmit(f *testing.F) {
	for _, address := range []string{"http://example.org/a?b#c", "HTTP://EXAMPLE.org:80/../x", "//example.org", "http://[::1]:99999/", "htp://x", "http://bücher.example/%zz", "http://a\tb/"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, known := admit(address)
		if (u == nil) == (known == nil) {
			t.Fatalf("%q: got %v and %v, want one of them", address, u, known)
		}
		if u == nil {
			if known.Reason == "" || known.Verdict == bookcheck.Unsure && known.Doubt == "" {
				t.Fatalf("%q: no reason: %+v", address, known)
			}
			return
		}
		if !isWeb(u) || u.Hostname() == "" || u.Fragment != "" {
			t.Fatalf("%q: would ask %s", address, u)
		}
		if again, err := parseURL(u.String()); err != nil || again.String() != u.String() {
			t.Fatalf("%q: %s becomes %v, %v", address, u, again, err)
		}
	})
}

func BenchmarkReadHTML(b *testing.B) {
	src := []byte("<!doctype html><title>A page</title>" + strings.Repeat(`<h2 id="s1">Section</h2><p class="x">Some <a href="/y">text</a> of a page, of the usual length.</p>`, 200))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		readHTML(src, "text/html", bookcheck.Status)
	}
}
