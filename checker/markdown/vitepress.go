package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// vitepressGrammar is markdown-it as VitePress configures it.
// https://vitepress.dev/guide/markdown
func vitepressGrammar([]string) *grammar {
	return recipe{
		footnotes: true, headingIDs: true, fillings: vitepressIncludes,
		blocks: []util.PrioritizedValue{
			util.Prioritized(divParser{}, 40),
			util.Prioritized(snippetParser{}, 50),
		},
		inlines: []util.PrioritizedValue{
			util.Prioritized(attributeParser{}, 50),
			util.Prioritized(bareParser{}, 600),
		},
	}.grammar()
}

var includeRange = regexp.MustCompile(`(?:#[^\s{]+)?(?:\{\d*(?:,\d*)?\})?$`)

// vitepressIncludes finds <!--@include: file{lines}-->, which is replaced wherever
// it stands, in code too.
func vitepressIncludes(source []byte) (found []filling) {
	for at := 0; ; {
		i := bytes.Index(source[at:], []byte("<!--"))
		if i < 0 {
			return found
		}
		start := at + i
		at = start + 4
		rest := bytes.TrimLeft(source[at:], " \t\r\n")
		name := len(source) - len(rest)
		rest, ok := bytes.CutPrefix(rest, []byte("@include:"))
		if !ok {
			continue
		}
		end := bytes.Index(rest, []byte("-->"))
		if end < 0 {
			return found
		}
		value := name + len("@include:")
		whole := bookcheck.Span{Start: start, End: value + end + 3}
		if bytes.IndexByte(source[start:whole.End], '\n') < 0 {
			path := trimmedSpan(source, bookcheck.Span{Start: value, End: value + end})
			path.End = path.Start + includeRange.FindIndex(source[path.Start:path.End])[0]
			f := filling{span: whole}
			if path = trimmedSpan(source, path); path.Len() > 0 {
				f.link = includeLink(source, path, "@include")
			}
			found = append(found, f)
		}
		at = whole.End
	}
}

// snippetParser reads <<< @/file.ts#region{lines} [title].
type snippetParser struct{ leafParser }

var (
	kindSnippet = ast.NewNodeKind("Snippet")
	snippetLine = regexp.MustCompile(`^<<<[ \t]*([^#{\[\s][^#{\[]*?)(?:#[\w-]+)?[ \t]*(?:\{[^}]*\})?[ \t]*(?:\[.+\])?$`)
)

func (snippetParser) Trigger() []byte { return []byte{'<'} }

func (snippetParser) CanInterruptParagraph() bool { return false }

func (snippetParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	trimmed := bytes.TrimRight(line, " \t\r\n")
	m := snippetLine.FindSubmatchIndex(trimmed)
	if m == nil {
		return nil, parser.NoChildren
	}
	node := takeLine(kindSnippet, trimmed, at, reader)
	node.label = bookcheck.Span{Start: at + m[2], End: at + m[3]}
	return node, parser.NoChildren
}
