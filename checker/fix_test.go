package checker_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/bookcheck/bookcheck"
	"github.com/bookcheck/bookcheck/checker"
)

// fixer writes dog for each cat, and may propose a second edit that overlaps.
func fixer(safe bool) *bookcheck.Rule {
	return &bookcheck.Rule{
		Name: "cat", Doc: "# cat: there is a cat\n", Severity: bookcheck.Warning,
		Run: func(pass *bookcheck.Pass) error {
			for at := 0; ; {
				i := bytes.Index(pass.Chapter.Source[at:], []byte("cat"))
				if i < 0 {
					return nil
				}
				at += i
				span := bookcheck.Span{Start: at, End: at + 3}
				pass.Report(bookcheck.Diagnostic{Span: span, Message: "a cat", Fixes: []bookcheck.Fix{
					{Title: "Write dog", Safe: safe, Edits: []bookcheck.Edit{{Span: span, New: "dog\n"}}},
				}})
				at += 3
			}
		},
	}
}

func mend(t *testing.T, fsys fs.FS, unsafe bool, rules ...*bookcheck.Rule) (*checker.Repair, *bookcheck.Result) {
	t.Helper()
	c := &checker.Checker{Rules: rules, Now: now}
	repair, result, err := checker.Mend(fsys, unsafe, func(fsys fs.FS) (*bookcheck.Result, error) {
		return c.Check(t.Context(), fsys, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return repair, result
}

func TestMend(t *testing.T) {
	fsys := books("-- a.md --\none cat\r\nA cat\r\n-- b.md --\nno animal\n-- c.md --\n\ufeffcat")
	if repair, result := mend(t, fsys, false, fixer(false)); len(repair.Changes) > 0 || len(result.Diagnostics) != 3 {
		t.Errorf("got %d changes and %d findings, want none and 3: the fixes are not safe", len(repair.Changes), len(result.Diagnostics))
	}
	repair, result := mend(t, fsys, true, fixer(false))
	if len(result.Diagnostics) > 0 || repair.Applied != 3 || len(repair.Changes) != 2 {
		t.Fatalf("got %v, %d findings left", repair, len(result.Diagnostics))
	}
	for i, want := range []string{"one dog\r\n\r\nA dog\r\n\r\n", "\ufeffdog\n\n"} {
		if got := string(repair.Changes[i].New); got != want {
			t.Errorf("%s: got %q, want %q", repair.Changes[i].Path, got, want)
		}
	}
}

// edits reports a finding with a fix of the given edits for each list.
func edits(lists ...[]bookcheck.Edit) *bookcheck.Result {
	chapter := bookcheck.NewChapter("a.md", []byte("0123456789"))
	rule := &bookcheck.Rule{Name: "r"}
	result := &bookcheck.Result{}
	for _, list := range lists {
		result.Diagnostics = append(result.Diagnostics, bookcheck.Diagnostic{
			Rule: rule, Chapter: chapter, Span: list[0].Span, Fixes: []bookcheck.Fix{{Safe: true, Edits: list}},
		})
	}
	return result
}

func edit(start, end int, text string) bookcheck.Edit {
	return bookcheck.Edit{Span: bookcheck.Span{Start: start, End: end}, New: text}
}

func TestFix(t *testing.T) {
	for _, c := range []struct {
		name    string
		lists   [][]bookcheck.Edit
		want    string
		skipped int
	}{
		{"two that touch", [][]bookcheck.Edit{{edit(0, 2, "a")}, {edit(2, 4, "b")}}, "ab456789", 0},
		{"two that overlap", [][]bookcheck.Edit{{edit(0, 3, "a")}, {edit(2, 4, "b")}}, "a3456789", 1},
		{"the same twice", [][]bookcheck.Edit{{edit(0, 3, "a")}, {edit(0, 3, "a")}}, "a3456789", 0},
		{"the same insertion twice", [][]bookcheck.Edit{{edit(3, 3, "a")}, {edit(3, 3, "a")}}, "012a3456789", 0},
		{"two insertions at one place", [][]bookcheck.Edit{{edit(3, 3, "a")}, {edit(3, 3, "b")}}, "012a3456789", 1},
		{"all edits of a fix or none", [][]bookcheck.Edit{{edit(4, 6, "a")}, {edit(0, 1, "b"), edit(5, 7, "c")}}, "0123a6789", 1},
		{"what comes later may be earlier in the text", [][]bookcheck.Edit{{edit(4, 6, "a")}, {edit(0, 1, ""), edit(8, 9, "c")}}, "123a67c9", 0},
		{"outside the file", [][]bookcheck.Edit{{edit(4, 11, "a")}}, "", 1},
		{"not in order", [][]bookcheck.Edit{{edit(4, 5, "a"), edit(1, 2, "b")}}, "", 1},
		{"nothing", [][]bookcheck.Edit{{edit(4, 3, "a")}}, "", 1},
	} {
		changes, skipped := checker.Fix(edits(c.lists...), false)
		got := ""
		if len(changes) > 0 {
			got = string(changes[0].New)
		}
		if got != c.want || len(skipped) != c.skipped {
			t.Errorf("%s: got %q and %d skipped, want %q and %d", c.name, got, len(skipped), c.want, c.skipped)
		}
	}
}

// Whatever is proposed, what is written is the text with some of the edits, and a
// finding that somebody accepts stays.
func TestFixProperty(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var lists [][]bookcheck.Edit
		for range 1 + random.IntN(6) {
			var list []bookcheck.Edit
			for range 1 + random.IntN(3) {
				start := random.IntN(11)
				length := random.IntN(4)
				list = append(list, edit(start, start+length, strings.Repeat("x", max(random.IntN(3), 1-length))))
			}
			lists = append(lists, list)
		}
		result := edits(lists...)
		for i := range result.Diagnostics {
			if random.IntN(4) == 0 {
				result.Diagnostics[i].Allowed = &bookcheck.Allow{}
			}
		}
		changes, skipped := checker.Fix(result, false)
		applied := len(skipped)
		for _, change := range changes {
			applied += change.Applied
			rest := strings.ReplaceAll(string(change.New), "x", "")
			if strings.Trim(rest, "0123456789") != "" || !increasing(rest) {
				t.Fatalf("%v: got %q", lists, change.New)
			}
		}
		live := 0
		for _, d := range result.Diagnostics {
			if d.Allowed == nil {
				live++
			}
		}
		if applied != live {
			t.Fatalf("%v: %d were applied or skipped, want %d", lists, applied, live)
		}
	}
}

func increasing(text string) bool {
	for i := 1; i < len(text); i++ {
		if text[i-1] >= text[i] {
			return false
		}
	}
	return true
}

// FuzzFixNotebook replaces any bytes of a notebook by any text: what is written is
// the notebook whose text has that edit, or nothing.
func FuzzFixNotebook(f *testing.F) {
	f.Add("a \"quoted\" \\ text\n\U0001f600", 3, 9, "\"\\é\u2028")
	f.Add("\U0001f600", 7, 12, "x")
	f.Add("a\tb", 1, 2, "\n")
	f.Fuzz(func(t *testing.T, text string, start, end int, replacement string) {
		inside, err := json.Marshal(text)
		if err != nil {
			t.Skip()
		}
		source := []byte(`{"cells": [{"cell_type": "markdown", "source": ` + string(inside) + `}]}`)
		if start < 0 || end < start || end > len(source) {
			t.Skip()
		}
		chapter := bookcheck.NewChapter("a.ipynb", source)
		result := &bookcheck.Result{Diagnostics: []bookcheck.Diagnostic{{
			Rule: &bookcheck.Rule{Name: "r"}, Chapter: chapter,
			Fixes: []bookcheck.Fix{{Safe: true, Edits: []bookcheck.Edit{edit(start, end, replacement)}}},
		}}}
		changes, skipped := checker.Fix(result, false)
		if len(changes)+len(skipped) > 1 { // none: the edit writes what stands there
			t.Fatalf("%d changes and %d skipped", len(changes), len(skipped))
		}
		if len(changes) == 0 {
			return
		}
		var before, after any
		if json.Unmarshal(source, &before) != nil || json.Unmarshal(changes[0].New, &after) != nil {
			t.Fatalf("not JSON: %s", changes[0].New)
		}
		if length := len(changes[0].New) - len(source) + end - start; !bytes.Equal(changes[0].New[start+length:], source[end:]) {
			t.Errorf("what stands behind changed: %s", changes[0].New)
		}
	})
}

// TestMendEnds checks that two rules that undo each other's work do not go on
// forever.
func TestMendEnds(t *testing.T) {
	swap := func(name, from, to string) *bookcheck.Rule {
		return &bookcheck.Rule{Name: name, Doc: "# " + name + ": x\n", Severity: bookcheck.Warning, Run: func(pass *bookcheck.Pass) error {
			if at := bytes.Index(pass.Chapter.Source, []byte(from)); at >= 0 {
				pass.Report(bookcheck.Diagnostic{Span: bookcheck.Span{Start: at, End: at + 1}, Message: from, Fixes: []bookcheck.Fix{
					{Safe: true, Edits: []bookcheck.Edit{edit(at, at+1, to)}},
				}})
			}
			return nil
		}}
	}
	repair, result := mend(t, books("-- x.md --\na\n-- y.md --\nc\n"), false, swap("one", "a", "b"), swap("two", "b", "a"), swap("three", "c", "d"))
	if len(repair.Changes) != 1 || repair.Changes[0].Path != "y.md" || len(repair.Skipped) != 1 || len(result.Diagnostics) != 1 {
		t.Errorf("got %v, want x.md as it was", repair)
	}
}
