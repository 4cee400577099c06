package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// Servers forget to send the certificates between theirs and the one that is
// trusted. Browsers have them, or look them up where the certificate says; so do we.
// What is looked up is no more trusted than what a server sends.
type issuers struct {
	roots *x509.CertPool // nil: the system's

	mu     sync.Mutex
	pool   *x509.CertPool
	asked  map[string]bool
	amount int
	hosts  map[string]*http.Transport // by host and port: for those whose chain was completed
}

func newIssuers(roots *x509.CertPool) *issuers {
	return &issuers{roots: roots, pool: x509.NewCertPool(), asked: make(map[string]bool), hosts: make(map[string]*http.Transport)}
}

const (
	maxIssuers    = 64
	issuerLimit   = 64 << 10
	issuersInARow = 3
)

// transport returns the transport for a host whose chain lacks certificates; nil if
// it is not known to.
func (i *issuers) transport(host string) *http.Transport {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.hosts[host]
}

// complete looks up what the chain of a host lacks, after its certificate was found
// wanting. It returns nil if that does not help.
func (i *issuers) complete(ctx context.Context, t *transport, at *url.URL, err error) *http.Transport {
	if !i.learn(ctx, t, err) {
		return nil
	}
	repaired := t.base.Clone()
	repaired.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // VerifyConnection verifies, with the certificates that were looked up
		VerifyConnection:   func(state tls.ConnectionState) error { return i.verify(at.Hostname(), state.PeerCertificates) },
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.hosts[at.Host] == nil {
		i.hosts[at.Host] = repaired
	}
	return i.hosts[at.Host]
}

// verify does what crypto/tls does itself, with the certificates that were looked
// up.
func (i *issuers) verify(host string, chain []*x509.Certificate) error {
	if len(chain) == 0 {
		return errors.New("tls: the server has no certificate")
	}
	i.mu.Lock()
	intermediates := i.pool.Clone()
	i.mu.Unlock()
	for _, certificate := range chain[1:] {
		intermediates.AddCert(certificate)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: i.roots, DNSName: host, Intermediates: intermediates})
	if err != nil {
		return &tls.CertificateVerificationError{UnverifiedCertificates: chain, Err: err}
	}
	return nil
}

// close ends idle connections.
func (i *issuers) close() {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, transport := range i.hosts {
		transport.CloseIdleConnections()
	}
}

// learn looks up the certificates that a chain lacks. It returns false if there is
// nothing new.
func (i *issuers) learn(ctx context.Context, t *transport, err error) bool {
	verification := (*tls.CertificateVerificationError)(nil)
	unknown := x509.UnknownAuthorityError{}
	if !errors.As(err, &verification) || !errors.As(err, &unknown) || len(verification.UnverifiedCertificates) == 0 {
		return false
	}
	last := verification.UnverifiedCertificates[len(verification.UnverifiedCertificates)-1]
	learned := false
	for range issuersInARow {
		if slices.Equal(last.RawIssuer, last.RawSubject) {
			break
		}
		issuer := i.lookUp(ctx, t, last)
		if issuer == nil {
			break
		}
		learned, last = true, issuer
	}
	return learned
}

// lookUp fetches the certificate of an issuer, each once; nil: there is none.
func (i *issuers) lookUp(ctx context.Context, t *transport, of *x509.Certificate) *x509.Certificate {
	for _, address := range of.IssuingCertificateURL {
		i.mu.Lock()
		known := i.asked[address] || i.amount >= maxIssuers
		i.asked[address] = true
		i.mu.Unlock()
		if known {
			continue
		}
		issuer, err := t.certificate(ctx, address)
		if err != nil || of.CheckSignatureFrom(issuer) != nil {
			continue
		}
		i.mu.Lock()
		i.pool.AddCert(issuer)
		i.amount++
		i.mu.Unlock()
		return issuer
	}
	return nil
}

// certificate fetches one certificate, without following anything.
func (t *transport) certificate(ctx context.Context, address string) (*x509.Certificate, error) {
	u, err := parseURL(address)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" {
		return nil, errNoHost // with encryption it would have to be verified itself
	}
	x := &exchange{url: u}
	req, err := http.NewRequestWithContext(context.WithValue(ctx, exchangeKey{}, x), http.MethodGet, u.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	if err := t.mind(req, x); err != nil {
		return nil, err
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	src, err := io.ReadAll(io.LimitReader(resp.Body, issuerLimit))
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(src); block != nil {
		src = block.Bytes
	}
	return x509.ParseCertificate(src)
}
