package weigh

import (
	"strings"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// name looks for a name anywhere on the page: in the text, the title, the address, or
// as the initials of what the title says.
func (q *query) name(i int) finding {
	from, to := q.span(i)
	if near := q.misspelled(from, to); near != "" {
		if f := q.withoutName(from, to); f.score >= related {
			f.find, f.instead = bookcheck.Clash, near
			return f
		}
	}
	if q.hasName(i, from, to) {
		return finding{find: bookcheck.Found, score: 1}
	}
	if p, instead, found := q.slot(i, from, to); found {
		f := q.report(bookcheck.Found, p)
		f.find, f.instead = bookcheck.Clash, instead
		return f
	}
	return q.withoutName(from, to)
}

// withoutName reports that a name is absent, with the sentence that says most of the
// rest of the statement.
func (q *query) withoutName(from, to int) finding {
	f := finding{find: bookcheck.Absent}
	number := q.nearestSentence()
	if number == 0 {
		return f
	}
	var rest uint64
	for k, t := range q.terms {
		if t.word < from || t.word >= to {
			rest |= 1 << k
		}
	}
	all := q.weightOf(rest, 0, len(q.words))
	if all == 0 {
		return f
	}
	s := q.page.sentences[number-1]
	around := q.in(s.from, s.to)
	if number > 1 {
		before := q.page.sentences[number-2]
		around |= q.in(before.from, before.to)
	}
	f.says, f.score, f.at = q.page.quote(s), q.weightOf(rest&(around|q.inTitle()), 0, len(q.words))/all, number
	return f
}

// shortName is the length of a key that may stand in another word by chance.
const shortName = 5

// hasName tells whether the page has a name: its title or address does, its text has
// each piece of it that holds a number, or any word of one that holds none.
func (q *query) hasName(i, from, to int) bool {
	f, page := &q.facts[i], q.page.page
	key := letterKey(f.Text)
	switch {
	case key == "" || from == to:
		return true
	case strings.Contains(letterKey(page.Title), key), isInitials(f.Text, page.Title):
		return true
	case len(key) >= shortName && strings.Contains(letterKey(page.URL), key):
		return true
	}
	if !hasDigit(f.Text) {
		for _, root := range q.roots[from:to] {
			if root >= 0 && (q.page.lexemes[root].count > 0 || q.page.title[root]) {
				return true
			}
		}
		return len(key) >= shortName && strings.Contains(q.page.letters().letters, key)
	}
	if q.hasWords(from, to) {
		return true
	}
	for _, piece := range pieces(f.Text) {
		if !strings.Contains(q.page.letters().letters, letterKey(piece)) && !strings.Contains(letterKey(page.Title), letterKey(piece)) {
			return false
		}
	}
	return true
}

// hasWords tells whether the page has all words of a name, though not together: the 1.0
// release of Rust. A small number stands anywhere, and A100 is one word.
func (q *query) hasWords(from, to int) bool {
	for n := from; n < to; n++ {
		root, w := q.roots[n], q.words[n]
		if root < 0 || q.page.lexemes[root].count == 0 && !q.page.title[root] ||
			w.end-w.start < 3 && q.own.class(w)&numeric != 0 || n > from && w.gap&glued != 0 {
			return false
		}
	}
	return true
}

// pieces parts a name at its spaces. A number alone belongs to the word before it, but
// for a year: Llama 2 and 70B, WWDC and 2014.
func pieces(name string) []string {
	var parts []string
	for word := range strings.FieldsSeq(name) {
		if n := len(parts); n > 0 && len(word) < len("2014") && strings.Trim(word, "0123456789.") == "" {
			parts[n-1] += word
			continue
		}
		parts = append(parts, word)
	}
	return parts
}

// misspelled returns the word of the page that a word of a name was perhaps meant to be:
// one letter apart, and not another form of it. "": there is none, or the page has the
// word itself.
func (q *query) misspelled(from, to int) string {
	for n := from; n < to; n++ {
		word := letterKey(q.text[q.words[n].start:q.words[n].end])
		if q.roots[n] >= 0 || len(word) < shortName+1 || q.own.class(q.words[n])&numeric != 0 {
			continue
		}
		best := ""
		for form, id := range q.page.forms {
			if q.page.lexemes[q.page.lexemes[id].root].count > 0 && isSlip(word, form) && (best == "" || form < best) {
				best = form
			}
		}
		if best != "" {
			return q.page.capitalized(best)
		}
	}
	return ""
}

// capitalized returns a word as the text writes it in a name; "": it is none.
func (t *Text) capitalized(form string) string {
	id := t.forms[form]
	for _, tok := range t.tokens {
		text := t.body[tok.start:tok.end]
		if tok.lexeme == id && tok.gap&sentenceEnd == 0 && 'A' <= text[0] && text[0] <= 'Z' && strings.EqualFold(text, form) {
			return text
		}
	}
	return ""
}

// isSlip tells whether two words are one slip apart: a letter that is missing, one too
// many, another one, or two that changed places. The last letters make forms of a word,
// and so may differ, and the first is seldom wrong.
func isSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a[0] != b[0] || len(a) < shortName {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i >= len(a)-1 {
		return false // at the end
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	return a[i+1:] == b[i+1:] || a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// isInitials tells whether a name is made of the first letters of words of a title, as
// OPT is of Open Pre-trained Transformers.
func isInitials(name, title string) bool {
	if len(name) < 2 || strings.ToUpper(name) != name {
		return false
	}
	var initials strings.Builder
	for word := range strings.FieldsFuncSeq(title, func(r rune) bool { return r >= utf8.RuneSelf || !isLetter(byte(r)) && !isDigit(byte(r)) }) {
		initials.WriteByte(word[0] &^ 0x20)
	}
	return strings.Contains(initials.String(), name)
}

// slot returns the place where the page has another name in the place of one that is
// nowhere on it: "acquired by X" for "acquired by Y". All else that the statement says
// must be there, and more of it if only one word leads to the name.
func (q *query) slot(i, from, to int) (*place, string, bool) {
	lead := q.lead(from)
	if len(lead) == 0 || to-from > 4 {
		return nil, "", false
	}
	for j := range q.page.facts {
		f := &q.page.facts[j]
		if f.Kind != bookcheck.Name {
			continue
		}
		if !q.page.follows(q.page.tokenAt(f.Start), lead) || !q.isStrange(q.page.tokenAt(f.Start), q.page.tokenAt(f.End-1)+1, hasDigit(f.Text)) {
			continue
		}
		if p := q.placeOf(i, int32(j)); p.against == 0 && !q.isFormer(p) && q.saysTheRest(p, i) >= 5-2*len(lead) && !q.namesAnother(p) {
			return p, f.Text, true
		}
	}
	return nil, "", false
}

// lead returns the words in front of a word, back to the nearest that says something:
// "acquired by", "outperforms". Empty: the page has none such.
func (q *query) lead(word int) []int32 {
	for n := word - 1; n >= max(0, word-2); n-- {
		if q.roots[n] < 0 || q.own.class(q.words[n])&numeric != 0 {
			return nil
		}
		if q.own.class(q.words[n])&small == 0 {
			return q.roots[n:word]
		}
	}
	return nil
}

// follows tells whether a token stands behind some words.
func (t *Text) follows(at int32, lead []int32) bool {
	if int(at) < len(lead) {
		return false
	}
	for n, root := range lead {
		if t.root(t.tokens[int(at)-len(lead)+n]) != root {
			return false
		}
	}
	return true
}

// saysTheRest returns how many terms stand in a place, if all but those of a name stand
// around it; 0: they do not.
func (q *query) saysTheRest(p *place, name int) int {
	from, to := q.span(name)
	here := 0
	for k, t := range q.terms {
		switch {
		case from <= t.word && t.word < to:
		case p.shared&(1<<k) != 0:
			here++
		case p.around&(1<<k) == 0:
			return 0
		}
	}
	return here
}
