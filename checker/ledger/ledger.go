// Package ledger says what is kept of the pages that claims cite, and of the claims,
// so that a later run can answer without asking again and notice that a page has
// changed. Each is one line of text, which a person can read and git can merge; that a
// line is kept, and where, is for others to see to.
package ledger

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// The second fields of the lines. They sort behind those of the line that says whether
// the page is there, which the first field, the address, is common with.
const (
	pageWord  = "viewed"
	claimWord = "weighed"
)

const (
	factLimit    = 400 // quantities and dates of a page
	snippetLimit = 240 // code points of a sentence of a page
	titleLimit   = 200
)

// MostParts is how many facts of a claim are kept. One that states more is a list that
// ran together.
const MostParts = 60

// A Page is what is kept of the text of a page.
type Page struct {
	URL       string
	Viewed    time.Time // the day on which the text was read
	Title     string
	Published time.Time // zero: not known
	Hash      string    // of the text, white space and case apart; "": there is none
	Sketch    uint64    // of the text: of two that differ in few words, few bits differ
	Words     int
	Facts     []string // the quantities and dates on the page, as Canon writes them, sorted
	Cut       bool     // there are more facts on the page
}

// A Claim is what is kept of a judgement. It does not say what the claim is: it is
// known again by its ID.
type Claim struct {
	ID      string
	Book    string    // which book it is in, where several are kept in one place; "" elsewhere
	File    string    // one that it is in, from the top of the book's file system
	Sources []Source  // that it was compared with; never none
	On      time.Time // the day on which it was compared with what they say
	By      string    // the edition of whoever compared it
	Support bookcheck.Support
	Reason  string
	Parts   []Part
	Opinion *bookcheck.Opinion
}

// A Source is a page that a claim was compared with.
type Source struct {
	URL  string
	Hash string    // of its text; "": it was not read
	Gone string    // the sentence that the claim rested on, now gone from the page
	Seen time.Time // the day on which it was last there; zero: none is gone
}

// A Part is one fact of a claim and what became of it.
type Part struct {
	Fact    string // as Canon writes it
	Find    bookcheck.Find
	Source  int // of Claim.Sources; -1: none
	Owned   bool
	Score   float64
	Says    string // a sentence of the page; "": none, or it is not to be kept
	Instead string
}

// Key returns what names the line: a new one of the same key takes its place.
func Key(line string) string {
	fields := strings.SplitN(line, "\t", 4)
	if len(fields) > 2 && fields[1] == claimWord {
		return fields[0] + "\t" + fields[1] + "\t" + fields[2]
	}
	if len(fields) > 2 && fields[1] == pageWord {
		return fields[0] + "\t" + fields[1]
	}
	return ""
}

// PageKey returns the key of a page's line.
func PageKey(address string) string { return address + "\t" + pageWord }

// ClaimKey returns the key of a claim's line, or with no ID the start of those of all
// claims of an address.
func ClaimKey(address, id string) string { return address + "\t" + claimWord + "\t" + id }

// String returns the line of a page. Its fields stand in a fixed order.
func (p *Page) String() string {
	l := &line{p.URL, pageWord, day(p.Viewed)}
	l.add("hash", p.Hash)
	if p.Hash != "" {
		l.add("sketch", strconv.FormatUint(p.Sketch, 16))
		l.add("words", strconv.Itoa(p.Words))
	}
	l.add("title", shorten(p.Title, titleLimit))
	l.add("published", day(p.Published))
	if p.Cut {
		l.add("is", "cut")
	}
	l.add("facts", strings.Join(p.Facts, "; "))
	return l.String()
}

// ParsePage reads the line of a page.
func ParsePage(text string) (*Page, error) {
	fields, err := split(text, pageWord)
	if err != nil {
		return nil, err
	}
	p := &Page{URL: fields[0]}
	if p.Viewed, err = parseDay(fields[2]); err != nil {
		return nil, errLine
	}
	return p, each(fields[3:], p.set)
}

func (p *Page) set(name, value string) (err error) {
	switch name {
	case "hash":
		p.Hash = value
	case "sketch":
		p.Sketch, err = strconv.ParseUint(value, 16, 64)
	case "words":
		p.Words, err = strconv.Atoi(value)
	case "title":
		p.Title = value
	case "published":
		p.Published, err = parseDay(value)
	case "is":
		p.Cut = value == "cut"
	case "facts":
		p.Facts = strings.Split(value, "; ")
	}
	return err
}

// String returns the line of a claim. Its fields stand in a fixed order.
func (c *Claim) String() string {
	l := &line{c.Sources[0].URL, claimWord, c.ID, c.Support.String(), day(c.On)}
	l.add("book", c.Book)
	l.add("file", c.File)
	l.add("by", c.By)
	l.add("reason", c.Reason)
	for i, s := range c.Sources {
		text := orDash(s.Hash)
		if i > 0 {
			text += " " + s.URL
		}
		l.add("source", text)
	}
	for _, p := range c.Parts {
		l.add("part", p.String())
		l.add("says", shorten(p.Says, snippetLimit))
		l.add("instead", shorten(p.Instead, snippetLimit))
	}
	for i, s := range c.Sources {
		if s.Gone != "" {
			l.add("gone", strconv.Itoa(i+1)+" "+day(s.Seen)+" "+shorten(s.Gone, snippetLimit))
		}
	}
	if o := c.Opinion; o != nil {
		l.add("opinion", o.Support.String()+" "+day(o.Asked)+" "+o.Prompt)
		l.add("model", o.Model)
		l.add("thinks", shorten(o.Says, snippetLimit))
	}
	return l.String()
}

// String writes "found 0.82 1 quantity 3 percent": the end, the score, the number of
// the source, with ! if no other page may answer for the fact.
func (p *Part) String() string {
	source := strconv.Itoa(p.Source + 1)
	if p.Owned {
		source += "!"
	}
	return p.Find.String() + " " + strconv.FormatFloat(p.Score, 'f', 2, 64) + " " + source + " " + p.Fact
}

// ParseClaim reads the line of a claim.
func ParseClaim(text string) (*Claim, error) {
	fields, err := split(text, claimWord)
	if err != nil || len(fields) < 5 || fields[2] == "" {
		return nil, errLine
	}
	c := &Claim{ID: fields[2]}
	if c.On, err = parseDay(fields[4]); err != nil || !parseWord(fields[3], bookcheck.Contradicted, &c.Support) {
		return nil, errLine
	}
	if err := each(fields[5:], c.set); err != nil {
		return nil, err
	}
	if len(c.Sources) == 0 {
		return nil, errLine
	}
	c.Sources[0].URL = fields[0]
	for _, p := range c.Parts {
		if p.Source >= len(c.Sources) {
			return nil, errLine
		}
	}
	return c, nil
}

func (c *Claim) set(name, value string) error {
	switch name {
	case "book":
		c.Book = value
	case "file":
		c.File = value
	case "by":
		c.By = value
	case "reason":
		c.Reason = value
	case "source":
		hash, url, _ := strings.Cut(value, " ")
		if hash == "-" {
			hash = ""
		}
		c.Sources = append(c.Sources, Source{URL: url, Hash: hash})
	case "part":
		p, err := parsePart(value)
		c.Parts = append(c.Parts, p)
		return err
	case "says", "instead":
		if len(c.Parts) == 0 {
			return errLine
		}
		last := &c.Parts[len(c.Parts)-1]
		*map[string]*string{"says": &last.Says, "instead": &last.Instead}[name] = value
	case "gone":
		return c.setGone(value)
	case "opinion", "model", "thinks":
		return c.setOpinion(name, value)
	}
	return nil
}

func (c *Claim) setGone(value string) error {
	number, rest, _ := strings.Cut(value, " ")
	seen, sentence, _ := strings.Cut(rest, " ")
	sentence = shorten(sentence, snippetLimit)
	i, err := strconv.Atoi(number)
	if err != nil || i < 1 || i > len(c.Sources) || sentence == "" {
		return errLine
	}
	s := &c.Sources[i-1]
	s.Gone = sentence
	s.Seen, err = parseDay(seen)
	return err
}

func (c *Claim) setOpinion(name, value string) (err error) {
	switch o := c.Opinion; {
	case name == "opinion":
		parts := strings.SplitN(value, " ", 3)
		o = &bookcheck.Opinion{}
		if len(parts) < 3 || !parseWord(parts[0], bookcheck.Contradicted, &o.Support) {
			return errLine
		}
		c.Opinion, o.Prompt = o, parts[2]
		o.Asked, err = parseDay(parts[1])
	case o == nil:
		return errLine
	case name == "model":
		o.Model = value
	default:
		o.Says = value
	}
	return err
}

func parsePart(value string) (Part, error) {
	parts := strings.SplitN(value, " ", 4)
	if len(parts) < 4 {
		return Part{}, errLine
	}
	p := Part{Fact: parts[3]}
	number, owned := strings.CutSuffix(parts[2], "!")
	score, err := strconv.ParseFloat(parts[1], 64)
	source, wrong := strconv.Atoi(number)
	if err != nil || wrong != nil || !(score >= 0 && score <= 1) || source < 0 || !parseWord(parts[0], bookcheck.Untold, &p.Find) {
		return Part{}, errLine
	}
	p.Score, p.Source, p.Owned = score, source-1, owned
	return p, nil
}

var errLine = errors.New("not a line of the ledger")

// A line is the fields of one.
type line []string

// add adds a field of the form name=value, unless it is empty.
func (l *line) add(name, value string) {
	if value != "" {
		*l = append(*l, name+"="+escape(value))
	}
}

// String joins the fields.
func (l *line) String() string { return strings.Join(*l, "\t") }

// split returns the fields of a line whose second is a word.
func split(text, word string) ([]string, error) {
	fields := strings.Split(text, "\t")
	if len(fields) < 3 || fields[1] != word || !strings.HasPrefix(fields[0], "http") {
		return nil, errLine
	}
	return fields, nil
}

// each reads fields of the form name=value.
func each(fields []string, set func(name, value string) error) error {
	for _, field := range fields {
		name, quoted, _ := strings.Cut(field, "=")
		value, err := strconv.Unquote(`"` + quoted + `"`)
		if err != nil || set(name, value) != nil {
			return errLine
		}
	}
	return nil
}

// escape keeps a value on its line and in its field, and control characters out of the
// terminal that it is shown on.
func escape(s string) string {
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// parseWord reads the name of a value, of those from zero to last.
func parseWord[T interface {
	~int
	String() string
}](word string, last T, to *T) bool {
	for v := T(0); v <= last; v++ {
		if v.String() == word {
			*to = v
			return true
		}
	}
	return false
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// day writes a date, and the zero time as nothing.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func parseDay(s string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, s)
	if t.IsZero() {
		return t, errLine
	}
	return t, err
}

// shorten cuts a text off after so many code points.
func shorten(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	n := 0
	for at := range s {
		if n++; n > limit {
			return strings.TrimRight(s[:at], " ")
		}
	}
	return s
}
