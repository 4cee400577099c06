package fetch

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"syscall"
)

// A refusalError is about an address that may not be asked.
type refusalError struct {
	host string // as it was asked for; "" if only the address is known
	kind string // "a loopback address"
}

func (r *refusalError) Error() string {
	return fmt.Sprintf("%s is %s", r.host, r.kind)
}

// private lists the networks that a server on the web has no business to lead to.
// The sources are the IANA special-purpose registries of IPv4 and IPv6 addresses,
// and the documentation of the clouds for their metadata services.
var private = []struct {
	prefix netip.Prefix
	kind   string
}{
	{netip.MustParsePrefix("0.0.0.0/8"), "an unspecified address"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private address"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a private address"}, // carriers; 100.100.100.200 is Alibaba's metadata
	{netip.MustParsePrefix("127.0.0.0/8"), "a loopback address"},
	{netip.MustParsePrefix("168.63.129.16/32"), metadata}, // Azure
	{netip.MustParsePrefix("169.254.169.254/32"), metadata},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private address"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a reserved address"}, // 192.0.0.192 is Oracle's metadata
	{netip.MustParsePrefix("192.168.0.0/16"), "a private address"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a reserved address"},
	{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},
	{netip.MustParsePrefix("::/128"), "an unspecified address"},
	{netip.MustParsePrefix("::1/128"), "a loopback address"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "a private address"},
	{netip.MustParsePrefix("100::/64"), "a reserved address"},
	{netip.MustParsePrefix("fc00::/7"), "a private address"}, // fd00:ec2::254 is Amazon's metadata
	{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
	{netip.MustParsePrefix("fec0::/10"), "a private address"},
	{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
}

// metadata is the kind of address that gives a machine in a cloud its secrets. No
// book leads there, so --allow-private does not open it; only its own address does.
const metadata = "a metadata service"

// carriers are the IPv6 networks whose addresses hold an IPv4 address, and the
// byte at which it stands.
var carriers = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("::/96"), 12},        // IPv4-compatible
	{netip.MustParsePrefix("64:ff9b::/96"), 12}, // NAT64
	{netip.MustParsePrefix("2002::/16"), 2},     // 6to4
}

// privateKind says what kind of private address addr is; "" if it is public.
func privateKind(addr netip.Addr) string {
	addr = addr.WithZone("").Unmap()
	for _, network := range private {
		if network.prefix.Contains(addr) {
			return network.kind
		}
	}
	for _, network := range carriers {
		if network.prefix.Contains(addr) {
			b := addr.As16()
			return privateKind(netip.AddrFrom4([4]byte(b[network.at:])))
		}
	}
	return ""
}

// A guard refuses private addresses.
type guard struct {
	allowAll bool
	allow    []netip.Prefix
}

// check returns a refusal if addr may not be asked.
func (g guard) check(addr netip.Addr) error {
	plain := addr.WithZone("").Unmap()
	for _, prefix := range g.allow {
		if prefix.Contains(plain) {
			return nil
		}
	}
	if kind := privateKind(addr); kind != "" && (!g.allowAll || kind == metadata) {
		return &refusalError{host: addr.String(), kind: kind}
	}
	return nil
}

// checkName returns a refusal if a host can be told to be private by its name
// alone. It is all that can be known when a proxy does the looking up.
func (g guard) checkName(host string) error {
	host = strings.TrimSuffix(host, ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return g.check(netip.AddrFrom4([4]byte{127, 0, 0, 1}))
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return g.check(addr)
	}
	return nil
}

// What ends the names that are no part of the web that everybody sees: those that
// are looked up elsewhere than in the DNS (RFC 7686, RFC 9476), and those of networks at
// home and at work (RFC 6762, RFC 8375, and what ICANN leaves to them).
var (
	elsewhereNames = []string{".onion", ".i2p", ".alt"}
	ownNames       = []string{".local", ".internal", ".home.arpa", ".lan", ".corp", ".intranet"}
)

// endsIn tells whether a name ends in one of some ways.
func endsIn(host string, ends []string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(host, end) })
}

// isOwnName tells whether a name is good in somebody's own network only, so that the
// DNS does not know it.
func isOwnName(host string) bool {
	return endsIn(host, ownNames) || !strings.Contains(strings.TrimSuffix(host, "."), ".")
}

// isForExamples tells whether a host was set aside to be written about (RFC 2606), so
// that nobody means its pages to be there.
func isForExamples(host string) bool {
	return endsIn("."+host, []string{".example.com", ".example.org", ".example.net"})
}

// control is asked for each address before it is connected to, after names were
// looked up, so no name and no redirect gets round it. The connection to a proxy
// or a registry that the user named is the user's own.
func (g guard) control(ctx context.Context, _, address string, _ syscall.RawConn) error {
	if x := exchangeOf(ctx); x != nil && (x.proxied || x.trusted) {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	return g.check(addr)
}
