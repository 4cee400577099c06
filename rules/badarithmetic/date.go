package badarithmetic

import (
	"fmt"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A date is a day, a month or a year.
type date struct {
	year, month, day int // 0: not said
	end              int // the token behind it
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
	"october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
	"sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday,
	"friday": time.Friday, "saturday": time.Saturday, "sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "tues": time.Tuesday,
	"wed": time.Wednesday, "thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

func isWeekday(word string) bool {
	_, is := weekdays[word]
	return is
}

// first and last return the days between which a date lies.
func (d date) first() time.Time {
	day, _ := bookcheck.Days(d.year, d.month, d.day)
	return day
}

func (d date) last() time.Time {
	_, day := bookcheck.Days(d.year, d.month, d.day)
	return day
}

// exists tells whether the calendar has a date.
func (d date) exists() bool {
	return d.day == 0 || d.first().Day() == d.day
}

// dateAt reads a date that has a year: 29 December 2016, December 29th, 2016, May
// 2021, 2016-12-29, 2016.
func (s *sentence) dateAt(i int) (date, bool) {
	switch t := s.at(i); {
	case t.kind == named:
		if day, err := time.Parse(time.DateOnly, t.word); err == nil {
			return date{day.Year(), int(day.Month()), day.Day(), i + 1}, true
		}
	case t.kind == plain && months[t.word] != 0 && t.capital:
		return s.monthFirst(i)
	case s.isYear(i):
		return date{year: int(t.value), end: i + 1}, true
	case s.isDay(i):
		return s.dayFirst(i)
	}
	return date{}, false
}

func (s *sentence) isYear(i int) bool {
	t := s.at(i)
	return t.kind == number && t.whole && t.unit == "" && !t.ordinal && !t.spelled && t.end-t.start == 4 && 1000 <= t.value && t.value <= 2100 &&
		!s.is(i+1, "bc", "bce", "ad", "ce", "b.c", "b.c.e")
}

func (s *sentence) isDay(i int) bool {
	t := s.at(i)
	return t.kind == number && t.whole && t.unit == "" && !t.spelled && t.end-t.start <= 4 && 1 <= t.value && t.value <= 31
}

// skip returns the index behind a word or sign that may be left out.
func (s *sentence) skip(i int, words ...string) int {
	if s.is(i, words...) {
		return i + 1
	}
	return i
}

func (s *sentence) dayFirst(i int) (date, bool) {
	j := s.skip(i+1, "of")
	month := months[s.at(j).word]
	if month == 0 || !s.at(j).capital {
		return date{}, false
	}
	y := s.skip(s.skip(j+1, "."), ",")
	d := date{int(s.at(y).value), month, int(s.at(i).value), y + 1}
	return d, s.isYear(y) && d.exists()
}

func (s *sentence) monthFirst(i int) (date, bool) {
	month := months[s.at(i).word]
	j := s.skip(i+1, ".")
	if s.isYear(j) {
		return date{year: int(s.at(j).value), month: month, end: j + 1}, true
	}
	if j = s.skip(j, "the"); !s.isDay(j) {
		return date{}, false
	}
	y := s.skip(j+1, ",")
	d := date{int(s.at(y).value), month, int(s.at(j).value), y + 1}
	return d, s.isYear(y) && d.exists()
}

// weekday finds a date with the name of another day of the week than it has.
func weekday(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		if isWeekday(s.at(i).word) && s.at(i).capital && s.at(i).kind == plain {
			if found, ok := s.weekdayAt(i); ok {
				return found, true
			}
		}
	}
	return flaw{}, false
}

func (s *sentence) weekdayAt(i int) (flaw, bool) {
	if s.severalDays(i) {
		return flaw{}, false
	}
	j := s.skip(s.skip(s.skip(i+1, "."), ","), "the", "on")
	if d, ok := s.dateAt(j); ok && d.day != 0 {
		return s.wrongDay(i, i, d.end, d)
	}
	for from := max(0, i-10); from < i; from++ {
		if d, ok := s.dateAt(from); ok && d.day != 0 && d.end <= i && s.leadsTo(d.end, i) {
			return s.wrongDay(i, from, i+1, d)
		}
	}
	return flaw{}, false
}

// severalDays tells whether a weekday is one of several, or part of a name.
func (s *sentence) severalDays(i int) bool {
	before := s.at(i - 1)
	if before.kind == plain && before.capital && i > 1 && !isWeekday(before.word) && !preposition[before.word] {
		return true
	}
	for _, j := range []int{i - 2, i + 2} {
		if isWeekday(s.at(j).word) {
			return true
		}
	}
	opens := before.word == "(" || before.word == "["
	return before.kind == sign && !opens && (!s.at(i).spaced || !pausing[before.word]) || s.is(i+1, "’", "s")
}

// pausing signs may stand in front of a weekday.
var pausing = wordSet(", . : – — *")

var preposition = wordSet("on by since until from before after to of till last next this every the of published posted updated dated released")

// leadsTo tells whether the tokens between a date and a weekday say that it is one:
// 29 December 2016 (Friday), 29 December 2016, a Friday, was a Friday.
func (s *sentence) leadsTo(from, i int) bool {
	switch s.words(from, i) {
	case "(", "( a", ", a", "was a", "was on a", "is a", "is on a", "fell on a", "falls on a", "will be a", ", which was a", ", which is a":
		return true
	default:
		return false
	}
}

// words returns the words of the tokens from one to another.
func (s *sentence) words(from, to int) string {
	words := make([]string, 0, 4)
	for i := from; i < min(to, from+5); i++ {
		words = append(words, s.at(i).word)
	}
	return strings.Join(words, " ")
}

// wrongDay compares the weekday at token i with a date.
func (s *sentence) wrongDay(i, from, to int, d date) (flaw, bool) {
	want, got := d.first().Weekday(), weekdays[s.at(i).word]
	if want == got || d.year < gregorian || d.year < everywhere && julian(d) == got {
		return flaw{}, false
	}
	name, instead := want.String(), want.String()
	if s.at(i).word != strings.ToLower(got.String()) {
		instead = name[:3] // abbreviated, as it was
	}
	day := strings.TrimSpace(fmt.Sprintf("%d %s %d", d.day, time.Month(d.month), d.year))
	return flaw{
		from: from, to: to,
		message: fmt.Sprintf("%s is a %s, not a %s", day, name, got),
		title:   "Write " + instead,
		instead: instead,
		at:      i,
	}, true
}

// The calendar of today holds in English texts since 1753, and in others since the
// 1920s at the latest.
const (
	gregorian  = 1753
	everywhere = 1927
)

// julian returns the weekday of a date in the calendar before.
func julian(d date) time.Weekday {
	a := (14 - d.month) / 12
	y, m := d.year+4800-a, d.month+12*a-3
	day := d.day + (153*m+2)/5 + 365*y + y/4 - 32083
	return time.Weekday((day + 1) % 7)
}
