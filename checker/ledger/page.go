package ledger

import (
	"strconv"
	"strings"
	"time"
)

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

// PageKey returns the key of a page's line.
func PageKey(address string) string { return address + "\t" + pageWord }

// String returns the line of a page. Its fields stand in a fixed order.
func (p *Page) String() string {
	l := &line{p.URL, pageWord, day(p.Viewed)}
	l.add("hash", p.Hash)
	if p.Hash != "" {
		l.add("sketch", strconv.FormatUint(p.Sketch, 16))
		l.add("words", strconv.Itoa(p.Words))
	}
	l.add("title", Shorten(p.Title, titleLimit))
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
