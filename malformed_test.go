package bookcheck_test

import (
	"testing"

	"github.com/bookcheck/bookcheck"
)

func TestMalformed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ target, why, meant string }{
		{"hhttps://a.test/x", "no scheme is called hhttps", "https://a.test/x"},
		{"htpps://a.test/x", "no scheme is called htpps", "https://a.test/x"},
		{"ttp://a.test", "no scheme is called ttp", "http://a.test"},
		{"mailt:a@b.test", "no scheme is called mailt", "mailto:a@b.test"},
		{"http:/a.test/x", "two slashes must follow http:", "http://a.test/x"},
		{"https:///a.test", "two slashes must follow https:", "https://a.test"},
		{`https:\\a.test`, "two slashes must follow https:", "https://a.test"},
		{"https:a.test", "two slashes must follow https:", "https://a.test"},
		{"https://", "it names no host", ""},
		{"https//a.test/x", "the colon after https is missing", "https://a.test/x"},
		{"http;//a.test", "a colon must follow http", "http://a.test"},
		{"https://https://a.test", "it begins twice", "https://a.test"},
		{"http://https//a.test", "it begins twice", "https://a.test"},
		{"https://a..test/x", "no host is called a..test", ""},
		{"www.a.test/x", "without https:// it names a file of the book", "https://www.a.test/x"},

		{"https://a.test/x", "", ""},
		{"HTTPS://a.test:8080/?a=http://b.test", "", ""},
		{"https://web.archive.test/web/2020/http://a.test", "", ""},
		{"sftp://a.test", "", ""},
		{"rtp://a.test", "", ""},
		{"doi:10.1/x", "", ""},
		{"fig:one", "", ""},
		{"mailto:a@b.test", "", ""},
		{"http/x.md", "", ""},
		{"httpd.md", "", ""},
		{"https-only.md", "", ""},
		{"www.md", "", ""},
		{"https://{host}/x", "", ""},
		{"C:/x", "", ""},
		{"#x", "", ""},
		{"", "", ""},
	} {
		why, meant := (&bookcheck.Link{Target: c.target}).Malformed()
		if why != c.why || meant != c.meant {
			t.Errorf("%q: got %q, %q, want %q, %q", c.target, why, meant, c.why, c.meant)
		}
	}
}
