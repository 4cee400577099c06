package ledger

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

var errLine = errors.New("not a line of the ledger")

// A line is the fields of one.
type line []string

// add adds a field of the form name=value, unless it is empty.
func (l *line) add(name, value string) {
	if value != "" {
		*l = append(*l, name+"="+Escape(value))
	}
}

// String joins the fields.
func (l *line) String() string { return strings.Join(*l, "\t") }

// split returns the fields of a line whose second is a word.
func split(text, word string) ([]string, error) {
	fields := strings.Split(text, "\t")
	if len(fields) < 3 || fields[1] != word || !strings.HasPrefix(fields[0], "http") {
		return nil, errLine
	}
	return fields, nil
}

// each reads fields of the form name=value.
func each(fields []string, set func(name, value string) error) error {
	for _, field := range fields {
		name, quoted, _ := strings.Cut(field, "=")
		value, err := Unescape(quoted)
		if err != nil || set(name, value) != nil {
			return errLine
		}
	}
	return nil
}

// Escape keeps a value on its line and in its field, and control characters out of the
// terminal that it is shown on.
func Escape(s string) string {
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// Unescape is the inverse of Escape.
func Unescape(s string) (string, error) { return strconv.Unquote(`"` + s + `"`) }

// day writes a date, and the zero time as nothing.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func parseDay(s string) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, s)
	if t.IsZero() {
		return t, errLine
	}
	return t, err
}

// Shorten returns a text on one line, cut off after so many code points.
func Shorten(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	n := 0
	for at := range s {
		if n++; n > limit {
			return strings.TrimRight(s[:at], " ")
		}
	}
	return s
}
