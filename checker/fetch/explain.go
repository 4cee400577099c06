package fetch

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bookcheck/bookcheck"
)

// An Account is how a verdict came about.
type Account struct {
	Page       *bookcheck.Page // nil: the run was canceled
	Exchanges  []Exchange      // in the order in which they ended
	Step       string          // of the engine, that decided; "" if nothing was asked
	Remembered string          // what earlier runs learned; "": nothing
}

// An Exchange is one request and what came back.
type Exchange struct {
	URL     string
	Browser bool   // asked as a browser does
	For     string // what it was asked for, if not for the page; "": for the page
	Status  string // "200 OK"; "": no answer
	Failure string // why there was no answer
	Type    string // of the body
	Size    int    // of the body, as far as it was read and unpacked, in bytes
	Took    time.Duration
	Header  []string // what says something about the verdict
	Step    string   // of the engine, that had an opinion
	Then    string   // what follows
}

// Explain asks for one page, whether it is remembered or not, and accounts for the
// verdict.
func (c *Client) Explain(ctx context.Context, url string) *Account {
	var mu sync.Mutex
	account := &Account{}
	asking := *c
	asking.memory = nil
	asking.options.trace = func(x Exchange) {
		mu.Lock()
		defer mu.Unlock()
		account.Exchanges = append(account.Exchanges, x)
		if x.For == "" {
			account.Step = x.Step
		}
	}
	account.Page = asking.Fetch(ctx, []bookcheck.Want{{URL: url, Evidence: bookcheck.Status | bookcheck.Anchors, Links: 1}})[url]
	if start, _ := admit(url); start != nil && c.memory != nil {
		if e := c.memory.recall(start.String()); e != nil {
			account.Remembered = e.page.Verdict.String() + " on " + e.page.Checked.Format(time.DateOnly)
			if e.failures > 0 {
				account.Remembered += ", in trouble in " + strconv.Itoa(e.failures) + " runs since " + e.firstFailed.Format(time.DateOnly)
			}
		}
	}
	return account
}

// telling are the headers that verdicts rest on.
var telling = []string{"Location", "Server", "Retry-After", "Www-Authenticate", "Content-Encoding", "Etag", "Last-Modified", "Link"}

// account describes an exchange.
func account(p *probe, x *exchange, d decision) Exchange {
	told := Exchange{
		URL: x.url.Redacted(), Browser: x.browser, Type: tidy(x.body.fullType, titleLimit), Size: len(x.body.bytes()),
		Took: time.Since(p.began), Step: d.step,
	}
	switch {
	case p.landmark != nil:
		told.For = [...]string{sibling: "an address that cannot exist, to compare with", front: "the front page, to compare with", manners: "how fast the host may be asked"}[p.landmark.kind]
	case x.evidence&asData != 0:
		told.For = "a registry that may know the page"
	case x.url.Scheme == "https" && p.twin != nil:
		told.For = "the same page with encryption"
	}
	if x.code != 0 {
		told.Status = strings.TrimSpace(strconv.Itoa(x.code) + " " + http.StatusText(x.code))
	} else if x.err != nil {
		told.Failure = tidy(x.err.Error(), reasonLimit)
	}
	for name, values := range x.header {
		if slices.Contains(telling, name) || slices.ContainsFunc(walls, func(w wall) bool { return w.header == name }) || strings.Contains(name, "Ratelimit") {
			told.Header = append(told.Header, strings.ToLower(name)+": "+tidy(strings.Join(values, ", "), reasonLimit))
		}
	}
	slices.Sort(told.Header)
	told.Then = [...]string{
		settle: "that decides", follow: "so " + p.url.Redacted() + " is asked next", patience: "so it is asked again after a pause",
		later: "so it is asked again at the end, once", compare: "so it is compared with another page of its host first",
	}[d.act]
	if d.act == later && p.failed {
		told.Then = "that decides"
	}
	return told
}
