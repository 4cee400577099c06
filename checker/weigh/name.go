package weigh

import (
	"strings"

	"github.com/bookcheck/bookcheck"
)

// name looks for a name anywhere on the page: in the text, the title, the address, or
// as the initials of what the title says.
func (q *query) name(i int) finding {
	from, to := q.span(i)
	if q.hasName(i, from, to) {
		return finding{find: bookcheck.Found, score: 1}
	}
	if p, instead, found := q.slot(i, from, to); found {
		f := q.report(bookcheck.Found, p)
		f.find, f.instead = bookcheck.Clash, instead
		return f
	}
	return finding{find: bookcheck.Absent}
}

// shortName is the length of a key that may stand in another word by chance.
const shortName = 5

func (q *query) hasName(i, from, to int) bool {
	f := &q.facts[i]
	key := letterKey(f.Text)
	if len(key) >= shortName && strings.Contains(q.page.letters().letters, key) {
		return true
	}
	known := from < to
	for _, root := range q.roots[from:to] {
		known = known && root >= 0
	}
	if known && (len(key) < shortName || !hasDigit(f.Text)) {
		return true
	}
	inTitle := from < to
	for _, root := range q.roots[from:to] {
		inTitle = inTitle && root >= 0 && q.page.title[root]
	}
	if inTitle {
		return true
	}
	return key != "" && strings.Contains(letterKey(q.page.page.Title), key) || isInitials(f.Text, q.page.page.Title) ||
		len(key) >= shortName && strings.Contains(letterKey(q.page.page.URL), key)
}

// isInitials tells whether a name is made of the first letters of words of a title, as
// OPT is of Open Pre-trained Transformers.
func isInitials(name, title string) bool {
	if len(name) < 2 || strings.ToUpper(name) != name {
		return false
	}
	var initials strings.Builder
	for word := range strings.FieldsFuncSeq(title, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9') }) {
		initials.WriteByte(word[0] &^ 0x20)
	}
	return strings.Contains(initials.String(), name)
}

// slot returns the place where the page has another name in the place of one that is
// nowhere on it: "acquired by X" for "acquired by Y". All else that the statement says
// must be there.
func (q *query) slot(i, from, to int) (*place, string, bool) {
	if from < 2 || to-from > 4 || q.own.class(q.words[from-1])&small == 0 || q.own.class(q.words[from-2])&(small|numeric) != 0 {
		return nil, "", false
	}
	preposition, verb := q.roots[from-1], q.roots[from-2]
	if preposition < 0 || verb < 0 {
		return nil, "", false
	}
	for j := range q.page.facts {
		f := &q.page.facts[j]
		if f.Kind != bookcheck.Name {
			continue
		}
		at := q.page.tokenAt(f.Start)
		if at < 2 || q.page.root(q.page.tokens[at-1]) != preposition || q.page.root(q.page.tokens[at-2]) != verb {
			continue
		}
		if p := q.placeOf(i, int32(j)); p.against == 0 && !q.isFormer(p) && q.saysTheRest(p, i) && !q.namesAnother(p) {
			return p, f.Text, true
		}
	}
	return nil, "", false
}

// saysTheRest tells whether all terms but those of a name stand around a place, and
// some of them in it.
func (q *query) saysTheRest(p *place, name int) bool {
	from, to := q.span(name)
	here := 0
	for k, t := range q.terms {
		switch {
		case from <= t.word && t.word < to:
		case p.shared&(1<<k) != 0:
			here++
		case p.around&(1<<k) == 0:
			return false
		}
	}
	return here > 0
}
