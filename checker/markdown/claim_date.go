package markdown

import (
	"bytes"
	"time"

	"github.com/bookcheck/bookcheck"
)

// A when is a day, month, part of a year, or year as somebody wrote it. Zero
// fields were not written.
type when struct {
	year, month, day int
	period           bool // a quarter or a half: month is its last
}

// end returns the last day of what the date names, in the year 0 if none was
// written.
func (d when) end() time.Time {
	_, last := bookcheck.Days(d.year, d.month, d.day)
	return last
}

// dateAt reads a date that begins at token at. A width of 0: there is none.
func (r *reading) dateAt(at int) (d when, width int) {
	tok := &r.tokens[at]
	switch {
	case tok.kind == numberToken:
		return r.dateFromNumber(at)
	case tok.kind != wordToken || tok.word == 0 && !tok.capital:
		return when{}, 0
	case r.isMonth(at):
		return r.dateFromMonth(at)
	case r.language.classes.period.has(tok.word): // early 2016
		if y := r.year(at + 1); y != 0 {
			return when{year: y}, 2
		}
	case r.language.classes.ordinal.has(tok.word): // third quarter of 2023
		return r.dateFromOrdinal(at)
	}
	return r.dateFromPeriod(at)
}

// dateFromNumber reads 2023-07-20, 2023-07, 2023, 18 July 2023 and 18th of July.
func (r *reading) dateFromNumber(at int) (when, int) {
	text := r.bytes(at)
	if d, ok := parseISO(text); ok {
		return d, 1
	}
	if y := r.year(at); y != 0 {
		return when{year: y}, 1
	}
	day, last := r.day(at), at+1
	if day == 0 {
		return when{}, 0
	}
	if r.isWord(last, r.language.classes.dayLead) { // of
		last++
	}
	if last >= r.to || !r.isMonth(last) {
		return when{}, 0
	}
	month := r.value(last)
	last++
	y, last := r.yearAfter(last)
	return valid(when{year: y, month: month, day: day}, last-at)
}

// dateFromMonth reads July 18, 2023, July 18 - 19, and July 2023.
func (r *reading) dateFromMonth(at int) (when, int) {
	month, last := r.value(at), at+1
	if r.isMark(last, '.') { // Sept. 11
		last++
	}
	if y, last := r.yearAfter(last); y != 0 {
		return when{year: y, month: month}, last - at
	}
	day := r.day(last)
	if day == 0 {
		return when{}, 0
	}
	last++
	if r.isMark(last, '-') || r.isMark(last, '–') {
		if until := r.day(last + 1); until > day {
			day, last = until, last+2
		}
	}
	y, last := r.yearAfter(last)
	return valid(when{year: y, month: month, day: day}, last-at)
}

// dateFromOrdinal reads "second half of 2026".
func (r *reading) dateFromOrdinal(at int) (when, int) {
	months := 0
	switch {
	case r.isWord(at+1, r.language.classes.quarter):
		months = 3
	case r.isWord(at+1, r.language.classes.half):
		months = 6
	}
	last := at + 2
	if r.isWord(last, r.language.classes.dayLead) {
		last++
	}
	y, month := r.year(last), months*r.value(at)
	if y == 0 || month < 1 || month > 12 {
		return when{}, 0
	}
	return when{year: y, month: month, period: true}, last + 1 - at
}

// dateFromPeriod reads Q3 2023, H2-2026 and mid-2024.
func (r *reading) dateFromPeriod(at int) (when, int) {
	text := r.bytes(at)
	if y := r.yearIn(at); y != 0 {
		return when{year: y}, 1
	}
	if len(text) < 2 || text[1] < '1' || text[1] > '4' {
		return when{}, 0
	}
	months := 0
	switch text[0] {
	case 'Q':
		months = 3
	case 'H':
		months = 6
	}
	month := months * int(text[1]-'0')
	if month < 1 || month > 12 {
		return when{}, 0
	}
	if len(text) == 7 && text[2] == '-' {
		if y := parseYear(text[3:]); y != 0 {
			return when{year: y, month: month, period: true}, 1
		}
	}
	if y := r.year(at + 1); y != 0 && len(text) == 2 {
		return when{year: y, month: month, period: true}, 2
	}
	return when{}, 0
}

// yearIn returns the year in mid-2024, or 0.
func (r *reading) yearIn(at int) int {
	text, start := r.bytes(at), r.tokens[at].start
	dash := bytes.IndexByte(text, '-')
	if dash < 0 || len(text)-dash <= len("2024") || !r.language.classes.period.has(r.language.word(r.text, start, start+dash)) {
		return 0
	}
	return parseYear(text[dash+1:])
}

// valid returns d and its width if there is such a day.
func valid(d when, width int) (when, int) {
	if d.end().Day() != d.day { // the year 0 has a 29 February
		return when{}, 0
	}
	return d, width
}

// yearAfter returns the year at token at, behind a comma or not, and the token
// after it; or 0 and at.
func (r *reading) yearAfter(at int) (year, next int) {
	first := at
	if r.isMark(at, ',') || r.isWord(at, r.language.classes.dayLead) {
		at++
	}
	if y := r.year(at); y != 0 {
		return y, at + 1
	}
	return 0, first
}

// year returns the year at token at, or 0.
func (r *reading) year(at int) int {
	if at >= r.to || r.tokens[at].kind != numberToken {
		return 0
	}
	return parseYear(r.bytes(at))
}

// day returns the day of the month at token at, or 0. It may be an ordinal, or
// the last of a range: 18, 18th, 3-5.
func (r *reading) day(at int) int {
	if at >= r.to || r.tokens[at].kind != numberToken {
		return 0
	}
	text := r.bytes(at)
	if dash := bytes.IndexByte(text, '-'); dash > 0 {
		text = text[dash+1:]
	}
	n, day := 0, 0
	for n < len(text) && n < 3 && isDigit(text[n]) {
		day = day*10 + int(text[n]-'0')
		n++
	}
	if n == 0 || day < 1 || day > 31 || text[0] == '0' && n == 1 {
		return 0
	}
	if n < len(text) && !r.language.classes.ordinalSuffix.has(r.language.word(text, n, len(text))) {
		return 0
	}
	return day
}

// isMonth tells whether the name of a month stands at token at. Only its capital
// tells May and March from may and march.
func (r *reading) isMonth(at int) bool {
	tok := &r.tokens[at]
	return tok.capital && r.language.classes.month.has(tok.word)
}

// value returns the number that a word stands for.
func (r *reading) value(at int) int { return r.language.values[r.tokens[at].word] }

func (r *reading) isWord(at int, set words) bool { return at < r.to && set.has(r.tokens[at].word) }

func (r *reading) isMark(at int, mark rune) bool {
	return at < r.to && r.tokens[at].kind == markToken && string(r.bytes(at)) == string(mark)
}

// parseYear reads a year of the last or this century, as in 2023 or 2023's.
func parseYear(text []byte) int {
	if len(text) > 4 && (text[4] == '\'' || bytes.HasPrefix(text[4:], []byte(curly))) {
		text = text[:4]
	}
	if len(text) != 4 || text[0] != '1' && text[0] != '2' {
		return 0
	}
	year := 0
	for _, c := range text {
		if !isDigit(c) {
			return 0
		}
		year = year*10 + int(c-'0')
	}
	if year < 1900 || year > 2099 {
		return 0
	}
	return year
}

// parseISO reads 2023-07-20 and 2023-07.
func parseISO(text []byte) (when, bool) {
	layout := "2006-01-02"
	if len(text) == len("2006-01") {
		layout = "2006-01"
	}
	if len(text) != len(layout) || parseYear(text[:4]) == 0 {
		return when{}, false
	}
	at, err := time.Parse(layout, string(text))
	if err != nil {
		return when{}, false
	}
	d := when{year: at.Year(), month: int(at.Month())}
	if layout == "2006-01-02" {
		d.day = at.Day()
	}
	return d, true
}

// isVersion tells whether text is what versions look like: 5.2, v3, 3.x, GPT-4.
func isVersion(text []byte) bool {
	digits := bytes.IndexAny(text, "0123456789")
	if digits < 0 {
		return false
	}
	if isDigit(text[0]) {
		return bytes.IndexByte(text, '.') > 0
	}
	return text[0] == 'v' && digits == 1 || bytes.IndexByte(text, '-') > 0
}

func isYear(text []byte) bool { return parseYear(text) != 0 }
