package bookcheck_test

import (
	"testing"
	"time"

	"github.com/bookcheck/bookcheck"
)

func TestDays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		year, month, day int
		first, last      string
	}{
		{2024, 2, 29, "2024-02-29", "2024-02-29"},
		{2024, 2, 0, "2024-02-01", "2024-02-29"},
		{2023, 12, 0, "2023-12-01", "2023-12-31"},
		{2023, 0, 0, "2023-01-01", "2023-12-31"},
	} {
		first, last := bookcheck.Days(test.year, test.month, test.day)
		if got, want := first.Format(time.DateOnly)+" "+last.Format(time.DateOnly), test.first+" "+test.last; got != want {
			t.Errorf("Days(%d, %d, %d) = %s, want %s", test.year, test.month, test.day, got, want)
		}
	}
}
