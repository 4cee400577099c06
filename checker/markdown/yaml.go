package markdown

import (
	"bytes"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
)

// A scalar is a plain value in a YAML mapping, with the keys that lead to it
// joined by dots, as in mystnb.figure.name.
type scalar struct {
	key  string
	name bookcheck.Span // of the key; empty below the top
	span bookcheck.Span // of the value without its quotes
}

// scalars returns the scalars of a YAML mapping, in the order of the text. Text
// that is not YAML has none.
func scalars(text []byte) []scalar {
	var document yaml.Node
	if yaml.Unmarshal(text, &document) != nil || len(document.Content) == 0 {
		return nil
	}
	s := yamlText{text: text}
	s.walk("", document.Content[0])
	return s.scalars
}

type yamlText struct {
	text    []byte
	scalars []scalar
}

func (y *yamlText) walk(prefix string, node *yaml.Node) {
	if node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := prefix+node.Content[i].Value, node.Content[i+1]
		switch value.Kind {
		case yaml.ScalarNode:
			if value.Style&(yaml.LiteralStyle|yaml.FoldedStyle) == 0 {
				s := scalar{key: key, span: y.span(value)}
				if prefix == "" {
					s.name = y.span(node.Content[i])
				}
				y.scalars = append(y.scalars, s)
			}
		case yaml.MappingNode:
			y.walk(key+".", value)
		default:
		}
	}
}

// span returns where a scalar stands. A value that YAML folds over lines, or in
// which it unescapes something, is longer in the text than it is.
func (y *yamlText) span(node *yaml.Node) bookcheck.Span {
	start := offsetOf(y.text, node.Line, node.Column)
	if node.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		start = min(start+1, len(y.text))
	}
	if end := start + len(node.Value); end <= len(y.text) && string(y.text[start:end]) == node.Value {
		return bookcheck.Span{Start: start, End: end}
	}
	end := start + max(0, bytes.IndexByte(append(y.text[start:len(y.text):len(y.text)], '\n'), '\n'))
	return bookcheck.Span{Start: start, End: end}
}

// offsetOf returns the byte offset of a line and column, both counted from 1 and
// columns in code points, as YAML has them.
func offsetOf(text []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		end := bytes.IndexByte(text[at:], '\n')
		if end < 0 {
			return len(text)
		}
		at += end + 1
	}
	for ; column > 1 && at < len(text); column-- {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}
