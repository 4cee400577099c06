package project

import (
	"cmp"
	"path"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker/dialect/tree"
)

// Contents are the entries of a table of contents that name documents which are
// not there: a chapter without text, of which every link leads nowhere. The zero
// value has none.
type Contents struct {
	Chapter *bookcheck.Chapter // nil: all is there
	Dir     string             // that the entries start at; "": the folder of the file
	missing map[*bookcheck.Link]bool
}

// Miss notes an entry of a file that names no document. The node is the scalar
// that names it.
func (c *Contents) Miss(file string, source []byte, node *yaml.Node) {
	if c.Chapter == nil {
		c.Chapter = bookcheck.NewChapter(file, source)
		c.missing = make(map[*bookcheck.Link]bool)
	}
	span, ok := scalarSpan(c.Chapter, node)
	if c.Chapter.Path != file || !ok {
		return
	}
	link := &bookcheck.Link{
		Span: span, Kind: bookcheck.Doc, Form: bookcheck.Entry, Name: "contents", Dest: span, Target: node.Value, Silent: true,
	}
	c.Chapter.Links = append(c.Chapter.Links, link)
	c.missing[link] = true
}

// scalarSpan returns where a scalar stands, without its quotes. It is not ok where
// YAML folds or escapes it.
func scalarSpan(chapter *bookcheck.Chapter, node *yaml.Node) (bookcheck.Span, bool) {
	line := chapter.Line(node.Line)
	column := node.Column - 1
	start := line.Start
	for i := range chapter.Text(line) { // columns are in code points
		if column == 0 {
			start = line.Start + i
			break
		}
		column--
	}
	if node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		start++
	}
	span := bookcheck.Span{Start: start, End: start + len(node.Value)}
	return span, span.End <= line.End && chapter.Text(span) == node.Value
}

// listed is the dialect of a book with flaws in its table of contents.
type listed struct {
	bookcheck.Dialect
	contents *Contents
	tree     func() *tree.Tree
}

func newListed(book *bookcheck.Book, contents *Contents, dialect bookcheck.Dialect) listed {
	return listed{dialect, contents, sync.OnceValue(func() *tree.Tree { return tree.New(book.Files) })}
}

// Resolve implements bookcheck.Dialect.
func (l listed) Resolve(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	if !l.contents.missing[link] {
		return l.Dialect.Resolve(from, link)
	}
	dir, suffix := cmp.Or(l.contents.Dir, path.Dir(from.Path)), ""
	if path.Ext(link.Target) == "" {
		suffix = ".md"
	}
	file := path.Join(dir, link.Target+suffix)
	r := bookcheck.Resolution{Outcome: bookcheck.NoFile, Sought: "document", Name: file}
	for _, near := range l.tree().Near(file) {
		name := bookcheck.Relative(dir, near)
		if suffix != "" {
			name = name[:len(name)-len(path.Ext(name))]
		}
		r.Near = append(r.Near, name)
	}
	return r
}

// Namesakes implements bookcheck.Namer.
func (l listed) Namesakes(chapter *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	if namer, ok := l.Dialect.(bookcheck.Namer); ok {
		return namer.Namesakes(chapter, target)
	}
	return nil
}
