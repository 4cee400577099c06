package stalestatement

import (
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// ageOf returns since when a phrase has been claiming to be true, from the best
// evidence that there is: what the author says about the passage, the date in the
// phrase itself, version control, the front matter.
func ageOf(pass *bookcheck.Pass, cue *bookcheck.Cue) bookcheck.Age {
	if age := markedAge(pass.Chapter.Marks, cue.Span); age.Known() {
		return age
	}
	if !cue.Date.IsZero() {
		return bookcheck.Age{Since: cue.Date, Evidence: byItself}
	}
	age := pass.Age(cue)
	if age.Known() {
		return age
	}
	if age := frontMatterAge(pass.Chapter.Meta); age.Known() {
		return age
	}
	return age
}

// byItself is the evidence of a statement that names a date.
const byItself = "by its own date"

// markedAge returns the last date that the author gave to what is there. A
// passage that is to expire is true until then, and another rule's business
// afterwards.
func markedAge(marks []*bookcheck.Mark, span bookcheck.Span) bookcheck.Age {
	var age bookcheck.Age
	for _, mark := range marks {
		if mark.Scope.Contains(span) && mark.Date.After(age.Since) {
			age = bookcheck.Age{Since: mark.Date, Evidence: evidenceOf(mark)}
		}
		if mark.Scope.Contains(span) && mark.Kind == bookcheck.Expires {
			return bookcheck.Age{Since: endOfTime, Evidence: evidenceOf(mark)}
		}
	}
	return age
}

// endOfTime is younger than any age at which something is reported.
var endOfTime = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

func evidenceOf(mark *bookcheck.Mark) string {
	word := "as of "
	switch mark.Kind {
	case bookcheck.Verified:
		word = "verified "
	case bookcheck.Expires:
		word = "expires "
	case bookcheck.AsOf:
	}
	return word + mark.Date.Format(time.DateOnly)
}

// dateKeys are the keys of front matter that say when a page was looked at, the
// surest first.
var dateKeys = []string{"last_reviewed", "reviewed", "ms.date", "updated", "lastmod", "date"}

// frontMatterAge returns the date that the page as a whole bears.
func frontMatterAge(meta map[string]any) bookcheck.Age {
	for _, key := range dateKeys {
		if date := dateOf(meta[key]); !date.IsZero() {
			return bookcheck.Age{Since: date, Evidence: key + ": " + date.Format(time.DateOnly) + " in the front matter"}
		}
	}
	return bookcheck.Age{}
}

// dateOf reads a value of the front matter; zero: it is no date.
func dateOf(value any) time.Time {
	switch value := value.(type) {
	case time.Time:
		return value
	case string:
		day, _, _ := strings.Cut(value, "T")
		for _, layout := range []string{time.DateOnly, "01/02/2006"} {
			if date, err := time.Parse(layout, day); err == nil {
				return date
			}
		}
	}
	return time.Time{}
}
