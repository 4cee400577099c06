package ruletest

import (
	"fmt"
	"regexp"
	"strings"
)

// A want is a finding that an example announces.
type want struct {
	path    string
	line    int // from 1
	message *regexp.Regexp
	at      string // the underlined text, white space folded; "": any
}

// String returns the want as it would be written.
func (w want) String() string {
	if w.at == "" {
		return fmt.Sprintf(`%s:%d: want "%s"`, w.path, w.line, w.message)
	}
	return fmt.Sprintf(`%s:%d: want "%s" at %q`, w.path, w.line, w.message, w.at)
}

// A backslash before a quote needs no unquoting in a regular expression, and
// other backslashes are the expression's own.
var wantComment = regexp.MustCompile(`<!-- want "((?:[^"\\\n]|\\.)*)"(?: at "((?:[^"\\\n]|\\.)*)")? -->`)

// blank returns the text with spaces in the place of its want comments, and the
// wants.
func blank(path, text string) (string, []want, error) {
	var wants []want
	var blanked strings.Builder
	end := 0
	for _, m := range wantComment.FindAllStringSubmatchIndex(text, -1) {
		w, err := parseWant(path, text, m)
		if err != nil {
			return "", nil, err
		}
		wants = append(wants, w)
		blanked.WriteString(text[end:m[0]])
		blanked.WriteString(strings.Repeat(" ", m[1]-m[0]))
		end = m[1]
	}
	blanked.WriteString(text[end:])
	if before, _, found := strings.Cut(blanked.String(), "<!-- want "); found {
		return "", nil, fmt.Errorf(`%s:%d: not of the form <!-- want "regexp" at "text" -->`, path, lineAt(before))
	}
	return blanked.String(), wants, nil
}

func parseWant(path, text string, m []int) (want, error) {
	w := want{path: path, line: lineAt(text[:m[0]])}
	message, err := regexp.Compile(text[m[2]:m[3]])
	if err != nil {
		return w, fmt.Errorf("%s:%d: %w", path, w.line, err)
	}
	w.message = message
	if m[4] >= 0 {
		w.at = fold(strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(text[m[4]:m[5]]))
	}
	return w, nil
}

// lineAt returns the number of the line that follows the text.
func lineAt(before string) int { return 1 + strings.Count(before, "\n") }

func fold(text string) string { return strings.Join(strings.Fields(text), " ") }
