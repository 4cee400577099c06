package ledger

import (
	"strconv"
	"strings"
	"time"

	"github.com/bookcheck/bookcheck"
)

// Canon writes a fact so that equal ones are equal, however they were written:
// "quantity >1e+06 users", "date 2023-07", "name gptneox20b". Of a quotation it writes
// a hash: the words are the author's to keep.
func Canon(f bookcheck.Fact) string {
	return string(f.Kind) + " " + value(f)
}

func value(f bookcheck.Fact) string {
	switch f.Kind {
	case bookcheck.Amount:
		return amount(f)
	case bookcheck.Day:
		return days(f.From, f.To)
	case bookcheck.Quotation:
		return HashOf(f.Key)
	default:
		return oneLine(f.Key)
	}
}

func amount(f bookcheck.Fact) string {
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	text := number(f.Low)
	switch f.Op {
	case bookcheck.Exactly, "":
	case bookcheck.Between:
		text += ".." + number(f.High)
	default:
		text = string(f.Op) + text
	}
	if f.Unit != "" {
		text += " " + oneLine(f.Unit)
	}
	return text
}

// days writes a span of days as short as it can be: a day, a month, a year, or both
// ends.
func days(from, to time.Time) string {
	switch {
	case from.Equal(to):
		return from.Format(time.DateOnly)
	case from.Day() == 1 && to.Equal(from.AddDate(0, 1, -1)):
		return from.Format("2006-01")
	case from.YearDay() == 1 && to.Equal(from.AddDate(1, 0, -1)):
		return from.Format("2006")
	}
	return from.Format(time.DateOnly) + ".." + to.Format(time.DateOnly)
}

// oneLine keeps what separates facts out of one.
func oneLine(s string) string { return strings.ReplaceAll(s, ";", ",") }

// Parse reads what Canon writes of a quantity or a date; others have no value that
// could be read.
func Parse(canon string) (f bookcheck.Fact, ok bool) {
	kind, text, _ := strings.Cut(canon, " ")
	switch f.Kind = bookcheck.FactKind(kind); f.Kind {
	case bookcheck.Amount:
		return parseAmount(f, text)
	case bookcheck.Day:
		return parseDays(f, text)
	default:
		return f, false
	}
}

// ops are the ways to bound a quantity that are written before it, longer ones first.
var ops = []bookcheck.Op{bookcheck.AtLeast, bookcheck.AtMost, bookcheck.Over, bookcheck.Under, bookcheck.About}

func parseAmount(f bookcheck.Fact, text string) (bookcheck.Fact, bool) {
	f.Op = bookcheck.Exactly
	for _, op := range ops {
		if rest, found := strings.CutPrefix(text, string(op)); found {
			f.Op, text = op, rest
			break
		}
	}
	number, unit, _ := strings.Cut(text, " ")
	low, high, isRange := strings.Cut(number, "..")
	if f.Unit = unit; isRange {
		f.Op = bookcheck.Between
	} else {
		high = low
	}
	var err, wrong error
	f.Low, err = strconv.ParseFloat(low, 64)
	f.High, wrong = strconv.ParseFloat(high, 64)
	return f, err == nil && wrong == nil && f.Low == f.Low && f.High == f.High // no NaN
}

func parseDays(f bookcheck.Fact, text string) (bookcheck.Fact, bool) {
	first, last, isRange := strings.Cut(text, "..")
	if isRange {
		from, err := parseDay(first)
		to, wrong := parseDay(last)
		f.From, f.To = from, to
		return f, err == nil && wrong == nil
	}
	for _, form := range []struct {
		layout        string
		months, years int
	}{{"2006", 0, 1}, {"2006-01", 1, 0}} {
		if from, err := time.Parse(form.layout, first); err == nil {
			f.From, f.To = from, from.AddDate(form.years, form.months, -1)
			return f, true
		}
	}
	day, err := parseDay(first)
	f.From, f.To = day, day
	return f, err == nil
}
