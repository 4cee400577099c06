// Package bibtex reads bibliographies. A .bib file becomes a chapter like any
// other: its entries are what citations lead to, and the addresses in its fields
// are links.
//
// It is more patient than the programs that typeset from such files. They give up
// on the file at the first mistake, and every citation in the book with it; here
// a mistake costs the one entry that it is in, and even that keeps its key.
package bibtex

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// Parse returns what is in a bibliography: a work and a target for each key, a link
// for each address. Each entry that cannot be understood is one fault.
func Parse(path string, src []byte) (*bookcheck.Chapter, []bookcheck.Fault) {
	p := &parser{
		chapter: bookcheck.NewChapter(path, src),
		src:     src,
		closes:  braces(src),
		starts:  entryStarts(src),
		strings: make(map[string]string),
	}
	for p.next() {
		p.block()
	}
	return p.chapter, p.faults
}

// entryStart recognizes a line at which reading goes on after a mistake. Inside a
// value it would be odd.
var entryStart = regexp.MustCompile(`^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]`)

// entryStarts returns the offsets of the lines that begin with an entry.
func entryStarts(src []byte) []int {
	var starts []int
	at := 0
	for line := range bytes.Lines(src) {
		if entryStart.Match(line) {
			starts = append(starts, at)
		}
		at += len(line)
	}
	return starts
}

type parser struct {
	chapter *bookcheck.Chapter
	src     []byte
	at      int
	closes  []int32 // at the offset of each { that is closed, the offset of its }
	starts  []int   // offsets of lines that begin with an entry
	faults  []bookcheck.Fault

	strings  map[string]string // what macros stand for, in TeX, by their names in lower case
	expanded int               // bytes that macros were replaced by
}

// braces pairs the braces of the whole file in one pass, so that no unclosed one
// is searched for twice. BibTeX knows no escape: \{ opens a group too.
func braces(src []byte) []int32 {
	closes := make([]int32, len(src))
	var open []int
	for i, c := range src {
		switch {
		case c == '{':
			open = append(open, i)
		case c == '}' && len(open) > 0:
			closes[open[len(open)-1]] = int32(i)
			open = open[:len(open)-1]
		}
	}
	return closes
}

// close returns where the brace closes that opens at an offset.
func (p *parser) close(offset int) (end int, ok bool) {
	end = int(p.closes[offset])
	return end, end > 0
}

// next moves behind the next @ that can open a block. Whatever stands between
// blocks is a comment, e-mail addresses included.
func (p *parser) next() bool {
	for p.at < len(p.src) {
		i := bytes.IndexByte(p.src[p.at:], '@')
		if i < 0 {
			return false
		}
		p.at += i + 1
		if p.at < 2 || !isWord(p.src[p.at-2]) {
			return true
		}
	}
	return false
}

// block reads what follows an @.
func (p *parser) block() {
	p.space()
	kind := p.name()
	p.space()
	if kind == "" || p.peek() != '{' && p.peek() != '(' {
		return
	}
	start := p.at
	var m *mistake
	switch strings.ToLower(kind) {
	case "comment":
		return // BibTeX ignores the word alone: entries behind it count
	case "string", "preamble":
		if m = p.definition(strings.ToLower(kind)); m == nil && strings.EqualFold(kind, "string") {
			p.define(start)
		}
	default:
		e := &entry{kind: strings.ToLower(kind)}
		m = p.entry(e)
		p.add(e)
	}
	if m != nil {
		p.fault(m)
		p.at = p.limit(start)
	}
}

// A mistake is why a block cannot be read.
type mistake struct {
	at      int // where to look
	message string
}

func mistakeAt(at int, format string, args ...any) *mistake {
	return &mistake{at, fmt.Sprintf(format, args...)}
}

// fault records a mistake. In a line that a person would take for a comment there
// is none, although BibTeX reads it.
func (p *parser) fault(m *mistake) {
	at := p.chapter.Position(m.at)
	if line := p.chapter.Line(at.Line); bytes.HasPrefix(bytes.TrimSpace(p.src[line.Start:line.End]), []byte("%")) {
		return
	}
	p.faults = append(p.faults, bookcheck.Fault{
		Path: p.chapter.Path, Line: at.Line, Column: at.Column,
		Message: m.message,
		Excerpt: p.chapter.Text(p.chapter.Line(at.Line)),
	})
}

// limit returns where the first entry after offset begins that begins a line.
func (p *parser) limit(offset int) int {
	i, _ := slices.BinarySearch(p.starts, offset)
	if i == len(p.starts) {
		return len(p.src)
	}
	return p.starts[i]
}

// definition moves behind a @string or a @preamble.
func (p *parser) definition(kind string) *mistake {
	if end, ok := p.close(p.at); ok && p.peek() == '{' {
		p.at = end + 1
		return nil
	}
	if i := bytes.IndexByte(p.src[p.at:p.limit(p.at)], ')'); i >= 0 && p.peek() == '(' {
		p.at += i + 1
		return nil
	}
	return mistakeAt(p.at, "@%s is not closed; add the missing %c", kind, closer(p.peek()))
}

// An entry is one work.
type entry struct {
	kind   string // in lower case: "article"
	key    bookcheck.Span
	fields []field
}

// A field is a value under a name.
type field struct {
	value
	name string // in lower case
}

// entry reads an entry from its opening delimiter to behind the closing one. A
// mistake leaves in e what was read before it.
func (p *parser) entry(e *entry) *mistake {
	opening := p.at
	end := closer(p.peek())
	p.at++
	p.space()
	e.key = p.key(end)
	if bytes.ContainsAny(p.src[e.key.Start:e.key.End], `={"`) {
		e.key.End = e.key.Start // the first field, in place of a key
	}
	if e.key.Len() == 0 {
		return mistakeAt(opening, "entry without a key; write @%s{key, …", e.kind)
	}
	key := p.chapter.Text(e.key)
	p.space()
	if c := p.peek(); c != ',' && c != end {
		if c == 0 || c == '@' {
			return mistakeAt(e.key.Start, "entry %q is not closed; add the missing %c", key, end)
		}
		return mistakeAt(p.at, "entry %q has no comma after its key; add one", key)
	}
	for {
		p.skip(", \t\r\n")
		switch p.peek() {
		case end:
			p.at++
			return nil
		case 0, '@':
			return mistakeAt(e.key.Start, "entry %q is not closed; add the missing %c", key, end)
		}
		f, m := p.field()
		if m != nil {
			return mistakeAt(m.at, "entry %q: %s", key, m.message)
		}
		e.fields = append(e.fields, f)
		p.space()
		switch c := p.peek(); c {
		case ',', end, 0, '@':
		default:
			return mistakeAt(p.at, "entry %q has no comma after the field %s; add one", key, f.name)
		}
	}
}

// field reads name = value.
func (p *parser) field() (field, *mistake) {
	start := p.at
	f := field{name: strings.ToLower(p.name())}
	if f.name == "" {
		return f, mistakeAt(p.at, "a field cannot begin with %q; look for a brace or quote too many above", p.peek())
	}
	p.space()
	if p.peek() != '=' {
		return f, mistakeAt(start, "field %s has no value; write %s = {…}", f.name, f.name)
	}
	p.at++
	v, m := p.value(f.name)
	if m == nil && len(v.pieces) == 0 {
		m = mistakeAt(start, "field %s has no value; write %s = {…}", f.name, f.name)
	}
	f.value = v
	return f, m
}

// piece reads one string, number or macro and returns what it says. If there is
// none, p does not move.
func (p *parser) piece(name string) (bookcheck.Span, *mistake) {
	start := p.at
	switch c := p.peek(); c {
	case '{':
		end, ok := p.close(start)
		if !ok {
			return bookcheck.Span{}, mistakeAt(start, "the { that opens the field %s is not closed; add the missing }", name)
		}
		p.at = end + 1
		return bookcheck.Span{Start: start + 1, End: end}, nil
	case '"':
		end := p.quote()
		if end < 0 {
			return bookcheck.Span{}, mistakeAt(start, "the quote that opens the field %s is not closed; add the missing %c", name, c)
		}
		p.at = end + 1
		return bookcheck.Span{Start: start + 1, End: end}, nil
	}
	p.name()
	return bookcheck.Span{Start: start, End: p.at}, nil
}

// quote returns the offset of the quote that closes the one here, or -1. Quotes
// inside braces do not count.
func (p *parser) quote() int {
	limit := p.limit(p.at)
	for i := p.at + 1; i < limit; i++ {
		switch p.src[i] {
		case '"':
			return i
		case '{':
			end, ok := p.close(i)
			if !ok {
				return -1
			}
			i = end
		}
	}
	return -1
}

// add makes a work and its target of an entry.
func (p *parser) add(e *entry) {
	if e.key.Len() == 0 {
		return
	}
	target := &bookcheck.Target{
		Span: e.key, Kind: bookcheck.Citation, Name: p.chapter.Text(e.key), Of: e.kind,
	}
	work := p.work(e, target)
	target.Title = work.Title
	p.chapter.Targets = append(p.chapter.Targets, target)
	p.chapter.Works = append(p.chapter.Works, work)
}

var withoutBraces = strings.NewReplacer("{", "", "}", "")

// key reads a key. BibTeX allows nearly anything in one.
func (p *parser) key(end byte) bookcheck.Span {
	start := p.at
	for p.at < len(p.src) && p.src[p.at] != ',' && p.src[p.at] != end && !isSpace(p.src[p.at]) {
		p.at++
	}
	return bookcheck.Span{Start: start, End: p.at}
}

// name reads the name of a kind, field or macro, or a number.
func (p *parser) name() string {
	start := p.at
	for p.at < len(p.src) && !isSpace(p.src[p.at]) && strings.IndexByte(`@"#%'(),={}`, p.src[p.at]) < 0 {
		p.at++
	}
	return string(p.src[start:p.at])
}

func (p *parser) space() { p.skip(" \t\r\n") }

func (p *parser) skip(set string) {
	for p.at < len(p.src) && strings.IndexByte(set, p.src[p.at]) >= 0 {
		p.at++
	}
}

// peek returns the byte here, or 0 at the end.
func (p *parser) peek() byte {
	if p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

// closer returns what closes a block that c opens.
func closer(c byte) byte {
	if c == '(' {
		return ')'
	}
	return '}'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
