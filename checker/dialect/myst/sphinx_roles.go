package myst

import (
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// ref resolves a reference by role, by the argument of a directive, or by an
// option such as the :link: of a card.
func (s sphinx) ref(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	name := strings.TrimPrefix(link.Name, "std:")
	switch name {
	case "ref", "numref", "keyword", "hoverxref", "prf:ref", "proof:ref", "solution", "solution-start":
		return s.missing(s.label(link), link, "ref."+name, "std:"+name, name, "prf:ref")
	case "eq", "math:numref":
		return s.missing(s.equation(link), link, "ref.equation", "eq", "math:eq")
	case "doc":
		return s.doc(from, link)
	case "sub-ref":
		if documentFacts[link.Target] {
			return bookcheck.Resolution{}
		}
		return s.substitutions.resolve(s.pages[from].substitutions, link)
	case "any", "button-ref":
		return s.missing(s.anything(from, link), link, "ref.any", "any", "std:any")
	default:
		return bookcheck.Resolution{}
	}
}

// documentFacts are what Sphinx and MyST-Parser let every document print.
var documentFacts = set(strings.Fields("today release version wordcount-words wordcount-minutes translation-progress"))

// padded are what the target of a role is called that must not have spaces around
// it: Sphinx takes them for a part of the name.
var padded = map[bookcheck.LinkKind]string{
	bookcheck.Ref: "label", bookcheck.Doc: "document", bookcheck.Term: "term", bookcheck.Download: "file",
}

// isPadded tells whether spaces stand around the target of a role, or at its end.
func isPadded(from *bookcheck.Chapter, link *bookcheck.Link) bool {
	if link.Form != bookcheck.Role || padded[link.Kind] == "" || link.Dest.Start == 0 || link.Dest.End+1 >= len(from.Source) {
		return false
	}
	before, after := from.Source[link.Dest.Start-1], from.Source[link.Dest.End]
	if after == '>' {
		after = from.Source[link.Dest.End+1]
	}
	return isSpace(before) || isSpace(after)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// label resolves a reference to a label.
func (s sphinx) label(link *bookcheck.Link) bookcheck.Resolution {
	found, ok := s.labels.Find(labelName(link.Target))
	switch {
	case ok && link.Name == "numref":
		return s.number(found, link)
	case ok && link.Name == "ref" && !link.Titled && nothingToShow(found.target):
		return untitled(link.Target)
	case ok && link.Name == "ref" && isEquation(found.target) && !named(found):
		return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "label", Name: link.Target}
	case ok && strings.HasSuffix(link.Name, ":ref") && !isTheorem(found.target, link.Target):
		return bookcheck.Resolution{
			Outcome: bookcheck.Missing, Sought: "theorem or proof", Name: link.Target,
		}
	case ok:
		return found.resolution("label", link.Target)
	case s.unknowable(link.Target):
		return bookcheck.Resolution{}
	}
	return s.slip(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label", Name: link.Target, Near: s.labels.Near(link.Target),
	})
}

// number resolves a reference that shows the number of what it refers to.
func (s sphinx) number(found place, link *bookcheck.Link) bookcheck.Resolution {
	if !s.hasNumber(found) {
		return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "number for the label", Name: link.Target}
	}
	return found.resolution("label", link.Target)
}

func (s sphinx) hasNumber(found place) bool {
	switch {
	case found.target == nil:
		return true // not known
	case found.target.Of == "section":
		return s.numbered == nil || s.numbered[found.chapter.Path]
	case found.target.Of == "figure" || found.target.Of == "table" || found.target.Of == "code":
		return s.numbers && found.target.Title != "" && (s.listed == nil || s.listed[found.chapter.Path])
	default:
		return !isEquation(found.target) && !nothingToShow(found.target) && found.target.Of != "rubric"
	}
}

// untitled is what becomes of a reference to a label that names nothing with a
// title, if the author gives no text to show.
func untitled(name string) bookcheck.Resolution {
	return bookcheck.Resolution{Outcome: bookcheck.Missing, Sought: "title or caption for the label", Name: name}
}

func isEquation(target *bookcheck.Target) bool {
	return target != nil && target.Kind == bookcheck.Equation
}

// named tells whether an equation has a name, which is a label like others, beside
// the label that numbers it.
func named(equation place) bool {
	chapter, target := equation.chapter, equation.target
	line := chapter.Line(chapter.Position(target.Start).Line)
	return strings.Contains(chapter.Text(bookcheck.Span{Start: line.Start, End: target.Start}), "name")
}

// isTheorem tells whether a label is of a kind that sphinx-proof numbers. The case
// of letters counts.
func isTheorem(target *bookcheck.Target, name string) bool {
	switch {
	case target == nil || target.Of == "":
		return true // not known
	case target.Kind != bookcheck.Label || nothingToShow(target):
		return false
	case slices.Contains([]string{"section", "figure", "table", "code", "rubric"}, target.Of):
		return false
	default:
		return target.Name == name
	}
}

// bare are the things that have no title which a reference could show, even if
// readers see one above them.
var bare = set(strings.Fields(`span paragraph list quote image note tip hint important warning caution attention danger error
	seealso equation admonition topic sidebar margin epigraph pull-quote highlights`))

// nothingToShow tells whether a label names something that has neither a title nor
// a caption. An unknown thing may have one.
func nothingToShow(target *bookcheck.Target) bool {
	if target == nil || target.Kind != bookcheck.Label {
		return false
	}
	switch target.Of {
	case "figure", "table", "code":
		return target.Title == ""
	default:
		return bare[target.Of]
	}
}

// equation resolves a reference to an equation. The case of letters counts.
func (s sphinx) equation(link *bookcheck.Link) bookcheck.Resolution {
	if found, ok := s.equations.Find(link.Target); ok {
		return found.resolution("equation", link.Target)
	}
	if !s.complete || s.isPrinted(link.Target) || s.unread.mention(link.Target) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "equation", Name: link.Target, Near: s.equations.Near(link.Target),
	}
}

// anything resolves a reference of which the kind is not said.
func (s sphinx) anything(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	titled := link.Titled || link.Name != "any"
	if r := s.any(from, link.Target, titled); r.Outcome != bookcheck.Unjudged {
		return r
	}
	if s.unknowable(link.Target) || strings.ContainsAny(link.Target, ":.") {
		return bookcheck.Resolution{} // an object of a programming language, perhaps
	}
	return s.slip(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label or document", Name: link.Target,
		Near: firsts(s.labels.Near(link.Target), s.nearDocuments(from, s.path(from, link.Target))),
	})
}

// doc resolves the name of a document: {doc}, or an entry of a toctree, which may
// have its suffix.
func (s sphinx) doc(from *bookcheck.Chapter, link *bookcheck.Link) bookcheck.Resolution {
	name := link.Target
	if strings.Contains(name, ":") || strings.Contains(name, "{{") {
		return bookcheck.Resolution{} // of another project
	}
	file := s.path(from, name)
	if link.Form == bookcheck.Entry {
		if slices.Contains(sphinxLabels, name) || name == "self" {
			return bookcheck.Resolution{}
		}
		if s.tree.File(file) && hasSuffix(file, s.suffixes) {
			file = stem(file, s.suffixes)
		}
	}
	if found, ok := s.documents[file]; ok {
		return place{chapter: s.book.Chapter(found)}.resolution("document", name)
	}
	near := s.nearDocuments(from, file)
	if plain := stem(name, s.suffixes); plain != name && s.documents[stem(file, s.suffixes)] != "" {
		near = firsts([]string{plain}, near)
	}
	return s.missing(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "document", Name: name, Near: near,
	}, link, "ref.doc", "std:doc", "doc")
}

// term resolves a glossary term: as written, then without regard to case.
func (s sphinx) term(link *bookcheck.Link) bookcheck.Resolution {
	name := squeeze(link.Target)
	if found, ok := s.terms.Find(name); ok {
		return found.resolution("term", name)
	}
	if found, ok := s.termsFold.Find(strings.ToLower(name)); ok {
		return found.resolution("term", name)
	}
	if s.unknowable(name) {
		return bookcheck.Resolution{}
	}
	return s.missing(s.slip(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "term", Name: name, Near: s.termsFold.Near(name),
	}), link, "ref.term", "std:term", "term")
}

// cite resolves a citation key. The case of letters counts.
func (s sphinx) cite(link *bookcheck.Link) bookcheck.Resolution {
	if found, ok := s.citations.Find(link.Target); ok {
		return found.resolution("citation key", link.Target)
	}
	if !s.citesKnown {
		return bookcheck.Resolution{}
	}
	return s.missing(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "citation key", Name: link.Target, Near: s.citations.Near(link.Target),
	}, link, "ref.citation", "cite", "std:citation")
}
