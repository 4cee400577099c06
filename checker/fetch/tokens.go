package fetch

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A tokenReader makes something of the tokens of a page, which it takes from the
// tokenizer that it has.
type tokenReader interface {
	takeText()
	open(closed bool)
	close(tag atom.Atom, name []byte)
}

// next has a reader read one token. It returns false at the end.
func next(tokens *html.Tokenizer, r tokenReader) bool {
	switch kind := tokens.Next(); kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		r.takeText()
	case html.StartTagToken, html.SelfClosingTagToken:
		r.open(kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := tokens.TagName()
		r.close(atom.Lookup(name), name)
	case html.CommentToken, html.DoctypeToken:
	}
	return true
}
