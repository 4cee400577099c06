package badarithmetic

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// moving are words of sentences in which a time goes backwards with good reason:
// something was moved, or is told in that order.
var moving = wordSet(`move moves moved moving change changes changed changing bring brings brought pull pulls pulled push pushed shift shifts shifted
	advance advanced postpone postponed reschedule rescheduled adjust adjusted downgrade downgraded downgrading revert reverted roll rolled back backward backwards
	correct corrected fix fixed update updated amend amended edit edited replace replaced rename renamed renumber renumbered revise revised
	sort sorted order ordered descend descending reverse reversed count counting go going went drop dropped drops fell fall falls decline declined declines
	decrease decreased decreases reduce reduced reduces lower lowered cut shrank shrink convert converted port ported backport backported migrate migrated
	newest latest switch switched switching difference differences compare compared comparing comparison`)

// reversed finds a time that ends before it begins.
func reversed(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		from, ok := s.dateAt(i)
		if !ok || s.inDate(i) {
			continue
		}
		j := from.end
		led := s.is(i-1, "from")
		switch {
		case s.is(j, "–", "—") && (from.month != 0 || s.enclosed(i, j+2) || s.at(i-1).kind == plain && !s.at(i-1).capital):
		case s.is(j, "-") && from.month == 0 && s.enclosed(i, j+2):
		case s.is(j, "to", "until", "till", "through") && led:
		default:
			continue
		}
		to, ok := s.dateAt(j + 1)
		if !ok || !to.last().Before(from.first()) || s.says(moving) || (from.month == 0) != (to.month == 0) {
			continue
		}
		return flaw{from: i, to: to.end, message: fmt.Sprintf("%q ends before it begins", s.written(i, to.end))}, true
	}
	return flaw{}, false
}

// inDate tells whether the token at an index is in the middle of a date.
func (s *sentence) inDate(i int) bool {
	t, before := s.at(i), s.at(i-1)
	return t.kind == plain && before.kind == number && s.isDay(i-1) || s.isYear(i) && (months[before.word] != 0 || before.word == "," && s.isDay(i-2)) ||
		t.kind == number && (before.kind == sign && !t.spaced && before.word != "(" && before.word != "[" || before.kind == named)
}

// enclosed tells whether tokens stand alone in parentheses, or behind a word that
// times follow: a range of years, and no number of a standard.
func (s *sentence) enclosed(i, end int) bool {
	return s.is(i-1, "(", "[") && s.is(end, ")", "]", ",", ";") || s.is(i-1, "in", "during", "from", "period", "years", "seasons", "season")
}

// A length is a number of days, weeks, months, years or decades.
type length struct {
	n          float64
	days       float64 // of one unit
	unit       string
	adjective  bool // five-year
	start, end int  // tokens
}

var units = map[string]float64{"day": 1, "week": 7, "month": 30.436875, "year": 365.2425, "decade": 3652.425}

// lengthAt reads a length: five years, five-year.
func (s *sentence) lengthAt(i int) (length, bool) {
	t := s.at(i)
	if t.kind != number || t.unit != "" || t.ordinal || s.isYear(i) || s.vague(i) {
		return length{}, false
	}
	j := s.skip(i+1, "-", "‑")
	word := s.at(j).word
	if n := len(word); n > 1 && word[n-1] == 's' {
		word = word[:n-1]
	}
	if s.at(j).kind != plain || units[word] == 0 {
		return length{}, false
	}
	return length{t.value, units[word], word, j > i+1, i, j + 1}, true
}

var vagueWords = wordSet(`about around nearly almost over than some roughly approximately approx under least most up circa ca another next first last every
	within past previous maximum minimum max min close average per half additional extra further other approaching exceeding beyond every each`)

// vague tells whether the number at an index is one end of a range, or bounded or
// rounded by what stands beside it.
func (s *sentence) vague(i int) bool {
	return s.bounded(i) || s.is(i+1, "–", "-", "to") && s.at(i+2).kind == number || s.is(i-1, "–", "-", "to") && s.at(i-2).kind == number
}

// bounded tells whether the number at an index is bounded or rounded.
func (s *sentence) bounded(i int) bool {
	before := s.at(i - 1)
	return s.in(i-1, vagueWords) || s.is(i-1, "to") && s.is(i-2, "up", "close", "closer") || before.kind == sign && (before.word == "~" || before.word == "≈" || before.word == "<" || before.word == ">" || before.word == "≥" ||
		before.word == "≤" || before.word == "∼" || before.word == "+" || (before.word == "-" || before.word == "–" || before.word == ".") && !s.at(i).spaced) ||
		s.is(i+1, "+", "plus", "or")
}

// periods are words for a length of time.
var periods = wordSet("period span stretch interval run term reign war tenure window time total gap project study conflict campaign program contract series effort career")

// duration finds a length of time that its ends do not have.
func duration(s *sentence) (flaw, bool) {
	for i := range s.tokens {
		l, ok := s.lengthAt(i)
		if !ok {
			continue
		}
		from, to, a, b, ok := s.endsOf(l)
		if !ok || l.fits(from, to) || s.says(fiscal) {
			continue
		}
		return flaw{from: a, to: b, message: fmt.Sprintf("from %s to %s it is %s, not %s", from, to, l.between(from, to), s.written(l.start, l.end))}, true
	}
	return flaw{}, false
}

// fiscal are words of years that do not begin in January, and of counts that leave
// something out.
var fiscal = wordSet("fiscal academic business working school trading light lunar each every separate nonconsecutive non-consecutive total combined")

// endsOf returns the dates between which a length lies, and the tokens that say all
// this.
func (s *sentence) endsOf(l length) (from, to date, a, b int, ok bool) {
	j := l.end
	for n := 0; n < 3 && (s.in(j, periods) || l.adjective && s.at(j).kind == plain && !s.is(j, "from", "between")); n++ {
		j++
	}
	opened := s.is(j, "(")
	if from, to, end, ok := s.spanAt(s.skip(j, ",", "("), opened); ok {
		return from, to, l.start, end, !opened || s.is(end, ")")
	}
	switch {
	case s.is(l.end, "after", "before"):
		return s.pointed(l)
	case s.is(l.end, "later") && !s.is(l.end+1, "than"):
		return s.later(l)
	case s.is(l.start-1, "lasted", "lasting", "took", "spanned", "spanning"):
		return s.lasting(l)
	default:
		return s.spanBefore(l)
	}
}

// later reads "in 2015, and in 2020, five years later" and "in 2015, and five years
// later, in 2020". There is no other date in the sentence.
func (s *sentence) later(l length) (from, to date, a, b int, ok bool) {
	var dates []date
	var starts []int
	for i := 0; i < len(s.tokens); i++ {
		if d, ok := s.dateAt(i); ok {
			dates, starts = append(dates, d), append(starts, i)
			i = d.end - 1
		}
	}
	if len(dates) != 2 || !dates[0].last().Before(dates[1].first()) {
		return from, to, 0, 0, false
	}
	at := starts[1]
	behind := s.skip(s.skip(l.end+1, ","), "in", "on")
	return dates[0], dates[1], starts[0], max(l.end+1, dates[1].end), s.is(dates[1].end, ",", "(", "–", "—") && dates[1].end+1 == l.start || at == behind && dates[0].end < l.start
}

// lasting reads "(1837–1901) lasted 64 years".
func (s *sentence) lasting(l length) (from, to date, a, b int, ok bool) {
	for i := max(0, l.start-7); i < l.start; i++ {
		if !s.is(i, "(") {
			continue
		}
		if from, to, end, ok := s.spanAt(i+1, true); ok && s.is(end, ")") && s.near(end+1, l.start-1) {
			return from, to, i + 1, l.end, true
		}
	}
	return from, to, 0, 0, false
}

// age finds an age at which somebody did not die.
func age(s *sentence) (flaw, bool) {
	born, died, years := 0, 0, -1
	for i := range s.tokens {
		switch {
		case s.isYear(i) && born == 0 && s.says(births):
			born = i
		case s.isYear(i) && died == 0:
			died = i
		case s.isYear(i):
			return flaw{}, false
		case s.is(i-1, "aged") || s.is(i-1, "age") && s.is(i-2, "at") || s.is(i-1, "of") && s.is(i-2, "age") && s.is(i-3, "the"):
			years = i
		}
	}
	if born == 0 || died == 0 || years < died || !s.says(deaths) || !s.countAt(years) {
		return flaw{}, false
	}
	n := s.at(died).value - s.at(born).value
	if stated := s.at(years).value; n < 0 || stated == n || stated == n-1 {
		return flaw{}, false
	}
	return flaw{
		from: born, to: years + 1,
		message: fmt.Sprintf("from %s to %s it is %.0f or %.0f years, not %s", s.at(born).word, s.at(died).word, n-1, n, s.written(years, years+1)),
	}, true
}

var (
	births = wordSet("born")
	deaths = wordSet("died")
)

// spanAt reads what begins and ends: from 2015 to 2020, 2015–2020.
func (s *sentence) spanAt(i int, opened bool) (from, to date, end int, ok bool) {
	led := s.is(i, "from", "between")
	if led {
		i++
	}
	from, ok = s.dateAt(i)
	if !ok || !led && !opened || !s.is(from.end, "to", "until", "till", "through", "and", "–", "-", "—") {
		return from, to, 0, false
	}
	to, ok = s.dateAt(from.end + 1)
	return from, to, to.end, ok && from.first().Before(to.last()) && (from.month == 0) == (to.month == 0)
}

// pointed reads "in 2020, five years after 2015".
func (s *sentence) pointed(l length) (from, to date, a, b int, ok bool) {
	other, ok := s.dateAt(s.skip(l.end+1, "in", "the"))
	if !ok {
		return from, to, 0, 0, false
	}
	for i := max(0, l.start-6); i < l.start; i++ {
		one, ok := s.dateAt(i)
		if !ok || s.inDate(i) || !s.near(one.end, l.start) {
			continue
		}
		if s.is(l.end, "after") {
			return other, one, i, other.end, true
		}
		return one, other, i, other.end, true
	}
	return from, to, 0, 0, false
}

// near tells whether only a comma, a dash or a parenthesis stands between tokens, with
// words that change nothing.
func (s *sentence) near(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.is(i, ",", "(", "–", "—", "just", "exactly", "a", "the", "or", "that", "is", "was", "which", "full", "fully") {
			return false
		}
	}
	return true
}

// spanBefore reads "from 2015 to 2020 (five years)" and "from 2015 to 2020, a period of
// five years".
func (s *sentence) spanBefore(l length) (from, to date, a, b int, ok bool) {
	i, b := l.start, l.end
	closed := s.is(i-1, "(") && s.is(l.end, ")")
	for j := i - 1; j > i-4 && !closed; j-- {
		if s.is(j, "period", "span", "stretch", "interval", "total", "duration") && s.is(i-1, "of") {
			closed, i = true, j
		}
	}
	if !closed && s.in(l.end, periods) && s.is(i-1, "a", "an", "the") {
		closed, b = true, l.end+1
	}
	if !closed {
		return from, to, 0, 0, false
	}
	for a := max(0, i-12); a < i; a++ {
		if !s.is(a, "from", "between") && !s.is(a-1, "(") {
			continue
		}
		if from, to, end, ok := s.spanAt(a, s.is(a-1, "(")); ok && s.near(s.skip(end, ")"), i-1) {
			return from, to, a, b, true
		}
	}
	return from, to, 0, 0, false
}

// fits tells whether a length is one that may lie between two dates, their own ends
// counted or not.
func (l length) fits(from, to date) bool {
	low, high := l.bounds(from, to)
	return math.Floor(low) <= l.n && l.n <= math.Ceil(high)
}

// bounds returns the shortest and the longest time between two dates, in units.
func (l length) bounds(from, to date) (low, high float64) {
	days := func(a, b time.Time) float64 { return b.Sub(a).Hours() / 24 }
	return max(0, days(from.last(), to.first())) / l.days, (days(from.first(), to.last()) + 1) / l.days
}

// between says how long it is from one date to another.
func (l length) between(from, to date) string {
	days := to.first().Sub(from.first()).Hours() / 24
	n := math.Round(days / l.days)
	if n == 1 {
		return "1 " + l.unit
	}
	return fmt.Sprintf("%.0f %ss", n, l.unit)
}

// String returns a date as a message gives it.
func (d date) String() string {
	switch {
	case d.month == 0:
		return strconv.Itoa(d.year)
	case d.day == 0:
		return fmt.Sprintf("%s %d", time.Month(d.month), d.year)
	default:
		return fmt.Sprintf("%d %s %d", d.day, time.Month(d.month), d.year)
	}
}
