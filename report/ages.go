package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// chapterAge counts the statements of a chapter that were found to be old, by
// their age.
type chapterAge struct {
	chapter *bookcheck.Chapter
	years   []int     // by whole years of age; the last one counts all that are older
	unknown int       // of unknown age
	oldest  time.Time // zero: no age is known
}

// manyYears is the age from which on statements are counted together.
const manyYears = 3

func (c *chapterAge) statements() int {
	n := c.unknown
	for _, count := range c.years {
		n += count
	}
	return n
}

// agesOf returns the chapters that have old statements, those with the oldest ones
// first: the one with more of the highest age, then of the next.
func agesOf(r *bookcheck.Result) []*chapterAge {
	byChapter := make(map[*bookcheck.Chapter]*chapterAge)
	var all []*chapterAge
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Allowed != nil || d.Age.Evidence == "" {
			continue
		}
		c := byChapter[d.Chapter]
		if c == nil {
			c = &chapterAge{chapter: d.Chapter, years: make([]int, manyYears+1)}
			byChapter[d.Chapter] = c
			all = append(all, c)
		}
		c.add(d.Age, r.Now)
	}
	slices.SortStableFunc(all, func(a, b *chapterAge) int {
		for years := manyYears; years >= 0; years-- {
			if order := cmp.Compare(b.years[years], a.years[years]); order != 0 {
				return order
			}
		}
		return cmp.Or(cmp.Compare(b.unknown, a.unknown), strings.Compare(a.chapter.Path, b.chapter.Path))
	})
	return all
}

func (c *chapterAge) add(age bookcheck.Age, now time.Time) {
	if !age.Known() {
		c.unknown++
		return
	}
	c.years[min(yearsBetween(age.Since, now), manyYears)]++
	if c.oldest.IsZero() || age.Since.Before(c.oldest) {
		c.oldest = age.Since
	}
}

// yearsBetween returns the whole years from a day to an instant.
func yearsBetween(since, now time.Time) int {
	years := now.Year() - since.Year()
	if since.AddDate(years, 0, 0).After(now) {
		years--
	}
	return max(0, years)
}

// fewChapters is how many chapters the summary names.
const fewChapters = 5

// oldest says where the book is oldest, a line a chapter. A single statement is
// seen without it, and where no age is known there is nothing to say.
func (t *terminal) oldest(r *bookcheck.Result) {
	all := agesOf(r)
	total, known := 0, false
	for _, c := range all {
		total += c.statements()
		known = known || !c.oldest.IsZero()
	}
	if total < 2 || !known {
		return
	}
	t.printf("%s, by age:\n", amount(total, "statement to look at again", "statements to look at again"))
	for _, c := range all[:min(len(all), fewChapters)] {
		t.printf("  %s: %s\n", quote(t.name(c.chapter.Path)), c.words())
	}
	if rest := len(all) - fewChapters; rest > 0 {
		t.printf("  and %s\n", amount(rest, "more file", "more files"))
	}
}

// words tells the ages of a chapter's statements, the highest first.
func (c *chapterAge) words() string {
	var parts []string
	for years := manyYears; years >= 0; years-- {
		if n := c.years[years]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, yearWords[years]))
		}
	}
	if c.unknown > 0 {
		parts = append(parts, fmt.Sprintf("%d of unknown age", c.unknown))
	}
	return strings.Join(parts, ", ")
}

var yearWords = [manyYears + 1]string{"under 1 year", "over 1 year", "over 2 years", "over 3 years"}

type jsonAge struct {
	Since    string `json:"since,omitempty"`
	Months   *int   `json:"months,omitempty"`
	Evidence string `json:"evidence"`
}

type jsonChapterAge struct {
	Path       string `json:"path"`
	Statements int    `json:"statements"`
	Oldest     string `json:"oldest,omitempty"`
	Years      []int  `json:"years"`
	Unknown    int    `json:"unknown"`
}

// ageJSON writes the age that a finding is about; nil: there is none.
func ageJSON(age bookcheck.Age, now time.Time) *jsonAge {
	if age.Evidence == "" {
		return nil
	}
	written := &jsonAge{Since: day(age.Since), Evidence: age.Evidence}
	if age.Known() {
		months := monthsBetween(age.Since, now)
		written.Months = &months
	}
	return written
}

// monthsBetween returns the whole months from a day to an instant.
func monthsBetween(since, now time.Time) int {
	months := 12*(now.Year()-since.Year()) + int(now.Month()) - int(since.Month())
	if now.Day() < since.Day() {
		months--
	}
	return max(0, months)
}

func agesJSON(r *bookcheck.Result) []jsonChapterAge {
	var ages []jsonChapterAge
	for _, c := range agesOf(r) {
		ages = append(ages, jsonChapterAge{
			Path: c.chapter.Path, Statements: c.statements(), Oldest: day(c.oldest), Years: c.years, Unknown: c.unknown,
		})
	}
	return ages
}
