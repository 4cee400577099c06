package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/bookcheck/bookcheck"
)

// bareParser finds addresses in running text by the rules of linkify-it 5, which
// markdown-it and with it MyST-Parser use:
// https://github.com/markdown-it/linkify-it/blob/master/lib/re.mjs
// goldmark's own needs a space or a bracket before the address. Names with
// neither a scheme nor www., such as README.md, stay text.
type bareParser struct{}

// Trigger returns the bytes in the middle of http:, www. and name@host: what
// stands before them is text by then, and is taken back.
func (bareParser) Trigger() []byte { return []byte{':', '.', '@'} }

func (bareParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	last, ok := parent.LastChild().(*ast.Text)
	if !ok {
		return nil
	}
	line, segment := block.PeekLine()
	source := block.Source()
	if last.Segment.Stop != segment.Start || last.SoftLineBreak() || last.HardLineBreak() {
		return nil
	}
	before := source[last.Segment.Start:last.Segment.Stop]
	var back, length int
	scheme := ""
	switch line[0] {
	case ':':
		back, length = schemeURL(before, line)
	case '.':
		if back = wordLength(before, "www"); back > 0 {
			length = hostAndPath(line[1:])
			scheme = "http://"
		}
		if length > 0 {
			length++
		}
	case '@':
		back, length = mail(before, line)
		scheme = "mailto:"
	}
	if back == 0 || length == 0 {
		return nil
	}
	start := segment.Start - back
	span := bookcheck.Span{Start: start, End: segment.Start + length}
	last.Segment.Stop = start
	if last.Segment.Len() == 0 {
		parent.RemoveChild(parent, last)
	}
	block.Advance(length)
	node := &inline{kind: kindBare, span: span, content: span, target: scheme + string(source[span.Start:span.End])}
	node.SetPos(start)
	return node
}

// schemeURL returns how much of an address stands before and from a colon on.
func schemeURL(before, line []byte) (back, length int) {
	scheme := schemeBefore(before)
	back = len(scheme)
	switch strings.ToLower(string(scheme)) {
	case "https", "http", "ftp":
	case "mailto":
		if at := bytes.IndexByte(line, '@'); at > 1 && localPart(line[1:at]) == at-1 {
			if n := hostLength(line[at+1:]); n > 0 {
				return back, at + 1 + n
			}
		}
		return 0, 0
	default:
		return 0, 0
	}
	if !bytes.HasPrefix(line, []byte("://")) {
		return 0, 0
	}
	n := hostAndPath(line[3:])
	if n == 0 {
		return 0, 0
	}
	return back, 3 + n
}

// schemeBefore returns the scheme that text ends with: letters, digits and marks
// of RFC 3986, section 3.1. What stands before it may be anything else.
func schemeBefore(text []byte) []byte {
	start := len(text)
	for start > 0 && isSchemeByte(text[start-1]) {
		start--
	}
	return text[start:]
}

func isSchemeByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '+' || c == '-'
}

// wordLength returns the length of word if before ends with it, in any case, and
// it begins there: after a space, a mark or nothing.
func wordLength(before []byte, word string) int {
	n := len(word)
	if len(before) < n || !strings.EqualFold(string(before[len(before)-n:]), word) {
		return 0
	}
	if r, size := utf8.DecodeLastRune(before[:len(before)-n]); size > 0 && (!separates(r) || r == '_') {
		return 0
	}
	return n
}

// separates tells whether r ends a name: white space, control, punctuation, or
// one of the characters that linkify-it adds.
func separates(r rune) bool {
	return unicode.In(r, unicode.Z, unicode.Cc, unicode.P) || r == '<' || r == '>' || r == '｜' || r == utf8.RuneError
}

// mail returns how much of an e-mail address stands before and from an @ on.
func mail(before, line []byte) (back, length int) {
	back = localPart(before)
	if back == 0 {
		return 0, 0
	}
	n := hostLength(line[1:])
	if n == 0 || bytes.IndexByte(line[1:1+n], '.') < 0 {
		return 0, 0
	}
	return back, 1 + n
}

// localPart returns the length of the local part of an address at the end of s.
func localPart(s []byte) int {
	n := 0
	for n < len(s) && n < 64 {
		c := s[len(s)-1-n]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			n > 0 && c == '.' || c == '-' || c == '_' || c == '+' || c == '%' {
			n++
			continue
		}
		break
	}
	for n > 0 && (s[len(s)-n] == '.' || s[len(s)-n] == '-') {
		n--
	}
	return n
}

// hostAndPath returns the length of host, port, path, query and fragment at the
// start of s; 0: there is no host.
func hostAndPath(s []byte) int {
	at := userInfoLength(s)
	n := hostLength(s[at:])
	if n == 0 {
		return 0
	}
	at += n
	at += portLength(s[at:])
	at += pathLength(s[at:])
	// markdown-it leaves closing emphasis to the text around: *https://x.org/a*.
	return len(bytes.TrimRight(s[:at], "*"))
}

func userInfoLength(s []byte) int {
	for i, c := range s {
		switch {
		case c == '@':
			return i + 1
		case c == '/' || c == '?' || c == '#' || c <= ' ' || c >= utf8.RuneSelf || c == '<' || c == '>' || i > 128:
			return 0
		}
	}
	return 0
}

// hostLength returns the length of a host name at the start of s. An IPv6 literal
// is none to linkify-it.
func hostLength(s []byte) int {
	end, at := 0, 0
	for at < len(s) {
		r, size := utf8.DecodeRune(s[at:])
		switch {
		case !separates(r):
			at += size
			end = at
			continue
		case (r == '.' || r == '-') && at > 0 && at == end:
			at += size // belongs to the host only if more follows
			if r == '-' {
				for at < len(s) && s[at] == '-' {
					at++
				}
			}
			continue
		}
		break
	}
	return end
}

func portLength(s []byte) int {
	if len(s) < 2 || s[0] != ':' || s[1] < '0' || s[1] > '9' {
		return 0
	}
	n := 1
	for n < len(s) && n < 6 && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// pathLength returns the length of a path, query and fragment at the start of s.
// Brackets and quotes belong to it in pairs; marks that end a sentence belong to
// it if more follows.
func pathLength(s []byte) int {
	if len(s) == 0 || s[0] != '/' && s[0] != '?' && s[0] != '#' {
		return 0
	}
	at := 1
	for at < len(s) {
		n := pathPart(s[at:])
		if n == 0 {
			break
		}
		at += n
	}
	if at == 1 && s[0] != '/' {
		return 0
	}
	return at
}

// pathPart returns the length of the next part of a path: a character, or a pair
// of brackets with what they hold.
func pathPart(s []byte) int {
	r, size := utf8.DecodeRune(s)
	switch r {
	case '(':
		return enclosed(s, ')')
	case '[':
		return enclosed(s, ']')
	case '{':
		return enclosed(s, '}')
	case '"':
		return enclosed(s, '"')
	case '\'':
		if n := enclosed(s, '\''); n > 0 {
			return n
		}
		if next, _ := utf8.DecodeRune(s[1:]); len(s) > 1 && (next == '-' || !separates(next)) {
			return 1
		}
		return 0
	case '.', ',', ';', '!', '?':
		return continued(s)
	case '-':
		return runLength(s, '-')
	case ')', ']', '}', '<', '>', '｜', utf8.RuneError:
		return 0
	}
	if unicode.In(r, unicode.Z, unicode.Cc) {
		return 0
	}
	return size
}

// enclosed returns the length of a bracket with what it holds up to its closing.
func enclosed(s []byte, closing byte) int {
	for i := 1; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		if s[i] == closing {
			if closing == '"' && i == 1 || closing == '\'' && i == 1 {
				return 0
			}
			return i + 1
		}
		if unicode.In(r, unicode.Z, unicode.Cc) {
			return 0
		}
		i += size
	}
	return 0
}

// continued returns the length of the marks at the start of s that a path goes on
// after. linkify-it takes a full stop before a closing bracket too, which no
// author means.
func continued(s []byte) int {
	n := len(s) - len(bytes.TrimLeft(s, ".,;!?"))
	if n == len(s) {
		return 0
	}
	next, _ := utf8.DecodeRune(s[n:])
	if n > 1 && s[n-1] == '.' && s[n-2] == '.' && separates(next) && strings.IndexByte("%/&", s[n]) < 0 {
		return 0
	}
	if unicode.In(next, unicode.Z, unicode.Cc) || strings.ContainsRune(`)]}<>"'*_~｜`, next) || next == utf8.RuneError {
		return 0
	}
	return n
}
