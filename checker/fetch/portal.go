package fetch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/netip"
	"net/url"

	"github.com/bookcheck/bookcheck"
)

// aliveTogether is how many sites have to show the same before it is asked whether any
// name would.
const aliveTogether = 3

// doubtPortal takes back what was found out about hosts for which somebody in between
// answers: a hotel that wants to be paid first, a provider that sells what is misspelled.
// They answer for every name. So where several sites show the same, a name that nobody
// has is asked for, once in a run: if that is there too, nothing is known of those sites.
func (c *Client) doubtPortal(ctx context.Context, probes []*probe) {
	if ctx.Err() != nil {
		return
	}
	suspects := lookAlikes(probes)
	if len(suspects) == 0 {
		return
	}
	nobody := newProbe(&c.options, nobodysAddress(suspects[0]), bookcheck.Want{Evidence: asData}) // and nothing beside it
	c.ask(ctx, []*probe{nobody})
	if nobody.page == nil || nobody.page.Code == 0 {
		return
	}
	for _, p := range suspects {
		if p.shows() == nobody.shows() || p.stamp != "" && p.stamp == nobody.stamp {
			d := unsure(bookcheck.Transient, "names a host for which somebody in between answers, as for any name from here")
			d.whole = true
			p.moved, p.ours = nil, true
			p.settle(d)
		}
	}
}

// lookAlikes returns the pages that are shown by name, and for several sites alike.
func lookAlikes(probes []*probe) []*probe {
	sites := make(map[string]map[string]bool)
	for _, p := range probes {
		if what := p.shows(); what != "" {
			if sites[what] == nil {
				sites[what] = make(map[string]bool)
			}
			sites[what][site(p.start)] = true
		}
	}
	var alike []*probe
	for _, p := range probes {
		if what := p.shows(); what != "" && len(sites[what]) >= aliveTogether {
			alike = append(alike, p)
		}
	}
	return alike
}

// shows returns by what a page is taken for the same as another: the host that it was
// redirected to, or else the fingerprint of its text; "": by nothing, since its host has
// no name, did not answer or was not asked.
func (p *probe) shows() string {
	_, err := netip.ParseAddr(p.start.Hostname())
	switch {
	case err == nil, p.page == nil, p.page.Code == 0, p.resolved:
		return ""
	case p.redirects > 0 && site(p.start) != site(p.url):
		return p.url.Host
	default:
		return p.stamp
	}
}

// nobodysAddress returns the address of a host that nobody has, made of a page's so that
// a run can be repeated.
func nobodysAddress(p *probe) *url.URL {
	sum := sha256.Sum256([]byte(p.key))
	host := "bookcheck-" + hex.EncodeToString(sum[:8]) + ".com"
	if port := p.start.Port(); port != "" {
		host += ":" + port
	}
	return &url.URL{Scheme: "http", Host: host, Path: "/"}
}
