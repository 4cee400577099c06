package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// The words that mark unfinished work wherever they are written in capitals.
var todoMarkers = []string{"TODO", "FIXME", "TBD", "XXX"}

// Words in running text that are also used as plain nouns count only as a mark:
// before a colon, or with an owner, or on their own.
var plainToo = map[string]bool{"TODO": true, "FIXME": true, "XXX": true}

// commentTodos finds marks in a comment: capitals anywhere, any case before a
// colon at the start of a line.
func (w *walker) commentTodos(text lines) {
	end := len(text.text)
	for start := 0; start < end; {
		stop := start
		for stop < end && text.text[stop] != '\n' {
			stop++
		}
		w.commentLine(text, start, start+len(bytes.TrimRight(text.text[start:stop], " \t\r")))
		start = stop + 1
	}
}

var lowerTodo = regexp.MustCompile(`^[%\s]*((?i:todo|fixme))(?:\(([^)]*)\))?:`)

func (w *walker) commentLine(text lines, start, stop int) {
	line := string(text.text[start:stop])
	at, marker := findMarker(line, w.parser.markers)
	if m := lowerTodo.FindStringSubmatchIndex(line); m != nil && (at < 0 || m[2] < at) {
		at, marker = m[2], line[m[2]:m[3]]
	}
	if at < 0 {
		return
	}
	owner, rest := ownerOf(line[at+len(marker):])
	span := text.span(bookcheck.Span{Start: start + at, End: start + at + len(marker)})
	w.found.Todos = append(w.found.Todos, &bookcheck.Todo{
		Span:   span,
		Scope:  bookcheck.Span{Start: span.Start, End: text.span(bookcheck.Span{Start: start + at, End: stop}).End},
		Marker: strings.ToUpper(marker),
		Owner:  owner,
		Text:   strings.TrimSpace(rest),
		Hidden: true,
	})
}

// findMarker returns the first marker that stands as a word of its own.
func findMarker(text string, markers []string) (at int, marker string) {
	at = -1
	for _, m := range markers {
		for from := 0; ; {
			i := strings.Index(text[from:], m)
			if i < 0 {
				break
			}
			i += from
			if (at < 0 || i < at) && isWord(text, i, i+len(m)) {
				at, marker = i, m
				break
			}
			from = i + len(m)
		}
	}
	return at, marker
}

func isWord(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	after, _ := utf8.DecodeRuneInString(text[end:])
	return !isWordRune(before) && !isWordRune(after)
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '/')
}

// ownerOf takes "(owner)" and the colon off what follows a marker.
func ownerOf(rest string) (owner, text string) {
	if inner, after, ok := strings.Cut(rest, ")"); ok && strings.HasPrefix(inner, "(") {
		owner, rest = inner[1:], after
	}
	return owner, strings.TrimPrefix(strings.TrimLeft(rest, " "), ":")
}

// visibleTodos finds marks in text that readers see. A mark covers the text up to
// the next one.
func (w *walker) visibleTodos(p *passage) {
	text := string(p.text)
	for at, marker := w.nextMark(p, text, 0); at >= 0; {
		start := at + len(marker)
		next, nextMarker := w.nextMark(p, text, start)
		end := next
		if next < 0 {
			end = len(text)
		}
		owner, rest := ownerOf(text[start:end])
		rest = upToBracket(text[:at], rest)
		covered := strings.TrimRight(text[at:end], " ([")
		w.found.Todos = append(w.found.Todos, &bookcheck.Todo{
			Span:   p.span(at, start),
			Scope:  p.span(at, at+len(covered)),
			Marker: marker, Owner: owner, Text: strings.TrimSpace(unmasked(rest)),
		})
		at, marker = next, nextMarker
	}
}

// nextMark returns the next marker of a passage that is meant as one.
func (w *walker) nextMark(p *passage, text string, from int) (at int, marker string) {
	for {
		at, marker = findMarker(text[from:], w.parser.markers)
		if at < 0 {
			return at, marker
		}
		at += from
		from = at + len(marker)
		if (!plainToo[marker] || isMark(text, at, from)) && !w.inTodo(p.span(at, from)) {
			return at, marker
		}
	}
}

// inTodo tells whether a span is in the opening of an admonition that is a mark
// itself. The openings are in the order of the text.
func (w *walker) inTodo(span bookcheck.Span) bool {
	i := sort.Search(len(w.openings), func(i int) bool { return w.openings[i].Start > span.Start })
	return i > 0 && w.openings[i-1].Contains(span)
}

// isMark tells whether text[start:end] is meant as a mark: before a colon, with an
// owner, or alone in its brackets or its passage; and not quoted.
func isMark(text string, start, end int) bool {
	before := strings.TrimRight(text[:start], " ")
	after := text[end:]
	if strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "“") || strings.HasSuffix(before, "'") || strings.HasSuffix(before, "‘") {
		return false
	}
	if strings.HasPrefix(after, ":") {
		return true
	}
	if strings.HasPrefix(after, "(") {
		_, rest, ok := strings.Cut(after, ")")
		return ok && strings.HasPrefix(rest, ":")
	}
	opens := before == "" || strings.HasSuffix(before, "(") || strings.HasSuffix(before, "[")
	closes := strings.TrimRight(after, " .!") == "" || strings.HasPrefix(after, ")") || strings.HasPrefix(after, "]")
	return opens && closes
}

// upToBracket cuts text at the bracket that closes the one a mark stands in.
func upToBracket(before, rest string) string {
	for _, pair := range []string{"()", "[]"} {
		if strings.HasSuffix(strings.TrimRight(before, " "), pair[:1]) {
			rest, _, _ = strings.Cut(rest, pair[1:])
		}
	}
	return rest
}

// unmasked drops what stands in a passage for things that are not prose.
func unmasked(text string) string {
	return strings.Map(func(r rune) rune {
		if maskCode <= r && r <= maskDynamic || r == maskNote || r == maskCite {
			return -1
		}
		return r
	}, text)
}

var unfinishedTitle = regexp.MustCompile(`(?i)\b(?:work in progress|under construction)\b|\b(?:WIP|WiP|TODO)\b|^(?i:wip)$`)

// unfinishedAdmonition returns the mark that an admonition is, or nil.
func (w *walker) unfinishedAdmonition(d *directive) *bookcheck.Todo {
	text := strings.Join(strings.Fields(w.text(d.arg)), " ")
	marker := ""
	switch {
	case d.name == "todo":
		marker = "todo"
	case d.shape.arg == argTitle && strings.HasPrefix(d.name, "admonition"):
		marker = unfinishedTitle.FindString(text)
	}
	if marker == "" {
		return nil
	}
	return &bookcheck.Todo{
		Span:   d.opening,
		Scope:  bookcheck.Span{Start: d.opening.Start, End: max(d.end, d.opening.End)},
		Marker: marker,
		Text:   text,
	}
}

var unfinishedName = regexp.MustCompile(`^(?i:wip|todo|fixme)(?:[_-]\w*)?$`)

// unfinished tells whether a substitution's name says that something is not done.
func (w *walker) unfinished(name string) bool {
	return unfinishedName.MatchString(name) || slices.Contains(w.parser.syntax.Markers, name)
}
