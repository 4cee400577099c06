package weigh

import (
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/fact"
)

// A Text is a page that is ready to be searched. It may be shared.
type Text struct {
	*vocabulary

	page      *bookcheck.Page
	fault     string // why nothing can be told by it; "": it can
	patchy    bool   // what is not found may be on the page all the same
	body      string
	tokens    []token
	sentences []sentence
	facts     []bookcheck.Fact
	kinds     map[string][]int32 // facts by what they can be compared with
	amounts   []int32            // the facts that are quantities
	numbers   []numeral          // by value
	title     map[int32]bool     // the roots of the words of the title
	letters   func() *letterText
}

// A numeral is a number as it is written in digits.
type numeral struct {
	value float64
	token int32
}

// longestText bounds what is looked at of a page, in bytes.
const longestText = 8 << 20

// Read makes a page ready. Page.Text may be let go afterwards.
func Read(page *bookcheck.Page) *Text { return read(page, faultOf(page)) }

// Excerpt makes ready what is known of the words of a page, however little that is.
// What it lacks may be on the page.
func Excerpt(page *bookcheck.Page) *Text {
	t := read(page, "")
	t.patchy = true
	return t
}

// read makes a page ready that has a fault or none.
func read(page *bookcheck.Page, fault string) *Text {
	body := page.Text[:min(len(page.Text), longestText)]
	t := &Text{
		vocabulary: newVocabulary(strings.ContainsRune(body, '\uFFFD')),
		page:       page,
		fault:      fault,
		patchy:     page.Truncated || page.Scripted || isAbstract(page) || len(body) < len(page.Text),
		body:       body,
	}
	if t.fault != "" {
		return t
	}
	soft := isSoft(page)
	t.tokens = t.vocabulary.tokens(body, soft)
	t.sentences = t.vocabulary.sentences(t.tokens)
	t.facts = readFacts(body, soft)
	t.sortFacts()
	t.findNumbers()
	t.readTitle()
	t.letters = sync.OnceValue(func() *letterText { return newLetterText(body) })
	return t
}

// Fault returns why nothing can be told by a page; "": it can.
func (t *Text) Fault() string { return t.fault }

// Facts returns what the page says that can be compared.
func (t *Text) Facts() []bookcheck.Fact { return t.facts }

// isSoft tells whether the lines of a page are broken anywhere, as those of a plain text
// are. Of other pages, each line is a paragraph or the row of a table.
func isSoft(page *bookcheck.Page) bool {
	return page.Imprint == nil || page.Imprint.Kind == "" || page.Imprint.Kind == "text"
}

// shortArticle is less than an article has, in bytes.
const shortArticle = 15 << 10

// isAbstract tells whether a page only announces an article: it names it by its DOI, and
// has not the length of one.
func isAbstract(page *bookcheck.Page) bool {
	return page.Imprint != nil && page.Imprint.DOI != "" && page.Sheets == 0 && len(page.Text) < shortArticle
}

// readFacts reads the facts of a text, of each line by itself unless lines are soft or
// the next one goes on in the middle of a sentence.
func readFacts(text string, soft bool) []bookcheck.Fact {
	var facts []bookcheck.Fact
	var reader fact.Reader
	for start := 0; start < len(text); {
		end := len(text)
		if !soft {
			end = start + lineEnd(text[start:])
		}
		first := len(facts)
		facts = reader.Append(facts, text[start:end])
		for i := first; i < len(facts); i++ {
			facts[i].Start += start
			facts[i].End += start
		}
		start = end
	}
	return facts
}

// lineEnd returns where the first line of a text ends that is the last of its sentence.
func lineEnd(text string) int {
	for at := 0; ; {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return len(text)
		}
		at += n + 1
		if at == len(text) || text[at] < 'a' || text[at] > 'z' {
			return at
		}
	}
}

// sortFacts enters the facts into the sentences, and by kind.
func (t *Text) sortFacts() {
	t.kinds = make(map[string][]int32)
	next := int32(0)
	for i := range t.sentences {
		s := &t.sentences[i]
		s.first = next
		for int(next) < len(t.facts) && int32(t.facts[next].Start) < t.tokens[s.to-1].end {
			next++
		}
		s.end = next
	}
	for i := range t.facts {
		key := kindOf(&t.facts[i])
		t.kinds[key] = append(t.kinds[key], int32(i))
		if t.facts[i].Kind == bookcheck.Amount {
			t.amounts = append(t.amounts, int32(i))
		}
	}
}

// findNumbers lists the numbers of the text by value, whatever they are about.
func (t *Text) findNumbers() {
	for i, tok := range t.tokens {
		if t.class(tok)&numeric == 0 {
			continue
		}
		if value, ok := parseNumber(t.body[tok.start:tok.end]); ok {
			t.numbers = append(t.numbers, numeral{value, int32(i)})
		}
	}
	slices.SortFunc(t.numbers, func(a, b numeral) int {
		switch {
		case a.value < b.value:
			return -1
		case a.value > b.value:
			return 1
		}
		return int(a.token - b.token)
	})
}

func (t *Text) readTitle() {
	t.title = make(map[int32]bool)
	titles := []string{t.page.Title}
	if t.page.Imprint != nil {
		titles = append(titles, t.page.Imprint.Title)
	}
	for _, title := range titles {
		for _, tok := range t.vocabulary.tokens(title, true) {
			t.title[t.root(tok)] = true
		}
	}
}

// sentenceAt returns the number of the sentence that a token stands in.
func (t *Text) sentenceAt(token int32) int {
	return sort.Search(len(t.sentences), func(i int) bool { return t.sentences[i].to > token })
}

// tokenAt returns the first token that ends behind an offset.
func (t *Text) tokenAt(offset int) int32 {
	return int32(sort.Search(len(t.tokens), func(i int) bool { return int(t.tokens[i].end) > offset }))
}

// quote returns a sentence as it is written, white space folded, and not too much
// of it.
func (t *Text) quote(s sentence) string {
	return t.extract(int(t.tokens[s.from].start), s)
}

// longestQuote bounds what is quoted of a page, in bytes.
const longestQuote = 240

// extract quotes a sentence so that what stands at an offset is part of it.
func (t *Text) extract(at int, s sentence) string {
	start, end := int(t.tokens[s.from].start), int(t.tokens[s.to-1].end)
	for end < len(t.body) && end < int(t.tokens[s.to-1].end)+3 && strings.IndexByte(".!?)%\"", t.body[end]) >= 0 {
		end++
	}
	if start > 0 && strings.IndexByte("\"($", t.body[start-1]) >= 0 {
		start--
	}
	before, after := "", ""
	if end-start > longestQuote {
		const room = longestQuote - 2*len("…")
		if at-start > room*2/3 {
			start, before = at-room/2, "…"
		}
		if end-start > room {
			end, after = start+room, "…"
		}
		start, end = t.wordStart(start), t.wordEnd(end)
	}
	return before + strings.Join(strings.Fields(t.body[start:end]), " ") + after
}

// wordStart and wordEnd move an offset out of the word that it stands in, forwards and
// backwards.
func (t *Text) wordStart(at int) int {
	i := t.tokenAt(at)
	if int(i) < len(t.tokens) && int(t.tokens[i].start) < at {
		return int(t.tokens[i].end)
	}
	return at
}

func (t *Text) wordEnd(at int) int {
	i := t.tokenAt(at)
	if int(i) < len(t.tokens) && int(t.tokens[i].start) < at {
		return int(t.tokens[i].start)
	}
	return at
}

// weight returns how much it says of two sentences that they share a stem.
func (t *Text) weight(root int32) float64 {
	return 1 + math.Log(float64(len(t.sentences)+1)/float64(t.lexemes[root].count+1))
}

// A clause is the part of a sentence that speaks of one of its facts.
type clause struct {
	sentence int
	from, to int32 // tokens
	at, end  int32 // the tokens of the fact itself
}

// clause returns that of a fact. A sentence that gives several values of a kind has a
// clause for each; it is parted where a conjunction or a comma stands between two.
func (t *Text) clause(i int32) clause {
	f := &t.facts[i]
	at := t.tokenAt(f.Start)
	number := min(t.sentenceAt(at), len(t.sentences)-1)
	s := t.sentences[number]
	c := clause{sentence: number, from: s.from, to: s.to, at: at, end: t.tokenAt(f.End-1) + 1}
	for j := i - 1; j >= s.first; j-- {
		if isSibling(f, &t.facts[j]) && t.facts[j].End <= f.Start {
			c.from = t.border(t.tokenAt(t.facts[j].End), at)
			break
		}
	}
	for j := i + 1; j < s.end; j++ {
		if isSibling(f, &t.facts[j]) && t.facts[j].Start >= f.End {
			c.to = t.border(c.end, t.tokenAt(t.facts[j].Start))
			break
		}
	}
	return c
}

// isSibling tells whether two facts of a sentence are values of one kind.
func isSibling(a, b *bookcheck.Fact) bool {
	return (a.Kind == bookcheck.Amount || a.Kind == bookcheck.Day) && sameKind(a, b)
}

// border returns the token at which a clause begins between two values.
func (t *Text) border(from, to int32) int32 {
	for i := from; i < to; i++ {
		if t.tokens[i].gap&comma != 0 || t.class(t.tokens[i])&joint != 0 {
			return i
		}
	}
	return from
}
