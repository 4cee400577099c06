package bookcheck_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
	"github.com/bookcheck/bookcheck/rules"
)

// A clean book is edited in one place, in every way that breaks a reference and at
// every place where that is possible. Each fault is found where it is, or where
// the references are that it breaks, under the right name; and nothing else is.
// Edits that break nothing are not reported. With -v, a table says how often.
func TestMutations(t *testing.T) {
	clean := readClean(t)
	if got := clean.check(t, clean.files); len(got) > 0 {
		t.Fatalf("the clean book has findings: %v", got)
	}
	kinds := slices.Concat(faultKinds, legalKinds)
	sums := make([]tally, len(kinds))
	t.Run("kinds", func(t *testing.T) { // which waits for all of them
		for i, k := range kinds {
			t.Run(k.name, func(t *testing.T) {
				t.Parallel()
				sums[i] = clean.tally(t, k)
			})
		}
	})
	faults, legal := tally{name: "all faults"}, tally{name: "all legal edits"}
	for i, k := range kinds {
		t.Log(&sums[i])
		if k.legal {
			legal.add(sums[i])
		} else {
			faults.add(sums[i])
		}
	}
	t.Log(&faults)
	t.Log(&legal)
	if faults.found*100 < faults.wanted*99 {
		t.Errorf("recall is %d of %d, want at least 99 %%", faults.found, faults.wanted)
	}
	if n := faults.alarms + legal.alarms; n > 0 {
		t.Errorf("%d false alarms", n)
	}
}

// A cleanBook is a book without flaws, as text and as it is understood.
type cleanBook struct {
	files map[string]string
	book  *bookcheck.Book
}

// tally makes every edit of a kind.
func (b *cleanBook) tally(t *testing.T, k kind) tally {
	t.Helper()
	sum := tally{name: k.name}
	for _, m := range k.mutants(b) {
		sum.add(b.judge(t, m))
	}
	if sum.edits == 0 {
		t.Error("the clean book has no place for it")
	}
	return sum
}

// A tally counts what became of the edits of one kind.
type tally struct {
	name                         string
	edits, wanted, found, alarms int
}

func (t *tally) add(other tally) {
	t.edits += other.edits
	t.wanted += other.wanted
	t.found += other.found
	t.alarms += other.alarms
}

// String is a line of the table.
func (t *tally) String() string {
	return fmt.Sprintf("%-44s %4d edits, %4d of %4d findings, %d false alarms", t.name, t.edits, t.found, t.wanted, t.alarms)
}

// A kind is one way to edit a book.
type kind struct {
	name    string
	legal   bool // it breaks nothing
	mutants func(*cleanBook) []mutant
}

// A mutant is a book after one edit.
type mutant struct {
	edits []edit
	gone  string    // a file that is deleted
	moved [2]string // a file that has another name
	want  []finding // with places in the clean book
	may   []finding // what may be reported too
}

// An edit replaces a part of a file.
type edit struct {
	file       string
	start, end int
	text       string
}

// A finding is what is expected or reported at a place.
type finding struct {
	file string
	at   int    // -1: anywhere
	rule string // one of several, with | between
	new  bool   // the place is one of the mutant, in what was added
}

func readClean(t *testing.T) *cleanBook {
	t.Helper()
	b := &cleanBook{files: make(map[string]string)}
	folder := os.DirFS("testdata/books/clean")
	err := fs.WalkDir(folder, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, file)
		b.files[file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.book = b.run(t, b.files).Book
	return b
}

func (b *cleanBook) run(t *testing.T, files map[string]string) *bookcheck.Result {
	t.Helper()
	fsys := make(fstest.MapFS, len(files))
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	c := checker.Checker{Rules: rules.All(), Now: time.Date(2026, time.November, 23, 0, 0, 0, 0, time.UTC), Jobs: 1}
	result, err := c.Check(t.Context(), fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// check returns what is found in a book.
func (b *cleanBook) check(t *testing.T, files map[string]string) []finding {
	t.Helper()
	result := b.run(t, files)
	var found []finding
	for _, d := range result.Diagnostics {
		found = append(found, finding{file: d.Chapter.Path, at: d.Span.Start, rule: d.Rule.Name})
	}
	for _, f := range result.Faults {
		found = append(found, finding{file: f.Path, at: -1, rule: "fault"})
	}
	return found
}

// judge makes a mutant, checks it and compares.
func (b *cleanBook) judge(t *testing.T, m mutant) tally {
	t.Helper()
	got := b.check(t, m.apply(b.files))
	sum := tally{edits: 1, wanted: len(m.want)}
	for _, want := range m.want {
		i := slices.IndexFunc(got, m.place(want).meets)
		if i < 0 {
			t.Errorf("%v: want %v, got %v", m, m.place(want), got)
			continue
		}
		sum.found++
		got = slices.Delete(got, i, i+1)
	}
	for _, f := range got {
		if !slices.ContainsFunc(m.may, func(may finding) bool { return m.place(may).meets(f) }) {
			t.Errorf("%v: false alarm %v", m, f)
			sum.alarms++
		}
	}
	return sum
}

// meets tells whether a finding is the one that is expected.
func (want finding) meets(got finding) bool {
	return want.file == got.file && (want.at == got.at || want.at < 0) && slices.Contains(strings.Split(want.rule, "|"), got.rule)
}

// apply returns the files of the mutant.
func (m mutant) apply(files map[string]string) map[string]string {
	mutated := maps.Clone(files)
	edits := slices.Clone(m.edits)
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(b.start, a.start) })
	for _, e := range edits {
		text := mutated[e.file]
		mutated[e.file] = text[:e.start] + e.text + text[e.end:]
	}
	if m.gone != "" {
		delete(mutated, m.gone)
	}
	if m.moved[0] != "" {
		mutated[m.moved[1]] = mutated[m.moved[0]]
		delete(mutated, m.moved[0])
	}
	return mutated
}

// place returns where a place of the clean book stands in the mutant.
func (m mutant) place(f finding) finding {
	at := f.at
	for _, e := range m.edits {
		if e.file == f.file && e.end <= f.at && e.start < f.at {
			at += len(e.text) - (e.end - e.start)
		}
	}
	if f.file == m.moved[0] {
		f.file = m.moved[1]
	}
	if f.at >= 0 && !f.new {
		f.at = at
	}
	return f
}

// String says what was done.
func (m mutant) String() string {
	var parts []string
	for _, e := range m.edits {
		parts = append(parts, fmt.Sprintf("%s:%d-%d %q", e.file, e.start, e.end, e.text))
	}
	if m.gone != "" {
		parts = append(parts, "without "+m.gone)
	}
	if m.moved[0] != "" {
		parts = append(parts, m.moved[0]+" is "+m.moved[1])
	}
	return strings.Join(parts, ", ")
}

// links goes through the references of the book that lead somewhere in it.
func (b *cleanBook) links(yield func(*bookcheck.Chapter, *bookcheck.Link) bool) {
	for _, chapter := range b.book.Chapters {
		for _, link := range chapter.Links {
			if b.book.Resolve(chapter, link).Outcome == bookcheck.Resolved && !yield(chapter, link) {
				return
			}
		}
	}
}

// expect returns the finding about a link that is broken.
func (b *cleanBook) expect(chapter *bookcheck.Chapter, link *bookcheck.Link) finding {
	f := finding{file: chapter.Path, at: link.Dest.Start, rule: brokenRules[link.Kind]}
	if link.Form == bookcheck.Entry {
		f.rule = "toc-missing-file|unresolved-reference"
	}
	return f
}

// brokenRules name what is wrong with a link that leads nowhere.
var brokenRules = map[bookcheck.LinkKind]string{
	bookcheck.PageLink:     "unresolved-reference|missing-file|missing-anchor",
	bookcheck.HTMLImage:    "missing-file",
	bookcheck.Image:        "missing-file",
	bookcheck.Download:     "missing-file",
	bookcheck.Include:      "missing-file",
	bookcheck.Ref:          "unresolved-reference",
	bookcheck.Doc:          "unresolved-reference",
	bookcheck.Term:         "undefined-term",
	bookcheck.Cite:         "undefined-citation",
	bookcheck.Substitution: "undefined-substitution",
	bookcheck.FootnoteRef:  "undefined-footnote",
}

// referrers returns the findings about every link that leads to a place, once that
// is no more. Nil as target: to any in the chapter.
func (b *cleanBook) referrers(to *bookcheck.Chapter, target *bookcheck.Target) []finding {
	var found []finding
	for chapter, link := range b.links {
		r := b.book.Resolve(chapter, link)
		if r.Chapter == to && (target == nil || r.Target != nil && r.Target.Span == target.Span && r.Target.Name == target.Name) {
			found = append(found, b.expect(chapter, link))
		}
	}
	return found
}

// targets goes through the places of the book that a link can lead to.
func (b *cleanBook) targets(kinds ...bookcheck.TargetKind) func(func(*bookcheck.Chapter, *bookcheck.Target) bool) {
	return func(yield func(*bookcheck.Chapter, *bookcheck.Target) bool) {
		for _, chapter := range b.book.Chapters {
			for _, target := range chapter.Targets {
				if slices.Contains(kinds, target.Kind) && !yield(chapter, target) {
					return
				}
			}
		}
	}
}
