package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// Faults writes what could not be done, a line each, and below it the line of the
// file that it is about, if the fault has that. It is for the command to say what
// went wrong beside its reports.
func Faults(w io.Writer, faults []bookcheck.Fault, style Style) error {
	t := newTerminal(w, style)
	for _, fault := range faults {
		t.printf("bookcheck: %s%s\n", t.faultPlace(fault), clean(fault.Message))
		if fault.Excerpt != "" && fault.Column > 0 {
			t.faultExcerpt(fault)
		}
	}
	return t.out.Flush()
}

func (t *terminal) faultPlace(fault bookcheck.Fault) string {
	switch {
	case fault.Path == "":
		return ""
	case fault.Line == 0:
		return quote(t.name(fault.Path)) + ": "
	case fault.Column == 0:
		return fmt.Sprintf("%s:%d: ", quote(t.name(fault.Path)), fault.Line)
	default:
		return fmt.Sprintf("%s:%d:%d: ", quote(t.name(fault.Path)), fault.Line, fault.Column)
	}
}

func (t *terminal) faultExcerpt(fault bookcheck.Fault) {
	line := bookcheck.NewChapter(fault.Path, []byte(fault.Excerpt))
	at := 0
	for range fault.Column - 1 {
		_, size := utf8.DecodeRuneInString(fault.Excerpt[at:])
		at += size
	}
	e := show(line, 1, bookcheck.Span{Start: at, End: at}, 80)
	t.printf("    %s\n    %s%s\n", e.text, strings.Repeat(" ", e.from), t.paint(red, "^"))
}
