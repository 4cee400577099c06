package stalestatement

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Months is an age.
type Months int

// Never is an age that nothing reaches.
const Never Months = math.MaxInt

// UnmarshalText reads "12 months", "2 years" and "never".
func (m *Months) UnmarshalText(text []byte) error {
	if string(text) == "never" {
		*m = Never
		return nil
	}
	number, unit, _ := strings.Cut(string(text), " ")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return errAge
	}
	switch strings.TrimSuffix(unit, "s") {
	case "month":
		*m = Months(n)
	case "year":
		*m = Months(12 * n)
	default:
		return errAge
	}
	return nil
}

// MarshalText writes an age as UnmarshalText reads it, and loses no month.
func (m Months) MarshalText() ([]byte, error) {
	if m == Never {
		return []byte("never"), nil
	}
	return fmt.Appendf(nil, "%d months", int(m)), nil
}

var errAge = errors.New(`must be an age: "12 months", "2 years" or "never"`)

// String returns the age as one says it: months at first, then years.
func (m Months) String() string {
	switch {
	case m == Never:
		return "never"
	case m == 1:
		return "1 month"
	case m < 24:
		return fmt.Sprintf("%d months", int(m))
	default:
		return fmt.Sprintf("%d years", int(m)/12)
	}
}

// monthsBetween returns the whole months from a day to an instant, and whether
// the day is over by then.
func monthsBetween(day, now time.Time) (Months, bool) {
	day, now = day.UTC(), now.UTC()
	months := 12*(now.Year()-day.Year()) + int(now.Month()) - int(day.Month())
	if now.Day() < day.Day() {
		months--
	}
	year, month, date := day.Date()
	return Months(max(0, months)), !now.Before(time.Date(year, month, date+1, 0, 0, 0, 0, time.UTC))
}
