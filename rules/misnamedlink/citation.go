package misnamedlink

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/bookcheck/bookcheck"
)

// citation compares the name in front of a citation with the title of the work that
// it cites, and with its key.
func citation(pass *bookcheck.Pass, link *bookcheck.Link) {
	before := wordsBefore(pass.Chapter, link)
	if len(before) == 0 {
		return
	}
	work := workOf(pass.Book.Resolve(pass.Chapter, link))
	if work == nil || work.Title == "" {
		return
	}
	whole, titles := runs(work.Title, mostWords+1)
	keys := append([]name{split(work.Target.Name)}, behindYear(work.Target.Name)...)
	known := append(append(whole, keys...), namesIn(work)...)
	var at bookcheck.Span
	var wrong, meant name
	for _, span := range before { // from one word to three
		n := newName(pass.Chapter.Text(span))
		if !n.opens() {
			continue
		}
		if n.in(known) {
			return
		}
		if m, found := n.near(append(titles, keys[1:]...)); n.sound() && found {
			at, wrong, meant = span, n, m
		}
	}
	if wrong.key == nil {
		return
	}
	meant.unwritten = !meant.in(whole) // it is the key's
	report(pass, at, wrong, meant, fmt.Sprintf("%q cites a work named %q", wrong.text, meant.said()))
}

// in tells whether one of some names has a name in it.
func (n name) in(names []name) bool {
	return slices.ContainsFunc(names, func(other name) bool { return has(other.key, n.key) })
}

// opens tells whether a name begins with two letters. What begins with a digit or is
// but one letter is the end of a name.
func (n name) opens() bool {
	return len(n.key) > 1 && !unicode.IsDigit(n.key[0]) && !unicode.IsDigit(n.key[1]) && len(n.words[0].key) > 1
}

// workOf returns the work that a citation leads to; nil if none is known.
func workOf(to bookcheck.Resolution) *bookcheck.Work {
	if to.Chapter == nil || to.Target == nil {
		return nil
	}
	works := to.Chapter.Works
	i := sort.Search(len(works), func(i int) bool { return works[i].Target.Start >= to.Target.Start })
	if i == len(works) || works[i].Target != to.Target {
		return nil
	}
	return works[i]
}

// behindYear returns what a key says of the title, where its name, year and title are
// written as one: black2022gptneox20b.
func behindYear(key string) []name {
	for i := 1; i+4 < len(key); i++ {
		if isDigits(key[i:i+4]) && (key[i:i+2] == "19" || key[i:i+2] == "20") && !isDigits(key[i-1:i]) {
			return []name{split(key[i+4:])}
		}
	}
	return nil
}

func isDigits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}

// namesIn returns who made a work, so that whose name stands in front of a citation
// is known.
func namesIn(work *bookcheck.Work) []name {
	var names []name
	for _, field := range work.Fields {
		switch field.Name {
		case "author", "editor", "organization", "institution", "publisher", "journal", "booktitle", "url":
			names = append(names, split(field.Text))
		}
	}
	return names
}

// wordsBefore returns the last word in front of a citation, the last two and the last
// three, if nothing but the opening of the citation stands between, and if no other
// key stands beside this one: then it is open which work is named.
func wordsBefore(chapter *bookcheck.Chapter, link *bookcheck.Link) []bookcheck.Span {
	i := sort.Search(len(chapter.Prose), func(i int) bool { return chapter.Prose[i].End > link.Start })
	if i == 0 {
		return nil
	}
	run := chapter.Prose[i-1]
	opening := string(chapter.Source[run.End:link.Start])
	if len(opening) > 40 || strings.ContainsAny(opening, "\n,;<") || !alone(chapter, link) {
		return nil
	}
	text := chapter.Text(run)
	text = strings.TrimRight(text, " \u00a0")
	end := run.Start + len(text)
	var spans []bookcheck.Span
	for len(spans) < mostWords {
		text = strings.TrimRight(text, " \u00a0")
		at := strings.LastIndexFunc(text, isBreak)
		_, size := utf8.DecodeRuneInString(text[max(at, 0):])
		if at < 0 {
			size = 0
		}
		start := max(at, 0) + size
		if start == len(text) {
			break
		}
		spans = append(spans, bookcheck.Span{Start: run.Start + start, End: end})
		text = text[:start]
	}
	return spans
}

// isBreak tells whether no name goes on over a character.
func isBreak(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) && !strings.ContainsRune("-‐‑'’./+_", r)
}

// alone tells whether a citation has one key.
func alone(chapter *bookcheck.Chapter, link *bookcheck.Link) bool {
	line := chapter.Line(chapter.Position(link.Start).Line)
	rest := string(chapter.Source[min(link.End, line.End):line.End])
	return !strings.HasPrefix(strings.TrimLeft(rest, " "), ",") && !strings.HasPrefix(strings.TrimLeft(rest, " "), ";")
}
