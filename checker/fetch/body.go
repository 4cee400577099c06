package fetch

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/bookcheck/bookcheck"
)

const (
	// pageLimit is how much of a page is read, unpacked. What a page says of itself
	// stands at its start; a longer one has its anchors counted as not known.
	pageLimit = 512 << 10
	// readLimit is how much is read of a page whose text is wanted, pdfLimit of a PDF:
	// it is of little use in part. heldLimit bounds what is held of all of them at once;
	// what is over it counts as cut off.
	readLimit = 4 << 20
	pdfLimit  = 32 << 20
	heldLimit = 512 << 20
	// drainLimit is how much of a body that nobody reads is read all the same:
	// cheaper than a new connection.
	drainLimit = 64 << 10
	// windowLimit bounds what a compressed body can make us hold.
	windowLimit = 8 << 20
)

// acceptEncoding is what body.read can undo.
const acceptEncoding = "gzip, br, zstd"

// A body is what was read of an answer.
type body struct {
	buf       *bytes.Buffer // from buffers; nil: nothing was read
	mediaType string        // in lower case, guessed if the server gave none
	fullType  string        // with its parameters
	truncated bool          // there was more
	broken    bool          // the server broke off
	opaque    bool          // packed in a way we do not know
	held      int64         // what it counts for in held
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// bytes returns what was read. It is not to be kept.
func (b *body) bytes() []byte {
	if b.buf == nil {
		return nil
	}
	return b.buf.Bytes()
}

// free gives the memory back.
func (b *body) free() {
	if b.buf == nil {
		return
	}
	held.Add(-b.held)
	b.held = 0
	if b.buf.Cap() <= 2*pageLimit { // a long one is not worth keeping
		b.buf.Reset()
		buffers.Put(b.buf)
	}
	b.buf = nil
}

// held is how much of all bodies is held, in bytes.
var held atomic.Int64

// limitOf returns how much of a body is read.
func limitOf(mediaType string, evidence bookcheck.Evidence) int64 {
	limit := int64(pageLimit)
	if evidence&bookcheck.Text != 0 {
		if limit = readLimit; mediaType == pdfType {
			limit = pdfLimit
		}
	}
	return min(limit, max(heldLimit-held.Load(), pageLimit))
}

const pdfType = "application/pdf"

// read takes in the body of an answer, up to the limit for its type.
func (b *body) read(ctx context.Context, resp *http.Response, evidence bookcheck.Evidence) {
	b.fullType = resp.Header.Get("Content-Type")
	if b.fullType != "" {
		b.mediaType = mediaTypeOf(b.fullType)
	}
	if isDownload(b.mediaType) && resp.Request != nil && strings.HasSuffix(strings.ToLower(resp.Request.URL.Path), ".pdf") {
		b.mediaType = pdfType
	}
	wire := &wire{Reader: resp.Body}
	plain, closer, err := unpack(wire, resp.Header.Get("Content-Encoding"))
	if err != nil || !wanted(resp.StatusCode, b.mediaType, evidence) {
		b.opaque = err != nil
		drain(wire, resp.ContentLength-wire.n)
		b.broken = wire.err != nil && ctx.Err() == nil
		return
	}
	defer closer()
	b.buf = buffers.Get().(*bytes.Buffer)
	limit := limitOf(b.mediaType, evidence)
	n, err := io.Copy(b.buf, io.LimitReader(plain, limit+1))
	b.held = min(n, limit)
	held.Add(b.held)
	if n > limit {
		b.buf.Truncate(int(limit))
		b.truncated = true
		if rest := resp.ContentLength - wire.n; rest >= 0 {
			drain(wire, rest)
		}
	}
	if err != nil {
		b.truncated = true
		b.broken = wire.err != nil && ctx.Err() == nil
		b.opaque = wire.err == nil && n == 0
	}
	if b.mediaType == "" {
		b.fullType = http.DetectContentType(b.bytes())
		b.mediaType = mediaTypeOf(b.fullType)
	}
}

// asData asks for a body of any type: the answer of an interface for programs.
const asData bookcheck.Evidence = 1 << 7

// wanted tells whether a body can say anything: a page, or a wall's text. What has
// no type may be a page. Of a PDF, only its text is of interest, and its number of
// pages where a fragment leads to one.
func wanted(code int, mediaType string, evidence bookcheck.Evidence) bool {
	switch {
	case isRedirect(code), code == http.StatusNoContent, code == http.StatusResetContent:
		return false
	case evidence&asData != 0, mediaType == "", isHTML(mediaType), strings.HasPrefix(mediaType, "text/"):
		return true
	case mediaType == pdfType:
		return evidence&(bookcheck.Anchors|bookcheck.Text) != 0
	default:
		return (code >= 400 || evidence&bookcheck.Text != 0) && (isJSON(mediaType) || isXML(mediaType))
	}
}

// isDownload tells whether a type only says that a file is to be kept.
func isDownload(mediaType string) bool {
	switch mediaType {
	case "application/octet-stream", "binary/octet-stream", "application/x-pdf", "application/force-download", "application/download":
		return true
	default:
		return false
	}
}

func isHTML(mediaType string) bool {
	return mediaType == "text/html" || mediaType == "application/xhtml+xml"
}

func isXML(mediaType string) bool {
	return mediaType == "application/xml" || mediaType == "text/xml" || strings.HasSuffix(mediaType, "+xml") && mediaType != "image/svg+xml"
}

func mediaTypeOf(contentType string) string {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil { // "text/html; charset"
		mediaType, _, _ = strings.Cut(contentType, ";")
	}
	return strings.ToLower(strings.TrimSpace(mediaType))
}

func isRedirect(code int) bool { return code >= 300 && code < 400 }

// drain reads a small rest, so that the connection can be used again. A long one
// is not worth the wait. A negative rest is one of unknown length.
func drain(r io.Reader, rest int64) {
	if rest <= drainLimit {
		_, _ = io.CopyN(io.Discard, r, drainLimit)
	}
}

var errPacking = errors.New("packed in an unknown way")

// unpack undoes the encoding of a body.
func unpack(r io.Reader, encoding string) (plain io.Reader, closer func(), err error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return r, func() {}, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		return z, func() {}, err
	case "deflate": // nobody asks for it
		return inflate(r), func() {}, nil
	case "br":
		return brotli.NewReader(r), func() {}, nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(windowLimit), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	default:
		return nil, nil, errPacking
	}
}

// inflate undoes what servers mean by deflate: some leave out the header that belongs to
// it, which browsers forgive.
func inflate(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if head, err := b.Peek(2); err == nil && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		if z, err := zlib.NewReader(b); err == nil {
			return z
		}
	}
	return flate.NewReader(b)
}

// A wire notes what went wrong on the way, and not in what was sent.
type wire struct {
	io.Reader
	n   int64 // bytes read
	err error
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	w.n += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}
