package markdown

import (
	"bytes"

	"github.com/bookcheck/bookcheck"
)

// mdbookGrammar is the Markdown of mdBook.
// https://rust-lang.github.io/mdBook/format/mdbook.html
func mdbookGrammar([]string) *grammar {
	return recipe{footnotes: true, headingIDs: true, fillings: mdbookHelpers}.grammar()
}

// mdbookHelpers finds {{#include file}} and its kin, which mdBook replaces
// wherever they stand, in code too; a backslash keeps them.
func mdbookHelpers(source []byte) (found []filling) {
	closing := -1 // where the next } stands, unless that is before at
	for at := 0; ; {
		i := bytes.Index(source[at:], []byte("{{"))
		if i < 0 {
			return found
		}
		at += i
		if closing < at {
			i := bytes.IndexByte(source[at:], '}')
			if i < 0 {
				return found
			}
			closing = at + i
		}
		f, ok := mdbookHelper(source, at, closing)
		if !ok {
			at += 2
			continue
		}
		if at == 0 || source[at-1] != '\\' {
			found = append(found, f)
		}
		at = f.span.End
	}
}

// mdbookHelper reads the helper between {{ and }}.
func mdbookHelper(source []byte, at, closing int) (f filling, ok bool) {
	inner := bytes.TrimLeft(source[at+2:closing], " \t\r\n")
	name := bookcheck.Span{Start: closing - len(inner), End: closing - len(inner) + 1}
	if len(inner) == 0 || inner[0] != '#' {
		return f, false
	}
	for name.End < closing && isNameByte(source[name.End]) {
		name.End++
	}
	if name.Len() < 2 || name.End >= closing || !isHTMLSpace(source[name.End]) || !bytes.HasPrefix(source[closing:], []byte("}}")) {
		return f, false
	}
	value := nextWord(source, name.End, closing)
	if value.Len() == 0 {
		return f, false
	}
	f.span = bookcheck.Span{Start: at, End: closing + 2}
	helper := string(source[name.Start+1 : name.End])
	switch helper {
	case "include", "rustdoc_include":
		if i := bytes.IndexByte(source[value.Start:value.End], ':'); i > 0 { // lines, or the name of a part
			value.End = value.Start + i
		}
	case "playground", "playpen":
	default:
		return f, true
	}
	f.link = includeLink(source, value, helper)
	return f, true
}

// includeLink returns the link that the path of a file to include is.
func includeLink(source []byte, path bookcheck.Span, name string) *bookcheck.Link {
	return &bookcheck.Link{
		Span: path, Kind: bookcheck.Include, Form: bookcheck.Argument, Name: name,
		Dest: path, Target: string(source[path.Start:path.End]), Silent: true,
	}
}

// nextWord returns the first run of characters that are not white space.
func nextWord(source []byte, from, to int) bookcheck.Span {
	for from < to && isHTMLSpace(source[from]) {
		from++
	}
	end := from
	for end < to && !isHTMLSpace(source[end]) {
		end++
	}
	return bookcheck.Span{Start: from, End: end}
}

func isNameByte(c byte) bool { return isTagLetter(c) || c == '_' || c >= '0' && c <= '9' }
