package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/checker/fetch"
)

// lockName is the file beside a book that holds what was learned about the pages
// that it leads to.
const lockName = "bookcheck.lock"

// network returns what asks the web.
func (o *options) network(env *environment, p *place, clock func() time.Time) (*fetch.Client, error) {
	headers, err := o.parseHeaders()
	if err != nil {
		return nil, err
	}
	if token := env.getenv("GITHUB_TOKEN"); token != "" {
		headers = append(headers, fetch.Header{Host: "api.github.com", Name: "Authorization", Value: "Bearer " + token})
	}
	settings := fetch.Options{Timeout: o.timeout, AllowPrivate: o.allowPrivate, Headers: headers, Now: clock}
	lock, asked := o.lockFile(p)
	if settings.Memory = lock; !asked {
		settings.Memory = cacheFile()
	}
	return fetch.New(settings)
}

func (o *options) parseHeaders() ([]fetch.Header, error) {
	var headers []fetch.Header
	for _, text := range o.headers {
		host, header, found := strings.Cut(text, "=")
		name, value, colon := strings.Cut(header, ":")
		if !found || !colon || host == "" || name == "" {
			return nil, fmt.Errorf("--header %s: write it as HOST=NAME: VALUE", text)
		}
		headers = append(headers, fetch.Header{Host: host, Name: strings.TrimSpace(name), Value: strings.TrimSpace(value)})
	}
	return headers, nil
}

// lockFile returns the lock file of the book, and whether it is to be used: if it
// is there, or if it was asked for.
func (o *options) lockFile(p *place) (file string, use bool) {
	if p.top == "" {
		return "", false
	}
	dir := filepath.Join(p.top, filepath.FromSlash(p.paths[0]))
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		dir = filepath.Dir(dir)
	}
	root := checker.Root(os.DirFS(p.top), from(p.top, dir))
	file = filepath.Join(p.top, filepath.FromSlash(root), lockName)
	_, err := os.Stat(file)
	return file, o.lock || err == nil
}

// cacheFile returns where answers are remembered for the user, or "" if there is
// no such place.
func cacheFile() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "bookcheck", "pages")
}
