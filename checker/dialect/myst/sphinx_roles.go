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
		return s.substitutions.resolve(s.pages[from].substitutions, link)
	case "any", "button-ref":
		return s.missing(s.anything(from, link), link, "ref.any", "any", "std:any")
	default:
		return bookcheck.Resolution{}
	}
}

// label resolves a reference to a label.
func (s sphinx) label(link *bookcheck.Link) bookcheck.Resolution {
	if found, ok := s.labels.Find(labelName(link.Target)); ok {
		return found.resolution("label", link.Target)
	}
	if s.unknowable(link.Target) {
		return bookcheck.Resolution{}
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label", Name: link.Target, Near: s.labels.Near(link.Target),
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
	if r := s.any(from, link.Target); r.Outcome == bookcheck.Resolved {
		return r
	}
	if s.unknowable(link.Target) || strings.ContainsAny(link.Target, ":.") {
		return bookcheck.Resolution{} // an object of a programming language, perhaps
	}
	return bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "label or document", Name: link.Target,
		Near: firsts(s.labels.Near(link.Target), s.nearDocuments(from, s.path(from, link.Target))),
	}
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
	return s.missing(bookcheck.Resolution{
		Outcome: bookcheck.Missing, Sought: "term", Name: name, Near: s.termsFold.Near(name),
	}, link, "ref.term", "std:term", "term")
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
