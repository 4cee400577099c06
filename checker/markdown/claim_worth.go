package markdown

import (
	"bytes"
	"slices"

	"github.com/bookcheck/bookcheck"
)

// leastWorth is how many points make a sentence worth checking.
const leastWorth = 2

// mostSubstance is how many points a sentence gets for what it states. No wealth of
// numbers makes of an exercise a fact.
const mostSubstance = 3

// worth says why a reader would look a sentence up outside the book; "": nobody
// would. What it states speaks for that, and that it names or cites something; that
// it speaks of the reader, the author, the book or a case only thought of, against.
func (f *finder) worth(r *reading, facts []bookcheck.Fact, cites int, in frame) bookcheck.Worth {
	why, points := f.substance(facts)
	if points == 0 || in.practice {
		return ""
	}
	named := slices.ContainsFunc(facts, func(f bookcheck.Fact) bool { return f.Kind == bookcheck.Name })
	if named {
		points++
	}
	if cites > 0 {
		points++
	}
	if points < leastWorth {
		return ""
	}
	if !named && cites == 0 {
		if !r.isWhole() { // 40 bytes per entry, one billion entries a month
			points -= 2
		}
		if why == bookcheck.WorthQuantity && r.isSpecimen() {
			points -= 2
		}
	}
	if points-r.homely() < leastWorth {
		return ""
	}
	return why
}

// substance says what a sentence states above all, and how many points all of it is.
func (f *finder) substance(facts []bookcheck.Fact) (why bookcheck.Worth, points int) {
	stated := make([]bookcheck.Worth, 0, len(facts)+len(f.signs))
	for _, fact := range facts {
		if worth := worthOf(fact); worth != "" && !slices.Contains(stated, worth) {
			stated = append(stated, worth)
			points += 2
		}
	}
	known := stated
	for _, worth := range f.signs {
		switch {
		case slices.Contains(known, worth):
			continue
		case worth == bookcheck.WorthQuantity: // half of them: a share is as good as a number
			points++
		}
		stated = append(stated, worth)
		points++
	}
	for _, worth := range worths {
		if slices.Contains(stated, worth) {
			return worth, min(points, mostSubstance)
		}
	}
	return "", 0
}

// worths are the reasons to check a sentence, the one that says most of it first.
var worths = [...]bookcheck.Worth{
	bookcheck.WorthLicense, bookcheck.WorthQuotation, bookcheck.WorthAttribution, bookcheck.WorthPrice, bookcheck.WorthSuperlative,
	bookcheck.WorthComparison, bookcheck.WorthEvent, bookcheck.WorthQuantity, bookcheck.WorthIdentity,
}

// worthOf says what a fact makes a sentence worth checking for; a name alone for
// nothing.
func worthOf(fact bookcheck.Fact) bookcheck.Worth {
	switch fact.Kind {
	case bookcheck.License:
		return bookcheck.WorthLicense
	case bookcheck.Quotation:
		return bookcheck.WorthQuotation
	case bookcheck.Day:
		return bookcheck.WorthEvent
	case bookcheck.Name:
		return ""
	case bookcheck.Amount:
	default: // not read in a sentence
		return ""
	}
	switch fact.Unit {
	case "":
		return ""
	case "ratio":
		return bookcheck.WorthComparison
	case "usd", "eur", "gbp", "jpy", "cny", "inr":
		return bookcheck.WorthPrice
	}
	return bookcheck.WorthQuantity
}

// homely returns how many points speak against a sentence: it tells the reader what
// to do, or speaks of the author, the book, its code, or of what is not so.
func (r *reading) homely() int {
	c := &r.language.classes
	var reader, author, own, setting, tuning, must, supposing, code, points int
	for at := r.from; at < r.to; at++ {
		tok := &r.tokens[at]
		switch w := tok.word; {
		case tok.quoted:
		case tok.kind == wordToken && bytes.IndexByte(r.bytes(at), '_') > 0:
			code++ // a name of the program, typed as prose
		case tok.kind == maskToken:
			if r.isMask(at, maskCode) || r.isMask(at, maskMath) || r.isMask(at, maskDynamic) {
				code++
			}
		case w == 0:
		case c.reader.has(w):
			if at == r.from || !c.letting.has(r.tokens[at-1].word) {
				reader = 2
			}
		case c.author.has(w):
			author = 2
		case c.supposing.has(w):
			supposing = min(supposing+2, 4)
		case c.own.has(w) && at > r.from && c.this.has(r.tokens[at-1].word):
			own = 3
		case c.numbered.has(w) && at+1 < r.to && r.tokens[at+1].kind == numberToken:
			own = 3
		case c.setting.has(w):
			setting = 2
		case c.tuning.has(w):
			tuning = 1
		case c.must.has(w):
			must = 1
		}
	}
	points = reader + author + own + setting + tuning + must + supposing + min(code, 3)
	if r.isMark(r.to-1, '?') {
		points += 4
	}
	return points + r.orders()
}

// orders returns how many points it counts against a sentence that it begins as
// orders and examples do: Run, For example, configure, When running.
func (r *reading) orders() int {
	c := &r.language.classes
	at, points := r.first, 0
	for at < r.to-1 && (r.tokens[at].kind == markToken || c.leadIn.has(r.tokens[at].word)) {
		at++
	}
	if at > r.first+1 {
		points = 1
	}
	switch w, next := r.tokens[at].word, at+1; {
	case next >= r.to:
	case c.order.has(w) && !c.verb.has(r.tokens[next].word) && !r.isWord(next, c.dayLead): // use of, build is
		points += 4
	case c.moment.has(w) && r.hasSuffix(next, "ing"):
		points += 2
	}
	return points
}

// isSpecimen tells whether the sentence begins as one about any thing of its kind: A
// matrix, Every node, With 4 workers. A third of them is no kind.
func (r *reading) isSpecimen() bool {
	c := &r.language.classes
	next := r.first + 1
	return c.specimen.has(r.tokens[r.first].word) && next < r.to && !c.part.has(r.tokens[next].word)
}

// isWhole tells whether the sentence is one: it ends as one or has a verb, as far as
// its common words and endings show.
func (r *reading) isWhole() bool {
	const fewest = 6 // tokens
	if r.to-r.from >= fewest && (r.isMark(r.to-1, '.') || r.isMark(r.to-1, '!')) {
		return true
	}
	for at := r.from; at < r.to; at++ {
		if r.language.classes.verb.has(r.tokens[at].word) || r.hasSuffix(at, "ed") {
			return true
		}
	}
	return false
}

// hasQuotation tells whether the sentence has words of somebody else in it.
func (r *reading) hasQuotation() bool {
	return r.quotes && slices.ContainsFunc(r.tokens[r.from:r.to], func(tok token) bool { return tok.quoted })
}
