package report

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/bookcheck/bookcheck"
)

// noPages is where an object that was given no pages says so. Nothing else looks like
// it: in a string, a line break is written as \n.
const noPages = "\n  \"urls\": []"

// writePaged writes a report that was given no pages, with those of a run. They are
// written by hand: of 100,000 pages encoding/json makes text for most of a second, and
// who interrupts a run waits for it.
func writePaged(w io.Writer, report jsonReport, pages map[string]*bookcheck.Page) error {
	var around bytes.Buffer
	if err := writeJSON(&around, report); err != nil {
		return err
	}
	before, after, _ := bytes.Cut(around.Bytes(), []byte(noPages))
	text := make([]byte, 0, around.Len()+len(pages)*pageSize)
	text = append(text, before...)
	text = append(text, "\n  \"urls\": ["...)
	for i, url := range slices.Sorted(maps.Keys(pages)) {
		if i > 0 {
			text = append(text, ',')
		}
		text = pageJSON(url, pages[url]).append(text)
	}
	if len(pages) > 0 {
		text = append(text, "\n  "...)
	}
	text = append(text, ']')
	_, err := w.Write(append(text, after...))
	return err
}

// pageSize is about how long a page is in a report.
const pageSize = 400

// append writes the page as encoding/json would, as one of a list in an object.
func (u *jsonURL) append(b []byte) []byte {
	b = append(b, "\n    {"...)
	b = appendField(b, "url", u.URL)
	b = appendField(b, "verdict", u.Verdict)
	b = appendField(b, "reason", u.Reason)
	if u.Doubt != "" {
		b = appendField(b, "doubt", u.Doubt)
	}
	b = append(b, "\n      \"status\": "...)
	b = strconv.AppendInt(b, int64(u.Status), 10)
	b = append(b, ",\n      \"hops\": ["...)
	for i, hop := range u.Hops {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n        {\n          \"url\": "...)
		b = appendString(b, hop.URL)
		b = append(b, ",\n          \"status\": "...)
		b = strconv.AppendInt(b, int64(hop.Status), 10)
		b = append(b, "\n        }"...)
	}
	if len(u.Hops) > 0 {
		b = append(b, "\n      "...)
	}
	b = append(b, "],"...)
	b = appendField(b, "moved_to", u.MovedTo)
	b = appendField(b, "checked", u.Checked)
	b = append(b, "\n      \"cached\": "...)
	return append(strconv.AppendBool(b, u.Cached), "\n    }"...)
}

func appendField(b []byte, name, value string) []byte {
	b = append(b, "\n      \""...)
	b = append(b, name...)
	b = append(b, "\": "...)
	return append(appendString(b, value), ',')
}

// appendString writes a string; one with a character that may have to be escaped as
// encoding/json does.
func appendString(b []byte, s string) []byte {
	if isPlain(s) {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	var quoted bytes.Buffer
	if err := writeJSON(&quoted, s); err != nil {
		return append(b, `""`...) // which no string is met by
	}
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\n"))...)
}

// isPlain tells whether a string can stand between quotes as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}
