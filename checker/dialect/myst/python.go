package myst

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanPython reads the literals that a Python file assigns to variables. It runs
// nothing: what is computed is unknown. Assignments under a condition count, those
// in a function or class do not.
func scanPython(source string) options {
	s := &scanner{source: source, values: make(options)}
	for s.at < len(s.source) {
		s.statement()
	}
	return s.values
}

// A scanner goes through a Python file once.
type scanner struct {
	source string
	at     int
	depth  int // of brackets that are open in the value being read
	values options
	inside int // indentation of the def or class whose body is being passed; 0: none, else 1 more
}

// statement reads one logical line. It always moves on.
func (s *scanner) statement() {
	indent := s.indentation()
	if s.peek() == '\n' || s.peek() == 0 {
		s.at++ // an empty line says nothing about blocks
		return
	}
	if s.inside > 0 {
		if indent >= s.inside {
			s.finish()
			return
		}
		s.inside = 0
	}
	name := s.word()
	switch name {
	case "def", "class", "async":
		s.inside = indent + 1
	case "":
	default:
		s.assignment(name, indent > 0)
	}
	s.finish()
}

// indentation passes the white space at the beginning of a line and a comment.
func (s *scanner) indentation() int {
	start := s.at
	for s.peek() == ' ' || s.peek() == '\t' || s.peek() == '\f' {
		s.at++
	}
	indent := s.at - start
	s.space()
	return indent
}

// assignment reads what follows a name that begins a statement.
func (s *scanner) assignment(name string, conditional bool) {
	s.space()
	switch {
	case s.peek() == ':': // an annotation
		end := strings.IndexAny(s.source[s.at:], "=\n")
		if end < 0 || s.source[s.at+end] == '\n' {
			return
		}
		s.at += end
		s.equals(name, conditional)
	case s.peek() == '=':
		s.equals(name, conditional)
	case s.has("+="), s.has("|="):
		s.at += 2
		s.extend(name, s.expression())
	case s.has(".append("), s.has(".add("):
		s.call()
		s.extend(name, []any{s.sum()})
	case s.has(".insert("):
		s.call()
		s.sum() // the place in the list
		if s.space(); s.peek() == ',' {
			s.at++
			s.extend(name, []any{s.sum()})
		}
	case s.has(".extend("), s.has(".update("):
		s.call()
		s.extend(name, s.sum())
	case s.peek() == '[', s.peek() == '.':
		s.taint(name)
	}
}

// call passes the name of a method, to behind its parenthesis.
func (s *scanner) call() {
	s.at += strings.IndexByte(s.source[s.at:], '(') + 1
	s.depth++ // until finish
}

// equals reads = value, but not ==.
func (s *scanner) equals(name string, conditional bool) {
	if s.has("==") {
		return
	}
	s.at++
	value := s.expression()
	before, set := s.values[name]
	if items, ok := before.([]any); conditional && set && ok {
		if more, ok := value.([]any); ok { // one of two lists: either may hold
			s.values[name] = plus(items, more)
			return
		}
	}
	if conditional && set {
		value = unknown{}
	}
	s.values[name] = value
}

// extend adds to what a variable holds.
func (s *scanner) extend(name string, more any) {
	s.values[name] = plus(s.values[name], more)
}

// taint notes that a part of a value is set in a way that is not followed.
func (s *scanner) taint(name string) {
	if _, set := s.values[name]; set {
		s.values[name] = plus(s.values[name], unknown{})
	}
}

// A sum that is longer than this is not followed: a few doublings make any length.
const longest = 2000

// plus adds two values. A list keeps what is known of it.
func plus(a, b any) any {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok && len(a)+len(b) <= longest {
			return a + b
		}
	case []any:
		if b, ok := b.([]any); ok && len(a)+len(b) <= longest {
			return slices.Concat(a, b)
		}
		return open(a)
	case map[string]any:
		if b, ok := b.(map[string]any); ok && len(a)+len(b) <= longest {
			merged := maps.Clone(a)
			maps.Copy(merged, b)
			return merged
		}
	case unknown:
		if b, ok := b.([]any); ok {
			return open(b)
		}
	}
	return unknown{}
}

// open marks a list as one that may hold more.
func open(items []any) []any {
	if n := len(items); n > 0 && items[n-1] == any(unknown{}) {
		return items
	}
	return slices.Concat(items, []any{unknown{}})
}

// expression reads a value up to the end of its statement. Whatever follows a
// value that is understood makes it unknown.
func (s *scanner) expression() any {
	value := s.sum()
	s.space()
	switch s.peek() {
	case 0, '\n', ';':
		return value
	case '=': // a = b = value
		if !s.has("==") {
			s.at++
			return s.expression()
		}
	}
	if items, ok := value.([]any); ok {
		return open(items)
	}
	return unknown{}
}

// sum reads values joined by + or |.
func (s *scanner) sum() any {
	value := s.value()
	for {
		s.space()
		if c := s.peek(); c != '+' && c != '|' {
			return value
		}
		s.at++
		value = plus(value, s.value())
	}
}

// deepestValue bounds the nesting of brackets that is followed.
const deepestValue = 100

// value reads one literal, or the name of a variable that was set before.
func (s *scanner) value() any {
	s.space()
	switch c := s.peek(); {
	case s.depth > deepestValue:
		return unknown{}
	case c == '[', c == '(', c == '{':
		return s.collection()
	case c == '"', c == '\'':
		return s.text(false, false)
	case c == '-' || '0' <= c && c <= '9':
		return s.number()
	}
	switch word := s.word(); word {
	case "":
		return unknown{}
	case "True":
		return true
	case "False":
		return false
	case "None":
		return nil
	default:
		if c := s.peek(); (c == '"' || c == '\'') && len(word) <= 2 {
			prefix := strings.ToLower(word)
			return s.text(strings.Contains(prefix, "r"), strings.Contains(prefix, "f"))
		}
		s.space()
		if c := s.peek(); c == '(' || c == '.' || c == '[' {
			return unknown{}
		}
		if value, set := s.values[word]; set {
			return value
		}
		return unknown{}
	}
}

// collection reads a list, tuple, set or mapping. A parenthesis around one value
// is that value.
func (s *scanner) collection() any {
	bracket := s.peek()
	closing := map[byte]byte{'[': ']', '(': ')', '{': '}'}[bracket]
	s.at++
	s.depth++
	depth := s.depth
	defer func() { s.depth = depth - 1 }()
	items := []any{}
	var mapping map[string]any
	commas := 0
	for {
		s.space()
		switch c := s.peek(); c {
		case 0:
			return unknown{}
		case closing:
			s.at++
			switch {
			case mapping != nil:
				return mapping
			case bracket == '{' && len(items) == 0:
				return map[string]any{}
			case bracket == '(' && commas == 0 && len(items) == 1:
				return items[0]
			}
			return items
		case ']', ')', '}':
			return unknown{} // of another bracket: this is not Python
		case ',':
			s.at++
			commas++
			continue
		}
		start := s.at
		item := s.item()
		if s.space(); s.peek() != ':' || bracket != '{' {
			items = append(items, item)
			if s.at == start {
				s.token()
			}
			continue
		}
		s.at++
		if mapping == nil {
			mapping = make(map[string]any)
		}
		value := s.item()
		if key, ok := item.(string); ok {
			mapping[key] = value
		}
	}
}

// item reads an element of a collection. What follows a value up to the comma
// makes it unknown.
func (s *scanner) item() any {
	depth := s.depth
	value := s.sum()
	for known := true; ; known = false {
		s.space()
		switch s.peek() {
		case 0:
			return unknown{}
		case ',', ']', ')', '}', ':':
			if s.depth != depth {
				break
			}
			if !known {
				return unknown{}
			}
			return value
		}
		s.token()
	}
}

// number reads an integer. Other numbers are unknown.
func (s *scanner) number() any {
	start := s.at
	for s.at < len(s.source) && strings.IndexByte("-0123456789_.eExXabcdfABCDFoO", s.source[s.at]) >= 0 {
		s.at++
	}
	if n, err := strconv.Atoi(strings.ReplaceAll(s.source[start:s.at], "_", "")); err == nil {
		return n
	}
	return unknown{}
}

// text reads a string and those that follow it without an operator.
func (s *scanner) text(raw, formatted bool) any {
	var b strings.Builder
	known := true
	for {
		part, ok := s.quoted(raw)
		known = known && ok && (!formatted || !strings.ContainsAny(part, "{}"))
		b.WriteString(part)
		s.space()
		start := s.at
		prefix := strings.ToLower(s.word())
		if c := s.peek(); (c != '"' && c != '\'') || len(prefix) > 2 {
			s.at = start
			break
		}
		raw, formatted = strings.Contains(prefix, "r"), strings.Contains(prefix, "f")
	}
	if c := s.peek(); !known || c == '%' || c == '.' || c == '[' || c == '*' {
		return unknown{}
	}
	return b.String()
}

// quoted reads one string literal. It is not ok if the string is not closed.
func (s *scanner) quoted(raw bool) (text string, ok bool) {
	quote := s.source[s.at : s.at+1]
	if triple := strings.Repeat(quote, 3); s.has(triple) {
		quote = triple
	}
	s.at += len(quote)
	var b strings.Builder
	for s.at < len(s.source) {
		switch c := s.source[s.at]; {
		case s.has(quote):
			s.at += len(quote)
			return b.String(), true
		case c == '\n' && len(quote) == 1:
			return b.String(), false
		case c == '\\' && raw && s.at+1 < len(s.source):
			b.WriteString(s.source[s.at : s.at+2])
			s.at += 2
		case c == '\\':
			s.at++
			s.escape(&b)
		default:
			b.WriteByte(c)
			s.at++
		}
	}
	return b.String(), false
}

// escape reads what follows a backslash.
func (s *scanner) escape(b *strings.Builder) {
	c := s.peek()
	s.at = min(s.at+1, len(s.source))
	switch c {
	case '\n', 0:
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'x', 'u':
		digits := map[byte]int{'x': 2, 'u': 4}[c]
		end := min(s.at+digits, len(s.source))
		if n, err := strconv.ParseUint(s.source[s.at:end], 16, 32); err == nil {
			b.WriteString(string(utf8.AppendRune(nil, rune(n))))
			s.at = end
		}
	case '\\', '\'', '"':
		b.WriteByte(c)
	default: // Python keeps the backslash of what is no escape, as in "\d"
		b.WriteByte('\\')
		b.WriteByte(c)
	}
}

// word reads a name.
func (s *scanner) word() string {
	start := s.at
	for s.at < len(s.source) && isNameByte(s.source[s.at]) {
		s.at++
	}
	return s.source[start:s.at]
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// space passes what separates tokens: in brackets, line ends too.
func (s *scanner) space() {
	for s.at < len(s.source) {
		switch c := s.source[s.at]; {
		case c == ' ', c == '\t', c == '\r', c == '\f', c == '\n' && s.depth > 0:
			s.at++
		case c == '#':
			if end := strings.IndexByte(s.source[s.at:], '\n'); end >= 0 {
				s.at += end
			} else {
				s.at = len(s.source)
			}
		case s.has("\\\n"):
			s.at += 2
		case s.has("\\\r\n"):
			s.at += 3
		default:
			return
		}
	}
}

// finish passes the rest of a logical line.
func (s *scanner) finish() {
	s.depth = 0
	for s.at < len(s.source) {
		s.space()
		switch s.peek() {
		case '\n':
			if s.depth == 0 {
				s.at++
				return
			}
		case ';':
			if s.depth == 0 {
				s.at++
				return
			}
		}
		s.token()
	}
	s.depth = 0
}

// token passes one token, whatever it is, and counts brackets.
func (s *scanner) token() {
	switch c := s.peek(); {
	case c == 0 && s.at >= len(s.source):
	case c == '"', c == '\'':
		s.quoted(false)
	case isNameByte(c):
		s.word()
	default:
		s.bracket(c)
		s.at++
	}
}

// bracket counts the brackets that are open.
func (s *scanner) bracket(c byte) {
	switch c {
	case '(', '[', '{':
		s.depth++
	case ')', ']', '}':
		s.depth = max(s.depth-1, 0)
	}
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.source[s.at:], prefix) }

// peek returns the byte here, or 0 at the end.
func (s *scanner) peek() byte {
	if s.at < len(s.source) {
		return s.source[s.at]
	}
	return 0
}
