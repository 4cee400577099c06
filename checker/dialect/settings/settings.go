// Package settings reads the project files of books as data: TOML, YAML, JSON and
// the literals of JavaScript. It runs nothing.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
)

// Exists tells whether there is a regular file at a path.
func Exists(fsys fs.FS, file string) bool {
	if !fs.ValidPath(file) {
		return false
	}
	info, err := fs.Stat(fsys, file)
	return err == nil && info.Mode().IsRegular()
}

// Folder tells whether there is a folder at a path.
func Folder(fsys fs.FS, dir string) bool {
	info, err := fs.Stat(fsys, dir)
	return err == nil && info.IsDir()
}

// First returns the path of the first of some files that a folder has, or "".
func First(fsys fs.FS, dir string, names ...string) string {
	for _, name := range names {
		if file := path.Join(dir, name); Exists(fsys, file) {
			return file
		}
	}
	return ""
}

// A Reader reads project files, and collects what is wrong with them.
type Reader struct {
	Faults []bookcheck.Fault
	fsys   fs.FS
}

// NewReader returns a reader of the files in a file system.
func NewReader(fsys fs.FS) *Reader { return &Reader{fsys: fsys} }

// source returns the text of a file. That it cannot be read is a fault.
func (r *Reader) source(file string) ([]byte, bool) {
	source, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			r.fault(file, nil, 0, fmt.Sprintf("cannot be read: %v; make it readable", err))
		}
		return nil, false
	}
	return source, true
}

// fault records what is wrong with a file. Line 0 is the whole of it.
func (r *Reader) fault(file string, source []byte, line int, message string) {
	f := bookcheck.Fault{Path: file, Line: line, Message: message}
	if line > 0 {
		chapter := bookcheck.NewChapter(file, source)
		f.Excerpt = chapter.Text(chapter.Line(line))
	}
	r.Faults = append(r.Faults, f)
}

// TOML reads a TOML file. The map is empty if it cannot be read.
func (r *Reader) TOML(file string) Map {
	source, ok := r.source(file)
	if !ok {
		return nil
	}
	var m map[string]any
	if err := toml.Unmarshal(source, &m); err != nil {
		line := 0
		if at := (*toml.DecodeError)(nil); errors.As(err, &at) {
			line, _ = at.Position()
		}
		r.fault(file, source, line, fmt.Sprintf("is not TOML: %s; correct it near this line", strings.TrimPrefix(err.Error(), "toml: ")))
		return nil
	}
	return m
}

var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?`)

// YAML reads a YAML file. Tags that belong to a program, such as !ENV, are passed
// over: their values are unknown.
func (r *Reader) YAML(file string) Map {
	source, ok := r.source(file)
	if !ok {
		return nil
	}
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		m := yamlLine.FindStringSubmatch(err.Error())
		line := 0
		if len(m) > 1 {
			line, _ = strconv.Atoi(m[1]) // none: about the whole file
		}
		r.fault(file, source, line, fmt.Sprintf("is not YAML: %s; correct it near this line", strings.TrimPrefix(err.Error(), m[0])))
		return nil
	}
	if len(document.Content) == 0 {
		return nil
	}
	return dict(plain(document.Content[0], 0))
}

// Root returns the outermost node of a YAML file, and the text of the file; nil: there
// is none that can be read, which Reader.YAML complains of.
func Root(fsys fs.FS, file string) (root *yaml.Node, source []byte) {
	source, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, nil
	}
	var document yaml.Node
	if yaml.Unmarshal(source, &document) != nil || len(document.Content) == 0 {
		return nil, source
	}
	return document.Content[0], source
}

// Child returns the value of a key of a mapping, or nil. An alias stands for what it
// names.
func Child(node *yaml.Node, key string) *yaml.Node {
	if node == nil || node.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value != key {
			continue
		}
		if value := node.Content[i+1]; value.Kind != yaml.AliasNode || value.Alias == nil {
			return value
		}
		return node.Content[i+1].Alias
	}
	return nil
}

// deepest bounds how far the nesting of a value is followed.
const deepest = 50

// plain makes maps, lists and scalars of a node. What a program's own tag computes
// is Unknown.
func plain(node *yaml.Node, depth int) any {
	if depth > deepest {
		return Unknown{}
	}
	switch node.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(node.Content)/2)
		for i := 0; i+1 < len(node.Content); i += 2 {
			m[node.Content[i].Value] = plain(node.Content[i+1], depth+1)
		}
		return m
	case yaml.SequenceNode:
		items := make([]any, 0, len(node.Content))
		for _, item := range node.Content {
			items = append(items, plain(item, depth+1))
		}
		return items
	case yaml.ScalarNode:
		if !strings.HasPrefix(node.Tag, "!!") {
			return Unknown{}
		}
		var v any
		if node.Decode(&v) != nil {
			return node.Value
		}
		return v
	default: // an alias: loops are possible, and no setting that counts needs one
		return Unknown{}
	}
}

// Unknown stands for a value that only running the project would tell.
type Unknown struct{}

// A Map is a mapping of settings by name.
type Map map[string]any

func dict(v any) Map {
	switch v := v.(type) {
	case map[string]any:
		return v
	case Map:
		return v
	default:
		return nil
	}
}

// Value returns what stands at a path of keys, or nil.
func (m Map) Value(keys ...string) any {
	var v any = m
	for _, key := range keys {
		v = dict(v)[key]
	}
	return v
}

// Map returns a mapping, nil if there is none.
func (m Map) Map(keys ...string) Map { return dict(m.Value(keys...)) }

// String returns a text, "" if there is none.
func (m Map) String(keys ...string) string {
	text, _ := m.Value(keys...).(string)
	return text
}

// Bool returns what is true or false, or the default.
func (m Map) Bool(otherwise bool, keys ...string) bool {
	if b, ok := m.Value(keys...).(bool); ok {
		return b
	}
	return otherwise
}

// Strings returns the texts of a list; one text stands for a list of one.
func (m Map) Strings(keys ...string) []string { return Strings(m.Value(keys...)) }

// Strings returns the texts of a list; one text stands for a list of one.
func Strings(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var texts []string
		for _, item := range v {
			if text, ok := item.(string); ok {
				texts = append(texts, text)
			}
		}
		return texts
	default:
		return nil
	}
}

// Skipper tells which URLs match one of some regular expressions anywhere. One
// that Go cannot express is left out.
func Skipper(expressions []string) func(url string) bool {
	var patterns []*regexp.Regexp
	for _, expression := range expressions {
		if re, err := regexp.Compile(expression); err == nil {
			patterns = append(patterns, re)
		}
	}
	return func(url string) bool {
		for _, re := range patterns {
			if re.MatchString(url) {
				return true
			}
		}
		return false
	}
}
