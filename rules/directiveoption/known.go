package directiveoption

import "strings"

// known are the options of the directives of docutils, Sphinx, MyST-NB,
// sphinx-design, sphinx-proof, sphinx-exercise and mystmd. Those of a code-cell are
// metadata, of which there is no list.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html
// https://sphinx-design.readthedocs.io/
// https://mystmd.org/guide/directives
var known = map[string][]string{}

const (
	images = "alt height width scale align target name class label loading figwidth figclass figure-width placeholder number " +
		"enumerator kind subcaption remove-input remove-output no-subfigures height page"
	cards = "width margin text-align img-top img-bottom img-background img-alt link link-type link-alt shadow header footer url " +
		"class-card class-header class-body class-title class-footer class-img-top class-img-bottom class name label"
	code = "force linenos dedent lineno-start lineno-match emphasize-lines caption class name label number-lines filename lang language"
)

func init() {
	for names, options := range map[string]string{
		"note tip hint important warning caution attention danger error seealso admonition": "class name label open icon enumerated number",

		"figure image":                images,
		"figure-md":                   "width class name label alt align figclass",
		"table":                       "align width widths class name label",
		"list-table":                  "header-rows stub-columns width widths align class name label",
		"csv-table":                   "file url delim encoding header header-rows stub-columns width widths align quote keepspace escape class name label",
		"code-block code sourcecode":  code,
		"literalinclude":              code + " tab-width encoding pyobject lines start-after end-before start-at end-at start-line end-line prepend append diff",
		"include":                     "literal code encoding parser start-line end-line start-after end-before start-at end-at lines tab-width number-lines heading-offset relative-docs relative-images class name label " + code,
		"math":                        "label name class nowrap no-wrap enumerated numbered typst",
		"toctree":                     "maxdepth name caption glob hidden includehidden numbered titlesonly reversed class",
		"glossary":                    "sorted name class",
		"sidebar":                     "subtitle class name label",
		"topic margin container":      "class name label subtitle",
		"rubric":                      "class name heading-level label",
		"dropdown":                    "open color icon animate margin chevron name label class-container class-title class-body class",
		"card":                        cards,
		"grid":                        "gutter margin padding outline reverse class-container class-row columns name class label",
		"grid-item":                   "columns margin padding outline child-align child-direction class name",
		"grid-item-card":              "columns padding outline child-align child-direction class-item " + cards,
		"tab-set":                     "sync-group class name label",
		"tab-item":                    "sync selected class-container class-label class-content class name label",
		"button-link button-ref":      "color outline align expand click-parent tooltip shadow ref-type class link link-type",
		"bibliography":                "all cited notcited filter style list enumtype start labelprefix keyprefix class name",
		"exercise solution":           "label name class nonumber hidden numbered enumerated",
		"prf:theorem prf:lemma":       theorem,
		"prf:definition prf:remark":   theorem,
		"prf:example prf:algorithm":   theorem,
		"prf:corollary prf:criterion": theorem,
		"prf:axiom prf:conjecture":    theorem,
		"prf:proposition prf:proof":   theorem,
	} {
		for name := range strings.FieldsSeq(names) {
			known[name] = strings.Fields(options)
		}
	}
}

const theorem = "label name class nonumber numbered enumerated"
