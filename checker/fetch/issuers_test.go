package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

// An authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// issue makes a certificate that by signs, or that signs itself if by is nil.
func issue(t *testing.T, by *authority, change func(*x509.Certificate)) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<60))
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "authority " + serial.String()},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	if change != nil {
		change(template)
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate, key}
}

// leaf makes a certificate of a host on loopback.
func leaf(issuerAt string) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
		if issuerAt != "" {
			c.IssuingCertificateURL = []string{issuerAt}
		}
	}
}

// rsaLeaf makes a certificate of a host on loopback with a key that can be exchanged as
// it was done once.
func rsaLeaf(t *testing.T, by *authority) tls.Certificate {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(7), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	leaf("")(template)
	template.KeyUsage |= x509.KeyUsageKeyEncipherment
	der, err := x509.CreateCertificate(rand.Reader, template, by.certificate, &key.PublicKey, by.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// Streams that are broken off say nothing about the page: walls do so, too, by the looks
// of our encryption.
func TestBrokenStreams(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	c := newClient(t, func(o *Options) { o.RootCAs = s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs })
	if page := fetchOne(t, c, s.URL+"/", bookcheck.Status); page.Doubt != bookcheck.Undecidable {
		t.Errorf("%s %q: %s", page.Verdict, page.Doubt, page.Reason)
	}
}

// serveTLS starts a server with a chain of certificates.
func serveTLS(t *testing.T, change func(*tls.Config), chain ...*authority) string {
	t.Helper()
	certificate := tls.Certificate{PrivateKey: chain[0].key}
	for _, link := range chain {
		certificate.Certificate = append(certificate.Certificate, link.certificate.Raw)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	if change != nil {
		change(s.TLS)
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func TestChains(t *testing.T) {
	root := issue(t, nil, nil)
	between := issue(t, root, nil)
	issuer := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(between.certificate.Raw) })
	expired := issue(t, root, func(c *x509.Certificate) {
		leaf("")(c)
		c.NotAfter = time.Now().Add(-time.Minute)
	})
	elsewhere := issue(t, root, func(c *x509.Certificate) {
		leaf("")(c)
		c.IPAddresses, c.DNSNames = nil, []string{"elsewhere.example"}
	})
	wrongName := issue(t, between, func(c *x509.Certificate) {
		leaf(issuer + "/ca.crt?2")(c)
		c.IPAddresses, c.DNSNames = nil, []string{"elsewhere.example"}
	})
	pool := x509.NewCertPool()
	pool.AddCert(root.certificate)
	c := newClient(t, func(o *Options) { o.RootCAs = pool })
	old := func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }
	own := issue(t, nil, leaf(""))
	members := func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }
	oldest := func(c *tls.Config) {
		c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_CBC_SHA}
		c.Certificates = []tls.Certificate{rsaLeaf(t, root)}
	}
	stranger := func(c *tls.Config) {
		c.CipherSuites, c.MaxVersion = []uint16{tls.TLS_RSA_WITH_RC4_128_SHA}, tls.VersionTLS12
	}
	for name, test := range map[string]struct {
		url, want string
	}{
		"I4 trusted":                         {serveTLS(t, nil, issue(t, between, leaf("")), between), "alive"},
		"I5 self-signed":                     {serveTLS(t, nil, own), "tls"},
		"I6 expired":                         {serveTLS(t, nil, expired), "tls"},
		"I7 for another host":                {serveTLS(t, nil, elsewhere), "tls"},
		"I8 without the one between":         {serveTLS(t, nil, issue(t, between, leaf(issuer+"/ca.crt"))), "alive"},
		"I8b and nobody says where it is":    {serveTLS(t, nil, issue(t, between, leaf(""))), "tls"},
		"I8c and it is of another host":      {serveTLS(t, nil, wrongName), "tls"},
		"I8d and what is there is not of it": {serveTLS(t, nil, issue(t, issue(t, nil, nil), leaf(issuer+"/ca.crt?3"))), "tls"},
		"I9 only old versions":               {serveTLS(t, old, issue(t, root, leaf(""))), "dead"},
		"I13 wants to know who reads":        {serveTLS(t, members, issue(t, root, leaf(""))), "auth"},
		"I14 a key exchange Go gave up":      {serveTLS(t, oldest, issue(t, root, leaf(""))), "alive"},
		"I15 a cipher nobody has":            {serveTLS(t, stranger, issue(t, root, leaf(""))), "tls"},
	} {
		page := fetchOne(t, c, test.url+"/", bookcheck.Status)
		if got := describe(page, "", "x"); got != test.want {
			t.Errorf("%s: got %s, want %s: %s", name, got, test.want, page.Reason)
		}
	}
}
