package settings

import (
	"maps"
	"strings"
)

// JS reads the literals of a configuration in JavaScript or TypeScript: the object
// that it exports. What is computed is Unknown; a call such as defineConfig(object)
// stands for its object. It runs nothing.
func (r *Reader) JS(file string) Map {
	source, ok := r.source(file)
	if !ok {
		return nil
	}
	return scanJS(string(source))
}

// A Pattern is a regular expression of JavaScript, as written between slashes.
type Pattern string

// computedKey is the name, in a mapping, of what is computed in it.
const computedKey = "..."

// Computed tells whether a part of a mapping is not known.
func (m Map) Computed() bool { return m[computedKey] != nil }

func scanJS(source string) Map {
	s := &js{source: source, names: make(map[string]any)}
	for s.space(); s.at < len(s.source); s.space() {
		s.statement()
	}
	if exported := dict(s.exported); exported != nil {
		return exported
	}
	return dict(s.names["config"])
}

// A js goes through a file once.
type js struct {
	source   string
	at       int
	depth    int
	names    map[string]any // of constants
	exported any
}

// statement reads an assignment or passes a token. It always moves on.
func (s *js) statement() {
	switch word := s.word(); word {
	case "":
		s.token()
	case "const", "let", "var":
		s.space()
		name := s.word()
		if s.toEquals() && name != "" {
			s.names[name] = s.value()
		}
	case "export":
		s.space()
		if start := s.at; s.word() != "default" {
			s.at = start
			return
		}
		s.exported = s.value()
	case "module":
		if s.has(".exports") {
			s.at += len(".exports")
			if s.toEquals() {
				s.exported = s.value()
			}
		}
	case "exports":
		if s.has(".default") {
			s.at += len(".default")
			if s.toEquals() {
				s.exported = s.value()
			}
		}
	case "function", "class":
		for s.at < len(s.source) && s.peek() != '{' {
			s.token()
		}
		s.token()
	}
}

// toEquals passes an annotation of a type, up to behind the equals sign.
func (s *js) toEquals() bool {
	for start := s.at; s.at < len(s.source) && s.at-start < 500; {
		s.space()
		switch c := s.peek(); {
		case c == '=' && !s.has("==") && !s.has("=>"):
			s.at++
			return true
		case c == ';':
			return false
		default:
			s.token()
		}
	}
	return false
}

// value reads an expression. What follows what is understood makes it Unknown.
func (s *js) value() any {
	if s.depth++; s.depth > deepest {
		s.depth--
		s.token()
		return Unknown{}
	}
	defer func() { s.depth-- }()
	value := s.operand()
	for {
		s.space()
		switch c := s.peek(); {
		case c == 0 || c == ',' || c == ';' || c == ')' || c == ']' || c == '}':
			return value
		case c == '!' && !s.has("!="):
			s.at++
		default:
			switch start := s.at; s.word() {
			case "as", "satisfies":
				s.pass()
				return value
			case "":
				s.pass()
				return Unknown{}
			default:
				if strings.Contains(s.source[s.before(start):start], "\n") {
					s.at = start
					return value // the next statement
				}
				s.pass()
				return Unknown{}
			}
		}
	}
}

// before returns where the white space before an offset begins.
func (s *js) before(at int) int {
	for at > 0 && strings.IndexByte(" \t\r\n", s.source[at-1]) >= 0 {
		at--
	}
	return at
}

// pass passes the rest of an expression.
func (s *js) pass() {
	for {
		s.space()
		switch s.peek() {
		case 0, ',', ';', ')', ']', '}':
			return
		}
		s.token()
	}
}

func (s *js) operand() any {
	s.space()
	switch s.peek() {
	case '{':
		return s.object()
	case '[':
		return s.array()
	case '(':
		return s.parenthesis()
	case '"', '\'', '`':
		return s.text()
	case '/':
		return s.pattern()
	}
	switch word := s.word(); word {
	case "":
		return Unknown{}
	case "true":
		return true
	case "false":
		return false
	case "null", "undefined":
		return nil
	case "async", "function", "new", "await", "class", "typeof":
		return Unknown{}
	default:
		s.space()
		switch {
		case s.peek() == '(':
			return s.call()
		case s.peek() == '.' || s.peek() == '[' || s.peek() == '?':
			return Unknown{}
		}
		if value, known := s.names[word]; known {
			return value
		}
		return Unknown{}
	}
}

// parenthesis reads (value); the parameters of a function are Unknown.
func (s *js) parenthesis() any {
	s.at++
	value := s.value()
	s.close(')')
	if s.space(); s.has("=>") {
		s.at += 2
		if s.space(); s.peek() == '{' {
			s.token()
		}
		return Unknown{}
	}
	return value
}

// call reads the arguments of a function. One that takes an object is believed to
// return it.
func (s *js) call() any {
	s.at++
	var value any = Unknown{}
	for {
		if s.space(); s.peek() == ')' || s.peek() == 0 {
			s.close(')')
			return value
		}
		start := s.at
		argument := s.value()
		if m := dict(argument); m != nil && dict(value) == nil {
			value = m
		}
		if s.space(); s.peek() == ',' {
			s.at++
		} else if s.at == start {
			s.at++
		}
	}
}

// close passes everything up to behind a closing bracket.
func (s *js) close(bracket byte) {
	for {
		s.space()
		switch c := s.peek(); c {
		case bracket:
			s.at++
			return
		case 0:
			return
		case ')', ']', '}':
			return
		}
		s.token()
	}
}

func (s *js) array() any {
	s.at++
	items := []any{}
	for {
		s.space()
		switch c := s.peek(); {
		case c == 0 || c == ')' || c == '}':
			return items
		case c == ']':
			s.at++
			return items
		case c == ',':
			s.at++
		case s.has("..."):
			s.at += 3
			if more, ok := s.value().([]any); ok {
				items = append(items, more[:min(len(more), 1000)]...)
			} else {
				items = append(items, Unknown{})
			}
		default:
			start := s.at
			items = append(items, s.value())
			if s.at == start {
				s.token()
			}
		}
	}
}

func (s *js) object() any {
	s.at++
	m := make(map[string]any)
	for {
		s.space()
		switch c := s.peek(); {
		case c == 0 || c == ')' || c == ']':
			return m
		case c == '}':
			s.at++
			return m
		case c == ',' || c == ';':
			s.at++
		case s.has("..."):
			s.at += 3
			if more := dict(s.value()); more != nil {
				maps.Copy(m, more)
			} else {
				m[computedKey] = Unknown{}
			}
		default:
			start := s.at
			s.property(m)
			if s.at == start {
				s.token()
			}
		}
	}
}

// property reads key: value, a name alone, or a method.
func (s *js) property(m map[string]any) {
	var key string
	switch c := s.peek(); c {
	case '"', '\'', '`':
		key, _ = s.text().(string)
	case '[':
		s.token()
		key = computedKey
	default:
		key = s.word()
	}
	s.space()
	switch s.peek() {
	case ':':
		s.at++
		m[key] = s.value()
	case ',', '}':
		if value, known := s.names[key]; known {
			m[key] = value
		} else {
			m[key] = Unknown{}
		}
	case 0:
	default: // a method, or "async name() {}"
		m[key] = Unknown{}
		s.pass()
		for s.peek() == '(' || s.peek() == '{' {
			s.token()
		}
	}
}

// text reads a string. A template with a value in it is Unknown.
func (s *js) text() any {
	quote := s.peek()
	s.at++
	var b strings.Builder
	known := true
	for s.at < len(s.source) {
		c := s.source[s.at]
		s.at++
		switch {
		case c == quote:
			if known {
				return b.String()
			}
			return Unknown{}
		case c == '\n' && quote != '`':
			return Unknown{}
		case c == '\\' && s.at < len(s.source):
			b.WriteByte(s.source[s.at])
			s.at++
		case c == '$' && quote == '`' && s.peek() == '{':
			known = false
			s.brackets()
		default:
			b.WriteByte(c)
		}
	}
	return Unknown{}
}

// pattern reads a regular expression between slashes.
func (s *js) pattern() any {
	end, class := s.at+1, false
	for ; end < len(s.source); end++ {
		switch c := s.source[end]; {
		case c == '\n':
			s.at++
			return Unknown{}
		case c == '\\':
			end++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			text := s.source[s.at+1 : end]
			s.at = end + 1
			s.word() // flags
			return Pattern(text)
		}
	}
	s.at = len(s.source)
	return Unknown{}
}

func (s *js) word() string {
	start := s.at
	for s.at < len(s.source) && isWord(s.source[s.at]) {
		s.at++
	}
	return s.source[start:s.at]
}

func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// space passes white space and comments.
func (s *js) space() {
	for s.at < len(s.source) {
		switch {
		case strings.IndexByte(" \t\r\n\f\ufeff", s.source[s.at]) >= 0:
			s.at++
		case s.has("//"):
			s.until("\n")
		case s.has("/*"):
			s.at += 2
			s.until("*/")
		default:
			return
		}
	}
}

func (s *js) until(mark string) {
	if i := strings.Index(s.source[s.at:], mark); i >= 0 {
		s.at += i + len(mark)
	} else {
		s.at = len(s.source)
	}
}

// token passes one token; a bracket with all that is in it.
func (s *js) token() {
	switch c := s.peek(); {
	case s.at >= len(s.source):
	case c == '"' || c == '\'' || c == '`':
		s.text()
	case isWord(c):
		s.word()
	case c == '(' || c == '[' || c == '{':
		s.brackets()
	default:
		s.at++
	}
}

// brackets passes what stands between brackets.
func (s *js) brackets() {
	for depth := 0; s.at < len(s.source); {
		s.space()
		switch c := s.peek(); c {
		case '(', '[', '{':
			depth++
			s.at++
		case ')', ']', '}':
			depth--
			s.at++
			if depth == 0 {
				return
			}
		default:
			s.token()
		}
	}
}

func (s *js) has(prefix string) bool { return strings.HasPrefix(s.source[s.at:], prefix) }

func (s *js) peek() byte {
	if s.at < len(s.source) {
		return s.source[s.at]
	}
	return 0
}
