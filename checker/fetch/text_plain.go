package fetch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"

	"github.com/bookcheck/bookcheck"
)

// readPlain reads what a reader sees of what is no page in HTML.
func readPlain(src []byte, mediaType string) (text string, cut bool, imprint *bookcheck.Imprint) {
	switch {
	case mediaType == "text/markdown" || mediaType == "text/x-markdown":
		text = plainMarkdown(src)
	case isJSON(mediaType):
		text = plainJSON(src)
	case isXML(mediaType):
		text, _, _ = readPage(src, mediaType)
	default:
		text = unwrap(string(src))
	}
	if cut = len(text) > textLimit; cut {
		text = text[:textLimit]
	}
	return strings.ToValidUTF8(text, "\uFFFD"), cut, &bookcheck.Imprint{Kind: "text"}
}

// unwrap joins the lines of a paragraph of plain text that was broken to fit a
// width. Lists, tables, headings and code keep their lines.
func unwrap(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	long := false // the line before was as long as those that are broken
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		if bare == "" {
			long = false
			continue
		}
		switch {
		case b.Len() == 0:
		case long && !opensLine(bare):
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(bare)
		long = len(bare) >= shortestBroken && bare[0] != '#' && bare[0] != '|'
	}
	return b.String()
}

// shortestBroken is the length from which on a line may have been broken.
const shortestBroken = 40

// opensLine tells whether a line begins something of its own.
func opensLine(line string) bool {
	switch line[0] {
	case '#', '|', '>', '`', '~', '+', '=':
		return true
	case '-', '*':
		return len(line) > 1 && (line[1] == ' ' || line[1] == line[0])
	}
	number, _, found := strings.Cut(line, ". ")
	return found && len(number) < 4 && strings.Trim(number, "0123456789") == ""
}

// plainMarkdown returns the text of Markdown without its markup.
func plainMarkdown(src []byte) string {
	r := textReader{tokens: html.NewTokenizer(bytes.NewReader(src)), pre: 1}
	for next(r.tokens, &r) {
	}
	var b strings.Builder
	b.Grow(len(r.text))
	for line := range strings.Lines(string(r.text)) {
		b.WriteString(strings.TrimLeft(line, "#> \t"))
		if strings.HasPrefix(line, "#") {
			b.WriteByte('\n') // ends the paragraph that a heading is
		}
	}
	return unwrap(withoutMarks(b.String()))
}

// withoutMarks takes emphasis, code marks and the addresses of links out of
// Markdown.
func withoutMarks(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '*':
			item := i+1 < len(s) && s[i+1] == ' ' && (i == 0 || s[i-1] == '\n' || s[i-1] == ' ')
			product := i > 0 && i+1 < len(s) && isDigit(rune(s[i-1])) && isDigit(rune(s[i+1]))
			if item || product {
				b.WriteByte(c)
			}
		case '`':
		case '!':
			if i+1 >= len(s) || s[i+1] != '[' {
				b.WriteByte(c)
			}
		case '[':
			if !isLinkText(s[i+1:]) {
				b.WriteByte(c) // a note
			}
		case ']':
			n := addressLength(s[i+1:])
			if i += n; n == 0 {
				b.WriteByte(c)
			}
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isLinkText tells whether what stands behind a bracket is the text of a link.
func isLinkText(s string) bool {
	const longest = 300
	s = s[:min(len(s), longest)]
	end := strings.IndexAny(s, "[]")
	return end >= 0 && s[end] == ']' && addressLength(s[end+1:]) > 0
}

// addressLength returns how long the address of a link is that stands here, in
// parentheses; 0: none does.
func addressLength(s string) int {
	const longest = 500
	if !strings.HasPrefix(s, "(") {
		return 0
	}
	open := 0
	for i := range min(len(s), longest) {
		switch s[i] {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return i + 1
			}
		case '\n':
			return 0
		}
	}
	return 0
}

// plainJSON returns the names and values of JSON, one a line, as far as it can be
// read.
func plainJSON(src []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(src))
	decoder.UseNumber()
	var b strings.Builder
	var open []byte // '{' before a name, ':' before its value, '['
	for {
		token, err := decoder.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) && b.Len() == 0 {
				return string(src)
			}
			return b.String()
		}
		n := len(open)
		switch v := token.(type) {
		case json.Delim:
			switch v {
			case '{', '[':
				if n > 0 && open[n-1] == ':' {
					b.WriteByte('\n')
					open[n-1] = '{'
				}
				open = append(open, byte(v))
				continue
			default:
				open = open[:n-1]
				continue
			}
		case string:
			b.WriteString(strings.Join(strings.Fields(v), " "))
		case json.Number:
			b.WriteString(v.String())
		case bool:
			b.WriteString(map[bool]string{true: "true", false: "false"}[v])
		}
		if n = len(open); n == 0 {
			continue
		}
		switch open[n-1] {
		case '{':
			b.WriteString(": ")
			open[n-1] = ':'
		case ':':
			b.WriteByte('\n')
			open[n-1] = '{'
		default:
			b.WriteByte('\n')
		}
	}
}
