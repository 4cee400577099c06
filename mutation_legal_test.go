package bookcheck_test

import (
	"path"
	"regexp"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// legalKinds are the edits that break nothing.
var legalKinds = []kind{
	// The same reference, otherwise spelled.
	{"the case of a label in {ref}", true, spelled(bookcheck.Ref, isLabelRole, strings.ToUpper)},
	{"the case of a term", true, spelled(bookcheck.Term, always, strings.ToUpper)},
	{"a line break in a term", true, spelled(bookcheck.Term, always, broken)},
	{"a text for {ref}", true, spelled(bookcheck.Ref, isBare, textFor)},
	{"a text for {doc}", true, spelled(bookcheck.Doc, isBare, textFor)},
	{"a text for {term}", true, spelled(bookcheck.Term, isBare, textFor)},
	{"the case of a bare word", true, spelled(bookcheck.PageLink, isLabelWord, strings.ToUpper)},
	{"a # before a label", true, spelled(bookcheck.PageLink, isLabelWord, hashed)},
	{"project: before a file", true, spelled(bookcheck.PageLink, isFile, projected)},
	{"./ before a file", true, spelled(bookcheck.PageLink, isFile, dotted)},
	{"a detour on the way to a file", true, spelled(bookcheck.PageLink, isRelativeFile, detoured)},
	{"a file from the root", true, fromRoot(bookcheck.PageLink, isRelativeFile)},
	{"a document from the root", true, fromRoot(bookcheck.Doc, isRelative)},
	{"an image from the root", true, fromRoot(bookcheck.Image, isRelative)},
	{"an include from the root", true, fromRoot(bookcheck.Include, isRelative)},
	{"angle brackets around a destination", true, spelled(bookcheck.PageLink, isInline, angled)},
	{"a title after a destination", true, spelled(bookcheck.PageLink, isInline, entitled)},
	{"a percent sign for a letter", true, spelled(bookcheck.PageLink, isFile, percent)},
	{"an escaped letter", true, spelled(bookcheck.PageLink, isFile, escaped)},
	{"spaces around citation keys", true, spelled(bookcheck.Cite, always, padded)},
	{"a key twice in a citation", true, spelled(bookcheck.Cite, always, twice)},
	{"a footnote referred to twice", true, again(bookcheck.FootnoteRef)},
	{"spaces around a substitution", true, spelled(bookcheck.Substitution, always, padded)},
	{"a filter for a substitution", true, spelled(bookcheck.Substitution, always, filtered)},
	{"the case of a [text][label]", true, relabeled(strings.ToUpper)},

	// The same place, otherwise marked.
	{"the case of a label's definition", true, relabel(strings.ToUpper)},
	{"the case of a term's definition", true, redefined(bookcheck.TermDefinition, upperFirst)},
	{"a label moved before what has a :name:", true, namesMoved},
	{"a label moved into attributes", true, labelsToAttributes},
	{"a label more", true, labelsAdded},
	{"options as YAML", true, replacedAll(regexp.MustCompile("(?m)^((?::[a-z-]+: .*\n)+)"), yamlOptions)},
	{"longer fences", true, fencesChanged("````", "``````")},
	{"colons for backticks", true, fencesChanged("```", ":::")}, // but in a tab-set, which takes them for options
	{"tildes for backticks", true, fencesChanged("```", "~~~")},
	{"emphasis in headings", true, replacedAll(regexp.MustCompile(`(?m)^(##+) (\w+)( \w+)?$`), "$1 $2*$3*")},
	{"hashes after headings", true, replacedAll(regexp.MustCompile(`(?m)^(##) (.*)$`), "$1 $2 $1")},
	{"headings underlined", true, replacedAll(regexp.MustCompile(`(?m)^## (.*)$`), "$1\n---")},

	// The same book, otherwise arranged.
	{"line ends of Windows", true, everyFile(func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") })},
	{"a byte order mark", true, everyFile(func(s string) string { return "\ufeff" + s })},
	{"no line end at the end", true, everyFile(func(s string) string { return strings.TrimRight(s, "\n") })},
	{"blank lines between all paragraphs", true, everyFile(func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n") })},
	{"spaces at the ends of sentences", true, replacedAll(regexp.MustCompile(`(?m)([.])$`), "$1 ")}, // after a term they count
	{"broken references in comments", true, appended("\n% [x](none.md) {ref}`none` {term}`none`\n\n<!-- [x](none.md) {cite}`none` -->\n")},
	{"broken references in code", true, appended("\n`[x](none.md)` and ``{ref}`none` ``\n\n```python\n[x](none.md) {{ none }}\n```\n")},
	{"broken references in math", true, appended("\nAs $[x](none.md)$ and\n\n$$\n[x](none.md)\n$$\n")},
	{"a reference that is switched off", true, appended("\n{ref}`!none` and \\[x](none.md) and \\{{ none }}\n")},
	{"every paragraph with a link in a quote", true, replacedAll(regexp.MustCompile(`(?m)^(See .*)$`), "> $1")},
	{"the entries of the bibliography reversed", true, entriesReversed},
	{"a comment in the bibliography", true, replacedIn("references.bib", "@book{ashley", "@comment{x}\n\n@book{ashley")},
	{"suffixes in the contents", true, replacedIn("_toc.yml", "file: knots", "file: knots.md")},
	{"no suffixes in the contents", true, replacedIn("_toc.yml", "file: rigging.md", "file: rigging")},
	{"chapters in another order", true, replacedIn("_toc.yml", "      - file: wind\n      - file: afloat/anchoring\n", "      - file: afloat/anchoring\n      - file: wind\n")},
	{"a pattern in the contents", true, replacedIn("_toc.yml", "file: afloat/anchoring", "glob: afloat/*")},
	{"numbers to a depth", true, replacedIn("_toc.yml", "numbered: true", "numbered: 3")},
	{"deeper slugs", true, replacedIn("_config.yml", "myst_heading_anchors: 3", "myst_heading_anchors: 6")},
	{"a bibliography that is no list", true, replacedIn("_config.yml", "[references.bib]", "references.bib")},
	{"numbers that an extension switches on again", true, replacedIn("_config.yml", "  config:\n", "  config:\n    numfig: false\n")},
	{"more substitutions", true, replacedIn("_config.yml", "    school:", "    unused: text\n    school:")},
	{"an inventory", true, replacedIn("_config.yml", "  config:\n", "  config:\n    intersphinx_mapping:\n      py: [\"https://docs.example.org\", null]\n")},
}

func isInline(l *bookcheck.Link) bool { return l.Form == bookcheck.Inline && !l.Undefined }

func isRelative(l *bookcheck.Link) bool { return !strings.HasPrefix(l.Target, "/") }

func isRelativeFile(l *bookcheck.Link) bool { return isFile(l) && isRelative(l) }

func isLabelRole(l *bookcheck.Link) bool { return l.Name == "ref" || l.Name == "numref" }

func isBare(l *bookcheck.Link) bool {
	return l.Form == bookcheck.Role && !l.Titled && l.Name != "eq" && l.Name != "numref"
}

// isLabelWord tells whether a link is a bare word that is the name of a label.
func isLabelWord(l *bookcheck.Link) bool {
	return isWord(l) && !strings.Contains(l.Target, "/") && l.Target != "knots"
}

func padded(dest string) string { return " " + dest + " " }

func broken(dest string) string { return strings.ReplaceAll(dest, " ", "\n") }

func textFor(dest string) string { return "the text <" + dest + ">" }

func hashed(dest string) string { return "#" + dest }

func projected(dest string) string { return "project:" + dest }

func dotted(dest string) string {
	if strings.HasPrefix(dest, "/") {
		return dest
	}
	return "./" + dest
}

func detoured(dest string) string { return "images/../" + dest }

func angled(dest string) string { return "<" + dest + ">" }

func entitled(dest string) string { return dest + ` "A title"` }

func percent(dest string) string { return strings.Replace(dest, "r", "%72", 1) }

func escaped(dest string) string { return strings.Replace(dest, ".md", `\.md`, 1) }

func twice(key string) string { return key + "," + key }

func filtered(name string) string { return name + " | upper" }

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// spelled rewrites the destinations of links.
func spelled(linkKind bookcheck.LinkKind, applies func(*bookcheck.Link) bool, spell func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for _, m := range respelled(linkKind, applies, spell, "")(b) {
			m.want = nil
			mutants = append(mutants, m)
		}
		return mutants
	}
}

// fromRoot writes paths from the root of the book.
func fromRoot(linkKind bookcheck.LinkKind, applies func(*bookcheck.Link) bool) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, link := range b.links {
			if link.Kind != linkKind || !applies(link) {
				continue
			}
			dest := "/" + path.Join(path.Dir(chapter.Path), chapter.Text(link.Dest))
			mutants = append(mutants, mutant{edits: []edit{{chapter.Path, link.Dest.Start, link.Dest.End, dest}}})
		}
		return mutants
	}
}

// again writes references twice.
func again(linkKind bookcheck.LinkKind) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, link := range b.links {
			if link.Kind == linkKind {
				mutants = append(mutants, mutant{edits: []edit{{chapter.Path, link.End, link.End, " " + chapter.Text(link)}}})
			}
		}
		return mutants
	}
}

// relabeled rewrites the label of a [text][label].
func relabeled(spell func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, link := range b.links {
			if link.Form != bookcheck.Reference {
				continue
			}
			start := link.Start + strings.LastIndexByte(chapter.Text(link), '[') + 1
			label := chapter.Text(bookcheck.Span{Start: start, End: link.End - 1})
			mutants = append(mutants, mutant{edits: []edit{{chapter.Path, start, link.End - 1, spell(label)}}})
		}
		return mutants
	}
}

// relabel rewrites the names of labels whose case does not count: not those of
// theorems.
func relabel(spell func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, target := range b.targets(bookcheck.Label) {
			if target.Name != "balance" {
				mutants = append(mutants, rewritten(chapter, target, spell))
			}
		}
		return mutants
	}
}

func redefined(targetKind bookcheck.TargetKind, spell func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, target := range b.targets(targetKind) {
			mutants = append(mutants, rewritten(chapter, target, spell))
		}
		return mutants
	}
}

func rewritten(chapter *bookcheck.Chapter, target *bookcheck.Target, spell func(string) string) mutant {
	start := target.Start + strings.Index(chapter.Text(target), target.Name)
	return mutant{edits: []edit{{chapter.Path, start, start + len(target.Name), spell(target.Name)}}}
}

// namesMoved puts the labels of directives before them, as (label)=.
func namesMoved(b *cleanBook) (mutants []mutant) {
	option := regexp.MustCompile("(?m)^([`:]{3,}\\{(?:figure|list-table|code-block|note)\\}.*\n(?::[a-z]+: .*\n)*?):name: (.*)\n")
	for file, text := range b.files {
		for _, at := range option.FindAllStringSubmatchIndex(text, -1) {
			mutants = append(mutants, mutant{edits: []edit{
				{file, at[0], at[0], "(" + text[at[4]:at[5]] + ")=\n"}, {file, at[3], at[1], ""},
			}})
		}
	}
	return mutants
}

// labelsToAttributes writes {#label} for (label)=.
func labelsToAttributes(b *cleanBook) (mutants []mutant) {
	for chapter, target := range b.targets(bookcheck.Label) {
		if text := chapter.Text(target); strings.HasSuffix(text, ")=") && path.Ext(chapter.Path) == ".md" {
			mutants = append(mutants, mutant{edits: []edit{{chapter.Path, target.Start, target.End, "{#" + target.Name + "}"}}})
		}
	}
	return mutants
}

// labelsAdded puts another label before each heading.
func labelsAdded(b *cleanBook) (mutants []mutant) {
	for _, chapter := range b.book.Chapters {
		for _, h := range chapter.Headings {
			if path.Ext(chapter.Path) == ".md" && !strings.HasSuffix(string(chapter.Source[:h.Start]), "}\n") { // attributes belong to what follows
				mutants = append(mutants, mutant{edits: []edit{{chapter.Path, h.Start, h.Start, "(another)=\n"}}})
			}
		}
	}
	return mutants
}

// yamlOptions writes a block of :key: value as YAML.
func yamlOptions(options string) string {
	return "---\n" + regexp.MustCompile(`(?m)^:`).ReplaceAllString(options, "") + "---\n"
}

// replacedAll rewrites each match, one at a time; with is a template or a func.
func replacedAll(re *regexp.Regexp, with any) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for file, text := range b.files {
			if path.Ext(file) != ".md" {
				continue
			}
			for _, at := range re.FindAllStringSubmatchIndex(text, -1) {
				var changed string
				switch with := with.(type) {
				case func(string) string:
					changed = with(text[at[0]:at[1]])
				case string:
					changed = string(re.ExpandString(nil, strings.ReplaceAll(with, "$1", "${1}"), text, at))
				}
				mutants = append(mutants, mutant{edits: []edit{{file, at[0], at[1], changed}}})
			}
		}
		return mutants
	}
}

// fencesChanged writes other fences around directives, in each chapter at once.
func fencesChanged(from, to string) func(*cleanBook) []mutant {
	fence := regexp.MustCompile("(?m)^" + from + "(\\{[a-z-]+\\}.*|)$")
	return func(b *cleanBook) (mutants []mutant) {
		for file, text := range b.files {
			changed := fence.ReplaceAllString(text, to+"$1")
			if path.Ext(file) == ".md" && changed != text && (to != ":::" || !strings.Contains(text, "{tab-set}")) {
				mutants = append(mutants, mutant{edits: []edit{{file, 0, len(text), changed}}})
			}
		}
		return mutants
	}
}

// everyFile rewrites each chapter.
func everyFile(change func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for file, text := range b.files {
			if path.Ext(file) == ".md" {
				mutants = append(mutants, mutant{edits: []edit{{file, 0, len(text), change(text)}}})
			}
		}
		return mutants
	}
}

func appended(text string) func(*cleanBook) []mutant {
	return everyFile(func(s string) string { return s + text })
}

func entriesReversed(b *cleanBook) []mutant {
	text := b.files["references.bib"]
	entries := strings.SplitAfter(text, "\n}\n")
	first := strings.Index(entries[0], "@book")
	changed := entries[0][:first] + strings.TrimLeft(entries[1], "\n") + entries[0][first:]
	return []mutant{{edits: []edit{{"references.bib", 0, len(text), changed}}}}
}

func replacedIn(file, from, to string) func(*cleanBook) []mutant {
	return replaced(file, from, to, func(*cleanBook) []finding { return nil })
}
