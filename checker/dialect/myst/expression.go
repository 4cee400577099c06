package myst

import (
	"regexp"
	"strings"
)

// An expression is what stands in a substitution, read only as far as to tell what
// it names.
type expression []string // tokens

// token matches a string, a name, a number, or another character of Jinja.
var token = regexp.MustCompile(`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\d[\w.]*|==|[^\s]`)

func parseExpression(text string) expression { return token.FindAllString(text, -1) }

// builtins are the names that a Jinja expression knows without being told, and its
// words.
var builtins = set(strings.Fields(`env true false none True False None range dict lipsum cycler joiner namespace loop
	self not caller super in is and or if else`))

// forgiving are the words of expressions that ask whether a name is defined, or
// that may not use it.
var forgiving = set(strings.Fields(`default d defined undefined if or and`))

// forgives tells whether the expression may be printed though it names what is not
// defined.
func (e expression) forgives() bool {
	for i, word := range e {
		if forgiving[word] && e.at(i-1) != "." {
			return true
		}
	}
	return false
}

func (e expression) at(i int) string {
	if i < 0 || i >= len(e) {
		return ""
	}
	return e[i]
}

// names yields the places of the names that the expression needs: not attributes,
// filters, tests or the names of arguments.
func (e expression) names(yield func(int) bool) {
	for i, word := range e {
		before, after := e.at(i-1), e.at(i+1)
		switch {
		case !isName(word) || builtins[word]:
		case before == "." || before == "|" || before == "is":
		case after == "=" && (before == "(" || before == ","):
		case !yield(i):
			return
		}
	}
}

func isName(word string) bool {
	c := word[0]
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// methods are those of a mapping in Python.
var methods = set(strings.Fields(`clear copy fromkeys get items keys pop popitem setdefault update values`))

// member returns the key of a mapping that follows a name: .key or ["key"].
func (e expression) member(i int) (key string, ok bool) {
	switch next := e.at(i + 2); e.at(i + 1) {
	case ".":
		return next, next != "" && isName(next) && !methods[next]
	case "[":
		if len(next) >= 2 && (next[0] == '"' || next[0] == '\'') && e.at(i+3) == "]" {
			return next[1 : len(next)-1], true
		}
	}
	return "", false
}
