package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"path"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A landmark is an address of a host that no link leads to, and that is asked for
// because it tells something about the host: its front page, an address that cannot
// exist, its robots.txt. Each kind is asked for at most once a host, and the first
// two never both: a front page only where nothing but 404 was seen.
type landmark struct {
	kind    landmarkKind
	host    *host
	known   bool
	code    int // status of its last answer; 0: it had none
	shape   sketch
	absent  string        // what it says if that is only that there is no page; "": it says more
	delay   time.Duration // that robots.txt asks for between two requests
	waiting []*probe      // pages whose verdict depends on it; probe.last says how
}

type landmarkKind int

const (
	sibling  landmarkKind = iota // an address beside a page that cannot exist
	front                        // the front page
	manners                      // robots.txt, for its Crawl-delay
	nowhere                      // not a kind
	numKinds = nowhere
)

// A comparison is what a decision still depends on: it holds unless a landmark of
// the page's host looks like the page.
type comparison struct {
	kind   landmarkKind
	code   int
	shape  sketch
	absent string
	alike  *decision // that holds if it does
}

// against makes a decision depend on a landmark.
func (d decision) against(kind landmarkKind, f *finding, alike decision) decision {
	d.act = compare
	d.comparison = &comparison{kind: kind, code: f.code, shape: f.sketch(), absent: f.document.absence(), alike: &alike}
	return d
}

// resolve returns the decision that holds, now that the landmark is known.
func (d decision) resolve(l *landmark) decision {
	final := d
	c := d.comparison
	if l.known && l.code == c.code && (l.shape.like(c.shape) || c.absent != "" && l.absent == c.absent) {
		final = *c.alike
		final.document, final.truncated, final.code = d.document, d.truncated, d.code
	}
	final.act, final.comparison = settle, nil
	return final
}

// address returns where a landmark of the host of a page lies. One that cannot
// exist is made of the page's own address, so that a run can be repeated.
func (k landmarkKind) address(page *url.URL) *url.URL {
	u := &url.URL{Scheme: page.Scheme, Host: page.Host, Path: "/"}
	switch k {
	case sibling:
		sum := sha256.Sum256([]byte(page.String()))
		u.Path = path.Join("/", path.Dir(page.Path), "bookcheck-"+hex.EncodeToString(sum[:6]))
	case manners:
		u.Path = "/robots.txt"
	case front, nowhere:
	}
	return u
}

// newLandmark returns a landmark and the probe that asks for it, as a browser does,
// since that is how pages are asked for before they are believed to be gone.
func newLandmark(o *Options, kind landmarkKind, h *host, page *url.URL) (*landmark, *probe) {
	l := &landmark{kind: kind, host: h}
	p := newProbe(o, kind.address(page), bookcheck.Want{})
	p.landmark, p.browser = l, kind != manners
	return l, p
}

// note keeps what an exchange says about a landmark.
func (l *landmark) note(f *finding) {
	l.code = f.code
	if l.kind == front && !isFront(f.url) {
		l.code = 0 // it leads elsewhere, so the host does not treat every page alike
	}
	if l.kind != manners {
		l.shape, l.absent = f.sketch(), f.document.absence()
	} else if f.code == http.StatusOK {
		l.delay = crawlDelay(f.body.bytes())
	}
}

// sketch returns the sketch of what came back: of its text, or, where scripts make
// the text, of its source.
func (f *finding) sketch() sketch {
	d := f.document
	if d.isMarkup && !d.isScripted() {
		return sketchOf(d.title+"\n"+f.text(), f.url.Path)
	}
	return sketchOf(string(f.body.bytes()), f.url.Path)
}
