package fetch

import (
	"net/netip"
	"testing"
)

func TestPrivateKind(t *testing.T) {
	for address, want := range map[string]string{
		"8.8.8.8":                "",
		"1.1.1.1":                "",
		"172.32.0.1":             "",
		"100.128.0.1":            "",
		"2606:4700::1111":        "",
		"64:ff9b::808:808":       "", // 8.8.8.8
		"2002:808:808::1":        "",
		"::ffff:8.8.8.8":         "",
		"0.0.0.0":                "an unspecified address",
		"127.0.0.1":              "a loopback address",
		"127.255.255.254":        "a loopback address",
		"::1":                    "a loopback address",
		"::ffff:127.0.0.1":       "a loopback address",
		"::127.0.0.1":            "a loopback address",
		"64:ff9b::7f00:1":        "a loopback address",
		"2002:7f00:1::":          "a loopback address",
		"10.1.2.3":               "a private address",
		"172.16.0.1":             "a private address",
		"172.31.255.255":         "a private address",
		"192.168.1.1":            "a private address",
		"100.64.0.1":             "a private address",
		"100.100.100.200":        "a private address",
		"fd00:ec2::254":          "a private address",
		"64:ff9b:1::a00:1":       "a private address",
		"169.254.169.254":        "a metadata service",
		"168.63.129.16":          "a metadata service",
		"64:ff9b::a9fe:a9fe":     "a metadata service",
		"::ffff:169.254.169.254": "a metadata service",
		"169.254.1.1":            "a link-local address",
		"fe80::1%eth0":           "a link-local address",
		"224.0.0.1":              "a multicast address",
		"ff02::1":                "a multicast address",
		"255.255.255.255":        "a reserved address",
		"192.0.0.192":            "a reserved address",
		"::":                     "an unspecified address",
		"::ffff:0.0.0.0":         "an unspecified address",
		"fec0::1":                "a private address",
		"198.18.0.1":             "a reserved address",
		"2002:c0a8:101::1":       "a private address",
	} {
		if got := privateKind(netip.MustParseAddr(address)); got != want {
			t.Errorf("privateKind(%s) = %q, want %q", address, got, want)
		}
	}
}

func TestGuardByName(t *testing.T) {
	for host, refused := range map[string]bool{
		"localhost": true, "www.localhost": true, "localhost.": true, "127.0.0.1": true, "::1": true,
		"example.org": false, "8.8.8.8": false, "notlocalhost": false,
	} {
		if err := (guard{}).checkName(host); (err != nil) != refused {
			t.Errorf("checkName(%s) = %v, want refused: %t", host, err, refused)
		}
		if err := (guard{allowAll: true}).checkName(host); err != nil {
			t.Errorf("checkName(%s) = %v though all is allowed", host, err)
		}
	}
}
