package fetch

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck/checker/ledger"
)

// A Ledger is what is kept of the pages that claims cite, and of the claims, in the
// lines behind those of the pages. It implements checker.Ledger.
type Ledger struct {
	memory *memory
	now    func() time.Time

	// Book is written into the lines of the claims where several books share a file,
	// so that one of them does not forget what another rests on. "": none do.
	Book string
}

// Ledger returns what the client keeps, and what it will write when it is closed; nil
// if it has no memory.
func (c *Client) Ledger() *Ledger {
	if c.memory == nil {
		return nil
	}
	return &Ledger{memory: c.memory, now: c.options.Now}
}

// OpenLedger reads what was kept in a file, for a run that asks nobody and writes
// nothing.
func OpenLedger(path string, now func() time.Time) (*Ledger, error) {
	m, err := openMemory(path)
	if err != nil {
		return nil, fmt.Errorf("reading what earlier runs learned: %w", err)
	}
	return &Ledger{memory: m, now: now}, nil
}

// Address returns the address under which a page is kept; "": it holds a secret, or
// cannot be asked.
func (l *Ledger) Address(url string) string { return keptAddress(url) }

// Page returns what is kept of a page; nil: nothing.
func (l *Ledger) Page(url string) *ledger.Page {
	key := keptAddress(url)
	if key == "" {
		return nil
	}
	p, err := ledger.ParsePage(l.memory.line(ledger.PageKey(key)))
	if err != nil {
		return nil
	}
	return p
}

// Claim returns what is kept of a claim whose first source is at an address; nil:
// nothing.
func (l *Ledger) Claim(url, id string) *ledger.Claim {
	key := keptAddress(url)
	if key == "" {
		return nil
	}
	c, err := ledger.ParseClaim(l.memory.line(ledger.ClaimKey(key, id)))
	if err != nil {
		return nil
	}
	return c
}

// Claims returns what is kept of all claims whose first source is at an address.
func (l *Ledger) Claims(url string) []*ledger.Claim {
	key := keptAddress(url)
	if key == "" {
		return nil
	}
	var claims []*ledger.Claim
	for _, line := range l.memory.linesFrom(ledger.ClaimKey(key, "")) {
		if c, err := ledger.ParseClaim(line); err == nil {
			claims = append(claims, c)
		}
	}
	return claims
}

// IsFresh tells whether the text of a page need not be read again.
func (l *Ledger) IsFresh(p *ledger.Page) bool {
	age := l.now().Sub(p.Viewed)
	return age >= 0 && age < jitter(p.URL, freshFor(p.URL))
}

// KeepPage keeps what is known of a page. A page at an address that is a secret is not
// kept.
func (l *Ledger) KeepPage(p *ledger.Page) {
	kept := *p
	if kept.URL = keptAddress(p.URL); kept.URL != "" {
		l.memory.keep(ledger.PageKey(kept.URL), kept.String())
	}
}

// KeepClaim keeps a judgement.
func (l *Ledger) KeepClaim(c *ledger.Claim) {
	kept := *c
	kept.Book, kept.Sources = l.Book, slices.Clone(c.Sources)
	for i := range kept.Sources {
		s := &kept.Sources[i]
		if s.URL = keptAddress(s.URL); s.URL == "" {
			return
		}
	}
	l.memory.keep(ledger.ClaimKey(kept.Sources[0].URL, kept.ID), kept.String())
}

// Forget drops the claims of the book that are gone from it.
func (l *Ledger) Forget(gone func(*ledger.Claim) bool) {
	for _, line := range l.memory.lines {
		if !strings.HasPrefix(line[len(keyOf(line)):], "\tweighed\t") {
			continue
		}
		if c, err := ledger.ParseClaim(line); err == nil && c.Book == l.Book && gone(c) {
			l.memory.keep(ledger.Key(line), "")
		}
	}
}

// keptAddress returns the address under which a page is kept; "" if it is not to be.
func keptAddress(raw string) string {
	start, _ := admit(raw)
	if start == nil || isSecretive(start) {
		return ""
	}
	return start.String()
}

var errKept = errors.New("not a line of the ledger")

// checkKept returns when a line of the ledger was learned, at the price of a glance.
// Its error is about a line that is none.
func checkKept(line string) (time.Time, error) {
	parts := strings.SplitN(line, "\t", 6)
	at := 2 // the day
	if len(parts) > 4 && parts[1] == "weighed" {
		at = 4
	}
	if ledger.Key(line) == "" || len(parts) <= at || !strings.HasPrefix(parts[0], "http") {
		return time.Time{}, errKept
	}
	return time.Parse(time.DateOnly, parts[at])
}
