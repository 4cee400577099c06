package weigh

import "github.com/bookcheck/bookcheck"

// A finding is how the search for a fact on one page ended.
type finding struct {
	find    bookcheck.Find
	says    string  // the sentence of the page
	instead string  // what that sentence has instead
	score   float64 // how much the sentence is about the same
	at      int     // the sentence, from 1; 0: none
}

// look searches the page for a fact of the statement.
func (q *query) look(i int) finding {
	switch q.facts[i].Kind {
	case bookcheck.Quotation:
		return q.quotation(i)
	case bookcheck.License:
		return q.license(i)
	case bookcheck.Name:
		return q.name(i)
	default:
		return q.value(i)
	}
}
