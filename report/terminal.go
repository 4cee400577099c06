package report

import (
	"bufio"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// A color is the parameters of a terminal's SGR sequence. The level is always
// written as a word too: color carries no meaning of its own.
type color string

const (
	bold   color = "1"
	frame  color = "34"
	red    color = "1;31"
	yellow color = "1;33"
	cyan   color = "1;36"
)

func levelColor(s bookcheck.Severity) color {
	switch s {
	case bookcheck.Error:
		return red
	case bookcheck.Warning:
		return yellow
	default:
		return cyan
	}
}

// A terminal writes text for people, in a style.
type terminal struct {
	out   *bufio.Writer // keeps the first error until Flush
	style Style
}

func newTerminal(w io.Writer, style Style) *terminal {
	return &terminal{out: bufio.NewWriter(w), style: style}
}

// printf writes text that is fit for a terminal already.
func (t *terminal) printf(format string, args ...any) { _, _ = fmt.Fprintf(t.out, format, args...) }

func (t *terminal) paint(c color, text string) string {
	if !t.style.Color || text == "" {
		return text
	}
	return "\x1b[" + string(c) + "m" + text + "\x1b[0m"
}

// link makes text lead to an address, where the terminal can.
func (t *terminal) link(address, text string) string {
	if !t.style.Links || address == "" {
		return text
	}
	return "\x1b]8;;" + printableURL(address) + "\x1b\\" + text + "\x1b]8;;\x1b\\"
}

// level writes a severity and a rule: "error[dead-url]".
func (t *terminal) level(d *bookcheck.Diagnostic) string {
	name := t.link(helpURI(d.Rule), clean(d.Rule.Name))
	return t.paint(levelColor(d.Severity), d.Severity.String()) + "[" + t.paint(bold, name) + "]"
}

// message writes a finding's message; the URL that it is about is a link.
func (t *terminal) message(d *bookcheck.Diagnostic) string {
	text, about := clean(d.Message), clean(d.Subject)
	before, after, found := strings.Cut(text, about)
	if !t.style.Links || !found || !isWeb(about) {
		return text
	}
	return before + t.link(d.Subject, about) + after
}

// place writes where an offset stands: "content/a.md:12:5".
func (t *terminal) place(c *bookcheck.Chapter, offset int) string {
	at := c.Position(offset)
	text := fmt.Sprintf("%s:%d:%d", quote(t.name(c.Path)), at.Line, at.Column)
	if t.style.Top == "" {
		return text
	}
	file := path.Join("/", t.style.Top, c.Path)
	return t.link(fmt.Sprintf("file://%s%s#%d", escapePath(t.style.Host), escapePath(file), at.Line), text)
}

// name writes a path as seen from the working folder.
func (t *terminal) name(file string) string {
	return path.Join(t.style.Prefix, relative(t.style.Dir, file))
}

// cell names the notebook cell that an offset stands in: " (Markdown cell 3)".
func cell(c *bookcheck.Chapter, offset int) string {
	for i, span := range c.Cells {
		if span.Start <= offset && offset <= span.End {
			return fmt.Sprintf(" (Markdown cell %d)", i+1)
		}
	}
	return ""
}

// clean makes text from a book or from the web fit for one line of a terminal:
// white space is folded, and what could move the cursor, hide text or turn it
// around is shown as U+FFFD.
func clean(text string) string { return strings.Join(strings.Fields(visible(text)), " ") }

// visible replaces what a terminal would obey instead of showing. White space of
// every kind becomes a space.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, hostile(r):
			return utf8.RuneError
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, text)
}

// hostile tells whether a character acts on the terminal or on the order of the
// text around it.
func hostile(r rune) bool {
	switch {
	case '\t' <= r && r <= '\r':
		return false // white space
	case r == '\u2028', r == '\u2029':
		return true
	case '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return true
	}
	return unicode.IsControl(r)
}

// quote writes a path as it can be typed; one that a terminal cannot show is
// written as a Go string.
func quote(name string) string {
	if name == "" || clean(name) != name || strings.ContainsRune(name, utf8.RuneError) {
		return strconv.Quote(name)
	}
	return name
}

// relative writes a path as seen from a folder, both slash-separated from the
// same top.
func relative(dir, name string) string {
	dir, name = path.Clean(dir), path.Clean(name)
	if dir == "." {
		return name
	}
	up := ""
	for {
		if rest, found := strings.CutPrefix(name, dir+"/"); found {
			return up + rest
		}
		up += "../"
		if dir = path.Dir(dir); dir == "." || dir == "/" {
			return up + name
		}
	}
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// printableURL encodes what could end the escape sequence that a link's address
// stands in.
func printableURL(address string) string {
	return encode(address, func(b byte) bool { return '!' <= b && b <= '~' })
}

// escapePath encodes a slash-separated path as part of a URI. Only what needs no
// encoding anywhere in a URI is left as it is.
func escapePath(name string) string {
	return encode(name, func(b byte) bool {
		return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || strings.IndexByte("/-._~", b) >= 0
	})
}

func encode(text string, keep func(byte) bool) string {
	var out strings.Builder
	for i := range len(text) {
		if b := text[i]; keep(b) {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}
