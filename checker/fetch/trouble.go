package fetch

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/bookcheck/bookcheck"
)

// The steps of this file judge exchanges that had no answer.

// notRecorded: a recording answers instead of the network, and does not know.
func notRecorded(_ *probe, f *finding) (decision, bool) {
	return unsure(bookcheck.Policy, errNotRecorded.Error()), errors.Is(f.err, errNotRecorded)
}

// refusedAddress: the address may not be asked.
func refusedAddress(_ *probe, f *finding) (decision, bool) {
	var refused *refusalError
	if !errors.As(f.err, &refused) {
		return decision{}, false
	}
	d := unsure(bookcheck.Policy, "is not asked: it leads to "+refused.kind)
	d.marker = refused.host
	return d, true
}

// unknownHost: a name that does not exist is dead if it is looked up twice
// in vain. A resolver in trouble proves nothing.
func unknownHost(_ *probe, f *finding) (decision, bool) {
	var failure *net.DNSError
	switch {
	case !errors.As(f.err, &failure):
		return decision{}, false
	case failure.IsNotFound && isOwnName(f.url.Hostname()):
		return unsure(bookcheck.Policy, "names a host that only somebody's own network can know"), true
	case failure.IsNotFound && !failure.IsTemporary && !failure.IsTimeout:
		d := dead("names a host that does not exist: no such host").afterAll()
		d.nameless = true
		return d, true
	default:
		d := unsure(bookcheck.Transient, "names a host that cannot be looked up for now").afterAll()
		d.unnamed = true
		return d, true
	}
}

// untrusted: whoever trusts the certificate can read the page.
func untrusted(_ *probe, f *finding) (decision, bool) {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		hostname     x509.HostnameError
		invalid      x509.CertificateInvalidError
	)
	var reason string
	switch {
	case errors.As(f.err, &hostname):
		reason = "has a certificate for another host"
	case errors.As(f.err, &invalid) && invalid.Reason == x509.Expired:
		reason = "has a certificate that is expired or not yet valid"
	case errors.As(f.err, &authority):
		reason = "has a certificate of an unknown authority"
	case errors.As(f.err, &verification), errors.As(f.err, &invalid):
		reason = "has a certificate that cannot be trusted"
	case f.err != nil && contains(f.err.Error(), certificateMissed):
		return unsure(bookcheck.Auth, "wants a certificate of the reader"), true
	case f.err != nil && strings.Contains(f.err.Error(), "tls: failed to parse certificate"):
		reason = "has a certificate that cannot be read"
	case f.err != nil && strings.Contains(f.err.Error(), "remote error: tls:") && !contains(f.err.Error(), oldTLS):
		reason = "does not agree on an encryption"
	default:
		return decision{}, false
	}
	return unsure(bookcheck.TLS, reason), true
}

// notTheWeb: what answers speaks something that no browser understands, or that we
// understand less of than browsers do.
func notTheWeb(_ *probe, f *finding) (decision, bool) {
	var record tls.RecordHeaderError
	switch {
	case f.err == nil:
		return decision{}, false
	case errors.Is(f.err, http.ErrSchemeMismatch):
		return dead("is served without encryption: http answers where https is asked").afterAll(), true
	case errors.As(f.err, &record):
		return dead("answers with something that is not TLS").afterAll(), true
	case contains(f.err.Error(), oldTLS):
		return dead("offers only encryption that browsers no longer accept").afterAll(), true
	case contains(f.err.Error(), oddHTTP):
		return unsure(bookcheck.Undecidable, "answers with headers that only browsers may be able to read").afterAll(), true
	case contains(f.err.Error(), notHTTP):
		return dead("answers with something that is not HTTP").afterAll(), true
	case contains(f.err.Error(), brokenStream):
		return unsure(bookcheck.Undecidable, "takes the request and then breaks it off, as walls against robots do").afterAll(), true
	default:
		return decision{}, false
	}
}

// The errors of net/http and crypto/tls that have no type, as of Go 1.26.
var (
	oldTLS  = []string{"tls: protocol version not supported", "tls: server selected unsupported protocol version"}
	oddHTTP = []string{
		`malformed HTTP response "HTTP/`, `malformed HTTP response ""`, `malformed HTTP version "HTTP/`, `malformed HTTP version "ICY"`, "malformed MIME header", "bad Content-Length", "invalid Content-Length",
		"unsupported transfer encoding", "too many transfer encodings", "invalid header field",
	}
	notHTTP           = []string{"malformed HTTP", "multiple Content-Length"}
	brokenStream      = []string{"stream error: stream ID", "http2: server sent GOAWAY"}
	certificateMissed = []string{"remote error: tls: certificate required", "remote error: tls: bad certificate"}
)

// unreachable: nobody was there, or went away: perhaps only for now.
func unreachable(p *probe, f *finding) (decision, bool) {
	if f.err == nil {
		return decision{}, false
	}
	return unsure(bookcheck.Transient, silenceReason(f.err, p.options.Timeout)).afterAll(), true
}

func silenceReason(err error, timeout time.Duration) string {
	switch {
	case isTimeout(err):
		return "did not answer within " + timeout.String()
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refuses the connection"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "is out of reach from here"
	case isReset(err):
		return "closes the connection without an answer"
	default:
		return "cannot be reached: " + tidy(err.Error(), titleLimit)
	}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// isSilence tells whether nobody was there at all, so that it is about the host and
// not about one page.
func isSilence(err error) bool {
	var lookup *net.DNSError
	return isTimeout(err) || errors.As(err, &lookup) || errors.Is(err, syscall.ECONNREFUSED) ||
		errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EHOSTUNREACH)
}
