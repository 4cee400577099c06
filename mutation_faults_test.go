package bookcheck_test

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// faultKinds are the edits that break something.
var faultKinds = []kind{
	// In what refers.
	{name: "a letter too many in a link's file", mutants: typos(bookcheck.PageLink, isFile, path.Base)},
	{name: "a letter too many in a slug", mutants: typos(bookcheck.PageLink, hasSlug, afterHash)},
	{name: "a letter too many in an anchor", mutants: typos(bookcheck.PageLink, isAnchor, afterHash)},
	{name: "a letter too many in a bare word", mutants: typos(bookcheck.PageLink, isWord, path.Base)},
	{name: "a letter too many in {ref} and its kin", mutants: typos(bookcheck.Ref, always, path.Base)},
	{name: "a letter too many in {doc} and its kin", mutants: typos(bookcheck.Doc, always, path.Base)},
	{name: "a letter too many in {term}", mutants: typos(bookcheck.Term, always, path.Base)},
	{name: "a letter too many in a citation", mutants: typos(bookcheck.Cite, always, path.Base)},
	{name: "a letter too many in a footnote's mark", mutants: typos(bookcheck.FootnoteRef, always, path.Base)},
	{name: "a letter too many in a substitution", mutants: typos(bookcheck.Substitution, always, path.Base)},
	{name: "a letter too many in an image's path", mutants: typos(bookcheck.Image, always, path.Base)},
	{name: "a letter too many in <img>", mutants: typos(bookcheck.HTMLImage, always, path.Base)},
	{name: "a letter too many in {download}", mutants: typos(bookcheck.Download, always, path.Base)},
	{name: "a letter too many in an include", mutants: typos(bookcheck.Include, always, path.Base)},
	{name: "a letter too many in a [text][label]", mutants: labelTypos},
	{name: "a letter less in any destination", mutants: shortened},
	{name: "two letters swapped in any destination", mutants: swapped},
	{name: "the case of a citation key", mutants: respelled(bookcheck.Cite, always, strings.ToUpper, "undefined-citation")},
	{name: "the case of a file's name", mutants: respelled(bookcheck.PageLink, isFile, upperPath, "wrong-case|unresolved-reference|missing-file")},
	{name: "the case of an image's name", mutants: respelled(bookcheck.Image, always, strings.ToUpper, "wrong-case|missing-file")},
	{name: "the case of a slug", mutants: respelled(bookcheck.PageLink, hasSlug, upperSlug, "missing-anchor")},
	{name: "the case of an equation", mutants: respelled(bookcheck.Ref, isEq, strings.ToUpper, "unresolved-reference")},
	{name: "the wrong extension", mutants: respelled(bookcheck.PageLink, isFile, otherExtension, "missing-file|unresolved-reference")},
	{name: "an extension in {doc}", mutants: respelled(bookcheck.Doc, isRole, withExtension, "unresolved-reference")},
	{name: "no extension before a slug", mutants: respelled(bookcheck.PageLink, hasSlug, withoutExtension, "missing-file|unresolved-reference")},
	{name: "a query", mutants: respelled(bookcheck.PageLink, isFile, withQuery, "missing-file|wrong-case|unresolved-reference")},
	{name: "the wrong folder", mutants: respelled(bookcheck.PageLink, isFile, wrongFolder, "missing-file|unresolved-reference")},
	{name: "hyphens for a label's colon or space", mutants: respelled(bookcheck.Ref, hasHyphen, withUnderscores, "unresolved-reference")},
	{name: "spaces around a label in a role", mutants: respelled(bookcheck.Ref, isRole, padded, "unresolved-reference")},
	{name: "spaces around a document in a role", mutants: respelled(bookcheck.Doc, isRole, padded, "unresolved-reference")},
	{name: "spaces around a term in a role", mutants: respelled(bookcheck.Term, isRole, padded, "undefined-term")},
	{name: "a plural in {term}", mutants: respelled(bookcheck.Term, always, plural, "undefined-term")},
	{name: "an empty destination", mutants: emptied},
	{name: "{numref} to what has no number", mutants: unnumbered},
	{name: "no text for a label without a title", mutants: untexted},
	{name: "an address with a letter too many", mutants: malformed},

	// In what is referred to.
	{name: "a label removed", mutants: labelsRemoved},
	{name: "a label renamed", mutants: renamed("duplicate", bookcheck.Label, bookcheck.Equation)},
	{name: "a term renamed", mutants: renamed("", bookcheck.TermDefinition)},
	{name: "a citation key renamed", mutants: renamed("", bookcheck.Citation)},
	{name: "a footnote renamed", mutants: renamed("", bookcheck.Footnote)},
	{name: "a link definition renamed", mutants: renamed("", bookcheck.Definition)},
	{name: "a heading renamed", mutants: headings(func(h string) string { return "Of " + h })},
	{name: "a heading too deep", mutants: headings(tooDeep)},
	{name: "a heading made bold text", mutants: headings(boldText)},
	{name: "a key removed from the bibliography", mutants: keysRemoved},
	{name: "a key twice in the bibliography", mutants: keysTwice},
	{name: "the bibliography not named", mutants: replaced("_config.yml", "bibtex_bibfiles: [references.bib]", "bibtex_bibfiles: []", citesOf)},
	{name: "a substitution key renamed", mutants: substitutionsRenamed},
	{name: "a footnote dropped", mutants: linesDropped(bookcheck.Footnote)},
	{name: "a link definition dropped", mutants: linesDropped(bookcheck.Definition)},
	{name: "a label twice in a chapter", mutants: labelsTwice(false)},
	{name: "a label in two chapters", mutants: labelsTwice(true)},
	{name: "a caption removed", mutants: captionsRemoved},
	{name: "a file deleted", mutants: filesDeleted},
	{name: "a chapter moved", mutants: chaptersMoved},
	{name: "an entry of the contents misspelled", mutants: entriesMisspelled},
	{name: "an entry of the contents missing", mutants: entriesDropped},
	{name: "slugs only of the highest headings", mutants: replaced("_config.yml", "myst_heading_anchors: 3", "myst_heading_anchors: 1", slugsBelow(1))},
	{name: "no section numbers", mutants: replaced("_toc.yml", "numbered: true", "numbered: false", numbersOfSections)},
}

func always(*bookcheck.Link) bool { return true }

func isRole(l *bookcheck.Link) bool { return l.Form == bookcheck.Role }

func isEq(l *bookcheck.Link) bool { return l.Name == "eq" }

func isAnchor(l *bookcheck.Link) bool {
	return strings.HasPrefix(strings.TrimPrefix(l.Target, "project:"), "#")
}

func isFile(l *bookcheck.Link) bool {
	return !isAnchor(l) && path.Ext(l.URL()) == ".md" && l.Form == bookcheck.Inline
}

func hasSlug(l *bookcheck.Link) bool { return isFile(l) && l.Fragment() != "" }

func isWord(l *bookcheck.Link) bool {
	return !isAnchor(l) && path.Ext(l.Target) == "" && l.Form == bookcheck.Inline && !l.Undefined
}

func hasHyphen(l *bookcheck.Link) bool { return strings.Contains(l.Target, "-") }

func afterHash(target string) string { return target[strings.IndexByte(target, '#')+1:] }

// typos puts a letter into the part of a link's destination that part returns.
func typos(linkKind bookcheck.LinkKind, applies func(*bookcheck.Link) bool, part func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, link := range b.links {
			text := chapter.Text(link.Dest)
			if link.Kind != linkKind || !applies(link) || link.Form == bookcheck.Reference {
				continue
			}
			path, _, _ := strings.Cut(text, "#")
			word := part(text)
			if isFile(link) && !strings.HasPrefix(word, link.Fragment()) || word == "" {
				word = part(path)
			}
			at := link.Dest.Start + strings.LastIndex(text, word) + min(2, len(word))
			mutants = append(mutants, mutant{
				edits: []edit{{chapter.Path, at, at, "q"}}, want: []finding{b.expect(chapter, link)},
			})
		}
		return mutants
	}
}

// labelTypos puts a letter into the label of a [text][label].
func labelTypos(b *cleanBook) (mutants []mutant) {
	for chapter, link := range b.links {
		if link.Form == bookcheck.Reference {
			at := link.End - 2
			start := link.Start + strings.LastIndexByte(chapter.Text(link), '[') + 1
			mutants = append(mutants, mutant{
				edits: []edit{{chapter.Path, at, at, "q"}},
				want:  []finding{{file: chapter.Path, at: start, rule: "unresolved-reference"}},
			})
		}
	}
	return mutants
}

// respelled rewrites the destinations of links.
func respelled(linkKind bookcheck.LinkKind, applies func(*bookcheck.Link) bool, spell func(string) string, rule string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, link := range b.links {
			old := chapter.Text(link.Dest)
			if link.Kind != linkKind || !applies(link) || link.Form == bookcheck.Reference || spell(old) == old {
				continue
			}
			changed := spell(old)
			if path.Ext(chapter.Path) == ".ipynb" {
				changed = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(changed)
			}
			at := link.Dest.Start + len(changed) - len(strings.TrimLeft(changed, " "))
			mutants = append(mutants, mutant{
				edits: []edit{{chapter.Path, link.Dest.Start, link.Dest.End, changed}},
				want:  []finding{{file: chapter.Path, at: at, rule: rule, new: true}},
			})
		}
		return mutants
	}
}

func upperPath(dest string) string {
	file, slug, found := strings.Cut(dest, "#")
	file = path.Join(path.Dir(file), strings.ToUpper(path.Base(file)[:1])+path.Base(file)[1:])
	if found {
		file += "#" + slug
	}
	return file
}

func upperSlug(dest string) string {
	file, slug, _ := strings.Cut(dest, "#")
	return file + "#" + strings.ToUpper(slug[:1]) + slug[1:]
}

func otherExtension(dest string) string { return strings.Replace(dest, ".md", ".rst", 1) }

func withExtension(dest string) string { return dest + ".md" }

func withoutExtension(dest string) string { return strings.Replace(dest, ".md#", "#", 1) }

func withQuery(dest string) string { return strings.Replace(dest, ".md", ".md?plain=1", 1) }

func wrongFolder(dest string) string {
	if up, ok := strings.CutPrefix(dest, "../"); ok {
		return up
	}
	if strings.HasPrefix(dest, "/") {
		return "/afloat" + dest
	}
	return "afloat/" + dest
}

func withUnderscores(dest string) string { return strings.ReplaceAll(dest, "-", "_") }

func plural(term string) string {
	if term == "sheet" {
		return "sheetses"
	}
	return term + "es"
}

// shortened drops a letter in the middle of each destination.
func shortened(b *cleanBook) []mutant {
	return b.damaged(func(word string) string {
		return word[:len(word)/2] + word[len(word)/2+1:]
	})
}

// swapped swaps two letters in the middle of each destination.
func swapped(b *cleanBook) []mutant {
	return b.damaged(func(word string) string {
		m := len(word) / 2
		return word[:m-1] + word[m:m+1] + word[m-1:m] + word[m+1:]
	})
}

// damaged changes the last word of each destination.
func (b *cleanBook) damaged(damage func(string) string) (mutants []mutant) {
	word := regexp.MustCompile(`\w{3,}`)
	for chapter, link := range b.links {
		text := chapter.Text(link.Dest)
		all := word.FindAllStringIndex(strings.TrimSuffix(text, path.Ext(text)), -1)
		if len(all) == 0 || link.Form == bookcheck.Reference || brokenRules[link.Kind] == "" {
			continue
		}
		at := all[len(all)-1]
		changed := damage(text[at[0]:at[1]])
		if changed == text[at[0]:at[1]] {
			continue
		}
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, link.Dest.Start + at[0], link.Dest.Start + at[1], changed}},
			want:  []finding{b.expect(chapter, link)},
		})
	}
	return mutants
}

// emptied drops destinations.
func emptied(b *cleanBook) (mutants []mutant) {
	for chapter, link := range b.links {
		if link.Kind != bookcheck.PageLink && link.Kind != bookcheck.Image || link.Form != bookcheck.Inline {
			continue
		}
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, link.Dest.Start, link.Dest.End, ""}},
			want:  []finding{{file: chapter.Path, at: link.Start, rule: "empty-link"}},
		})
	}
	return mutants
}

// unnumbered asks for the number of sections without one, of notes and paragraphs.
func unnumbered(b *cleanBook) (mutants []mutant) {
	chapter := b.book.Chapter("afloat/anchoring.md")
	for _, label := range []string{"anchoring", "words", "a-note", "by-hand", "stay-load", "turnbuckle", "distance"} {
		at := len(chapter.Source)
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, at, at, "\nSee {numref}`" + label + "`.\n"}},
			want:  []finding{{file: chapter.Path, at: at + len("\nSee {numref}`"), rule: "unresolved-reference", new: true}},
		})
	}
	return mutants
}

// untexted refers without a text to labels of what has no title.
func untexted(b *cleanBook) (mutants []mutant) {
	chapter := b.book.Chapter("afloat/anchoring.md")
	for _, label := range []string{"a-note", "by-hand", "turnbuckle"} {
		for _, form := range [][2]string{{"[](", ")"}, {"[](#", ")"}, {"{ref}`", "`"}, {"<project:#", ">"}} {
			at := len(chapter.Source)
			lead := "\nSee " + form[0]
			start := at + len(lead)
			if i := strings.IndexAny(form[0], "#p"); i > 0 && form[0] != "{ref}`" {
				start = at + len("\nSee ") + i
			}
			mutants = append(mutants, mutant{
				edits: []edit{{chapter.Path, at, at, lead + label + form[1] + ".\n"}},
				want:  []finding{{file: chapter.Path, at: start, rule: "unresolved-reference", new: true}},
			})
		}
	}
	return mutants
}

// malformed misspells the scheme of an address.
func malformed(b *cleanBook) (mutants []mutant) {
	chapter := b.book.Chapter("afloat/anchoring.md")
	at := len(chapter.Source)
	for _, address := range []string{"hhttps://example.org", "http:/example.org", "https//example.org"} {
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, at, at, "\nSee [it](" + address + ").\n"}},
			want:  []finding{{file: chapter.Path, at: at + len("\nSee [it]("), rule: "malformed-url", new: true}},
		})
	}
	return mutants
}

// ownLine recognizes labels on a line of their own.
var ownLine = regexp.MustCompile(`(?m)^(?:\([^()\n]+\)=|:(?:name|label):.*|(?:name|label):.*|\{#[^}\n]+\})\n`)

// labelsRemoved deletes the lines of labels.
func labelsRemoved(b *cleanBook) (mutants []mutant) {
	for chapter, target := range b.targets(bookcheck.Label, bookcheck.Equation) {
		for _, at := range ownLine.FindAllIndex(chapter.Source, -1) {
			if at[0] > target.Start || target.End > at[1] {
				continue
			}
			mutants = append(mutants, mutant{
				edits: []edit{{chapter.Path, at[0], at[1], ""}},
				want:  b.referrers(chapter, target),
			})
		}
	}
	return mutants
}

// renamed puts a letter into the names of targets.
func renamed(_ string, kinds ...bookcheck.TargetKind) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, target := range b.targets(kinds...) {
			at := target.Start + strings.Index(chapter.Text(target), target.Name) + len(target.Name)/2
			m := mutant{edits: []edit{{chapter.Path, at, at, "q"}}, want: b.referrers(chapter, target)}
			if target.Kind == bookcheck.Definition {
				m.want = b.users(chapter, target)
			}
			mutants = append(mutants, m)
		}
		return mutants
	}
}

// users returns the findings about the uses of a link definition that is no more.
func (b *cleanBook) users(chapter *bookcheck.Chapter, definition *bookcheck.Target) (found []finding) {
	for _, link := range chapter.Links {
		text := chapter.Text(link)
		open := strings.LastIndexByte(text, '[')
		if link.Form == bookcheck.Reference && text[open+1:len(text)-1] == definition.Name {
			found = append(found, finding{file: chapter.Path, at: link.Start + open + 1, rule: "unresolved-reference"})
		}
	}
	return found
}

// headings changes the lines of headings that slugs lead to.
func headings(change func(string) string) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for _, chapter := range b.book.Chapters {
			for i, h := range chapter.Headings {
				want := b.referrers(chapter, &bookcheck.Target{Span: h.Span, Name: h.ID})
				text := chapter.Text(h)
				hashes, words, ok := strings.Cut(text, " ")
				if len(want) == 0 || !ok || i == 0 {
					continue
				}
				changed := change(words)
				if !strings.ContainsAny(changed, "#*") {
					changed = hashes + " " + changed
				}
				if changed == boldText(words) { // its label has no title any more
					want = append(want, b.untitled(h.Text)...)
				}
				mutants = append(mutants, mutant{
					edits: []edit{{chapter.Path, h.Start, h.End, changed}}, want: want,
					may: []finding{{file: chapter.Path, at: -1, rule: "heading-level"}},
				})
			}
		}
		return mutants
	}
}

// untitled returns the findings about references that show the title or the number
// of a section, which is none any more.
func (b *cleanBook) untitled(title string) (found []finding) {
	for chapter, link := range b.links {
		r := b.book.Resolve(chapter, link)
		if r.Target == nil || r.Target.Title != title || r.Target.Name == "" || r.Target.Kind != bookcheck.Label {
			continue
		}
		if link.Name == "numref" || link.Form == bookcheck.Autolink || link.Name == "ref" && !link.Titled || strings.HasPrefix(chapter.Text(link), "[]") {
			found = append(found, b.expect(chapter, link))
		}
	}
	return found
}

func tooDeep(words string) string { return "#### " + words }

func boldText(words string) string { return "**" + words + "**" }

// entry returns where an entry of a bibliography stands.
func entry(chapter *bookcheck.Chapter, key *bookcheck.Target) (start, end int) {
	source := string(chapter.Source)
	start = strings.LastIndexByte(source[:key.Start], '@')
	return start, start + strings.Index(source[start:], "\n}\n") + len("\n}\n")
}

func keysRemoved(b *cleanBook) (mutants []mutant) {
	for chapter, target := range b.targets(bookcheck.Citation) {
		start, end := entry(chapter, target)
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, start, end, ""}}, want: b.referrers(chapter, target),
		})
	}
	return mutants
}

func keysTwice(b *cleanBook) (mutants []mutant) {
	for chapter, target := range b.targets(bookcheck.Citation) {
		start, end := entry(chapter, target)
		at := len(chapter.Source)
		mutants = append(mutants, mutant{
			edits: []edit{{chapter.Path, at, at, string(chapter.Source[start:end])}},
			want:  []finding{{file: chapter.Path, at: at + target.Start - start, rule: "duplicate-label", new: true}},
		})
	}
	return mutants
}

// replaced changes a setting.
func replaced(file, from, to string, want func(*cleanBook) []finding) func(*cleanBook) []mutant {
	return func(b *cleanBook) []mutant {
		at := strings.Index(b.files[file], from)
		if at < 0 {
			return nil
		}
		return []mutant{{edits: []edit{{file, at, at + len(from), to}}, want: want(b)}}
	}
}

func citesOf(b *cleanBook) (found []finding) {
	for chapter, link := range b.links {
		if link.Kind == bookcheck.Cite {
			found = append(found, b.expect(chapter, link))
		}
	}
	return found
}

func slugsBelow(level int) func(*cleanBook) []finding {
	return func(b *cleanBook) (found []finding) {
		for _, chapter := range b.book.Chapters {
			for _, h := range chapter.Headings {
				if h.Level > level {
					found = append(found, b.referrers(chapter, &bookcheck.Target{Span: h.Span, Name: h.ID})...)
				}
			}
		}
		return found
	}
}

func numbersOfSections(b *cleanBook) (found []finding) {
	for chapter, link := range b.links {
		if r := b.book.Resolve(chapter, link); link.Name == "numref" && r.Target != nil && r.Target.Of == "section" {
			found = append(found, b.expect(chapter, link))
		}
	}
	return found
}

// substitutionsRenamed puts a letter into the keys of substitutions, of the book
// and of a chapter.
func substitutionsRenamed(b *cleanBook) (mutants []mutant) {
	for _, where := range [][2]string{{"_config.yml", "school"}, {"_config.yml", "edition"}, {"index.md", "motto"}, {"rigging.md", "warning"}} {
		at := strings.Index(b.files[where[0]], "    "+where[1]+":") + len("    ") + 2
		m := mutant{edits: []edit{{where[0], at, at, "q"}}}
		for chapter, link := range b.links {
			if link.Kind == bookcheck.Substitution && link.Target == where[1] {
				m.want = append(m.want, b.expect(chapter, link))
			}
		}
		mutants = append(mutants, m)
	}
	return mutants
}

// linesDropped deletes the definitions of footnotes and links.
func linesDropped(targetKind bookcheck.TargetKind) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, target := range b.targets(targetKind) {
			line := chapter.Line(chapter.Position(target.Start).Line)
			m := mutant{edits: []edit{{chapter.Path, line.Start, line.End, ""}}, want: b.referrers(chapter, target)}
			if targetKind == bookcheck.Definition {
				m.want = b.users(chapter, target)
			}
			mutants = append(mutants, m)
		}
		return mutants
	}
}

// labelsTwice gives a label once more, at the end of its own chapter or of another.
func labelsTwice(elsewhere bool) func(*cleanBook) []mutant {
	return func(b *cleanBook) (mutants []mutant) {
		for chapter, target := range b.targets(bookcheck.Label) {
			if path.Ext(chapter.Path) != ".md" {
				continue
			}
			file := chapter.Path
			if elsewhere {
				file = map[bool]string{true: "knots.md", false: "wind.md"}[file == "wind.md"]
			}
			at := len(b.files[file])
			again := finding{file: file, at: at + 1, rule: "duplicate-label", new: true}
			m := mutant{edits: []edit{{file, at, at, "\n(" + target.Name + ")=\nText.\n"}}}
			if elsewhere && slices.Index(b.book.Chapters, b.book.Chapter(file)) < slices.Index(b.book.Chapters, chapter) {
				again = finding{file: chapter.Path, at: target.Start, rule: "duplicate-label"} // what is read last is the second
			}
			m.want = []finding{again}
			mutants = append(mutants, m)
		}
		return mutants
	}
}

// captionsRemoved deletes what references without text show.
func captionsRemoved(b *cleanBook) (mutants []mutant) {
	for chapter, target := range b.targets(bookcheck.Label) {
		if target.Title == "" || target.Of != "figure" && target.Of != "table" && target.Of != "code" {
			continue
		}
		source := string(chapter.Source)
		at := strings.Index(source, target.Title)
		if at < 0 {
			continue // with markup
		}
		m := mutant{
			edits: []edit{{chapter.Path, at, at + len(target.Title), ""}},
			may:   []finding{{file: chapter.Path, at: -1, rule: "figure-without-alt"}, {file: chapter.Path, at: -1, rule: "directive-option"}},
		}
		for from, link := range b.links {
			r := b.book.Resolve(from, link)
			if r.Target == target && (link.Name == "numref" || !link.Titled && (from != chapter || !isAnchor(link))) {
				m.want = append(m.want, b.expect(from, link))
			}
		}
		mutants = append(mutants, m)
	}
	return mutants
}

// filesDeleted deletes what is no chapter.
func filesDeleted(b *cleanBook) (mutants []mutant) {
	for file := range b.files {
		if strings.HasPrefix(path.Base(file), ".") || b.book.Chapter(file) != nil || strings.HasSuffix(file, ".yml") {
			continue
		}
		m := mutant{gone: file}
		for chapter, link := range b.links {
			if r := b.book.Resolve(chapter, link); r.Sought == "file" && r.Name == file {
				m.want = append(m.want, b.expect(chapter, link))
			}
		}
		mutants = append(mutants, m)
	}
	return mutants
}

// chaptersMoved gives chapters a folder of their own, in the contents too.
func chaptersMoved(b *cleanBook) (mutants []mutant) {
	for _, name := range []string{"knots", "rigging", "glossary"} {
		file, to := name+".md", "moved/"+name+".md"
		toc := strings.Index(b.files["_toc.yml"], "file: "+name) + len("file: ")
		m := mutant{edits: []edit{{"_toc.yml", toc, toc, "moved/"}}, moved: [2]string{file, to}}
		for chapter, link := range b.links {
			r := b.book.Resolve(chapter, link)
			byPath := r.Sought == "file" || r.Sought == "heading" || r.Sought == "document"
			rooted := strings.HasPrefix(link.Target, "/")
			toIt := r.Chapter != nil && r.Chapter.Path == file && chapter.Path != file
			fromIt := chapter.Path == file && !rooted && byPath
			if byPath && (toIt || fromIt) {
				f := b.expect(chapter, link)
				if link.Form == bookcheck.Reference {
					f.at = link.Dest.Start
				}
				m.want = append(m.want, f)
			}
		}
		mutants = append(mutants, m)
	}
	return mutants
}

// tocEntry finds the entries of the contents.
var tocEntry = regexp.MustCompile(`(?m)^ *- file: (.*)\n`)

func entriesMisspelled(b *cleanBook) (mutants []mutant) {
	for _, at := range tocEntry.FindAllStringSubmatchIndex(b.files["_toc.yml"], -1) {
		mutants = append(mutants, mutant{
			edits: []edit{{"_toc.yml", at[3], at[3], "q"}},
			want:  []finding{{file: "_toc.yml", at: at[2], rule: "toc-missing-file"}},
			may:   append(b.unlisted(b.files["_toc.yml"][at[2]:at[3]]), b.orphan(b.files["_toc.yml"][at[2]:at[3]])),
		})
	}
	return mutants
}

func entriesDropped(b *cleanBook) (mutants []mutant) {
	toc := b.files["_toc.yml"]
	for _, at := range tocEntry.FindAllStringSubmatchIndex(toc, -1) {
		if strings.HasPrefix(strings.TrimSpace(toc[at[1]:]), "sections:") {
			continue
		}
		mutants = append(mutants, mutant{
			edits: []edit{{"_toc.yml", at[0], at[1], ""}},
			want:  append(b.unlisted(toc[at[2]:at[3]]), b.orphan(toc[at[2]:at[3]])),
		})
	}
	return mutants
}

// orphan is the finding about a chapter that the contents do not name any more.
func (b *cleanBook) orphan(entry string) finding {
	return finding{file: b.chapterOf(entry), at: -1, rule: "orphan-page"}
}

// unlisted returns the findings about numbers in such a chapter.
func (b *cleanBook) unlisted(entry string) (found []finding) {
	for chapter, link := range b.links {
		r := b.book.Resolve(chapter, link)
		if link.Name == "numref" && r.Chapter.Path == b.chapterOf(entry) {
			found = append(found, b.expect(chapter, link))
		}
	}
	return found
}

// chapterOf returns the file that an entry of the contents names.
func (b *cleanBook) chapterOf(name string) string {
	for _, file := range []string{name, name + ".md", name + ".ipynb"} {
		if b.book.Chapter(file) != nil {
			return file
		}
	}
	return name
}
