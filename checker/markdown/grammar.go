package markdown

import (
	"slices"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// A grammar is how the chapters of a dialect are written.
type grammar struct {
	parser.Parser
	// fillings finds what the builder replaces before it reads a text as Markdown.
	// Nil: it replaces nothing.
	fillings func(source []byte) []filling
}

// grammars makes the grammar of each dialect. Extensions are those of the book;
// nil: it does not say.
var grammars = map[string]func(extensions []string) *grammar{
	"github": githubGrammar,
	"myst":   mystGrammar,
	"mdbook": mdbookGrammar,
	"mkdocs": mkdocsGrammar,

	"docusaurus": docusaurusGrammar,
	"hugo":       hugoGrammar,
	"quarto":     quartoGrammar,
	"vitepress":  vitepressGrammar,
}

// newGrammar returns the grammar of a dialect; GitHub's if there is none of that
// name.
func newGrammar(dialect string, extensions []string) *grammar {
	if known := grammars[dialect]; known != nil {
		return known(extensions)
	}
	return githubGrammar(extensions)
}

func githubGrammar([]string) *grammar {
	return recipe{
		inlines:   []util.PrioritizedValue{util.Prioritized(bareParser{}, 600)},
		footnotes: true,
	}.grammar()
}

func mystGrammar(extensions []string) *grammar {
	if extensions == nil {
		extensions = DefaultExtensions
	}
	on := func(name string) bool { return slices.Contains(extensions, name) }
	blocks := []util.PrioritizedValue{
		util.Prioritized(glossaryParser{}, 10),
		util.Prioritized(commentParser{}, 20),
		util.Prioritized(targetParser{}, 30),
		util.Prioritized(breakParser{}, 40),
		util.Prioritized(&directiveParser{colons: on("colon_fence")}, 650),
	}
	if on("dollarmath") || on("amsmath") {
		blocks = append(blocks, util.Prioritized(mathParser{dollars: on("dollarmath"), environments: on("amsmath")}, 50))
	}
	if on("attrs_block") {
		blocks = append(blocks, util.Prioritized(attributesParser{}, 60))
	}
	if on("deflist") {
		blocks = append(blocks,
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102))
	}
	inlines := []util.PrioritizedValue{util.Prioritized(&braceParser{
		roles: true, substitutions: on("substitution"),
		attributes: on("attrs_inline") || on("attrs_image"),
	}, 50)}
	if on("citations") {
		inlines = append(inlines, util.Prioritized(citeParser{}, 55))
	}
	if on("dollarmath") {
		inlines = append(inlines, util.Prioritized(dollarParser{}, 60))
	}
	if on("linkify") {
		inlines = append(inlines, util.Prioritized(bareParser{}, 600))
	}
	return recipe{blocks: blocks, inlines: inlines, footnotes: true}.grammar()
}

// A recipe is what a grammar has beside CommonMark and GitHub's tables, task lists
// and strikethrough.
type recipe struct {
	blocks, inlines []util.PrioritizedValue
	footnotes       bool
	headingIDs      bool // # Title {#id}
	tags            bool // HTML is read as JSX, and no code is indented
	fillings        func(source []byte) []filling
}

func (r recipe) grammar() *grammar {
	if r.footnotes {
		r.blocks = append(r.blocks, util.Prioritized(footnoteParser{}, 150))
	}
	inlines := slices.Concat(r.inlines, []util.PrioritizedValue{
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(&linkParser{InlineParser: parser.NewLinkParser(), footnotes: r.footnotes}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewEmphasisParser(), 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
	})
	if !r.tags {
		inlines = append(inlines, util.Prioritized(parser.NewRawHTMLParser(), 400))
	}
	return &grammar{fillings: r.fillings, Parser: parser.NewParser(
		parser.WithBlockParsers(append(r.blocks, r.commonBlocks()...)...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionTransformer{}, 100),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
	)}
}

// commonBlocks returns the parsers of CommonMark's blocks.
func (r recipe) commonBlocks() []util.PrioritizedValue {
	setext, atx := parser.NewSetextHeadingParser(), parser.NewATXHeadingParser()
	if r.headingIDs {
		setext, atx = headingParser{setext}, headingParser{atx}
	}
	fenced, plain := parser.NewFencedCodeBlockParser(), parser.NewParagraphParser()
	if r.tags {
		atx, fenced, plain = anyIndent{atx}, anyFence{anyIndent{fenced}}, anyIndent{plain}
	}
	blocks := []util.PrioritizedValue{
		util.Prioritized(setext, 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(atx, 600),
		util.Prioritized(fenced, 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(plain, 1000),
	}
	if r.tags {
		return blocks
	}
	return append(blocks,
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewHTMLBlockParser(), 900))
}
