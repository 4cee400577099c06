package ruletest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A web is a network of which every answer is known beforehand. It speaks as
// package fetch does.
type web struct {
	answers map[string][]string // the words after the URL
	texts   map[string]string   // of pages
	unknown []string            // URLs that were asked for and are not described
}

// readWeb reads lines of the form "URL answer". A good status may be followed by
// what is known of the page: "#name" for each anchor it has, "title=Its_title",
// "was=Its_title_before", "secure=URL", "parked", "scripted", and what it says of
// itself: "work=A_title", "by=Doe,_Jo;Roe,_Al", "published=2023-07-18". A status of a page that is
// gone may be followed by "archived=URL". A redirect may be followed by "login". Empty
// lines and those that begin with # are left out. A page whose text is given answers
// 200 unless a line says more.
func readWeb(text string, texts map[string]string) (*web, error) {
	w := &web{answers: make(map[string][]string), texts: texts}
	for address := range texts {
		w.answers[address] = []string{"200"}
	}
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) < 2 {
			return nil, fmt.Errorf("web: %q gives no answer", words[0])
		}
		if _, err := answer(words[1:]); err != nil {
			return nil, err
		}
		w.answers[words[0]] = words[1:]
	}
	return w, nil
}

// Fetch is bookcheck.Fetcher. It is called once in a run.
func (w *web) Fetch(_ context.Context, wants []bookcheck.Want) map[string]*bookcheck.Page {
	pages := make(map[string]*bookcheck.Page, len(wants))
	for _, want := range wants {
		page := w.page(want.URL)
		page.URL, page.Checked = want.URL, Now
		pages[want.URL] = page
	}
	return pages
}

// Archived is bookcheck.Librarian. The copy is the same at all times.
func (w *web) Archived(_ context.Context, wanted []bookcheck.Copy) map[bookcheck.Copy]string {
	found := make(map[bookcheck.Copy]string)
	for _, page := range wanted {
		if words := w.answers[page.URL]; len(words) > 1 {
			if address, ok := strings.CutPrefix(words[1], "archived="); ok {
				found[page] = address
			}
		}
	}
	return found
}

// problems names the URLs that were asked for and are not described.
func (w *web) problems() []string {
	problems := make([]string, len(w.unknown))
	for i, url := range w.unknown {
		problems[i] = "web: " + url + " is not described"
	}
	return problems
}

const maxHops = 20

func (w *web) page(address string) *bookcheck.Page {
	var hops []bookcheck.Hop
	var moved string
	permanent := true
	for at := address; len(hops) < maxHops; {
		words, described := w.answers[at]
		if !described {
			w.unknown = append(w.unknown, at)
			return &bookcheck.Page{Doubt: bookcheck.Undecidable, Reason: "is not described in the web of the example"}
		}
		page, _ := answer(words) // readWeb saw the error
		hops = append(hops, bookcheck.Hop{URL: at, Code: page.Code})
		if page.MovedTo == "" || page.Doubt == bookcheck.Auth {
			page.Hops, page.MovedTo = hops, moved
			page.Foreign = owner(at) != owner(address)
			page.Text = w.texts[at]
			if at != address {
				page.Reason = "redirects to " + at + ", which " + page.Reason
			}
			return page
		}
		at = page.MovedTo
		permanent = permanent && (page.Code == http.StatusMovedPermanently || page.Code == http.StatusPermanentRedirect)
		if permanent {
			moved = at
		}
	}
	return &bookcheck.Page{Verdict: bookcheck.Dead, Reason: "redirects in a circle", Hops: hops}
}

// answer returns the page that one answer makes. A redirect has only a code, and
// its end in MovedTo.
func answer(words []string) (*bookcheck.Page, error) {
	switch words[0] {
	case "no-such-host":
		return &bookcheck.Page{Verdict: bookcheck.Dead, Reason: "names a host that does not exist: no such host"}, nil
	case "timeout":
		return &bookcheck.Page{Doubt: bookcheck.Transient, Reason: "does not answer"}, nil
	}
	code, err := strconv.Atoi(words[0])
	if err != nil {
		return nil, fmt.Errorf("web: %q is no answer; write a status, no-such-host or timeout", words[0])
	}
	page := &bookcheck.Page{Code: code, Reason: fmt.Sprintf("answers %d %s", code, http.StatusText(code))}
	switch {
	case code >= 300 && code < 400 && len(words) > 1:
		page.MovedTo = words[1]
		if slices.Contains(words[2:], "login") {
			page.Doubt, page.Reason = bookcheck.Auth, "redirects to a login: "+words[1]
		}
	case code < 300:
		page.Verdict = bookcheck.Alive
		return page, describe(page, words[1:])
	case len(words) > 1 && !strings.HasPrefix(words[1], "archived="):
		return nil, fmt.Errorf("web: %q is followed by %q, but leads nowhere", words[0], words[1])
	case code == http.StatusNotFound, code == http.StatusGone:
		page.Verdict = bookcheck.Dead
	default:
		page.Doubt = doubt(code)
	}
	return page, nil
}

// describe enters what is known of a page that is there.
func describe(page *bookcheck.Page, words []string) error {
	for _, word := range words {
		name, value, _ := strings.Cut(word, "=")
		switch {
		case strings.HasPrefix(word, "#"):
			if page.Anchors == nil {
				page.Anchors = make(map[string]bool)
			}
			page.Anchors[word[1:]] = true
		case name == "title":
			page.Title = strings.ReplaceAll(value, "_", " ")
		case name == "was":
			page.Was = strings.ReplaceAll(value, "_", " ")
		case name == "secure":
			page.Secure = value
		case name == "work" || name == "by" || name == "published":
			if err := imprint(page, name, strings.ReplaceAll(value, "_", " ")); err != nil {
				return err
			}
		case name == "scripted":
			page.Scripted = true
		case name == "parked":
			page.Verdict, page.Parked, page.Reason = bookcheck.Dead, true, page.Reason+", but the name of its host is for sale or parked: for sale"
		default:
			return fmt.Errorf("web: %q says nothing about a page", word)
		}
	}
	return nil
}

// imprint enters what a page says of itself.
func imprint(page *bookcheck.Page, name, value string) (err error) {
	if page.Imprint == nil {
		page.Imprint = &bookcheck.Imprint{Kind: "html"}
	}
	switch name {
	case "work":
		page.Imprint.Title = value
	case "by":
		page.Imprint.Authors = strings.Split(value, ";")
	case "published":
		page.Imprint.Published, err = time.Parse(time.DateOnly, value)
	}
	return err
}

// owner returns the last two labels of a host: its registrable domain, in examples.
func owner(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	labels := strings.Split(u.Hostname(), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

func doubt(code int) bookcheck.Doubt {
	switch {
	case code == http.StatusUnauthorized:
		return bookcheck.Auth
	case code == http.StatusForbidden:
		return bookcheck.Blocked
	case code == http.StatusTooManyRequests:
		return bookcheck.RateLimited
	case code == http.StatusUnavailableForLegalReasons:
		return bookcheck.Legal
	case code >= 500:
		return bookcheck.Transient
	default:
		return bookcheck.Undecidable
	}
}
