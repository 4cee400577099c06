package bibtex

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// address is a URL in a value. It ends where TeX or a sentence would end it;
// trailing punctuation is trimmed afterwards.
var address = regexp.MustCompile(`(?i)\bhttps?://(?:\\[_%&#$~]|\{\\[_%&#$~]\}|\{\\textasciitilde\}|\\textasciitilde(?:\{\}|\b)|[^\s{}"<>\\|^` + "`" + `])+`)

// escapes are the ways to write characters of a URL that mean something to TeX.
var escapes = strings.NewReplacer(
	`{\_}`, "_", `{\%}`, "%", `{\&}`, "&", `{\#}`, "#", `{\$}`, "$", `{\~}`, "~",
	`{\textasciitilde}`, "~", `\textasciitilde{}`, "~", `\textasciitilde`, "~",
	`\_`, "_", `\%`, "%", `\&`, "&", `\#`, "#", `\$`, "$", `\~`, "~",
)

// links returns the addresses in a field. Only fields that are about where a work
// is found hold any; an abstract or a note about files does not.
func links(src []byte, f *field) []*bookcheck.Link {
	switch f.name {
	case "url", "howpublished", "note":
	default:
		return nil
	}
	if !bytes.Contains(src[f.whole.Start:f.whole.End], []byte("//")) {
		return nil
	}
	var links []*bookcheck.Link
	for _, m := range address.FindAllIndex(src[f.whole.Start:f.whole.End], -1) {
		dest := bookcheck.Span{Start: f.whole.Start + m[0], End: f.whole.Start + m[1]}
		dest.End = dest.Start + len(trim(src[dest.Start:dest.End]))
		target := escapes.Replace(string(src[dest.Start:dest.End]))
		links = append(links, &bookcheck.Link{
			Span: dest, Dest: dest,
			Kind: bookcheck.PageLink, Form: bookcheck.Bare, Name: f.name,
			Target: target, Text: target,
		})
	}
	return links
}

// trim cuts the punctuation of the sentence off the end of a URL. A closing
// parenthesis stays if the URL opens it.
func trim(url []byte) []byte {
	unopened := bytes.Count(url, []byte(")")) - bytes.Count(url, []byte("("))
	for len(url) > 0 {
		switch c := url[len(url)-1]; {
		case strings.IndexByte(`.,;:!?'`, c) >= 0:
		case c == ')' && unopened > 0:
			unopened--
		default:
			return url
		}
		url = url[:len(url)-1]
	}
	return url
}
