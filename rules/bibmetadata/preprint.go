package bibmetadata

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A preprint is a number of arXiv, and where an entry says it.
type preprint struct {
	number string // without its version
	field  *bookcheck.Field
}

var (
	arXivNumber  = regexp.MustCompile(`^(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})$`)
	arXivVersion = regexp.MustCompile(`v\d+$`)
	arXivAddress = regexp.MustCompile(`(?i)^https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/([^?#\s]+?)(?:\.pdf)?/?$`)
	arXivMention = regexp.MustCompile(`(?i)\barxiv:\s?([a-z-]+(?:\.[A-Z]{2})?/\d+|\d+\.\d+)`)
	arXivVolume  = regexp.MustCompile(`^abs/(\d+\.\d+)$`)
	arXivDOI     = regexp.MustCompile(`(?i)10\.48550/arxiv\.(\S+)$`)
	arXivClass   = regexp.MustCompile(`\s*\[[\w.-]+\]$`)
)

// preprints returns the numbers of arXiv that an entry gives itself, in the order of
// the text.
func (c check) preprints() []preprint {
	var found []preprint
	add := func(field *bookcheck.Field, number string) {
		found = append(found, preprint{arXivVersion.ReplaceAllString(number, ""), field})
	}
	for i := range c.Fields {
		field := &c.Fields[i]
		switch field.Name {
		case "eprint":
			number := arXivClass.ReplaceAllString(field.Text, "")
			if len(number) > 6 && strings.EqualFold(number[:6], "arxiv:") {
				number = strings.TrimSpace(number[6:])
			}
			if m := arXivAddress.FindStringSubmatch(number); m != nil {
				number = m[1]
			}
			if c.isOnArXiv(number) {
				add(field, number)
			}
		case "url":
			if m := arXivAddress.FindStringSubmatch(field.Text); m != nil {
				add(field, m[1])
			}
		case "doi":
			if m := arXivDOI.FindStringSubmatch(field.Text); m != nil {
				add(field, m[1])
			}
		case "journal", "journaltitle":
			if m := arXivMention.FindStringSubmatch(field.Text); m != nil {
				add(field, m[1])
			}
		case "volume":
			if m := arXivVolume.FindStringSubmatch(field.Text); m != nil {
				add(field, m[1])
			}
		}
	}
	return found
}

// isOnArXiv tells whether the eprint of the entry is, or is meant to be, a number of
// arXiv.
func (c check) isOnArXiv(number string) bool {
	for _, name := range []string{"archiveprefix", "eprinttype"} {
		if field := c.field(name); field != nil {
			return strings.EqualFold(field.Text, "arxiv")
		}
	}
	return arXivNumber.MatchString(number) && !strings.Contains(number, "/")
}

// preprint looks for a number of arXiv that none can be, for two of them, and for a
// year in which the preprint was not there yet.
func (c check) preprint() {
	found := c.preprints()
	for i, p := range found {
		if why := malformed(p.number); why != "" {
			c.flaw(p.field, "%q is not the number of a preprint on arXiv: %s", p.number, why)
			return
		}
		if i > 0 && !strings.EqualFold(p.number, found[0].number) {
			c.flaw(p.field, "the %s is of the preprint %s, the %s of %s", p.field.Name, p.number, found[0].field.Name, found[0].number)
			return
		}
	}
	if len(found) > 0 {
		c.early(found[0].number)
	}
}

// malformed says why a number is none of arXiv; "" if it may be one. Until the end of
// 2014 four digits were enough for a month, from then on there are five.
func malformed(number string) string {
	if !arXivNumber.MatchString(number) {
		return "one has the form 2302.13971"
	}
	if strings.Contains(number, "/") {
		return ""
	}
	year, month, index := number[:2], number[2:4], number[5:]
	switch {
	case month < "01" || month > "12":
		return "there is no month " + month
	case year+month >= "1501" && len(index) == 4:
		return "from 2015 on it has five digits after the point"
	case year+month < "1501" && len(index) == 5:
		return "before 2015 it has four digits after the point"
	default:
		return ""
	}
}

// early looks for a year before that in which the preprint was numbered. What appeared
// elsewhere may have been older, and what arXiv itself gives as the year is that of
// the last version: only a preprint that is cited as one cannot be older.
func (c check) early(number string) {
	if strings.Contains(number, "/") || !c.isPreprint() {
		return
	}
	year, field := c.year()
	first, err := strconv.Atoi(number[:2])
	if field == nil || err != nil {
		return
	}
	first += 2000
	if number[2:4] == "01" {
		first-- // what is sent in at the end of a year is numbered in the next
	}
	if year < first {
		c.flaw(field, "the year is %d, but the preprint %s was numbered in %s", year, number, "20"+number[:2]+"-"+number[2:4])
	}
}

// isPreprint tells whether the entry cites the preprint itself, and nothing that
// appeared elsewhere.
func (c check) isPreprint() bool {
	for _, name := range []string{"booktitle", "journal", "journaltitle", "publisher", "school", "institution", "howpublished"} {
		if field := c.field(name); field != nil {
			said := strings.ToLower(field.Text)
			if !strings.Contains(said, "arxiv") && said != "corr" && !strings.Contains(said, "computing research repository") {
				return false
			}
		}
	}
	switch c.Kind {
	case "misc", "online", "article", "unpublished", "techreport", "report":
		return true
	default:
		return false
	}
}
