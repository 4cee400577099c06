package myst

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
)

// yaml reads a YAML file. If it cannot be read, that is a fault, and the node is
// nil. An empty file is nil too.
func (r *reader) yaml(file string) *yaml.Node {
	source, err := fs.ReadFile(r.fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		r.fault(file, 0, fmt.Sprintf("cannot be read: %v; make it readable", err))
		return nil
	}
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		line, reason := yamlError(err)
		r.fault(file, line, fmt.Sprintf("is not YAML: %s; correct it near this line", reason))
		return nil
	}
	if len(document.Content) == 0 {
		return nil
	}
	return document.Content[0]
}

var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?(?:line (\d+): )?`)

// yamlError takes the line out of an error of the library.
func yamlError(err error) (line int, reason string) {
	text := err.Error()
	m := yamlLine.FindStringSubmatch(text)
	if m == nil {
		return 0, text
	}
	line, _ = strconv.Atoi(m[1]) // none: about the whole file
	return line, strings.TrimPrefix(text, m[0])
}

// fault records what is wrong with a project file. Line 0 is the whole of it.
func (r *reader) fault(file string, line int, message string) {
	f := bookcheck.Fault{Path: file, Line: line, Message: message}
	if source, err := fs.ReadFile(r.fsys, file); err == nil && line > 0 {
		chapter := bookcheck.NewChapter(file, source)
		f.Excerpt = chapter.Text(chapter.Line(line))
	}
	r.faults = append(r.faults, f)
}

// values turns a node into maps, lists and scalars. What cannot be turned, such
// as a loop of aliases, is nil.
func values(node *yaml.Node) any {
	var v any
	if node == nil || node.Decode(&v) != nil {
		return nil
	}
	return v
}

// resolve follows an alias.
func resolve(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode && node.Alias != nil {
		return node.Alias
	}
	return node
}

// dict returns a mapping by its keys; anything else is empty.
func dict(v any) map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return v
	case map[any]any:
		m := make(map[string]any, len(v))
		for key, value := range v {
			m[fmt.Sprint(key)] = value
		}
		return m
	}
	return nil
}
