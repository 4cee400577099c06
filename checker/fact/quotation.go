package fact

import "github.com/bookcheck/bookcheck"

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
func quotationKey(text string) string { return Key(text) }
