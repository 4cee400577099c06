package pdf

import (
	"bytes"
	"strconv"
)

// An object is a value: nil, bool, float64, name, literal, array, dict, reference,
// *stream, or operator where a drawing is read.
type object any

type (
	name      string
	literal   string // a string, of bytes
	array     []object
	dict      map[name]object
	reference int // the number of the object that is meant
	operator  string
)

// A stream is a dictionary with data.
type stream struct {
	dict
	data []byte // as it is stored
}

// A lexer reads values.
type lexer struct {
	src []byte
	at  int
}

func (l *lexer) peek() byte {
	if l.at < len(l.src) {
		return l.src[l.at]
	}
	return 0
}

// space moves behind white space and comments.
func (l *lexer) space() {
	for l.at < len(l.src) {
		switch c := l.src[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			end := bytes.IndexAny(l.src[l.at:], "\r\n")
			if end < 0 {
				end = len(l.src) - l.at
			}
			l.at += end
		default:
			return
		}
	}
}

// next reads a value. False: there is none before the end, or the end of what is
// open.
func (l *lexer) next(depth int) (object, bool) {
	l.space()
	if l.at >= len(l.src) || depth > deepest {
		return nil, false
	}
	switch c := l.src[l.at]; c {
	case '/':
		return l.name(), true
	case '(':
		return l.string(), true
	case '[':
		l.at++
		return l.array(depth), true
	case '<':
		if l.at+1 < len(l.src) && l.src[l.at+1] == '<' {
			l.at += 2
			return l.dict(depth), true
		}
		return l.hex(), true
	case ']', '>', ')', '}', '{':
		l.at++
		return nil, false
	default:
		return l.word(), true
	}
}

func (l *lexer) array(depth int) array {
	var list array
	for {
		value, ok := l.next(depth + 1)
		if !ok {
			return list
		}
		if value == operator("R") && len(list) >= 2 {
			if id, ok := list[len(list)-2].(float64); ok {
				list = append(list[:len(list)-2], reference(id))
			}
			continue
		}
		list = append(list, value)
	}
}

func (l *lexer) dict(depth int) dict {
	d := make(dict)
	list := l.array(depth)
	if l.peek() == '>' {
		l.at++ // the second of two
	}
	for i := 0; i+1 < len(list); i += 2 {
		key, ok := list[i].(name)
		if !ok {
			return d
		}
		d[key] = list[i+1]
	}
	return d
}

func (l *lexer) name() name {
	l.at++
	start := l.at
	for l.at < len(l.src) && !isSpace(l.src[l.at]) && !isDelimiter(l.src[l.at]) {
		l.at++
	}
	raw := l.src[start:l.at]
	if bytes.IndexByte(raw, '#') < 0 {
		return name(raw)
	}
	plain := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && digit(raw[i+1]) >= 0 && digit(raw[i+2]) >= 0 {
			plain = append(plain, byte(digit(raw[i+1])<<4|digit(raw[i+2])))
			i += 2
			continue
		}
		plain = append(plain, raw[i])
	}
	return name(plain)
}

// word reads a number, a keyword or an operator.
func (l *lexer) word() object {
	start := l.at
	for l.at < len(l.src) && !isSpace(l.src[l.at]) && !isDelimiter(l.src[l.at]) {
		l.at++
	}
	word := l.src[start:l.at]
	if c := word[0]; c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' {
		return number(word)
	}
	switch string(word) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return operator(word)
}

// number reads a number as far as it is one.
func number(word []byte) object {
	if len(word) < 10 { // the usual ones, without an allocation
		n, i := 0, 0
		if word[0] == '-' {
			i = 1
		}
		for ; i < len(word) && word[i] >= '0' && word[i] <= '9'; i++ {
			n = 10*n + int(word[i]-'0')
		}
		if i == len(word) {
			if word[0] == '-' {
				n = -n
			}
			return float64(n)
		}
	}
	const longest = 40
	value, err := strconv.ParseFloat(string(word[:min(len(word), longest)]), 64)
	if err != nil || value != value {
		return 0.0
	}
	return value
}

// string reads a string in parentheses.
func (l *lexer) string() literal {
	var b []byte
	open := 0
	for ; l.at < len(l.src); l.at++ {
		switch c := l.src[l.at]; c {
		case '(':
			if open++; open == 1 {
				continue
			}
		case ')':
			if open--; open == 0 {
				l.at++
				return literal(b)
			}
		case '\\':
			b = l.escape(b)
			continue
		}
		b = append(b, l.src[l.at])
	}
	l.at = len(l.src)
	return literal(b)
}

// escape reads what follows a backslash, up to its last character.
func (l *lexer) escape(b []byte) []byte {
	l.at++
	switch c := l.peek(); {
	case c >= '0' && c <= '7':
		n := 0
		for i := 0; i < 3 && l.peek() >= '0' && l.peek() <= '7'; i++ {
			n = n<<3 | int(l.peek()-'0')
			l.at++
		}
		l.at--
		return append(b, byte(n))
	case c == '\r':
		if l.at+1 < len(l.src) && l.src[l.at+1] == '\n' {
			l.at++
		}
		return b
	case c == '\n', l.at >= len(l.src):
		return b
	default:
		if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
			c = "\n\r\t\b\f"[i]
		}
		return append(b, c)
	}
}

// hex reads a string in angle brackets.
func (l *lexer) hex() literal {
	l.at++
	var b []byte
	half, odd := 0, false
	for ; l.at < len(l.src) && l.src[l.at] != '>'; l.at++ {
		d := digit(l.src[l.at])
		switch {
		case d < 0:
			continue
		case odd:
			b = append(b, byte(half<<4|d))
		}
		half, odd = d, !odd
	}
	if odd {
		b = append(b, byte(half<<4))
	}
	l.at = min(l.at+1, len(l.src))
	return literal(b)
}

// digit returns the value of a hexadecimal digit, or -1.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	default:
		return -1
	}
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}
