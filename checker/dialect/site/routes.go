package site

import (
	"path"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// Routes are the addresses of pages on a site, from its root and without slashes
// around them, and the files that the pages are made of.
type Routes map[string]string

// Add adds a page. The first of an address stays.
func (r Routes) Add(url, file string) {
	url = strings.Trim(url, "/")
	if _, taken := r[url]; !taken {
		r[url] = file
	}
}

// At returns the page at an address.
func (r Routes) At(url string) (string, bool) {
	url = strings.Trim(path.Clean("/"+url), "/")
	for _, form := range []string{url, strings.TrimSuffix(url, ".html"), strings.TrimSuffix(strings.TrimSuffix(url, "index.html"), "/")} {
		if file, ok := r[form]; ok {
			return file, true
		}
	}
	file, ok := r[url+".html"]
	return file, ok
}

// Find returns the page to which a relative path leads from the page at an address,
// which is a folder or a file.
func (r Routes) Find(from string, folder bool, target string) (string, bool) {
	if !folder && from != "" {
		from = path.Dir(from)
	}
	at := path.Join(from, target)
	if at == ".." || strings.HasPrefix(at, "../") {
		return "", false
	}
	return r.At(at)
}

// Lenient returns a resolution of which only the good is believed.
func Lenient(r bookcheck.Resolution) bookcheck.Resolution {
	if r.Outcome > bookcheck.Resolved {
		return bookcheck.Resolution{}
	}
	return r
}

// Includes tells whether a chapter includes other files.
func Includes(chapter *bookcheck.Chapter) bool {
	for _, link := range chapter.Links {
		if link.Kind == bookcheck.Include {
			return true
		}
	}
	return false
}
