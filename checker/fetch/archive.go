package fetch

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fetch/resolver"
)

// DefaultArchive is where copies of pages that are gone are looked for: the
// availability interface of the Wayback Machine, or what answers as it does.
const DefaultArchive = "https://archive.org/wayback/available"

// archiveTime is how long the archive may take for all copies of a run: they are a
// help, and no verdict waits for them.
const archiveTime = 30 * time.Second

var _ bookcheck.Librarian = (*Client)(nil)

// Archived implements bookcheck.Librarian.
func (c *Client) Archived(ctx context.Context, wanted []bookcheck.Copy) map[bookcheck.Copy]string {
	found := make(map[bookcheck.Copy]string)
	if c.options.Archive == "off" {
		return found
	}
	probes := make([]*probe, 0, len(wanted))
	asked := make(map[*probe]bookcheck.Copy)
	for _, wanted := range wanted {
		if p := c.archiveProbe(wanted); p != nil {
			probes = append(probes, p)
			asked[p] = wanted
		}
	}
	ctx, cancel := context.WithTimeout(ctx, archiveTime)
	defer cancel()
	c.ask(ctx, probes)
	for _, p := range probes {
		if p.page != nil && p.page.MovedTo != "" {
			found[asked[p]] = p.page.MovedTo
		}
	}
	return found
}

// archiveProbe returns a probe that asks for a copy; nil for an address that is not
// to be told to anybody.
func (c *Client) archiveProbe(wanted bookcheck.Copy) *probe {
	start, _ := admit(wanted.URL)
	if start == nil || start.User != nil || privateName(start.Hostname()) {
		return nil
	}
	base, trust := c.options.Archive, true
	if base == "" {
		base, trust = DefaultArchive, false
	}
	address, err := parseURL(base)
	if err != nil {
		return nil
	}
	query := address.Query()
	query.Set("url", start.String())
	if !wanted.At.IsZero() {
		query.Set("timestamp", wanted.At.UTC().Format("20060102"))
	}
	address.RawQuery = query.Encode()
	p := newProbe(&c.options, start, bookcheck.Want{URL: wanted.URL})
	p.rescued = &decision{doubt: bookcheck.Undecidable, reason: "has no archived copy that is known of"}
	p.ask(&question{Question: &resolver.Question{URL: address.String(), Judge: judgeCopy}, name: "archive", url: address, trust: trust})
	return p
}

// privateName tells whether a host is one that only we know.
func privateName(host string) bool {
	return (guard{}).checkName(host) != nil || !strings.Contains(host, ".") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".internal")
}

// judgeCopy reads the answer of the Wayback Machine.
func judgeCopy(a *resolver.Answer) resolver.Finding {
	var answer struct {
		Snapshots struct {
			Closest struct {
				Available bool   `json:"available"`
				URL       string `json:"url"`
				Status    string `json:"status"`
			} `json:"closest"`
		} `json:"archived_snapshots"`
	}
	if a.Code != http.StatusOK || json.Unmarshal(a.Body, &answer) != nil {
		return resolver.Finding{}
	}
	closest := answer.Snapshots.Closest
	copied, err := url.Parse(closest.URL)
	if err != nil || !closest.Available || closest.Status != "" && closest.Status[0] != '2' || !isWeb(copied) {
		return resolver.Finding{}
	}
	if strings.HasSuffix(copied.Hostname(), "archive.org") {
		copied.Scheme = "https" // it gives the address that it was first known by
	}
	return resolver.Finding{Known: true, Verdict: bookcheck.Alive, Reason: "has an archived copy", MovedTo: copied.String()}
}
