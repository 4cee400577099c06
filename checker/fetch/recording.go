package fetch

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"sync"
	"syscall"
	"unicode/utf8"
)

// A recording holds the exchanges of a run as JSON Lines, so that a verdict can be
// argued about without the network. What we sent is not in it, but for the address,
// from which a password is taken out.
const (
	recordingTitle   = "bookcheck recording"
	recordingVersion = 1
	recordLimit      = 4 << 20 // bytes of a line: a page, packed as JSON has it
)

type recordingHead struct {
	Title   string `json:"recording"`
	Version int    `json:"version"`
}

// A record is one exchange.
type record struct {
	URL       string        `json:"url"`
	Browser   bool          `json:"browser,omitempty"` // asked as a browser does
	Status    int           `json:"status,omitempty"`
	Header    http.Header   `json:"header,omitempty"`
	Body      []byte        `json:"body,omitempty"`
	Read      bool          `json:"read,omitempty"` // the body was of interest, if only an empty one
	FullType  string        `json:"type,omitempty"`
	Truncated bool          `json:"truncated,omitempty"`
	Broken    bool          `json:"broken,omitempty"`
	Opaque    bool          `json:"opaque,omitempty"`
	Completed bool          `json:"completed,omitempty"`
	Failure   *recordedFail `json:"failure,omitempty"`
}

// A recordedFail is why there was no answer, as far as verdicts depend on it.
type recordedFail struct {
	Kind string `json:"kind"`
	Text string `json:"text,omitempty"`
}

// A recorder writes exchanges.
type recorder struct {
	mu  sync.Mutex
	w   io.Writer
	err error // the first
}

func newRecorder(w io.Writer) *recorder {
	r := &recorder{w: w}
	r.write(recordingHead{recordingTitle, recordingVersion})
	return r
}

func (r *recorder) write(value any) {
	line, err := json.Marshal(value)
	if err == nil {
		_, err = r.w.Write(append(line, '\n'))
	}
	if r.err == nil {
		r.err = err
	}
}

// keep writes an exchange.
func (r *recorder) keep(x *exchange) {
	kept := record{
		URL: x.url.Redacted(), Browser: x.browser, Status: x.code, Header: writable(x.header), Body: x.body.bytes(), Read: x.body.buf != nil, FullType: x.body.fullType,
		Truncated: x.body.truncated, Broken: x.body.broken, Opaque: x.body.opaque, Completed: x.completed,
	}
	if x.err != nil {
		kept.Failure = describeError(x.err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.write(kept)
}

// writable returns the header with what JSON cannot hold percent-encoded.
func writable(header http.Header) http.Header {
	kept := make(http.Header, len(header))
	for name, values := range header {
		for _, value := range values {
			if !utf8.ValidString(value) {
				value = escapeBytes(value)
			}
			kept[name] = append(kept[name], value)
		}
	}
	return kept
}

// A recording answers as was recorded: each exchange once, and the last one for ever.
type recording struct {
	mu      sync.Mutex
	records map[recordKey][]*record
}

type recordKey struct {
	url     string
	browser bool
}

// readRecording reads what a recorder wrote.
func readRecording(r io.Reader) (*recording, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, recordLimit)
	head := recordingHead{}
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &head) != nil || head.Title != recordingTitle || head.Version != recordingVersion {
		return nil, errors.New("is not a recording, or one of another version")
	}
	m := &recording{records: make(map[recordKey][]*record)}
	for n := 2; lines.Scan(); n++ {
		kept := &record{}
		if err := json.Unmarshal(lines.Bytes(), kept); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		key := recordKey{kept.URL, kept.Browser}
		m.records[key] = append(m.records[key], kept)
	}
	return m, lines.Err()
}

var errNotRecorded = errors.New("is not in the recording")

// answer fills in an exchange.
func (m *recording) answer(x *exchange) error {
	key := recordKey{x.url.Redacted(), x.browser}
	m.mu.Lock()
	list := m.records[key]
	if len(list) > 1 {
		m.records[key] = list[1:]
	}
	m.mu.Unlock()
	if len(list) == 0 {
		return errNotRecorded
	}
	kept := list[0]
	if kept.Failure != nil {
		return kept.Failure.restore()
	}
	x.code, x.header, x.completed = kept.Status, kept.Header, kept.Completed
	x.body = body{fullType: kept.FullType, truncated: kept.Truncated, broken: kept.Broken, opaque: kept.Opaque}
	if kept.FullType != "" {
		x.body.mediaType = mediaTypeOf(kept.FullType)
	}
	if kept.Read {
		x.body.buf = bytes.NewBuffer(kept.Body)
	}
	return nil
}

// describeError says of an error what the steps of the engine tell apart.
func describeError(err error) *recordedFail {
	var (
		refused      *refusalError
		lookup       *net.DNSError
		hostname     x509.HostnameError
		invalid      x509.CertificateInvalidError
		authority    x509.UnknownAuthorityError
		verification *tls.CertificateVerificationError
		header       tls.RecordHeaderError
		protocol     textproto.ProtocolError
	)
	text := tidy(err.Error(), reasonLimit)
	switch {
	case errors.As(err, &refused):
		return &recordedFail{"policy", refused.host + " is " + refused.kind}
	case errors.As(err, &lookup) && lookup.IsNotFound && !lookup.IsTemporary && !lookup.IsTimeout:
		return &recordedFail{"no-such-host", text}
	case errors.As(err, &lookup):
		return &recordedFail{"lookup", text}
	case errors.As(err, &hostname):
		return &recordedFail{"certificate-host", text}
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return &recordedFail{"certificate-expired", text}
	case errors.As(err, &authority):
		return &recordedFail{"certificate-authority", text}
	case errors.As(err, &verification), errors.As(err, &invalid):
		return &recordedFail{"certificate", text}
	case errors.Is(err, http.ErrSchemeMismatch):
		return &recordedFail{"scheme", text}
	case errors.As(err, &header):
		return &recordedFail{"not-tls", text}
	case errors.As(err, &protocol):
		return &recordedFail{"protocol", text}
	case isTimeout(err):
		return &recordedFail{"timeout", text}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &recordedFail{"refused", text}
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return &recordedFail{"unreachable", text}
	case isReset(err):
		return &recordedFail{"reset", text}
	default:
		return &recordedFail{"other", text}
	}
}

// restore returns an error that the steps of the engine judge as the one that was
// recorded.
func (f *recordedFail) restore() error {
	switch f.Kind {
	case "policy":
		host, kind, _ := strings.Cut(f.Text, " is ")
		return &refusalError{host: host, kind: kind}
	case "no-such-host":
		return &net.DNSError{Err: f.Text, IsNotFound: true}
	case "lookup":
		return &net.DNSError{Err: f.Text, IsTemporary: true}
	case "certificate-host":
		return x509.HostnameError{Certificate: &x509.Certificate{}}
	case "certificate-expired":
		return x509.CertificateInvalidError{Cert: &x509.Certificate{}, Reason: x509.Expired}
	case "certificate-authority":
		return x509.UnknownAuthorityError{}
	case "certificate":
		return &tls.CertificateVerificationError{Err: errors.New(f.Text)}
	case "scheme":
		return http.ErrSchemeMismatch
	case "not-tls":
		return tls.RecordHeaderError{Msg: f.Text}
	case "protocol":
		return textproto.ProtocolError(f.Text)
	case "timeout":
		return &net.OpError{Op: "dial", Err: timeoutError(f.Text)}
	case "refused":
		return syscall.ECONNREFUSED
	case "unreachable":
		return syscall.ENETUNREACH
	case "reset":
		return syscall.ECONNRESET
	default:
		return errors.New(f.Text)
	}
}

type timeoutError string

func (e timeoutError) Error() string { return string(e) }

// Timeout tells that it is one.
func (timeoutError) Timeout() bool { return true }
