// Package ignore decides which paths a list of patterns leaves out, in the
// language of .gitignore and as git itself understands it. It is the only package
// that knows doublestar.
package ignore

import (
	"path"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// A List is a list of patterns. The zero value leaves nothing out.
type List []pattern

type pattern struct {
	prefix   string // what comes before the first wildcard of an anchored pattern
	glob     string // the rest
	anchored bool   // compared with the whole path, not with its last element
	folders  bool   // matches folders only
	keep     bool   // written with an exclamation mark: takes back what an earlier one left out
}

// Parse reads patterns, one a line. What git does not understand matches nothing,
// as in git.
func Parse(text string) List {
	var list List
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if p, ok := compile(line); ok {
			list = append(list, p)
		}
	}
	return list
}

// Valid tells whether a line is a pattern that can match something.
func Valid(line string) bool {
	_, ok := compile(line)
	return ok
}

// Match tells whether the list decides about a path, which is relative to the
// folder of the list, and whether it leaves it out. The last pattern that matches
// decides.
func (l List) Match(name string, folder bool) (out, decided bool) {
	base := path.Base(name)
	for i := len(l) - 1; i >= 0; i-- {
		p := &l[i]
		subject := base
		if p.anchored {
			subject = name
		}
		if (folder || !p.folders) && p.matches(subject) {
			return !p.keep, true
		}
	}
	return false, false
}

func (p *pattern) matches(subject string) bool {
	rest, found := strings.CutPrefix(subject, p.prefix)
	return found && doublestar.MatchUnvalidated(p.glob, rest)
}

// Covers tells whether the list leaves out a file or a folder above it. Nothing
// inside a folder that is left out can be taken back.
func (l List) Covers(file string) bool {
	if len(l) == 0 {
		return false
	}
	for at := range len(file) {
		if file[at] != '/' {
			continue
		}
		if out, _ := l.Match(file[:at], true); out {
			return true
		}
	}
	out, _ := l.Match(file, false)
	return out
}

func compile(line string) (p pattern, ok bool) {
	line = trimSpaces(line)
	if line == "" || line[0] == '#' {
		return p, false
	}
	line, p.keep = strings.CutPrefix(line, "!")
	line, p.folders = strings.CutSuffix(line, "/")
	p.anchored = strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if strings.Contains("/"+line+"/", "//") {
		return p, false // no path has an element without a name
	}
	// Git compares what comes before the first wildcard on its own, so that the
	// stars of "ab**/c" open what is left, and reach through folders.
	if p.anchored {
		wild := strings.IndexAny(line+"*", `*?[\`)
		p.prefix, line = line[:wild], line[wild:]
	}
	p.glob, ok = translate(line)
	return p, ok && doublestar.ValidatePattern(p.glob)
}

// trimSpaces removes the spaces at the end that no backslash protects.
func trimSpaces(line string) string {
	kept := strings.TrimRight(line, " ")
	slashes := len(kept) - len(strings.TrimRight(kept, `\`))
	if slashes%2 == 1 && len(kept) < len(line) {
		return line[:len(kept)+1]
	}
	return kept
}

// translate writes a pattern of git as one of doublestar, which has braces, calls
// the folder itself a match of "folder/**", and lacks [[:classes:]].
func translate(p string) (glob string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		switch c := p[i]; c {
		case '\\':
			if i++; i == len(p) {
				return "", false
			}
			b.WriteString(p[i-1 : i+1])
		case '{', '}':
			b.WriteString(`\` + string(c))
		case '*':
			stars := i
			for i+1 < len(p) && p[i+1] == '*' {
				i++
			}
			b.WriteString("**"[:min(i-stars+1, 2)])
		case '[':
			set, length := class(p[i:])
			if length == 0 {
				return "", false
			}
			b.WriteString(set)
			i += length - 1
		default:
			b.WriteByte(c)
		}
	}
	glob = b.String()
	if last := strings.ReplaceAll(glob, "**/", ""); last != glob && (last == "*" || last == "**") {
		return "**", true // matches even nothing
	}
	if strings.HasSuffix(glob, "/**") {
		glob += "/*"
	}
	return glob, true
}

// classes are the characters of each class, but for the slash.
var classes = map[string]string{
	"alnum": "0-9A-Za-z", "alpha": "A-Za-z", "blank": " \t", "cntrl": "\x00-\x1f\x7f",
	"digit": "0-9", "graph": "!-.0-~", "lower": "a-z", "print": " -.0-~",
	"punct": "!-.:-@\\[-`{-~", "space": "\t-\r ", "upper": "A-Z", "xdigit": "0-9A-Fa-f",
}

// class translates the bracket expression that p begins with, and returns how long
// it is: 0 if it does not end, or names a class that is none.
func class(p string) (set string, length int) {
	var b strings.Builder
	i := 1
	b.WriteByte('[')
	if i < len(p) && (p[i] == '!' || p[i] == '^') {
		b.WriteString("^/") // no bracket matches a slash
		i++
	}
	for first := true; i < len(p); first = false {
		switch {
		case p[i] == ']' && !first:
			b.WriteByte(']')
			return b.String(), i + 1
		case strings.HasPrefix(p[i:], "[:") && strings.Contains(p[i+2:], ":]"):
			name, _, _ := strings.Cut(p[i+2:], ":]")
			chars, known := classes[name]
			if !known {
				return "", 0
			}
			b.WriteString(chars)
			i += len("[:") + len(name) + len(":]")
		case p[i] == '\\' && i+1 < len(p):
			b.WriteString(p[i : i+2])
			i += 2
		case p[i] == ']' || p[i] == '[' || p[i] == '!' || p[i] == '^':
			b.WriteString(`\` + p[i:i+1])
			i++
		default:
			b.WriteByte(p[i])
			i++
		}
	}
	return "", 0
}
