package fact

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// fewestWords is how many words a quotation has. Fewer are a name, a term or irony.
const fewestWords = 4

// quotation adds the quotation that the mark at a token opens, if it is one.
func (r *Reader) quotation(at int) {
	opening := r.at(at)
	if opening.is('"') && opening.glued && !r.at(at-1).is('(') && !r.at(at-1).is('[') && !r.at(at-1).is('-') {
		return // it closes one
	}
	words := 0
	for i := at + 1; i < len(r.tokens); i++ {
		tok := r.at(i)
		switch {
		case tok.is('”'), tok.is('"') && (i+1 >= len(r.tokens) || !r.at(i+1).glued || r.at(i+1).kind == mark):
			if words >= fewestWords {
				f := r.add(bookcheck.Fact{Kind: bookcheck.Quotation}, at+1, i)
				f.Key = quotationKey(f.Text)
			}
			return
		case tok.is('“'), tok.is('"'):
			return
		case tok.kind == word && !tok.glued || i == at+1:
			words++
		}
	}
}

// quotationKey is as Key, but what the author left out or put in is a space: …, [sic].
func quotationKey(text string) string {
	var parts []string
	for text != "" {
		end, next := gap(text)
		if part := Key(text[:end]); part != "" {
			parts = append(parts, part)
		}
		text = text[next:]
	}
	return strings.Join(parts, " ")
}

// gap returns where the next thing begins and ends that the author of a quotation did
// to it; both are the length of the text if there is none.
func gap(text string) (start, end int) {
	for i := range len(text) {
		rest := text[i:]
		switch {
		case rest[0] == '[':
			if n := strings.IndexByte(rest, ']'); n > 0 {
				return i, i + n + 1
			}
			return len(text), len(text)
		case strings.HasPrefix(rest, "..."):
			return i, i + len("...")
		case strings.HasPrefix(rest, "…"):
			return i, i + len("…")
		}
	}
	return len(text), len(text)
}
