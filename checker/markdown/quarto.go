package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/bookcheck/bookcheck"
)

// quartoGrammar is the Markdown of Pandoc with what Quarto adds to it.
// https://quarto.org/docs/authoring https://pandoc.org/MANUAL.html#pandocs-markdown
func quartoGrammar([]string) *grammar {
	return recipe{
		footnotes: true, headingIDs: true, fillings: quartoShortcodes,
		blocks: []util.PrioritizedValue{
			util.Prioritized(divParser{}, 40),
			util.Prioritized(captionParser{}, 45),
			util.Prioritized(mathParser{dollars: true, attributes: true}, 50),
		},
		inlines: []util.PrioritizedValue{
			util.Prioritized(attributeParser{}, 50),
			util.Prioritized(citeParser{}, 55),
			util.Prioritized(dollarParser{strict: true}, 60),
			util.Prioritized(bareParser{}, 600),
		},
	}.grammar()
}

// quartoShortcodes finds {{< name … >}}. An include stands alone on its line, and
// works in code too; what is in three braces is shown as it is.
func quartoShortcodes(source []byte) (found []filling) {
	c := newContext() // what stands where
	for at := 0; ; {
		i := bytes.Index(source[at:], []byte("{{<"))
		if i < 0 {
			return found
		}
		at += i
		end, ok := c.next(source, at, ">}}")
		if !ok {
			return found
		}
		whole := bookcheck.Span{Start: at, End: end + 3}
		if at > 0 && source[at-1] == '{' {
			at = whole.End
			continue
		}
		at += 3
		if lineEnd, ok := c.next(source, at, "\n"); ok && lineEnd < whole.End {
			continue
		}
		f := filling{span: whole}
		name := nextWord(source, whole.Start+3, whole.End-3)
		value := nextWord(source, name.End, whole.End-3)
		switch word := string(source[name.Start:name.End]); {
		case strings.HasPrefix(word, "/*"):
			at = whole.End
			continue
		case word == "include" && !aloneOnLine(source, whole):
			at = whole.End
			continue
		case (word == "include" || word == "embed") && value.Len() > 0:
			f.link = includeLink(source, unquotedSpan(source, value), word)
		}
		found = append(found, f)
		at = whole.End
	}
}

// aloneOnLine tells whether nothing else stands on the line of a span.
func aloneOnLine(source []byte, s bookcheck.Span) bool {
	start := bytes.LastIndexByte(source[:s.Start], '\n') + 1
	return util.IsBlank(source[start:s.Start]) && restIsBlank(source, s.End)
}

func unquotedSpan(source []byte, s bookcheck.Span) bookcheck.Span {
	inner := unquoted(source[s.Start:s.End], bookcheck.Span{End: s.Len()})
	return bookcheck.Span{Start: s.Start + inner.Start, End: s.Start + inner.End}
}

// A caption is a line that begins with a colon: the caption of a table, or what a
// term means.
type captionBlock struct{ titleBlock }

type captionParser struct{ leafParser }

func (captionParser) Trigger() []byte { return []byte(":T") }

func (captionParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, at := here(reader, pc)
	start := 1
	if rest, ok := bytes.CutPrefix(line, []byte("Table:")); ok {
		start = len(line) - len(rest)
	} else if len(line) < 3 || line[0] != ':' || line[1] != ' ' && line[1] != '\t' {
		return nil, parser.NoChildren
	}
	trimmed := bytes.TrimRight(line, " \t\r\n")
	start += len(trimmed[start:]) - len(bytes.TrimLeft(trimmed[start:], " \t"))
	if start >= len(trimmed) {
		return nil, parser.NoChildren
	}
	node := &captionBlock{}
	node.Lines().Append(text.NewSegment(at+start, at+len(trimmed)))
	node.SetPos(at + start)
	cutAttributes(node, reader.Source(), pc.(*context))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// caption walks the caption of a table, and adds the name that it gives to it.
func (w *walker) caption(n *captionBlock) {
	w.prose(n, caption)
	if id, ok := w.context.ids[n]; ok {
		w.crossed(id, w.textOf(n, false))
	}
}

// citeParser reads @key and @fig-label.
type citeParser struct{}

var (
	kindCite = ast.NewNodeKind("Cite")
	citeKey  = regexp.MustCompile(`^@(?:\{([^{}\s]+)\}|([\pL\pN_*][\pL\pN_]*(?:[:.#$%&+?<>~/-][\pL\pN_]+)*))`)
)

func (citeParser) Trigger() []byte { return []byte{'@'} }

func (citeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	c := pc.(*context)
	c.enter(parent)
	line, segment := block.PeekLine()
	if r := block.PrecendingCharacter(); isWordRune(r) && r != '-' && r != '_' && r != '/' {
		return nil
	}
	m := citeKey.FindSubmatchIndex(line)
	if m == nil {
		return nil
	}
	key := m[2:4]
	if key[0] < 0 {
		key = m[4:6]
	}
	node := &inline{
		kind: kindCite, span: bookcheck.Span{Start: segment.Start, End: segment.Start + m[1]},
		content: bookcheck.Span{Start: segment.Start + key[0], End: segment.Start + key[1]},
	}
	if parent.FirstChild() == nil || parent.ChildCount() == 1 { // (@name) begins an example, and is no citation
		if before := block.Source()[max(0, segment.Start-2):segment.Start]; bytes.HasSuffix(before, []byte("(")) && len(line) > m[1] && line[m[1]] == ')' {
			c.examples[string(line[key[0]:key[1]])] = true
		}
	}
	block.Advance(m[1])
	return node
}

// The prefixes of labels that Quarto numbers, and what they label.
// https://quarto.org/docs/authoring/cross-references.html
var crossPrefixes = map[string]string{
	"fig": "figure", "tbl": "table", "lst": "code", "eq": "equation", "sec": "section",
	"tip": "tip", "nte": "note", "wrn": "warning", "imp": "important", "cau": "caution",
	"thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition", "cnj": "conjecture",
	"def": "definition", "exm": "example", "exr": "exercise", "sol": "solution", "rem": "remark", "alg": "algorithm",
}

func crossPrefix(name string) string {
	prefix, _, ok := strings.Cut(name, "-")
	if !ok {
		return ""
	}
	return crossPrefixes[strings.ToLower(prefix[:min(1, len(prefix))])+prefix[min(1, len(prefix)):]]
}

// cite adds a citation or a reference to a label.
func (w *walker) cite(n *inline, p *passage) {
	target := w.text(n.content)
	link := &bookcheck.Link{Span: n.span, Kind: bookcheck.Cite, Form: bookcheck.Role, Dest: n.content, Target: target}
	switch {
	case w.context.examples[target] && w.dialect == "quarto":
		p.mask(maskCode, n.span)
		return
	case w.dialect != "quarto" && w.links > 0:
		return // the text of a link
	case crossPrefix(target) != "" && w.dialect == "quarto":
		link.Kind = bookcheck.Ref
		p.mask(maskCode, n.span)
	default:
		p.mask(maskCite, n.span)
	}
	w.add(link)
}

// crossed adds a label that stands in attributes or options.
func (w *walker) crossed(name bookcheck.Span, title string) {
	target := w.named(name)
	target.Of, target.Title = crossPrefix(target.Name), title
	if target.Of == "equation" {
		target.Kind = bookcheck.Equation
	}
}

// attributes adds the name that stands in braces behind something. Behind an image
// it is that of a figure.
func (w *walker) attributes(n *inline) {
	if w.dialect != "quarto" {
		if n.content.Len() > 0 {
			w.named(n.content).Of = attributed(n)
		}
		return
	}
	title := ""
	if last := len(w.found.Figures) - 1; last >= 0 && w.found.Figures[last].End == n.span.Start {
		figure := w.found.Figures[last]
		figure.Label, figure.Caption = w.text(n.content), figure.Alt
		title = figure.Alt
		if m := altText.FindStringSubmatch(w.text(n.span)); m != nil {
			figure.Alt = m[1] + m[2]
		}
	}
	if n.content.Len() > 0 {
		w.crossed(n.content, title)
	}
}

var altText = regexp.MustCompile(`[{\s]fig-alt=(?:"([^"]*)"|'([^']*)')`)

var (
	cellOption  = regexp.MustCompile(`^[ \t]*(?:#|//|--|%%?|;|\*|<!--)\|[ \t]*([\w.-]+):[ \t]*(.*?)[ \t\r]*$`)
	cellComment = regexp.MustCompile(`^[ \t]*(?:#|//|--|%%?|;|\*|<!--)\|`)
	knitrLabel  = regexp.MustCompile(`^\{[rR][ ,]+(?:label[ ]*=[ ]*["']?)?([\w.:-]+)["']?[ ]*(?:[,}]|$)`)
)

// cell adds the names that a block of code has: of a listing in its attributes, of
// what a cell makes in its options.
func (w *walker) cell(n *ast.FencedCodeBlock) {
	if n.Info == nil || w.dialect != "quarto" {
		return
	}
	info := n.Info.Segment
	opening := w.source[info.Start:info.Stop]
	if len(opening) == 0 || opening[0] != '{' {
		return
	}
	if id, length := scanAttributes(opening); length > 0 {
		if id.Len() > 0 {
			w.crossed(bookcheck.Span{Start: info.Start + id.Start, End: info.Start + id.End}, "")
		}
		return
	}
	if m := knitrLabel.FindSubmatchIndex(opening); m != nil {
		w.crossed(bookcheck.Span{Start: info.Start + m[2], End: info.Start + m[3]}, "")
	}
	w.cellOptions(allSegments(n.Lines()))
}

// cellOptions reads the comments at the beginning of a cell.
func (w *walker) cellOptions(code []text.Segment) {
	var label bookcheck.Span
	title := ""
	for _, segment := range code {
		line := bytes.TrimRight(w.source[segment.Start:segment.Stop], "\n")
		if !cellComment.Match(line) {
			break
		}
		m := cellOption.FindSubmatchIndex(line)
		if m == nil {
			w.citesIn(segment.Start, line)
			continue
		}
		value := unquoted(line, bookcheck.Span{Start: m[4], End: m[5]})
		span := bookcheck.Span{Start: segment.Start + value.Start, End: segment.Start + value.End}
		switch key := string(line[m[2]:m[3]]); {
		case key == "label" && span.Len() > 0:
			label = span
		case strings.HasSuffix(key, "cap"):
			title = w.text(span)
			w.citesIn(span.Start, w.source[span.Start:span.End])
		}
	}
	if label.Len() > 0 {
		w.crossed(label, title)
	}
}

// citesIn adds the citations in the caption of a cell.
func (w *walker) citesIn(start int, line []byte) {
	for at := 0; ; {
		i := bytes.IndexByte(line[at:], '@')
		if i < 0 {
			return
		}
		at += i
		m := citeKey.FindSubmatchIndex(line[at:])
		if m != nil && (at == 0 || bytes.IndexByte([]byte(` [("'-;`), line[at-1]) >= 0) {
			key := m[2:4]
			if key[0] < 0 {
				key = m[4:6]
			}
			w.cite(&inline{
				span:    bookcheck.Span{Start: start + at, End: start + at + m[1]},
				content: bookcheck.Span{Start: start + at + key[0], End: start + at + key[1]},
			}, new(passage))
		}
		at++
	}
}
