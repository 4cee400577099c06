package ledger

import (
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// MostParts is how many facts of a claim are kept. One that states more is a list that
// ran together.
const MostParts = 60

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

// ClaimKey returns the key of a claim's line, or with no ID the start of those of all
// claims of an address.
func ClaimKey(address, id string) string { return address + "\t" + claimWord + "\t" + id }

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
		l.add("says", Shorten(p.Says, snippetLimit))
		l.add("instead", Shorten(p.Instead, snippetLimit))
	}
	for i, s := range c.Sources {
		if s.Gone != "" {
			l.add("gone", strconv.Itoa(i+1)+" "+day(s.Seen)+" "+Shorten(s.Gone, snippetLimit))
		}
	}
	if o := c.Opinion; o != nil {
		l.add("opinion", o.Support.String()+" "+day(o.Asked)+" "+o.Prompt)
		l.add("model", o.Model)
		l.add("thinks", Shorten(o.Says, snippetLimit))
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
		if last := &c.Parts[len(c.Parts)-1]; name == "says" {
			last.Says = value
		} else {
			last.Instead = value
		}
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
	sentence = Shorten(sentence, snippetLimit)
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
