// Package ledger says what is kept of the pages that claims cite, and of the claims,
// so that a later run can answer without asking again and notice that a page has
// changed. Each is one line of text, which a person can read and git can merge; that a
// line is kept, and where, is for others to see to.
package ledger

import "strings"

// The second fields of the lines. They sort behind those of the line that says whether
// the page is there, which the first field, the address, is common with.
const (
	pageWord  = "viewed"
	claimWord = "weighed"
)

const (
	factLimit    = 400 // quantities and dates of a page
	snippetLimit = 240 // code points of a sentence of a page
	titleLimit   = 200
)

// Key returns what names the line: a new one of the same key takes its place.
func Key(line string) string {
	fields := strings.SplitN(line, "\t", 4)
	if len(fields) > 2 && fields[1] == claimWord {
		return fields[0] + "\t" + fields[1] + "\t" + fields[2]
	}
	if len(fields) > 2 && fields[1] == pageWord {
		return fields[0] + "\t" + fields[1]
	}
	return ""
}
