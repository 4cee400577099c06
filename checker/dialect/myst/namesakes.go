package myst

import (
	"strings"
	"sync"

	"github.com/bookcheck/bookcheck"
)

// namesakes are the places of a book by the names that they may not share.
type namesakes struct {
	once   sync.Once
	places map[string][]bookcheck.Place
}

// of returns the other places that have the name of a target. Key says which
// targets share a space of names, and how a program compares them there; "" leaves
// a target out.
func (n *namesakes) of(x *index, key func(*bookcheck.Target) string, target *bookcheck.Target) []bookcheck.Place {
	n.once.Do(func() { n.collect(x, key) })
	all := n.places[key(target)]
	if len(all) < 2 {
		return nil
	}
	others := make([]bookcheck.Place, 0, len(all)-1)
	for _, place := range all {
		if place.Target != target {
			others = append(others, place)
		}
	}
	if len(others) == len(all) {
		return nil // it stands in no document
	}
	return others
}

func (n *namesakes) collect(x *index, key func(*bookcheck.Target) string) {
	n.places = make(map[string][]bookcheck.Place)
	seen := make(map[*bookcheck.Chapter]bool)
	for _, chapter := range x.book.Chapters {
		if chapter.Dialect != "" && !x.document(chapter.Path) {
			continue
		}
		for _, part := range x.pages[chapter].parts {
			if seen[part] {
				continue // a part that several chapters include is written once
			}
			seen[part] = true
			for _, target := range part.Targets {
				if k := key(target); k != "" {
					n.places[k] = append(n.places[k], bookcheck.Place{Chapter: part, Target: target})
				}
			}
		}
	}
}

// Namesakes implements bookcheck.Namer.
func (s sphinx) Namesakes(_ *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	return s.same.of(s.index, func(target *bookcheck.Target) string {
		switch target.Kind {
		case bookcheck.Label:
			return "label " + labelName(target.Name)
		case bookcheck.Equation:
			return "equation " + target.Name
		case bookcheck.TermDefinition:
			return "term " + squeeze(target.Name)
		case bookcheck.Citation:
			return "key " + strings.ToLower(target.Name) // as pybtex compares them
		default:
			return ""
		}
	}, target)
}

// Namesakes implements bookcheck.Namer.
func (m mystmd) Namesakes(_ *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	return m.same.of(m.index, func(target *bookcheck.Target) string {
		switch target.Kind {
		case bookcheck.Label, bookcheck.Equation:
			return "label " + identifier(target.Name)
		case bookcheck.TermDefinition:
			return "term " + identifier(target.Name)
		case bookcheck.Citation:
			return "key " + target.Name
		default:
			return ""
		}
	}, target)
}

// Namesakes implements bookcheck.Namer.
func (o outside) Namesakes(chapter *bookcheck.Chapter, target *bookcheck.Target) []bookcheck.Place {
	if namer, ok := o.Dialect.(bookcheck.Namer); ok {
		return namer.Namesakes(chapter, target)
	}
	return nil
}

// ambiguous adds to what a bare word leads to what else it could mean: MyST-Parser
// looks in every space of names, and warns if it finds something in two of them.
func (s sphinx) ambiguous(from *bookcheck.Chapter, link *bookcheck.Link, r bookcheck.Resolution) bookcheck.Resolution {
	name := decoded(strings.TrimPrefix(link.Target, "project:"))
	if r.Outcome != bookcheck.Resolved || r.Name != name || strings.HasPrefix(name, "#") || s.silenced("myst.xref_ambiguous") {
		return r
	}
	chosen := bookcheck.Place{Chapter: r.Chapter, Target: r.Target}
	for _, rival := range s.meanings(from, name, link.Text != "") {
		if rival != chosen {
			r.Rivals = append(r.Rivals, rival)
		}
	}
	return r
}

// meanings returns what a bare word can mean, in the order in which MyST-Parser
// looks.
func (s sphinx) meanings(from *bookcheck.Chapter, name string, titled bool) []bookcheck.Place {
	var found []bookcheck.Place
	if label, ok := s.labels.Find(strings.ToLower(name)); ok && label.target != nil && (titled || !nothingToShow(label.target)) {
		found = append(found, bookcheck.Place{Chapter: label.chapter, Target: label.target})
	}
	if file, ok := s.documents[s.path(from, name)]; ok && s.book.Chapter(file) != nil {
		found = append(found, bookcheck.Place{Chapter: s.book.Chapter(file)})
	}
	if term, ok := s.terms.Find(strings.ToLower(name)); ok {
		found = append(found, bookcheck.Place{Chapter: term.chapter, Target: term.target})
	}
	if equation, ok := s.equations.Find(name); ok {
		found = append(found, bookcheck.Place{Chapter: equation.chapter, Target: equation.target})
	}
	return found
}
