package checker

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bookcheck/bookcheck"
)

// A Repair is what the fixes of a run make of a book.
type Repair struct {
	Changes []Change // by path
	Applied int      // fixes
	Skipped []Skip   // fixes that could not be applied, in order of path and place
}

// A Change is a file before and after its fixes.
type Change struct {
	Path     string
	Old, New []byte
	Applied  int // fixes
}

// A Skip is a fix that was not applied.
type Skip struct {
	Finding *bookcheck.Diagnostic
	Reason  string
}

// The reasons for not applying a fix.
const (
	overlaps  = "it overlaps another fix"
	malformed = "it does not fit the file"
	endless   = "the fixes of this file provoke each other"
	unescaped = "it cannot be written into the JSON of a notebook"
)

// passes bounds how often a file is looked at again for what a fix brought to
// light. One whose fixes provoke each other is left as it was.
const passes = 5

// Mend applies the first fix of every finding that nobody accepts, if it is safe
// or the others are wanted too, and checks what comes of it until no fix is left.
// It returns the last result, which is about the repaired book. Nothing is
// written: check is called with a file system in which the files are repaired. If a
// check is interrupted, there is no repair, and the result is the first one, which is
// about the book as it is.
func Mend(fsys fs.FS, unsafe bool, check func(fs.FS) (*bookcheck.Result, error)) (*Repair, *bookcheck.Result, error) {
	texts := make(map[string][]byte)
	before := make(map[string][]byte)
	applied := make(map[string]int)
	restless := make(map[string]bool)
	repair := &Repair{}
	var first *bookcheck.Result
	for pass := 1; ; pass++ {
		result, err := check(Overlay(fsys, texts))
		if err != nil {
			return nil, nil, err
		}
		if first == nil {
			first = result
		}
		if result.Reason == interrupted {
			first.Complete, first.Reason = false, interrupted
			return &Repair{}, first, nil
		}
		var changes []Change
		changes, repair.Skipped = fix(result, unsafe, restless)
		if len(changes) == 0 {
			repair.collect(before, texts, applied)
			return repair, result, nil
		}
		for _, change := range changes {
			if before[change.Path] == nil {
				before[change.Path] = change.Old
			}
			texts[change.Path] = change.New
			applied[change.Path] += change.Applied
			if pass >= passes {
				restless[change.Path] = true
				delete(texts, change.Path)
			}
		}
	}
}

// collect lists the files that are not what they were.
func (r *Repair) collect(before, after map[string][]byte, applied map[string]int) {
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if !bytes.Equal(before[name], after[name]) {
			r.Changes = append(r.Changes, Change{name, before[name], after[name], applied[name]})
			r.Applied += applied[name]
		}
	}
}

// Fix applies the first fix of each finding of a result, in reading order. A fix
// that overlaps an earlier one is skipped: more cannot be known to be right.
func Fix(result *bookcheck.Result, unsafe bool) ([]Change, []Skip) { return fix(result, unsafe, nil) }

// fix leaves alone the files that are restless.
func fix(result *bookcheck.Result, unsafe bool, restless map[string]bool) ([]Change, []Skip) {
	var menders []*mender
	var skipped []Skip
	for i := range result.Diagnostics {
		d := &result.Diagnostics[i]
		if d.Allowed != nil || len(d.Fixes) == 0 || !unsafe && !d.Fixes[0].Safe {
			continue
		}
		if n := len(menders); n == 0 || menders[n-1].chapter != d.Chapter {
			menders = append(menders, newMender(d.Chapter))
		}
		reason := endless
		if !restless[d.Chapter.Path] {
			reason = menders[len(menders)-1].add(d.Fixes[0])
		}
		if reason != "" {
			skipped = append(skipped, Skip{d, reason})
		}
	}
	var changes []Change
	for _, m := range menders {
		if change := m.change(); !bytes.Equal(change.Old, change.New) {
			changes = append(changes, change)
		}
	}
	return changes, skipped
}

// A mender collects the edits of one chapter.
type mender struct {
	chapter *bookcheck.Chapter
	edits   []bookcheck.Edit // in the order of the text, without overlap
	applied int
	fixes   [][]bookcheck.Edit // those that were taken, as they were proposed
	ending  string             // of the chapter's lines
	strings []bookcheck.Span   // of a notebook, without their quotes; nil: it is none
}

func newMender(chapter *bookcheck.Chapter) *mender {
	m := &mender{chapter: chapter, ending: "\n"}
	if end := bytes.IndexByte(chapter.Source, '\n'); end > 0 && chapter.Source[end-1] == '\r' {
		m.ending = "\r\n"
	}
	if strings.EqualFold(path.Ext(chapter.Path), ".ipynb") {
		m.strings = jsonStrings(chapter.Source)
	}
	return m
}

// add takes a fix as a whole, or says why not. Two findings that ask for the same
// get it once.
func (m *mender) add(fix bookcheck.Fix) (reason string) {
	same := func(taken []bookcheck.Edit) bool { return slices.Equal(taken, fix.Edits) }
	if slices.ContainsFunc(m.fixes, same) {
		m.applied++
		return ""
	}
	if !m.fits(fix.Edits) {
		return malformed
	}
	merged := slices.Clone(m.edits)
	for _, edit := range fix.Edits {
		if slices.ContainsFunc(m.edits, func(other bookcheck.Edit) bool { return overlap(edit.Span, other.Span) }) {
			return overlaps
		}
		written, ok := m.write(edit)
		if !ok {
			return unescaped
		}
		merged = append(merged, bookcheck.Edit{Span: edit.Span, New: written})
	}
	slices.SortStableFunc(merged, func(a, b bookcheck.Edit) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return a.Span.End - b.Span.End
	})
	m.edits, m.fixes = merged, append(m.fixes, fix.Edits)
	m.applied++
	return ""
}

// fits tells whether edits lie in the chapter, in the order of the text.
func (m *mender) fits(edits []bookcheck.Edit) bool {
	at := 0
	for _, edit := range edits {
		if edit.Span.Start < at || edit.Span.End < edit.Span.Start || edit.Span.End > len(m.chapter.Source) {
			return false
		}
		at = edit.Span.End
	}
	return len(edits) > 0
}

// overlap tells whether two spans share a byte, or are insertions of which nobody
// knows which comes first.
func overlap(a, b bookcheck.Span) bool {
	if a.Len() == 0 || b.Len() == 0 {
		return a.Start <= b.End && b.Start <= a.End
	}
	return a.Start < b.End && b.Start < a.End
}

// write returns the new text of an edit as the file has to spell it.
func (m *mender) write(edit bookcheck.Edit) (text string, ok bool) {
	if m.strings == nil {
		text = strings.ReplaceAll(edit.New, "\r\n", "\n")
		return strings.ReplaceAll(text, "\n", m.ending), true
	}
	if strings.ContainsAny(edit.New, "\r\n") {
		return "", false // a notebook keeps each line in a string of its own
	}
	at := slices.IndexFunc(m.strings, func(s bookcheck.Span) bool { return s.Contains(edit.Span) })
	if at < 0 {
		return "", false
	}
	text = quoted(edit.New)
	whole := m.strings[at]
	before, inside, after := bookcheck.Span{Start: whole.Start, End: edit.Span.Start}, edit.Span, bookcheck.Span{Start: edit.Span.End, End: whole.End}
	return text, m.unquoted(whole) == m.unquoted(before)+m.unquoted(inside)+m.unquoted(after) && unquoted(text) == edit.New
}

// unquoted returns what a part of a JSON string means. A part that begins or ends
// within an escape means something that no whole string is made of.
func (m *mender) unquoted(span bookcheck.Span) string { return unquoted(m.chapter.Text(span)) }

func unquoted(text string) (meant string) {
	if json.Unmarshal([]byte(`"`+text+`"`), &meant) != nil {
		return "\xff"
	}
	return meant
}

// quoted returns a text as the inside of a JSON string.
func quoted(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		return "\xff"
	}
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), `"`), "\"\n")
}

// jsonStrings returns the insides of the strings in a JSON text.
func jsonStrings(text []byte) []bookcheck.Span {
	found := []bookcheck.Span{}
	start := -1
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\' && start >= 0:
			i++
		case text[i] == '"' && start < 0:
			start = i + 1
		case text[i] == '"':
			found = append(found, bookcheck.Span{Start: start, End: i})
			start = -1
		}
	}
	return found
}

// change applies the edits.
func (m *mender) change() Change {
	source := m.chapter.Source
	text := make([]byte, 0, len(source)+64)
	at := 0
	for _, edit := range m.edits {
		text = append(append(text, source[at:edit.Span.Start]...), edit.New...)
		at = edit.Span.End
	}
	return Change{m.chapter.Path, source, append(text, source[at:]...), m.applied}
}
