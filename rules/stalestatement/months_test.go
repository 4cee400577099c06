package stalestatement

import (
	"testing"
	"time"
)

func TestMonths(t *testing.T) {
	for text, want := range map[string]Months{
		"0 months": 0, "1 month": 1, "12 months": 12, "1 year": 12, "2 years": 24, "never": Never,
		"": -1, "12": -1, "-1 months": -1, "a month": -1, "12 days": -1, "12  months": -1, "99999 years": -1,
	} {
		got := Months(-1)
		if err := got.UnmarshalText([]byte(text)); got != want || (err != nil) != (want == -1) {
			t.Errorf("%q is %d (%v), want %d", text, got, err, want)
		}
	}
	for _, months := range []Months{0, 1, 30, Never} {
		text, err := months.MarshalText()
		got := Months(-1)
		if err != nil || got.UnmarshalText(text) != nil || got != months {
			t.Errorf("%d is written as %q, %v, and read as %d", int(months), text, err, int(got))
		}
	}
	for months, want := range map[Months]string{1: "1 month", 23: "23 months", 24: "2 years", 40: "3 years", Never: "never"} {
		if got := months.String(); got != want {
			t.Errorf("%d months are %q, want %q", int(months), got, want)
		}
	}
}

// A month is over on its day, and a day when the next one begins.
func TestMonthsBetween(t *testing.T) {
	now := time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC)
	for day, want := range map[string]struct {
		months Months
		past   bool
	}{
		"2026-11-24": {0, false},
		"2026-11-23": {0, false},
		"2026-11-22": {0, true},
		"2026-10-24": {0, true},
		"2026-10-23": {1, true},
		"2025-11-23": {12, true},
		"2023-11-30": {35, true},
		"2027-01-31": {0, false},
	} {
		since, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if months, past := monthsBetween(since, now); months != want.months || past != want.past {
			t.Errorf("from %s: %d, %v, want %d, %v", day, months, past, want.months, want.past)
		}
	}
}
