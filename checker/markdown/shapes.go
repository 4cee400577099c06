package markdown

import "strings"

// A shape says how the argument and the body of a directive are read.
type shape struct {
	arg  argKind
	body bodyKind
}

type argKind int

const (
	argNone    argKind = iota // not a place: a language, a layout, a number of columns
	argBody                   // the first line of the body
	argTitle                  // inline Markdown
	argImage                  // the address or path of an image
	argInclude                // the path of a file that becomes part of the chapter
	argLabel                  // the directive's own label
	argRef                    // a label elsewhere
	argLink                   // an address or path
)

type bodyKind int

const (
	markdownBody bodyKind = iota
	literal
	glossary // terms at the left, what they mean indented
)

// The directives of docutils, Sphinx, MyST-NB, sphinx-design, sphinx-proof,
// sphinx-exercise and mystmd whose bodies are Markdown or text of another kind.
// https://www.sphinx-doc.org/en/master/usage/restructuredtext/directives.html
// https://mystmd.org/guide/directives
var shapes = map[string]shape{}

func init() {
	for names, s := range map[string]shape{
		"note tip hint important warning caution attention danger error seealso todo " +
			"epigraph pull-quote highlights compound container grid-item-card-header": {argBody, markdownBody},

		"admonition topic sidebar margin aside dropdown toggle rubric card grid-item-card tab-item table " +
			"list-table csv-table versionadded versionchanged deprecated versionremoved " +
			"prf:proof prf:theorem prf:lemma prf:definition prf:remark prf:example prf:algorithm " +
			"prf:corollary prf:criterion prf:axiom prf:conjecture prf:proposition prf:property " +
			"prf:observation prf:assumption proof:proof proof:theorem proof:lemma proof:definition " +
			"proof:remark proof:example proof:algorithm proof:corollary proof:criterion proof:axiom " +
			"proof:conjecture proof:proposition proof:property proof:observation proof:assumption " +
			"exercise exercise-start": {argTitle, markdownBody},

		"figure":                             {argImage, markdownBody},
		"image":                              {argImage, literal},
		"figure-md":                          {argLabel, markdownBody},
		"solution solution-start button-ref": {argRef, markdownBody},
		"button-link":                        {argLink, markdownBody},
		"include":                            {argInclude, literal},
		"literalinclude":                     {argInclude, literal},
		"glossary":                           {argNone, glossary},

		"code-block code sourcecode code-cell raw-cell parsed-literal jupyter-execute highlight " +
			"math mermaid graphviz dot digraph graph raw eval-rst plot plantuml uml thebe-button " +
			"anywidget bibliography footbibliography index toctree tableofcontents " +
			"autofunction autoclass automodule autosummary automethod autoattribute autodata " +
			"literal include-code video iframe embed widget tikz prf:code": {argNone, literal},
	} {
		for name := range strings.FieldsSeq(names) {
			shapes[name] = s
		}
	}
}

// shapeOf returns the shape of a directive. One that is not known, because an
// extension of the book's own defines it, is read as Markdown.
func shapeOf(name string) shape { return shapes[name] }
