package fact

import (
	"time"

	"github.com/bookcheck/bookcheck"
)

// A when is a day, a month or a year as somebody wrote it. Zero fields were not
// written.
type when struct{ year, month, day int }

// days returns the first and the last day of what was written.
func (d when) days() (first, last time.Time) { return bookcheck.Days(d.year, d.month, d.day) }

// exists tells whether there is such a day.
func (d when) exists() bool {
	first, _ := d.days()
	return d.day == 0 || first.Day() == d.day
}

// day reads the date that begins at a token, and returns the token behind it, or at
// if there is none. A day without its year is none: it can be any.
func (r *Reader) day(at int) int {
	first, last, end := r.date(at)
	from, _ := first.days()
	_, to := last.days()
	if end == at || !first.exists() || !last.exists() || to.Before(from) {
		return at
	}
	r.flush()
	r.add(bookcheck.Fact{Kind: bookcheck.Day, From: from, To: to}, at, end)
	return end
}

// date reads a date or a range of dates; end is at if there is none.
func (r *Reader) date(at int) (first, last when, end int) {
	switch tok := r.at(at); {
	case tok.kind == number:
		if tok.glued && !r.opensDate(at-1) {
			return first, last, at
		}
		if d, end := r.numericDate(at); end > at {
			return d, d, end
		}
		if first, last, end := r.dayMonth(at); end > at {
			return first, last, end
		}
		return r.years(at)
	case tok.has(month) && tok.capital:
		return r.monthDay(at)
	case tok.has(ordinal), tok.kind == word && tok.end-tok.start == 1 && r.at(at+1).glued:
		return r.quarter(at)
	}
	return first, last, at
}

// opensDate tells whether a date may stand directly behind a token: behind (, and
// behind mid-.
func (r *Reader) opensDate(i int) bool {
	tok := r.at(i)
	if tok.kind != mark {
		return false
	}
	switch tok.rune {
	case '-':
		return r.at(i - 1).has(period)
	case '(', '"', '“', '~', '*', '[', ',', '>', '|', ';', '\u2063', '\u2064':
		return true
	}
	return false
}

// numericDate reads 2023-07-11, 2023/7/11, 11.07.2023, 13/07/2023 and 2023-07. Where
// day and month cannot be told apart, only the year is known.
func (r *Reader) numericDate(at int) (when, int) {
	if r.isYear(at) && r.parts(at, '-', '/') {
		d := when{year: int(r.at(at).value), month: r.integer(at + 2)}
		if len(r.bytes(at+2)) != 2 && r.bytes(at+1) != "/" || d.month < 1 || d.month > 12 {
			return when{}, at
		}
		if r.parts(at+2, '-', '/') && r.integer(at+4) > 0 && r.integer(at+4) <= 31 {
			d.day = r.integer(at + 4)
			if r.at(at+5).glued && r.saidOne(at+5, "T") {
				return d, r.gluedFrom(at + 5) // the time of day
			}
			if !r.at(at+5).glued || r.at(at+5).kind == mark && !r.at(at+5).is('-') {
				return d, at + 5
			}
			return when{}, at
		}
		if r.bytes(at+1) == "/" || len(r.bytes(at)) != 4 || r.at(at+3).glued && r.at(at+3).kind != mark {
			return when{}, at
		}
		return r.yearMonth(at, d)
	}
	if !r.parts(at, '/', '-') || !r.parts(at+2, '/', '-') || !r.isYear(at+4) {
		return when{}, at
	}
	a, b, year := r.integer(at), r.integer(at+2), r.integer(at+4)
	switch {
	case a < 1 || b < 1 || a > 31 || b > 31 || a > 12 && b > 12:
		return when{}, at
	case a > 12 || a == b:
		return when{year, b, a}, at + 5
	case b > 12:
		return when{year, a, b}, at + 5
	}
	return when{year: year}, at + 5
}

// gluedFrom returns the token behind those that stand together from one on.
func (r *Reader) gluedFrom(i int) int {
	for i < len(r.tokens) && r.at(i).glued && (r.at(i).kind != mark || r.at(i+1).glued) {
		i++
	}
	return i
}

// yearMonth tells 2023-07 from the years 2016-17.
func (r *Reader) yearMonth(at int, d when) (when, int) {
	if d.year%100 < d.month && d.year%100 > d.month-6 {
		return when{}, at
	}
	return d, at + 3
}

// parts tells whether one of two marks stands between a token and the number behind
// it, without a space.
func (r *Reader) parts(at int, a, b rune) bool {
	tok := r.at(at + 1)
	return (tok.is(a) || tok.is(b)) && tok.glued && r.at(at+2).glued && r.at(at+2).kind == number && r.at(at+2).plain
}

// integer returns the value of a token that is nothing but digits, at most four; or -1.
func (r *Reader) integer(i int) int {
	if tok := r.at(i); tok.kind == number && tok.plain && tok.end-tok.start <= 4 {
		return int(tok.value)
	}
	return -1
}

// isYear tells whether a token may be a year of this or the last century.
func (r *Reader) isYear(i int) bool {
	tok := r.at(i)
	return tok.kind == number && tok.plain && tok.end-tok.start == 4 && tok.value >= 1900 && tok.value < 2100
}

// ordinal reads the day of a month: 18, 18th.
func (r *Reader) ordinal(at int) (day, end int) {
	day = r.integer(at)
	if day < 1 || day > 31 || r.at(at).end-r.at(at).start > 2 {
		return 0, at
	}
	if r.at(at+1).glued && r.saidOne(at+1, "st", "nd", "rd", "th") {
		return day, at + 2
	}
	if r.at(at+1).kind == word && r.at(at+1).glued {
		return 0, at
	}
	return day, at + 1
}

// monthAt returns the month that a token names, and the token behind it.
func (r *Reader) monthAt(at int) (m, end int) {
	tok := r.at(at)
	if !tok.has(month) || !tok.capital {
		return 0, at
	}
	end = at + 1
	if r.at(end).is('.') && r.at(end).glued && tok.end-tok.start <= 4 {
		end++
	}
	return int(tok.entry.value), end
}

// isOldYear tells whether a token behind a month may be a year before those that
// isYear knows. July 1815 is one; in May 1500 people counts.
func (r *Reader) isOldYear(i int) bool {
	tok := r.at(i)
	return tok.kind == number && tok.plain && tok.end-tok.start == 4 && tok.value >= 1000 && tok.value < 1900 && !r.countsThings(i+1)
}

// yearAt reads a year behind a comma or not: , 2023; of 2023.
func (r *Reader) yearAt(at int) (year, end int) {
	i := at
	if r.at(i).is(',') || r.said(i, "of") || r.at(i).is('-') {
		i++
	}
	if !r.isYear(i) && !r.isOldYear(i) || r.at(i+1).glued && r.at(i+1).kind == word {
		return 0, at
	}
	return r.integer(i), i + 1
}

// dayMonth reads 18 July 2023, 18th of July, 2023, and 18-20 July 2023.
func (r *Reader) dayMonth(at int) (first, last when, end int) {
	from, to, end := r.ordinals(at)
	if from == 0 {
		return first, last, at
	}
	if r.said(end, "of") || r.at(end).is('-') && r.at(end).glued {
		end++
	}
	month, end := r.monthAt(end)
	if month == 0 {
		return first, last, at
	}
	year, next := r.yearAt(end)
	if year == 0 {
		return first, last, at
	}
	return when{year, month, from}, when{year, month, to}, next
}

// ordinals reads the day of a month, or a range of such days: 18th, 18-20, 18 to 20. It
// returns 0 if there is none.
func (r *Reader) ordinals(at int) (from, to, end int) {
	from, end = r.ordinal(at)
	if from == 0 {
		return 0, 0, at
	}
	if r.at(end).is('-') || r.said(end, "to") {
		if day, next := r.ordinal(end + 1); day > 0 {
			return from, day, next
		}
	}
	return from, from, end
}

// monthDay reads July 18, 2023, July 18-20, 2023, July 2023 and June-July 2023.
func (r *Reader) monthDay(at int) (first, last when, end int) {
	month, end := r.monthAt(at)
	if year, next := r.yearAt(end); year > 0 {
		return when{year, month, 0}, when{year, month, 0}, next
	}
	if r.at(end).is('-') || r.said(end, "to") || r.said(end, "and") {
		if until, next := r.monthAt(end + 1); until > month {
			if year, next := r.yearAt(next); year > 0 {
				return when{year, month, 0}, when{year, until, 0}, next
			}
		}
	}
	from, to, end := r.ordinals(end)
	if from == 0 {
		return first, last, at
	}
	year, next := r.yearAt(end)
	if year == 0 {
		return first, last, at
	}
	return when{year, month, from}, when{year, month, to}, next
}

// years reads a year, a decade, or a range of years: 2019, 1990s, 2016-17. A year of
// another century than this and the last needs a word before it that shows it, and a
// number that counts something or ends a name is none.
func (r *Reader) years(at int) (first, last when, end int) {
	year, end := r.integer(at), at+1
	modern, led := r.isYear(at), r.at(at-1).has(yearLead)
	if !modern && (year < 1000 || year > 1899 || !led || r.countsThings(end)) {
		return first, last, at
	}
	first, last = when{year: year}, when{year: year}
	if next := r.at(end); next.kind == word && next.glued {
		switch text := r.bytes(end); {
		case text == "s" && year%10 == 0:
			last.year += 9
			return first, last, end + 1
		case len(text) == 1 && text[0] >= 'a' && text[0] <= 'f': // 2023a, in a list of references
			return first, last, end + 1
		}
		return first, last, at
	}
	if until := r.until(end, year); until > 0 {
		last.year = until
		return first, last, end + 2
	}
	if r.runsOn(end) || r.namesYear(at) || r.counted(end, modern && (led || r.at(at-1).is('(')), year) {
		return first, last, at
	}
	return first, last, end
}

// runsOn tells whether more stands behind a year without a space: 2023-abc, 2023/4.
func (r *Reader) runsOn(i int) bool {
	tok := r.at(i)
	if !tok.glued || !r.at(i+1).glued || r.at(i+1).kind == mark {
		return false
	}
	return tok.is('/') || tok.is(':') || tok.is('_') || tok.is('-') && r.at(i+1).kind == number
}

// namesYear tells whether the word before a year makes a name of both: RTX 2000,
// ICLR 2023.
func (r *Reader) namesYear(at int) bool {
	before := r.at(at - 1)
	return before.kind == word && before.capital && !before.sentence && !r.at(at).glued &&
		before.entry.role&(function|month|weekday|period|yearLead) == 0
}

// counted tells whether the number before a token counts what stands there. Behind
// in and its like, it does so only if a unit of measure stands there.
func (r *Reader) counted(i int, led bool, year int) bool {
	tok := r.at(i)
	if tok.sentence {
		return false
	}
	if _, isUnit := symbols[r.bytes(i)]; tok.is('%') || tok.has(multiplier|measure|currency) || isUnit && (tok.glued || r.parted(i) && !tok.has(function)) {
		return true
	}
	if led {
		return false
	}
	article := r.at(i - 2)
	likely := year >= 2005 && year < 2040 && (article.is('\'') || r.saidOne(i-2, "the", "its", "our", "their", "this", "a", "s"))
	return !likely && (tok.has(counted|countless) || r.isPluralNoun(i))
}

// countsThings tells whether the number before a token counts a noun, at once or
// behind some words that describe it.
func (r *Reader) countsThings(i int) bool {
	a := amount{figure: figure{end: i, times: 1}}
	r.behind(&a)
	return a.unit != "" || r.saidOne(i, "each")
}

// until returns the last year of a range that began in year, if the token behind it
// goes on with one: -17, to 2019. It returns 0 if there is none.
func (r *Reader) until(at, year int) int {
	joint, tok := r.at(at), r.at(at+1)
	switch {
	case tok.kind != number || !tok.plain || r.at(at+2).glued && r.at(at+2).kind != mark:
		return 0
	case joint.is('-') && joint.glued == tok.glued || joint.is('/') && tok.glued && !r.isYear(at+1):
	case !r.isYear(at + 1), !r.said(at, "to") && (!r.said(at, "and") || !r.said(at-2, "between")):
		return 0
	}
	until := int(tok.value)
	if tok.end-tok.start == 2 {
		until += year - year%100
	} else if !r.isYear(at + 1) {
		return 0
	}
	if until <= year || r.runsOn(at+2) {
		return 0
	}
	return until
}

// quarter reads Q3 2023, H2-2026 and the second half of 2026.
func (r *Reader) quarter(at int) (first, last when, end int) {
	months, n, end := 3, r.at(at).entry.nth, at+2
	switch letter := r.bytes(at); {
	case letter == "Q" || letter == "H":
		n = r.integer(at + 1)
		if letter == "H" {
			months = 6
		}
	case r.said(at+1, "half"):
		months = 6
	case !r.said(at+1, "quarter"):
		return first, last, at
	}
	if n < 1 || n*months > 12 {
		return first, last, at
	}
	year, next := r.yearAt(end)
	if year == 0 {
		return first, last, at
	}
	return when{year, (n-1)*months + 1, 0}, when{year, n * months, 0}, next
}
