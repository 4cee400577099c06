package resolver

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// goModules rescues where pkg.go.dev does not tell. A path that is no module may be
// that of a package in one.
var goModules = Resolver{Name: "go", Base: "https://proxy.golang.org", Rescue: true, Ask: func(base string, page *url.URL) *Question {
	path, version, _ := strings.Cut(strings.Trim(page.Path, "/"), "@")
	host, _, _ := strings.Cut(path, "/")
	if !on(page, "pkg.go.dev") || !strings.Contains(host, ".") {
		return nil // the standard library
	}
	address := base + "/" + escapeModule(path) + "/@latest"
	if version != "" {
		version, _, _ = strings.Cut(version, "/")
		address = base + "/" + escapeModule(path) + "/@v/" + escapeModule(version) + ".info"
	}
	return &Question{URL: address, Judge: func(a *Answer) Finding {
		if a.Code != http.StatusOK {
			return Finding{}
		}
		return alive("is a Go module")
	}}
}}

// escapeModule writes capital letters as the module proxy wants them.
func escapeModule(path string) string {
	var b strings.Builder
	for _, r := range path {
		if unicode.IsUpper(r) {
			b.WriteByte('!')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
