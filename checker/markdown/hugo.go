package markdown

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// hugoGrammar is goldmark as Hugo configures it, and shortcodes.
// https://gohugo.io/content-management/shortcodes
func hugoGrammar([]string) *grammar {
	return recipe{
		footnotes: true, headingIDs: true, fillings: hugoShortcodes,
		blocks: []util.PrioritizedValue{
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		},
		inlines: []util.PrioritizedValue{util.Prioritized(bareParser{}, 600)},
	}.grammar()
}

// A shortcode is {{< name parameters >}} or {{% name parameters %}}.
type shortcode struct {
	span       bookcheck.Span
	name       string
	positional []bookcheck.Span
	named      map[string]bookcheck.Span
}

// hugoShortcodes finds shortcodes, which Hugo replaces wherever they stand, in code
// too. Those in comments are shown as they are.
func hugoShortcodes(source []byte) (found []filling) {
	c := newContext() // what stands where
	for at := 0; ; {
		i := bytes.Index(source[at:], []byte("{{"))
		if i < 0 {
			return found
		}
		at += i
		if at+2 >= len(source) || source[at+2] != '<' && source[at+2] != '%' {
			at += 2
			continue
		}
		s, ok := scanShortcode(source, at, c)
		if !ok {
			at += 3
			continue
		}
		at = s.span.End
		if strings.HasPrefix(s.name, "/*") {
			continue
		}
		found = append(found, s.fillings(source)...)
		if s.name == "highlight" { // what it holds is code
			if end := codeEnd(source, at, c); end > at {
				found = append(found, filling{span: bookcheck.Span{Start: at, End: end}})
				at = end
			}
		}
	}
}

// codeEnd returns where the shortcode stands that closes the code from an offset on;
// 0: none does.
func codeEnd(source []byte, at int, c *context) int {
	for _, closing := range []string{"{{< /highlight", "{{</highlight", "{{</ highlight", "{{% /highlight"} {
		if end, ok := c.next(source, at, closing); ok {
			return end
		}
	}
	return 0
}

// scanShortcode reads the shortcode at an offset.
func scanShortcode(source []byte, at int, c *context) (s shortcode, ok bool) {
	mark := "%}}"
	if source[at+2] == '<' {
		mark = ">}}"
	}
	closing := []byte(mark)
	if bytes.HasPrefix(source[at+3:], []byte("/*")) {
		end, ok := c.next(source, at, "*/"+mark)
		return shortcode{span: bookcheck.Span{Start: at, End: end + 5}, name: "/*"}, ok
	}
	if _, ok := c.next(source, at+3, mark); !ok {
		return s, false
	}
	s.named = make(map[string]bookcheck.Span)
	for i := at + 3; i < len(source); {
		switch c := source[i]; {
		case isHTMLSpace(c):
			i++
		case bytes.HasPrefix(source[i:], closing) || c == '/' && bytes.HasPrefix(source[i+1:], closing):
			if c == '/' {
				i++
			}
			s.span = bookcheck.Span{Start: at, End: i + 3}
			return s, true
		case bytes.HasPrefix(source[i:], []byte("{{")):
			return s, false
		default:
			i = s.parameter(source, i, closing)
			if i < 0 {
				return s, false
			}
		}
	}
	return s, false
}

// parameter reads a name, a value, or name=value, and returns where it ends.
func (s *shortcode) parameter(source []byte, at int, closing []byte) int {
	value, end := shortcodeValue(source, at, closing)
	if end < 0 {
		return -1
	}
	if end < len(source) && source[end] == '=' && source[at] != '"' && source[at] != '`' {
		key := strings.ToLower(string(source[at:end]))
		if value, end = shortcodeValue(source, end+1, closing); end >= 0 {
			s.named[key] = value
		}
		return end
	}
	if s.name == "" {
		s.name = string(source[value.Start:value.End])
	} else {
		s.positional = append(s.positional, value)
	}
	return max(end, at+1)
}

// shortcodeValue reads a quoted or a bare word.
func shortcodeValue(source []byte, at int, closing []byte) (value bookcheck.Span, end int) {
	if at >= len(source) {
		return value, -1
	}
	if quote := source[at]; quote == '"' || quote == '`' {
		for end = at + 1; end < len(source); end++ {
			switch {
			case source[end] == '\\' && quote == '"':
				end++
			case source[end] == quote:
				return bookcheck.Span{Start: at + 1, End: end}, end + 1
			case source[end] == '\n' && end+1 < len(source) && source[end+1] == '\n':
				return value, -1 // a string does not go on after an empty line
			}
		}
		return value, -1
	}
	end = at
	for end < len(source) && !isHTMLSpace(source[end]) && source[end] != '=' && !bytes.HasPrefix(source[end:], closing) {
		end++
	}
	return bookcheck.Span{Start: at, End: end}, end
}

// fillings returns what a shortcode points at.
func (s *shortcode) fillings(source []byte) []filling {
	f := filling{span: s.span}
	switch s.name {
	case "ref", "relref":
		value, ok := s.named["path"]
		if !ok && len(s.positional) > 0 {
			value, ok = s.positional[0], true
		}
		if ok {
			f.link = &bookcheck.Link{
				Span: s.span, Kind: bookcheck.Ref, Form: bookcheck.Role, Name: s.name, Dest: value,
				Target: string(source[value.Start:value.End]), Silent: true, Titled: true,
			}
		}
	case "figure":
		if value, ok := s.named["src"]; ok && value.Len() > 0 {
			f.link = &bookcheck.Link{
				Span: value, Kind: bookcheck.Image, Form: bookcheck.Argument, Name: s.name, Dest: value,
				Target: string(source[value.Start:value.End]), Silent: true,
			}
		}
	}
	return []filling{f}
}

// hugoFrontMatter returns front matter in TOML or JSON, and its length; 0: there is
// none.
func hugoFrontMatter(source []byte) (meta map[string]any, length int) {
	if bytes.HasPrefix(source, []byte("{\n")) || bytes.HasPrefix(source, []byte("{\r\n")) {
		d := json.NewDecoder(bytes.NewReader(source))
		if d.Decode(&meta) != nil {
			return nil, 0
		}
		return meta, int(d.InputOffset())
	}
	first, _, _ := bytes.Cut(source, []byte("\n"))
	if !bytes.Equal(bytes.TrimRight(first, " \t\r"), []byte("+++")) {
		return nil, 0
	}
	start := min(len(first)+1, len(source))
	for at := start; at < len(source); {
		line, _, _ := bytes.Cut(source[at:], []byte("\n"))
		next := min(at+len(line)+1, len(source))
		if bytes.Equal(bytes.TrimRight(line, " \t\r"), []byte("+++")) {
			if toml.Unmarshal(source[start:at], &meta) != nil {
				meta = nil
			}
			return meta, next
		}
		at = next
	}
	return nil, 0
}
