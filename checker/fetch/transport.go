package fetch

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/bookcheck/bookcheck"
)

// An exchange is one request and what came back: the evidence that the verdict
// steps judge by.
type exchange struct {
	url       *url.URL
	evidence  bookcheck.Evidence // what is to be read for
	browser   bool               // asked as a browser does
	trusted   bool               // the user named the address
	proxied   bool
	completed bool // its host forgets to send a certificate that browsers add
	hurried   bool // earlier hops left it little time: a timeout says nothing about the host

	err    error // there was no answer
	code   int   // status; 0 if there was no answer
	header http.Header
	body   body

	cancel context.CancelFunc // ends the exchange, for a body that takes too long
}

type exchangeKey struct{}

// exchangeOf returns the exchange that a context belongs to, or nil.
func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// A transport is the RoundTripper under colly. It writes what came back into the
// exchange of the request's context, body included, and hands colly an empty body:
// colly's own reading costs three times the processor time, loses the connection of
// a body over its limit, and unpacks some downloads without one.
type transport struct {
	base    *http.Transport
	guard   guard
	issuers *issuers
	// bodyTime is how long a body may take once there was an answer. What has not
	// come by then is left unread, and the answer counts.
	bodyTime time.Duration

	recorder *recorder  // nil: nothing is written down
	replay   *recording // nil: the network answers
}

func newTransport(o *Options) *transport {
	t := &transport{
		guard:    guard{allowAll: o.AllowPrivate, allow: o.Allow},
		issuers:  newIssuers(o.RootCAs),
		bodyTime: o.Timeout / 4,
	}
	dialer := &net.Dialer{
		Timeout:        o.Timeout / 4,
		KeepAlive:      30 * time.Second,
		Resolver:       o.Resolver,
		ControlContext: t.guard.control,
	}
	// Nothing of http.DefaultTransport: its MaxIdleConns of 100 makes requests fail
	// that nothing is wrong with. MaxConnsPerHost stays unset, since plain requests
	// through a proxy count as one host: the scheduler is the limit.
	t.base = &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs, MinVersion: tls.VersionTLS12, CipherSuites: cipherSuites()},
		TLSHandshakeTimeout:    o.Timeout / 4,
		MaxIdleConns:           0,
		MaxIdleConnsPerHost:    o.PerHost,
		IdleConnTimeout:        10 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
		DisableCompression:     true, // the body reader decodes, with a limit
	}
	return t
}

// cipherSuites are those of crypto/tls, and the ones that it gave up in Go 1.22 while
// browsers still offer them: a server that has no others is not dead.
func cipherSuites() []uint16 {
	ids := []uint16{
		tls.TLS_RSA_WITH_AES_128_GCM_SHA256, tls.TLS_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA, tls.TLS_RSA_WITH_AES_256_CBC_SHA,
	}
	for _, suite := range tls.CipherSuites() {
		ids = append(ids, suite.ID)
	}
	return ids
}

// RoundTrip makes one request. It implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	x := exchangeOf(req.Context())
	if t.replay != nil {
		x.err = t.replay.answer(x)
	} else {
		x.err = t.ask(req, x)
	}
	if x.err != nil {
		return nil, x.err
	}
	return &http.Response{
		StatusCode: x.code, Header: x.header, Request: req, Body: http.NoBody, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Uncompressed: true, // what colly is to make of http.NoBody
	}, nil
}

// ask puts what the network answers into the exchange.
func (t *transport) ask(req *http.Request, x *exchange) error {
	if err := t.mind(req, x); err != nil {
		return err
	}
	resp, err := t.roundTrip(req, x)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	x.code, x.header = resp.StatusCode, resp.Header

	patience := t.bodyTime
	if x.evidence&bookcheck.Text != 0 {
		patience *= 3 // the whole of a paper
	}
	timer := time.AfterFunc(patience, x.cancel)
	defer timer.Stop()
	x.body.read(req.Context(), resp, x.evidence)
	return nil
}

// mind finds out whether a proxy stands between, and refuses what the proxy would
// otherwise look up for us.
func (t *transport) mind(req *http.Request, x *exchange) error {
	proxy, err := t.base.Proxy(req)
	if err != nil || proxy == nil {
		return err
	}
	x.proxied = true
	return t.guard.checkName(req.URL.Hostname())
}

// roundTrip asks, and asks again where a server forgot to send certificates.
func (t *transport) roundTrip(req *http.Request, x *exchange) (*http.Response, error) {
	repaired := t.issuers.transport(req.URL.Host)
	if repaired == nil {
		resp, err := t.base.RoundTrip(req)
		if err == nil {
			return resp, nil
		}
		if repaired = t.issuers.complete(req.Context(), t, req.URL, err); repaired == nil {
			return nil, err
		}
	}
	x.completed = true
	return repaired.RoundTrip(req)
}

// close ends idle connections.
func (t *transport) close() {
	t.base.CloseIdleConnections()
	t.issuers.close()
}
